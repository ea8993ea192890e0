"""The set-up: which Python, which lock, what is named where nothing can be installed."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from app import VERSION
from tests.architecture.packaging_scripts import load
from tests.architecture.source import ROOT

system = load("system_libraries")
setup_env = load("setup_env")
LOCKS = sorted((ROOT / "packaging" / "locks").glob("*.txt"))
PYTHON_LINES = ("3.11", "3.12", "3.13", "3.14")


def fake_python(folder: Path, name: str, version: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PATH of this test's own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PYTHON", raising=False)
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
class TestFindPython:
    def test_the_newest_line_that_is_tested_wins(self, path: Path) -> None:
        fake_python(path, "python3", "3.11.9")
        newest = fake_python(path, "python3.13", "3.13.2")
        assert setup_env.find_python() == (str(newest), (3, 13, 2))

    def test_one_that_does_not_run_is_passed_over(self, path: Path) -> None:
        broken = fake_python(path, "python3.13", "3.13.2")
        broken.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
        works = fake_python(path, "python3.12", "3.12.1")
        assert setup_env.find_python()[0] == str(works)

    def test_the_one_asked_for_wins(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fake_python(path, "python3.13", "3.13.2")
        asked = fake_python(path, "mine", "3.11.4")
        monkeypatch.setenv("PYTHON", str(asked))
        assert setup_env.find_python() == (str(asked), (3, 11, 4))

    def test_too_old_is_said(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHON", str(fake_python(path, "old", "3.10.1")))
        with pytest.raises(setup_env.SetupError, match=r"3\.11 or newer"):
            setup_env.find_python()


def test_a_newer_python_gets_the_newest_lock(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup_env.lock("run", "3.12").name == "run-py312.txt"
    assert setup_env.lock("run", "3.19").name == "run-py314.txt"
    assert "3.19" in capsys.readouterr().out


def test_every_purpose_is_pinned_for_every_line() -> None:
    wanted = {
        f"{purpose}-py{line.replace('.', '')}.txt"
        for purpose in ("run", "test", "ocr")
        for line in PYTHON_LINES
    }
    assert {path.name for path in LOCKS} == wanted


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_exactly_and_by_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[0-9][^ ]*( ;[^\\]*)? \\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry, re.MULTILINE), entry


def test_the_version_is_said_alike_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_the_lock_for_311_has_no_pyside_that_aborts_there() -> None:
    text = (ROOT / "packaging" / "locks" / "run-py311.txt").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.11.3 ; python_full_version < '3.12'" in text


class TestSystemLibraries:
    @pytest.fixture(autouse=True)
    def _linux_without_a_display(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setattr(system, "_apt", lambda packages: False)

    def test_a_missing_library_stops_and_is_named(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(system, "present", lambda need: need.name != "libEGL.so.1")
        assert not system.ensure("run")
        said = capsys.readouterr().err
        assert "apt-get install libegl1\n" in said
        assert "dnf install libglvnd-egl\n" in said

    def test_what_only_tests_need_does_not_stop(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(system, "present", lambda need: need.name != "Xvfb")
        assert system.ensure("test")
        assert "xvfb" in capsys.readouterr().err

    def test_a_display_needs_its_libraries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        assert set(system.X11) <= set(system.wanted("run")[0])

    def test_what_was_installed_is_looked_at_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        installed: list[str] = []

        def install(names: list[str]) -> bool:
            installed.extend(names)
            return True

        monkeypatch.setattr(system, "_apt", install)
        monkeypatch.setattr(
            system, "present", lambda need: need.name != "libGL.so.1" or bool(installed)
        )
        assert system.ensure("run")
        assert installed == ["libgl1"]

    def test_a_library_is_there_if_it_loads(self) -> None:
        none = system.Need("libnobody-has-this.so.9", "a", "b", "c")
        assert not system.present(none)
        assert not system.present(none._replace(name="no-such-program"))
        assert not system.present(none._replace(name="/no/such/file"))
        assert system.present(none._replace(name="/"))
