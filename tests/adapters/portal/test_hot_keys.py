"""The portal of global keys, against a stand-in on a D-Bus of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from app.adapters.portal.hot_keys import PortalHotKeys
from app.core.desktop_ports import HotKey
from app.core.errors import CaptureError, CaptureProblem
from app.kit.tasks import TaskScope, in_thread
from tests.adapters.portal.conftest import Portal
from tests.adapters.portal.stand_in import what_is_missing
from tests.conftest import until

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing())
KEYS = (
    HotKey("capture", "Capture a region of the screen", "CTRL+ALT+s"),
    HotKey("ask", "Ask about a region of the screen", "CTRL+ALT+a"),
)


class Listener:
    """Who wants the keys, and what it hears."""

    def __init__(self) -> None:
        self.bound: Mapping[str, str] = {}
        self.pressed: list[str] = []
        self.failed: list[BaseException] = []
        self.scope = TaskScope(self.failed.append)
        self.task = self.scope.start(
            PortalHotKeys().listen(KEYS, self._take_bound, self.pressed.append)
        )

    def _take_bound(self, keys: Mapping[str, str]) -> None:
        self.bound = keys


async def test_keys_are_bound_and_heard_until_nobody_listens(portal: Portal) -> None:
    service = portal()
    listener = Listener()
    assert (await in_thread(service.wait, "Register"))["app"] == "porthole"
    await in_thread(service.wait, "CreateSession")
    asked = await in_thread(service.wait, "BindShortcuts")
    assert [name for name, _facts in asked["shortcuts"]] == ["capture", "ask"]
    await until(lambda: listener.bound)
    assert listener.bound == {"capture": "Meta+C", "ask": "Meta+A"}
    service.press("ask")
    service.press("capture")
    await until(lambda: len(listener.pressed) == 2)
    assert listener.pressed == ["ask", "capture"]
    listener.task.cancel()
    await asyncio.wait((listener.task,))
    assert listener.task.cancelled()


async def test_keys_that_the_person_changes_are_told_anew(portal: Portal) -> None:
    service = portal()
    listener = Listener()
    await until(lambda: listener.bound)
    service.change("ask", "Ctrl+F9")
    await until(lambda: listener.bound == {"ask": "Ctrl+F9"})
    await listener.scope.close()


async def test_keys_that_the_desktop_takes_back_are_no_more(portal: Portal) -> None:
    service = portal()
    listener = Listener()
    await until(lambda: listener.bound)
    service.take_back()
    with pytest.raises(CaptureError):
        await listener.task


async def test_a_portal_that_ends_takes_the_keys_along(portal: Portal) -> None:
    service = portal()
    listener = Listener()
    await until(lambda: listener.bound)
    await in_thread(service.close)
    with pytest.raises(CaptureError):
        await listener.task


@pytest.mark.parametrize(
    ("manner", "problem"),
    [
        ({"code": 1}, CaptureProblem.REFUSED),
        ({"code": 2}, CaptureProblem.REFUSED),
        ({"error": "org.freedesktop.DBus.Error.UnknownMethod"}, CaptureProblem.NO_PORTAL),
    ],
    ids=str,
)
async def test_a_desktop_that_binds_none(
    portal: Portal, manner: dict[str, object], problem: CaptureProblem
) -> None:
    portal(**manner)
    listener = Listener()
    with pytest.raises(CaptureError) as caught:
        await listener.task
    assert caught.value.problem is problem
    assert not listener.bound


async def test_a_bus_without_portals(address: str) -> None:
    with pytest.raises(CaptureError) as caught:
        await Listener().task
    assert caught.value.problem is CaptureProblem.NO_PORTAL
