"""The screenshot portal, against a stand-in on a D-Bus of the test's own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.adapters.portal import bus
from app.adapters.portal.screenshot import PortalScreenshots, path_of
from app.core.errors import CaptureError, CaptureProblem
from app.kit.tasks import TaskScope, in_thread
from tests.adapters.portal.conftest import Portal
from tests.adapters.portal.stand_in import what_is_missing

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
PICTURE = b"\x89PNG not looked at here"


@pytest.fixture
def picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file among the person's own pictures."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = tmp_path / "Pictures 图"
    folder.mkdir()
    path = folder / "Screen 1.png"
    path.write_bytes(PICTURE)
    return path


def is_there(path: Path) -> bool:
    return path.exists()


async def problem() -> CaptureProblem:
    with pytest.raises(CaptureError) as caught:
        await PortalScreenshots().screenshot()
    return caught.value.problem


async def test_the_picture_that_the_desktop_gives_is_read(portal: Portal, picture: Path) -> None:
    service = portal(uri=picture.as_uri())
    assert await PortalScreenshots().screenshot() == PICTURE
    asked = await in_thread(service.wait, "Screenshot")
    assert asked["options"]["interactive"] is True
    assert is_there(picture), "it is the person's own"


async def test_a_picture_that_was_only_lent_is_cleared_up(
    portal: Portal, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(picture.parent))
    portal(uri=picture.as_uri())
    assert await PortalScreenshots().screenshot() == PICTURE
    assert not is_there(picture)


async def test_an_old_portal_names_its_request_itself(portal: Portal, picture: Path) -> None:
    portal(uri=picture.as_uri(), handle="/org/freedesktop/portal/desktop/request/7")
    assert await PortalScreenshots().screenshot() == PICTURE


async def test_an_answer_of_somebody_else_is_passed_over(portal: Portal, picture: Path) -> None:
    portal(uri=picture.as_uri(), foreign=True)
    assert await PortalScreenshots().screenshot() == PICTURE


async def test_who_leaves_it_gets_nothing(portal: Portal) -> None:
    portal(code=1)
    assert await PortalScreenshots().screenshot() is None


@pytest.mark.parametrize(
    "manner",
    [
        {"code": 2},
        {"uri": ""},
        {"uri": "https://example.org/a.png"},
        {"uri": "file://other-host/a.png"},
        {"uri": "file:///no/such/file.png"},
        {"error": "org.freedesktop.portal.Error.NotAllowed"},
    ],
    ids=str,
)
async def test_a_portal_that_gives_none(portal: Portal, manner: dict[str, Any]) -> None:
    portal(**manner)
    assert await problem() is CaptureProblem.REFUSED


async def test_a_desktop_without_this_portal(portal: Portal) -> None:
    portal(error="org.freedesktop.DBus.Error.UnknownMethod")
    assert await problem() is CaptureProblem.NO_PORTAL


async def test_a_bus_without_portals(address: str) -> None:
    assert await problem() is CaptureProblem.NO_PORTAL


@pytest.mark.parametrize("where", [None, "unix:path=/no/such/socket", "nonsense"])
async def test_no_bus_at_all(monkeypatch: pytest.MonkeyPatch, where: str | None) -> None:
    if where is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", where)
    assert await problem() is CaptureProblem.NO_PORTAL


async def test_a_portal_that_says_nothing_is_waited_for_in_bounds(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "CHOOSE_S", 0.05)
    portal(silent=True)
    assert await problem() is CaptureProblem.TOO_SLOW


async def test_given_up_it_lets_go_of_the_bus(portal: Portal) -> None:
    service = portal(silent=True)
    scope = TaskScope()
    task = scope.start(PortalScreenshots().screenshot())
    await in_thread(service.wait, "Screenshot")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a%20b/%E5%9B%BE.png", "/a b/图.png"),
        ("file://localhost/a.png", "/a.png"),
        ("file://elsewhere/a.png", None),
        ("file:a.png", None),
        ("file:///a%00b", None),
        ("http://a/b.png", None),
        ("file://[", None),
        ("", None),
    ],
)
def test_which_file_an_address_names(uri: str, path: str | None) -> None:
    assert path_of(uri) == path
