"""Keys live in a real keyring or in this session's memory, and nowhere else."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from app.adapters.keys import REAL_KEYRINGS, SystemKeys, is_real
from app.core.errors import KeyStoreError, KeyStoreProblem
from tests.conftest import MemoryKeyring

CANARY = "sk-canary-4f1d9b"


def any_ring(_ring: KeyringBackend) -> bool:
    return True


class StuckKeyring(MemoryKeyring):
    """Waits as one that asks for a password does, until let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.go.wait(20)
        return super().get_password(service, username)


class GrumblingKeyring(MemoryKeyring):
    """Refuses with an error that quotes what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError(f"cannot keep {password}")


class LockedKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("dismissed")

    get_password = set_password  # type: ignore[assignment] # only ever raises


async def test_a_key_is_kept_read_and_forgotten(memory_keyring: MemoryKeyring) -> None:
    keys = SystemKeys(allow=any_ring)
    assert await keys.usable()
    assert await keys.get("jiekou") is None
    assert await keys.set("jiekou", CANARY)
    assert memory_keyring.keys == {("porthole", "jiekou"): CANARY}
    assert await SystemKeys(allow=any_ring).get("jiekou") == CANARY
    await keys.forget("jiekou")
    await keys.forget("jiekou")
    assert memory_keyring.keys == {}
    assert await keys.get("jiekou") is None


async def test_a_keyring_that_is_not_real_is_never_written(memory_keyring: MemoryKeyring) -> None:
    keys = SystemKeys()
    assert not await keys.usable()
    assert await keys.set("jiekou", CANARY) is False
    assert memory_keyring.keys == {}
    assert await keys.get("jiekou") == CANARY
    assert await SystemKeys().get("jiekou") is None
    await keys.forget("jiekou")
    assert await keys.get("jiekou") is None


async def test_with_no_keyring_at_all_the_key_lives_for_the_session() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    keys = SystemKeys(allow=any_ring)
    assert await keys.set("jiekou", CANARY) is False
    assert await keys.get("jiekou") == CANARY


def test_only_keyrings_of_the_system_are_real() -> None:
    from keyring.backends import SecretService, kwallet, macOS, null

    assert is_real(object.__new__(SecretService.Keyring))
    assert is_real(object.__new__(kwallet.DBusKeyring))
    assert is_real(object.__new__(macOS.Keyring))
    assert not is_real(object.__new__(null.Keyring))
    assert not is_real(object.__new__(NoKeyring))
    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})
    assert not is_real(plain())
    child = type("Keyring", (SecretService.Keyring,), {"__module__": "somewhere.else"})
    assert not is_real(object.__new__(child))


async def test_a_chain_is_used_only_through_its_real_keyrings() -> None:
    from keyring.backends.chainer import ChainerBackend

    plain, real = MemoryKeyring(), MemoryKeyring()

    class Chain(ChainerBackend):
        priority = 0  # keeps it out of keyring's own choice
        backends = (plain, real)

    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]
    keys = SystemKeys(allow=lambda ring: ring is real)
    assert await keys.set("jiekou", CANARY)
    assert plain.keys == {}
    assert real.keys == {("porthole", "jiekou"): CANARY}
    plain.keys["porthole", "other"] = "leaked"
    assert await keys.get("other") is None


async def test_a_keyring_that_does_not_open_is_given_up() -> None:
    ring = StuckKeyring()
    keyring.set_keyring(ring)
    keys = SystemKeys(allow=any_ring, limit_s=0.05)
    with pytest.raises(KeyStoreError) as caught:
        await keys.get("jiekou")
    ring.go.set()
    assert caught.value.problem is KeyStoreProblem.LOCKED


async def test_a_dismissed_unlock_is_said_as_locked() -> None:
    keyring.set_keyring(LockedKeyring())
    keys = SystemKeys(allow=any_ring)
    for call in (keys.get("jiekou"), keys.set("jiekou", CANARY), keys.forget("jiekou")):
        with pytest.raises(KeyStoreError) as caught:
            await call
        assert caught.value.problem is KeyStoreProblem.LOCKED


async def test_the_key_is_in_no_error_log_or_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.set_keyring(GrumblingKeyring())
    keys = SystemKeys(allow=any_ring)
    with pytest.raises(KeyStoreError) as caught:
        await keys.set("jiekou", CANARY)
    assert caught.value.problem is KeyStoreProblem.REFUSED
    assert caught.value.__suppress_context__
    await SystemKeys().set("jiekou", CANARY)
    for text in (str(caught.value), repr(caught.value), repr(keys), caplog.text):
        assert CANARY not in text


async def test_windows_keeps_2560_bytes_and_no_more() -> None:
    ring = type("WinVaultKeyring", (MemoryKeyring,), {"__module__": "keyring.backends.Windows"})()
    keyring.set_keyring(ring)
    keys = SystemKeys()
    assert await keys.set("jiekou", "k" * 1280)
    with pytest.raises(KeyStoreError) as caught:
        await keys.set("jiekou", "k" * 1281)
    assert caught.value.problem is KeyStoreProblem.REFUSED
    assert await keys.get("jiekou") == "k" * 1280


STORE_READ_DELETE = f"""
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from app.adapters.keys import SystemKeys

async def main() -> None:
    keys = SystemKeys(limit_s=20)
    assert await keys.usable(), "no real keyring"
    assert await keys.get("jiekou") is None
    assert await keys.set("jiekou", {CANARY!r}) is True
    assert await SystemKeys(limit_s=20).get("jiekou") == {CANARY!r}
    assert await keys.set("jiekou", "another") is True
    assert await SystemKeys(limit_s=20).get("jiekou") == "another"
    await keys.forget("jiekou")
    assert await SystemKeys(limit_s=20).get("jiekou") is None
    import keyring
    print(type(keyring.get_keyring()).__module__)

asyncio.run(main())
"""

UNLOCKED = (
    'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
)


@pytest.fixture
def private_home(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    passed_on = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    return passed_on | dict.fromkeys(places, str(home))


@pytest.mark.skipif(sys.platform != "linux", reason="a Secret Service is a Linux thing")
@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus-run-session and gnome-keyring-daemon are not installed",
)
def test_a_real_secret_service_stores_reads_and_deletes(private_home: dict[str, str]) -> None:
    script = [sys.executable, "-c", STORE_READ_DELETE, str(Path(__file__).parents[2])]
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "_", *script],
        env=private_home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in {*REAL_KEYRINGS, "keyring.backends.chainer"}
    assert CANARY not in done.stdout + done.stderr
