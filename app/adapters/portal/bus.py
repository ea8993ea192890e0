"""A connection to the session's D-Bus for one exchange with a portal: calls, and their answers.

Everything here blocks, in a thread of its own; `end` may be called from any other. D-Bus is spoken
with `jeepney`.
"""

from __future__ import annotations

import secrets
import socket
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.core.errors import CaptureError, CaptureProblem

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
CALL_S = 30.0
"""How long a portal that has to be started first may take to take a request."""
CHOOSE_S = 600.0
"""How long the person may look at what the desktop asks."""
APP_ID = "porthole"
"""Our desktop entry's name: newer portals give keys only to programs that have one."""
REGISTRY = "org.freedesktop.host.portal.Registry"
DONE, LEFT = 0, 1
"""What a portal's answer begins with: it was done, or the person left it."""
NONE_THERE = frozenset(
    {
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
        "org.freedesktop.DBus.Error.UnknownMethod",
        "org.freedesktop.DBus.Error.UnknownInterface",
        "org.freedesktop.DBus.Error.UnknownObject",
    }
)

Options = Mapping[str, tuple[str, Any]]
"""Options of a call: to each name its D-Bus signature and value."""


class Bus:
    """Opened when first used. Raises CaptureError throughout."""

    def __init__(self) -> None:
        self._connection: DBusConnection | None = None
        self._ended = False
        self.portal = ""
        """Who answered last: only what comes from there counts."""

    def open(self) -> DBusConnection:
        """The connection. There is none on a system without a session bus."""
        if self._connection is not None:
            return self._connection
        from jeepney.auth import AuthenticationError
        from jeepney.io.blocking import open_dbus_connection

        try:
            self._connection = open_dbus_connection(bus="SESSION")
        except (OSError, KeyError, RuntimeError, ValueError, AuthenticationError) as error:
            raise CaptureError(CaptureProblem.NO_PORTAL) from error
        if self._ended:
            self.end()
        self._say_who_we_are()
        return self._connection

    def end(self) -> None:
        """Give up: whoever waits for an answer gets a CaptureError."""
        self._ended = True
        if self._connection is not None:
            with suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """After the last use. The portal takes back what it still shows for us."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(
        self, interface: str, method: str, signature: str, arguments: tuple[Any, ...], **rest: Any
    ) -> tuple[int, Mapping[str, Any]]:
        """Call a portal's method and wait for what it says in the end: its code, and the results.

        `signature` and `arguments` go before the options, `rest`, which are the call's last
        argument: each a D-Bus signature and value.
        """
        from jeepney import DBusAddress, HeaderFields, new_method_call

        token = f"porthole_{secrets.token_hex(8)}"
        connection = self.open()
        caller = str(connection.unique_name)[1:].replace(".", "_")
        responses: deque[Message] = deque()
        self._listen_to_answers(responses)
        options = {"handle_token": ("s", token), **rest}
        address = DBusAddress(PATH, NAME, interface)
        call = new_method_call(address, method, f"{signature}a{{sv}}", (*arguments, options))
        reply = self._call(call)
        handle = str(reply.body[0]) if reply.body else ""
        # Portals before 2019 name the request themselves.
        ours = (f"{PATH}/request/{caller}/{token}", handle)
        self.portal = str(reply.header.fields.get(HeaderFields.sender))
        until = time.monotonic() + CHOOSE_S
        while True:
            answer = self.next(responses, until - time.monotonic())
            fields = answer.header.fields
            if fields.get(HeaderFields.sender) != self.portal:
                continue  # anybody on the bus may send us signals
            if fields.get(HeaderFields.path) not in ours:
                continue
            code, results = answer.body
            return int(code), {name: value for name, (_kind, value) in results.items()}

    def listen(self, rule: Any, into: deque[Message]) -> None:
        """Have signals sent to us that match a jeepney MatchRule."""
        from jeepney import message_bus

        # What comes between the two would be lost the other way round.
        self.open().filter(rule, queue=into)
        self._call(message_bus.AddMatch(rule))

    def next(self, queue: deque[Message], seconds: float | None) -> Message:
        """The next signal that was listened for."""
        try:
            return self.open().recv_until_filtered(queue, timeout=seconds)
        except TimeoutError as error:
            raise CaptureError(CaptureProblem.TOO_SLOW) from error
        except OSError as error:
            raise CaptureError(CaptureProblem.REFUSED) from error

    def _listen_to_answers(self, into: deque[Message]) -> None:
        """All of them: which request is ours an old portal says only when it may have answered."""
        from jeepney import MatchRule

        self.listen(
            MatchRule(type="signal", interface="org.freedesktop.portal.Request", member="Response"),
            into,
        )

    def _say_who_we_are(self) -> None:
        """Older portals do not ask, and a program without a desktop entry is nobody to them."""
        from jeepney import DBusAddress, new_method_call

        call = new_method_call(
            DBusAddress(PATH, NAME, REGISTRY), "Register", "sa{sv}", (APP_ID, {})
        )
        with suppress(CaptureError):
            self._call(call)

    def _call(self, message: Message) -> Message:
        from jeepney import HeaderFields, MessageType

        try:
            reply = self.open().send_and_get_reply(message, timeout=CALL_S)
        except TimeoutError as error:
            raise CaptureError(CaptureProblem.TOO_SLOW) from error
        except OSError as error:
            raise CaptureError(CaptureProblem.REFUSED) from error
        if reply.header.message_type is MessageType.error:
            name = reply.header.fields.get(HeaderFields.error_name)
            none = name in NONE_THERE
            raise CaptureError(CaptureProblem.NO_PORTAL if none else CaptureProblem.REFUSED)
        return reply
