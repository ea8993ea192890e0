"""Starts that meet something in the way: a newer history, no leave to write, a Porthole that runs.

Each goes through the program's own `main`; a timer plays the person.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.__main__ import main
from app.adapters.settings_file import SettingsFile
from app.core.settings import LanguageChoice, Settings
from app.features.chat.page import ChatPage
from app.shell.main_window import MainWindow
from app.shell.start_problem import StartProblem
from tests.faults.fault import ROOT
from tests.faults.newer_schema import contents, make_newer

W = TypeVar("W", bound=QWidget)
LIMIT_S = 30.0
CANNOT_START = 1


class Person:
    """Looks at what the start shows, and does the next thing. A step answers whether it is done."""

    def __init__(self, app: QApplication, *steps: Callable[[], bool]) -> None:
        self._app = app
        self._steps = list(steps)
        self._until = time.monotonic() + LIMIT_S
        self.done: list[str] = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if self._steps and self._steps[0]():
            self.done.append(self._steps.pop(0).__name__)
        if not self._steps:
            self._timer.stop()
        elif time.monotonic() > self._until:
            self._timer.stop()
            for window in self._app.topLevelWidgets():
                window.close()

    @property
    def did_all(self) -> bool:
        return not self._steps


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    """A run sets the loop, the signals and the hooks of its process."""
    signals = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}
    hooks = sys.get_asyncgen_hooks()
    qapp.setQuitOnLastWindowClosed(False)
    yield
    asyncio.set_event_loop(None)
    sys.set_asyncgen_hooks(*hooks)
    for number, handler in signals.items():
        signal.signal(number, handler)


def shown(app: QApplication, kind: type[W]) -> W | None:
    """The window of that kind, if it is shown."""
    return next((w for w in app.topLevelWidgets() if isinstance(w, kind) and w.isVisible()), None)


class Start:
    """What a person does with the windows of a start."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.said = ""

    def refused(self) -> bool:
        """Reads what stands in the way."""
        problem = shown(self._app, StartProblem)
        if problem is not None:
            self.said = problem.text
        return problem is not None

    def choose(self, folder: Path) -> Callable[[], bool]:
        def chosen() -> bool:
            problem = shown(self._app, StartProblem)
            assert problem is not None
            problem.use(str(folder))
            return True

        return chosen

    def quit(self) -> bool:
        problem = shown(self._app, StartProblem)
        assert problem is not None
        problem.quit_button.click()
        return True

    def page(self) -> ChatPage | None:
        window = shown(self._app, MainWindow)
        return None if window is None else window.findChild(ChatPage)

    def opened(self) -> bool:
        return self.page() is not None

    def close(self) -> bool:
        window = shown(self._app, MainWindow)
        assert window is not None
        window.close()
        return True


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            LanguageChoice.ENGLISH,
            "The history in %1 was written by a newer Porthole. It was not touched; "
            "update Porthole, or start it with another data directory.",
        ),
        (
            LanguageChoice.CHINESE,
            "%1 中的历史记录由更新版本的舷窗写入，未作任何改动；"
            "请更新舷窗，或用另一个数据目录启动。",
        ),
    ],
    ids=["en", "zh"],
)
def test_a_newer_history_is_refused_untouched_and_another_folder_opens(
    qapp: QApplication, data_dir: Path, tmp_path: Path, language: LanguageChoice, sentence: str
) -> None:
    make_newer(data_dir, log_left=True)
    SettingsFile(data_dir).save(Settings(language=language))
    before = contents(data_dir)
    other = tmp_path / "other"
    start = Start(qapp)
    person = Person(qapp, start.refused, start.choose(other), start.opened, start.close)
    assert main(["--data-dir", str(data_dir)]) == 0
    assert person.did_all, person.done
    assert start.said == sentence.replace("%1", str(data_dir / "history.sqlite3"))
    after = contents(data_dir)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {"instance.lock"}
    assert (other / "history.sqlite3").exists()


def test_a_start_that_is_given_up_touches_nothing(qapp: QApplication, data_dir: Path) -> None:
    make_newer(data_dir, log_left=False)
    before = contents(data_dir)
    start = Start(qapp)
    person = Person(qapp, start.refused, start.quit)
    assert main(["--data-dir", str(data_dir)]) == CANNOT_START
    assert person.did_all, person.done
    after = contents(data_dir)
    assert {name: after[name] for name in before} == before


@contextmanager
def locked_folder(settings: Settings) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A data directory that this process may not write to, and what gives it back its rights.

    Root may write anywhere: it becomes nobody for that long.
    """
    root = os.geteuid() == 0

    def restore() -> None:
        if root:
            os.seteuid(0)

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "data"
        SettingsFile(folder).save(settings)
        (folder / "settings.json").chmod(0o444)
        for one in (folder, folder.parent):
            one.chmod(0o555)
        if root:
            os.seteuid(65534)
        try:
            yield folder, restore
        finally:
            restore()
            for one in (folder.parent, folder):
                one.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other rights there")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (LanguageChoice.ENGLISH, "Porthole may not write to %1. What is on the screen"),
        (LanguageChoice.CHINESE, "舷窗无权写入 %1。屏幕上的内容仍可复制；请授予写入权限"),
    ],
    ids=["en", "zh"],
)
def test_a_folder_that_may_not_be_written_to_is_named_and_another_opens(
    qapp: QApplication, tmp_path: Path, language: LanguageChoice, sentence: str
) -> None:
    with locked_folder(Settings(language=language)) as (folder, restore):
        other = tmp_path / "other"
        start = Start(qapp)

        def refused() -> bool:
            if shown(qapp, StartProblem) is not None:
                restore()
            return start.refused()

        person = Person(qapp, refused, start.choose(other), start.opened, start.close)
        assert main(["--data-dir", str(folder)]) == 0
        assert person.did_all, person.done
        assert start.said.startswith(sentence.replace("%1", str(folder)))
        assert [path.name for path in folder.iterdir()] == ["settings.json"]
        assert (other / "history.sqlite3").exists()


def test_a_second_start_hands_its_file_to_the_first_and_ends(
    qapp: QApplication, data_dir: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "shot.png"
    Image.new("RGB", (64, 48), "teal").save(picture)
    start = Start(qapp)
    second: list[subprocess.Popen[bytes]] = []

    def started() -> bool:
        command = [sys.executable, "-m", "app", "--data-dir", str(data_dir), str(picture)]
        second.append(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE))
        return True

    def ended() -> bool:
        return second[0].poll() is not None

    def taken() -> bool:
        page = start.page()
        return page is not None and bool(page.draft().parts)

    person = Person(qapp, start.opened, started, ended, taken, start.close)
    try:
        assert main(["--data-dir", str(data_dir)]) == 0
    finally:
        for process in second:
            process.kill()
            _, said = process.communicate()
    assert person.did_all, person.done
    assert (second[0].returncode, said) == (0, b"")
