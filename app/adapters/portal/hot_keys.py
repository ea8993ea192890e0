"""`PortalHotKeys`: keys that work whatever is in front, bound by the desktop if one agrees."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.adapters.portal.bus import DONE, NAME, PATH, Bus
from app.adapters.threads import in_daemon_thread
from app.core.desktop_ports import HotKey
from app.core.errors import CaptureError, CaptureProblem

if TYPE_CHECKING:
    from jeepney import Message

INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
SESSION = "org.freedesktop.portal.Session"
BUS = "org.freedesktop.DBus"
Tell = Callable[[Callable[..., object], Any], None]


class PortalHotKeys:
    """Asks `org.freedesktop.portal.GlobalShortcuts`."""

    async def listen(
        self,
        keys: Sequence[HotKey],
        bound: Callable[[Mapping[str, str]], object],
        pressed: Callable[[str], object],
    ) -> None:
        """See `core.desktop_ports.HotKeyPortal`."""
        loop = asyncio.get_running_loop()
        bus = Bus()

        def tell(hear: Callable[..., object], what: Any) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(hear, what)

        try:
            await in_daemon_thread(_listen, bus, keys, bound, pressed, tell)
        except asyncio.CancelledError:
            bus.end()
            raise


def _listen(
    bus: Bus,
    keys: Sequence[HotKey],
    bound: Callable[[Mapping[str, str]], object],
    pressed: Callable[[str], object],
    tell: Tell,
) -> None:
    from jeepney import HeaderFields

    try:
        token = f"porthole_{secrets.token_hex(8)}"
        _, made = bus.ask(INTERFACE, "CreateSession", "", (), session_handle_token=("s", token))
        session = str(made.get("session_handle", ""))
        heard = _heard(bus, session)
        wanted = [
            (key.id, {"description": ("s", key.title), "preferred_trigger": ("s", key.trigger)})
            for key in keys
        ]
        code, results = bus.ask(INTERFACE, "BindShortcuts", "oa(sa{sv})s", (session, wanted, ""))
        if code != DONE:
            raise CaptureError(CaptureProblem.REFUSED)
        tell(bound, _triggers(results.get("shortcuts", ())))
        while True:
            signal = bus.next(heard, None)
            fields = signal.header.fields
            member = fields.get(HeaderFields.member)
            if member == "NameOwnerChanged" and fields.get(HeaderFields.sender) == BUS:
                raise CaptureError(CaptureProblem.REFUSED)  # the portal ended, or began anew
            if fields.get(HeaderFields.sender) != bus.portal:
                continue
            if member == "Closed":
                raise CaptureError(CaptureProblem.REFUSED)
            if signal.body[0] != session:
                continue
            if member == "Activated":
                tell(pressed, str(signal.body[1]))
            elif member == "ShortcutsChanged":
                tell(bound, _triggers(signal.body[1]))
    finally:
        bus.close()


def _heard(bus: Bus, session: str) -> deque[Message]:
    """Where all arrives that is told of the keys, and of who keeps them."""
    from jeepney import MatchRule

    heard: deque[Message] = deque()
    gone = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
    gone.add_arg_condition(0, NAME)
    for rule in (
        MatchRule(type="signal", interface=INTERFACE, member="Activated", path=PATH),
        MatchRule(type="signal", interface=INTERFACE, member="ShortcutsChanged", path=PATH),
        MatchRule(type="signal", interface=SESSION, member="Closed", path=session),
        gone,
    ):
        bus.listen(rule, heard)
    return heard


def _triggers(shortcuts: Iterable[tuple[str, Mapping[str, tuple[str, Any]]]]) -> dict[str, str]:
    return {name: _trigger(facts) for name, facts in shortcuts}


def _trigger(facts: Mapping[str, tuple[str, Any]]) -> str:
    """The keys that the desktop bound, in its own words; empty where it does not say."""
    return str(facts.get("trigger_description", ("s", ""))[1])
