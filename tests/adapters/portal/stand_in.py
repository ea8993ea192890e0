"""A desktop's portal that is not there: a D-Bus of a test's own, and a service that answers on it.

Run as a program it answers each request in the manner it is given, and tells in lines of JSON
what it heard.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=FOLDER</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


def what_is_missing() -> str:
    """Why there can be no such bus here; empty where there can."""
    if not sys.platform.startswith("linux"):
        return "D-Bus is a Linux thing"
    return "" if shutil.which("dbus-daemon") else "not installed: dbus-daemon"


@contextmanager
def private_bus(folder: str) -> Iterator[str]:
    """A D-Bus daemon that nobody else knows of; its address."""
    config = os.path.join(folder, "bus.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIG.replace("FOLDER", folder))
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=20)


class StandIn:
    """The service in a process of its own: `heard` are the calls it got."""

    def __init__(self, address: str, **manner: Any) -> None:
        environment = os.environ | {"DBUS_SESSION_BUS_ADDRESS": address, "PYTHONPATH": ROOT}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.adapters.portal.stand_in", json.dumps(manner)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.heard: list[dict[str, Any]] = []
        self.wait("ready")

    def wait(self, what: str) -> dict[str, Any]:
        """The next thing it tells of, which is `what`."""
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        while told["what"] == "Register" != what:
            told = json.loads(self._process.stdout.readline())
        assert told["what"] == what, told
        self.heard.append(told)
        return told

    def press(self, shortcut: str) -> None:
        """Have it tell that a hot key was pressed."""
        self._order(press=shortcut)

    def change(self, shortcut: str, trigger: str) -> None:
        """Have it tell that the person changed a hot key, and has no other."""
        self._order(change=[shortcut, trigger])

    def take_back(self) -> None:
        """Have it close the session of hot keys."""
        self._order(take_back=True)

    def _order(self, **what: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def close(self) -> None:
        assert self._process.stdin is not None
        if self._process.stdin.closed:
            return
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


class _Service:
    """`manner`: uri, code, silent, handle (old portals), error, foreign (another one answers)."""

    def __init__(self, manner: dict[str, Any]) -> None:
        from jeepney import message_bus
        from jeepney.io.blocking import open_dbus_connection

        self._manner = manner
        self._bus = open_dbus_connection(bus="SESSION")
        self._bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._session = ""
        self._caller = ""
        self._lock = threading.Lock()

    def run(self) -> None:
        from jeepney import HeaderFields, MessageType

        threading.Thread(target=self._take_orders, daemon=True).start()
        _tell("ready")
        while True:
            message = self._bus.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            self._caller = message.header.fields[HeaderFields.sender]
            self._answer(message, member)

    def _answer(self, message: Any, member: str) -> None:
        from jeepney import new_error, new_method_return

        manner = self._manner
        if name := manner.get("error"):
            self._send(new_error(message, name))
            return
        if member == "Register":
            _tell(member, app=message.body[0])
            self._send(new_method_return(message))
            return
        options = {name: value for name, (_kind, value) in message.body[-1].items()}
        caller = self._caller[1:].replace(".", "_")
        handle = manner.get("handle") or (
            f"/org/freedesktop/portal/desktop/request/{caller}/{options['handle_token']}"
        )
        self._send(new_method_return(message, "o", (handle,)))
        told = {"shortcuts": [list(s) for s in message.body[1]]} if member[0] == "B" else {}
        _tell(member, options=options, **told)
        if manner.get("silent"):
            return
        if manner.get("foreign"):
            self._lie(handle)
        results: dict[str, tuple[str, Any]] = {}
        if member == "Screenshot":
            results = {"uri": ("s", manner.get("uri", ""))}
        elif member == "CreateSession":
            token = options["session_handle_token"]
            self._session = f"/org/freedesktop/portal/desktop/session/{caller}/{token}"
            results = {"session_handle": ("s", self._session)}
        elif member == "BindShortcuts":
            bound = [
                (key, {"trigger_description": ("s", f"Meta+{key[0].upper()}")})
                for key, _ in message.body[1]
            ]
            results = {"shortcuts": ("a(sa{sv})", bound)}
        self._signal(
            handle,
            "org.freedesktop.portal.Request",
            "Response",
            "ua{sv}",
            (manner.get("code", 0), results),
        )

    def _lie(self, handle: str) -> None:
        """Another program on the bus sends an answer to the same request."""
        from jeepney import DBusAddress, new_signal
        from jeepney.io.blocking import open_dbus_connection

        other = open_dbus_connection(bus="SESSION")
        address = DBusAddress(handle, self._caller, "org.freedesktop.portal.Request")
        body = (0, {"uri": ("s", "file:///etc/hostname")})
        message = new_signal(address, "Response", "ua{sv}", body)
        other.send(message)
        self._other = other

    def _take_orders(self) -> None:
        for line in sys.stdin:
            order = json.loads(line)
            if "press" in order:
                self._tell_keys("Activated", "osta{sv}", order["press"], 0, {})
            elif "change" in order:
                name, trigger = order["change"]
                now = [(name, {"trigger_description": ("s", trigger)})]
                self._tell_keys("ShortcutsChanged", "oa(sa{sv})", now)
            else:
                interface = "org.freedesktop.portal.Session"
                self._signal(self._session, interface, "Closed", "a{sv}", ({},))

    def _tell_keys(self, member: str, kinds: str, *rest: Any) -> None:
        interface = "org.freedesktop.portal.GlobalShortcuts"
        body = (self._session, *rest)
        self._signal("/org/freedesktop/portal/desktop", interface, member, kinds, body)

    def _signal(self, path: str, interface: str, member: str, kinds: str, body: Any) -> None:
        from jeepney import DBusAddress, new_signal

        self._send(new_signal(DBusAddress(path, None, interface), member, kinds, body))

    def _send(self, message: Any) -> None:
        with self._lock:
            self._bus.send(message)


def _tell(what: str, **facts: Any) -> None:
    print(json.dumps({"what": what, **facts}, default=str), flush=True)


if __name__ == "__main__":
    _Service(json.loads(sys.argv[1])).run()
