"""Another process's view of Porthole, as a screen reader has it: AT-SPI over D-Bus, on an X server.

`desk` starts all that it takes, each for one test alone. Everything here goes over the wire: no Qt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.architecture.packaging_scripts import load

LIMIT_S = 30.0
FOCUSED, SHOWING, BUSY, EXPANDABLE, EXPANDED, FOCUSABLE = 12, 25, 3, 9, 10, 11
"""Numbers of AT-SPI states."""


def what_is_missing() -> str:
    """Why there can be no desk here; empty where there can."""
    if sys.platform != "linux":
        return "AT-SPI is a Linux thing"
    system = load("system_libraries")
    needs = [need for need in (*system.X11, *system.TESTS) if need.debian != "gnome-keyring"]
    missing = [need.name for need in needs if not system.present(need)]
    if find_spec("jeepney") is None:  # comes with keyring on Linux
        missing.append("jeepney")
    return f"not installed: {', '.join(missing)}" if missing else ""


@dataclass(frozen=True)
class Node:
    """Something accessible, by its address."""

    desk: Desk
    bus: str
    path: str

    def ask(self, interface: str, method: str, signature: str = "", *args: Any) -> Any:
        """Call a method of one of its AT-SPI interfaces; answers its only result, or all."""
        body = self.desk.call(
            self.bus, self.path, f"org.a11y.atspi.{interface}", method, signature, args
        )
        return body[0] if len(body) == 1 else body

    def _property(self, interface: str, name: str) -> Any:
        where = f"org.a11y.atspi.{interface}"
        properties = "org.freedesktop.DBus.Properties"
        return self.desk.call(self.bus, self.path, properties, "Get", "ss", (where, name))[0][1]

    @property
    def name(self) -> str:
        return str(self._property("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self._property("Accessible", "Description"))

    @property
    def role(self) -> str:
        return str(self.ask("Accessible", "GetRoleName"))

    @property
    def count(self) -> int:
        return int(self._property("Accessible", "ChildCount"))

    @property
    def index(self) -> int:
        return int(self.ask("Accessible", "GetIndexInParent"))

    @property
    def parent(self) -> Node:
        return Node(self.desk, *self._property("Accessible", "Parent"))

    @property
    def children(self) -> list[Node]:
        return [Node(self.desk, *found) for found in self.ask("Accessible", "GetChildren")]

    def child(self, index: int) -> Node:
        return Node(self.desk, *self.ask("Accessible", "GetChildAtIndex", "i", index))

    def has_state(self, state: int) -> bool:
        words = self.ask("Accessible", "GetState")
        return bool(words[state // 32] >> state % 32 & 1)

    @property
    def text(self) -> str:
        return str(self.ask("Text", "GetText", "ii", 0, -1))

    @property
    def length(self) -> int:
        return int(self._property("Text", "CharacterCount"))

    @property
    def extents(self) -> tuple[int, int, int, int]:
        return tuple(self.ask("Component", "GetExtents", "u", 0))

    @property
    def actions(self) -> list[str]:
        return [name for name, _about, _keys in self.ask("Action", "GetActions")]

    def do(self, action: str) -> None:
        assert self.ask("Action", "DoAction", "i", self.actions.index(action))

    def walk(self) -> Iterator[Node]:
        """Itself and all within it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, role: str, name: str | None = None) -> Node:
        """The first within it of that role and name; waits for it."""

        def look() -> Node | None:
            for node in self.walk():
                if node.role == role and name in (None, node.name):
                    return node
            return None

        found: Node = waited(look)
        return found


class Desk:
    """A screen with Porthole on it, and a connection as assistive tools have one."""

    def __init__(self, environment: dict[str, str]) -> None:
        from jeepney.io.blocking import open_dbus_connection

        self.environment = environment
        self._session = open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"])
        bus = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus")
        (address,) = _call(self._session, *bus, "GetAddress")
        self._bus = open_dbus_connection(address)
        self._events = open_dbus_connection(address)

    def call(
        self, bus: str, path: str, interface: str, method: str, signature: str, args: Any
    ) -> Any:
        return _call(self._bus, bus, path, interface, method, signature, args)

    def application(self) -> Node:
        """The only application on the screen, once it is there."""
        root = Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        found: Node = waited(lambda: next(iter(root.children), None))
        return found

    def listen(self, event: str) -> None:
        """Have an event told, such as `object:announcement`."""
        from jeepney import MatchRule, message_bus

        registry = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
        self.call(*registry, "org.a11y.atspi.Registry", "RegisterEvent", "s", (event,))
        kind = event.split(":")[0].title()
        rule = MatchRule(type="signal", interface=f"org.a11y.atspi.Event.{kind}")
        self._events.send_and_get_reply(message_bus.AddMatch(rule))

    def heard(self, quiet_s: float) -> list[tuple[str, str, Any]]:
        """The events so far, until none comes for so long: name, what changed, and with what."""
        found: list[tuple[str, str, Any]] = []
        while True:
            try:
                message = self._events.receive(timeout=quiet_s)
            except TimeoutError:
                return found
            from jeepney import HeaderFields, MessageType

            if message.header.message_type is MessageType.signal and len(message.body) >= 4:
                member = message.header.fields[HeaderFields.member]
                found.append((member, message.body[0], message.body[3][1]))

    def clipboard(self) -> str:
        """What another program finds on the clipboard."""
        ask = (
            "from PySide6.QtGui import QGuiApplication as A; a = A([]);"
            "print(a.clipboard().text(), end='')"
        )
        done = subprocess.run(
            [sys.executable, "-c", ask],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=True,
        )
        return done.stdout

    def close(self) -> None:
        for connection in (self._events, self._bus, self._session):
            connection.close()


def _call(connection: Any, bus: str, path: str, interface: str, method: str, *more: Any) -> Any:
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    signature, args = more or ("", ())
    where = DBusAddress(path, bus_name=bus, interface=interface)
    message = new_method_call(where, method, signature or None, tuple(args))
    return unwrap_msg(connection.send_and_get_reply(message, timeout=LIMIT_S))


def waited(look: Callable[[], Any], limit_s: float = LIMIT_S) -> Any:
    """What `look` finds, once it finds something; what is not there yet may refuse to answer."""
    from jeepney.wrappers import DBusErrorResponse

    until = time.monotonic() + limit_s
    while True:
        try:
            found = look()
        except DBusErrorResponse:
            found = None
        if found:
            return found
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@contextmanager
def desk(*command: str) -> Iterator[Desk]:
    """Run a command on a screen of its own, with all that assistive tools need.

    Told to end, the command is to do so in order.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str, **more: Any) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(words, env=environment, stderr=log, **more))
        return started[-1]

    with tempfile.TemporaryDirectory() as home, (Path(home) / "log").open("wb") as log:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        places = ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
        environment = {**kept, **dict.fromkeys(places, home), "QT_QPA_PLATFORM": "xcb"}
        environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        made: Desk | None = None
        try:
            screen = start("Xvfb", *XVFB, stdout=subprocess.PIPE)
            environment["DISPLAY"] = f":{_first_line(screen)}"
            bus = start("dbus-daemon", *SESSION, stdout=subprocess.PIPE)
            environment["DBUS_SESSION_BUS_ADDRESS"] = _first_line(bus)
            made = Desk(environment)
            program = start(*command)
            yield made
            program.terminate()
            ended = program.wait(timeout=LIMIT_S)
            assert ended == 0, (Path(home) / "log").read_text(errors="replace")
        finally:
            if made is not None:
                made.close()
            for process in reversed(started):
                process.terminate()
                process.communicate(timeout=LIMIT_S)


XVFB = ("-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
SESSION = ("--session", "--nofork", "--print-address=1")


def _first_line(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()
