"""What every test stands on: Qt offscreen, qasync's loop, and guards.

Each test gets its own data directory, a keyring in memory, and leave to talk to loopback only;
it fails if it leaves a task, a window or a thread behind. A coroutine test runs on qasync's loop.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import ipaddress
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = os.environ.get("PORTHOLE_TEST_PLATFORM", "offscreen")
for name in ("JIEKOU_API_KEY", "PORTHOLE_API_KEY", "OPENAI_API_KEY", "PORTHOLE_DATA_DIR"):
    os.environ.pop(name, None)
for name in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(name, None)
    os.environ.pop(name.upper(), None)

import keyring
import keyring.errors
import pytest
import qasync
from keyring.backend import KeyringBackend
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from app.kit.clipboard import leave_plain_text

PATIENCE_S = 60
"""How long a test waits for what must come: it costs nothing but where it never does."""
TEST_LIMIT_S = 3 * PATIENCE_S


class MemoryKeyring(KeyringBackend):
    """Keys of one test."""

    priority = 0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.keys: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.keys[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.keys.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(username)


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            assert host == "localhost" or ipaddress.ip_address(host).is_loopback, host
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of this test's own, which a Porthole started by it would use."""
    where = tmp_path / "data"
    monkeypatch.setenv("PORTHOLE_DATA_DIR", str(where))
    monkeypatch.setenv("HOME", str(tmp_path))
    return where


@pytest.fixture(scope="session", autouse=True)
def _clipboard_left_empty() -> Iterator[None]:
    """Qt's offscreen clipboard drops its data when Python is gone: with ours in it, it dies."""
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.clipboard().clear()


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    threads = set(threading.enumerate())
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [w for w in app.topLevelWidgets() if w.isVisible()]
        for widget in left:
            widget.close()
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not left, f"windows left open: {left}"
    deadline = time.monotonic() + PATIENCE_S
    while stray := set(threading.enumerate()) - threads:
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {stray}")
        for thread in stray:
            thread.join(0.05)


def _set_aside() -> None:
    """Collect what tests before left, and leave all that lives aside of later collections.

    Each async test ends with one, which would else look through everything that was ever imported.
    """
    gc.collect()
    gc.freeze()


class PatientBot(QtBot):
    """Waits as long on a machine that is busy with more tests than this one."""

    def waitUntil(
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_S * 1000
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self, signal: Any, *, timeout: int = PATIENCE_S * 1000, **how: Any
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture
def untraced() -> Iterator[None]:
    """For bulk: no coverage, which makes long loops ten times as slow and holds memory itself.

    What such a test reaches, another one must reach as well.
    """
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.fixture
def qloop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """qasync's loop on the test's application; fails the test on an unhandled task error."""
    qapp.setQuitOnLastWindowClosed(False)
    _set_aside()
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    errors: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: errors.append(context))
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(
        firstiter=loop._asyncgen_firstiter_hook, finalizer=loop._asyncgen_finalizer_hook
    )
    yield loop
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    # Timers that were cancelled still run: they must end here, not wherever garbage is collected.
    loop._timer.deleteLater()
    QCoreApplication.sendPostedEvents(loop._timer, QEvent.Type.DeferredDelete)
    asyncio.set_event_loop(None)
    sys.set_asyncgen_hooks(*hooks)
    assert not errors, errors


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests on qasync's loop, and fail those that leave tasks running."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    loop: Any = pyfuncitem.funcargs["qloop"]
    arguments = {n: pyfuncitem.funcargs[n] for n in pyfuncitem._fixtureinfo.argnames}

    async def body() -> None:
        try:
            await asyncio.wait_for(pyfuncitem.obj(**arguments), TEST_LIMIT_S)
        finally:
            # Drained inside the running loop: qasync's timers fire when it is not running, too.
            me = asyncio.current_task()
            left = [task for task in asyncio.all_tasks() if task is not me]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            gc.collect()
        assert not left, f"tasks left running: {left}"

    loop.run_until_complete(body())
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.fixturenames.insert(0, "qloop")


async def until(condition: Callable[[], Any], limit_s: float = PATIENCE_S) -> Any:
    """Wait, with the loop running, until `condition()` is true; answers what it gave.

    A condition that has to be asked for may be a coroutine function.
    """
    deadline = time.monotonic() + limit_s
    while True:
        value = condition()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return value
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test printed and logged goes from process to process as UTF-8."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections
    ]
    return report


def pytest_sessionfinish() -> None:
    if QApplication.instance() is not None:
        leave_plain_text()
