"""`porthole ask` and `porthole models` go the way that was chosen in Settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from app import ask
from app.adapters.keys import SystemKeys
from app.adapters.settings_file import SettingsFile
from app.adapters.threads import in_daemon_thread
from app.core.errors import KeyStoreError, KeyStoreProblem
from app.core.network import Network, NetworkChoice, ProxyChoice
from app.core.settings import Profile, Settings
from tests.adapters.chat_api.server import alone, plain, serving
from tests.adapters.chat_api.test_ways import port_of
from tests.conftest import MemoryKeyring
from tests.features.connection.world import Keys
from tests.proxies import proxying

pytestmark = pytest.mark.usefixtures("qapp")

MODELS = plain(b'{"data": [{"id": "far/only"}]}', kind="application/json")
CHOICE = NetworkChoice(ProxyChoice.MANUAL, "http://proxy.example:3128", "me")
FAR = Profile("far", "Far", "http://far.test/v1")


async def test_models_are_listed_through_the_proxy_with_its_password(
    data_dir: Path,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def any_ring(*, allow: Callable[[KeyringBackend], bool] = lambda _ring: True) -> SystemKeys:
        return SystemKeys(allow=allow)

    monkeypatch.setattr(ask, "SystemKeys", any_ring)
    memory_keyring.keys["porthole", "far"] = "sk-1"
    memory_keyring.keys["porthole", "proxy"] = "pass word"
    async with (
        serving(MODELS) as server,
        proxying("socks5", {"far.test": port_of(server)}, login=("me", "pass word")) as proxy,
    ):
        choice = replace(CHOICE, address=f"socks5://{proxy.place}")
        settings = Settings(profiles=(FAR,), default_profile="far", network=choice)
        SettingsFile(data_dir).save(settings)
        status = await in_daemon_thread(ask.models, "", data_dir, demo=False, as_json=False)
        assert (status, capsys.readouterr().out) == (0, "far/only\n")
        assert proxy.asked == ["socks far.test:80"]
        memory_keyring.keys["porthole", "proxy"] = "wrong"
        status = await in_daemon_thread(ask.models, "", data_dir, demo=False, as_json=False)
        assert status == ask.SERVICE_ERROR
        assert f"The proxy {proxy.place} wants a user" in capsys.readouterr().err
    await alone()


async def test_a_keyring_that_does_not_open_counts_as_no_password() -> None:
    keys = Keys()
    keys.kept["proxy"] = "pass word"
    settings = Settings(profiles=(FAR,), default_profile="far", network=CHOICE)
    target = ask._Target("http://far.test/v1", None, FAR)
    assert await ask.find_network(target, settings, keys) == Network(CHOICE, "pass word")
    keys.error = KeyStoreError(KeyStoreProblem.LOCKED)
    assert await ask.find_network(target, settings, keys) == Network(CHOICE, None)
    own = replace(FAR, network=replace(CHOICE, user=""))
    target = ask._Target("http://far.test/v1", None, own)
    assert await ask.find_network(target, settings, keys) == Network(own.network or CHOICE)
