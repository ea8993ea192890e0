"""`porthole ask` and `models` of the package: pictures, schemas, TLS, a key from a real keyring."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from app.adapters.settings_file import SettingsFile
from app.core.settings import Profile, Settings
from app.kit.tasks import in_thread
from tests.adapters.chat_api.server import plain, serving
from tests.adapters.images.pictures import corner_marked, saved
from tests.adapters.test_keys import UNLOCKED
from tests.architecture.source import ROOT
from tests.faults.batch_service import answer_of, charging
from tests.packaged.program import LIMIT_S, PROGRAM, package, run

pytestmark = pytest.mark.usefixtures("qapp")
KEY = "sk-packaged-71c0"


def test_models_and_a_question_to_the_demo(tmp_path: Path) -> None:
    assert run(tmp_path, "models", "--demo").stdout == "demo/porthole-demo\n"
    done = run(tmp_path, "ask", "--demo", "-", given="What is a porthole?")
    assert done.returncode == 0, done.stderr
    assert "It cannot answer questions" in done.stdout


def test_a_schema_is_filled(tmp_path: Path) -> None:
    wanted = {"type": "object", "properties": {"count": {"type": "integer"}}}
    (tmp_path / "schema.json").write_text(json.dumps(wanted), "utf-8")
    done = run(tmp_path, "ask", "--demo", "--schema", "schema.json", "--json", "count: 3")
    assert json.loads(json.loads(done.stdout)["content"]) == {"count": 3}


def test_every_picture_goes_as_one_that_services_take(tmp_path: Path) -> None:
    # The service takes PNG only, as a picture of few colours is sent.
    kinds = ("png", "bmp", "tiff", "gif", "webp")
    with charging(busy_every=1000) as bill:
        for width, kind in enumerate(kinds, start=60):
            options = {"lossless": True} if kind == "webp" else {}
            picture = saved(corner_marked(width), kind.upper(), **options)
            (tmp_path / f"a.{kind}").write_bytes(picture)
            asked = ("--base-url", bill.address, "--model", "m", "--image", f"a.{kind}")
            done = run(tmp_path, "ask", *asked, "--json", "")
            assert json.loads(json.loads(done.stdout)["content"])["width"] == width, kind
        assert bill.asked == len(kinds)


async def test_the_systems_certificates_count(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusted = (("SSL_CERT_FILE", str(tmp_path / "authority.pem")),)
    async with serving(plain(answer_of(1)), context) as server:
        asked = ("ask", "--base-url", server.address, "--model", "m", "--json", "q")
        refused = await in_thread(lambda: run(tmp_path, *asked))
        assert json.loads(refused.stdout)["error"]["kind"] == "tls"
        assert server.posts == 0
        done = await in_thread(lambda: run(tmp_path, *asked, more=trusted))
        assert json.loads(done.stdout)["complete"]


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="dbus-run-session and gnome-keyring-daemon are not installed",
)
async def test_a_key_comes_from_a_real_keyring(tmp_path: Path) -> None:
    store = (
        "import asyncio; from app.adapters.keys import SystemKeys\n"
        f"assert asyncio.run(SystemKeys(limit_s=20).set('local', {KEY!r})) is True"
    )
    both = f'"{sys.executable}" -c "$1" && exec "{PROGRAM}" --data-dir "$HOME/data" ask --json q'
    places = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
    environment = {**package.environment(tmp_path), **dict.fromkeys(places, str(tmp_path))}
    async with serving(plain(answer_of(1))) as server:
        profile = Profile("local", "Local", server.address, "m", "m")
        settings = Settings(profiles=(profile,), default_profile="local")
        SettingsFile(tmp_path / "data").save(settings)
        done = await in_thread(
            lambda: subprocess.run(
                ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "_", "sh", "-c", both, "_", store],
                cwd=ROOT,
                env={**environment, "PYTHONPATH": os.fspath(ROOT)},
                capture_output=True,
                encoding="utf-8",
                timeout=LIMIT_S,
                check=False,
            )
        )
        assert done.returncode == 0, done.stderr
        assert [asked.headers["authorization"] for asked in server.asked] == [f"Bearer {KEY}"]
        assert KEY not in done.stdout + done.stderr
