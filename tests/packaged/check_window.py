"""The packaged window on an X server and buses of its own, driven from outside as by a person."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.adapters.settings_file import SettingsFile
from app.adapters.sheet import xlsx_bytes
from app.core.batch_table import Table
from app.core.settings import LanguageChoice, Settings
from tests.adapters.documents.papers import docx, paragraph, pdf
from tests.adapters.images.pictures import SCREENSHOT, corner_marked, saved
from tests.at_spi import Desk, Node, desk, waited, what_is_missing
from tests.packaged.program import LIMIT_S, PROGRAM
from tests.x_screen import Hand
from tests.x_screen import what_is_missing as missing_for_the_hand

MISSING = what_is_missing() or missing_for_the_hand()
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
    pytest.mark.usefixtures("qapp"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory in English."""
    folder = tmp_path / "porthole"
    SettingsFile(folder).save(Settings(language=LanguageChoice.ENGLISH))
    return folder


def names(within: Node, role: str) -> list[str]:
    return [node.name for node in within.walk() if node.role == role]


def seen(within: Node, role: str, words: str) -> Node:
    """The first whose name has these words; waits for it."""

    def look() -> Node | None:
        return next((n for n in within.walk() if n.role == role and words in n.name), None)

    found: Node = waited(look, LIMIT_S)
    return found


def second_start(screen: Desk, data: Path, *arguments: str) -> None:
    """Start it once more; the first takes over."""
    command = [str(PROGRAM), "--data-dir", str(data), *arguments]
    subprocess.run(command, env=screen.environment, check=True, timeout=LIMIT_S)


def test_files_are_opened_by_the_first_start_and_by_a_second(data: Path, tmp_path: Path) -> None:
    contents = {
        "shot.png": SCREENSHOT.read_bytes(),
        "letter.docx": docx(paragraph("Dear harbour")),
        "boats.xlsx": xlsx_bytes(Table(("name",), (("Ada",),))),
        "report.pdf": pdf(["Harbour report", "Second page"]),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    first, *rest = (str(tmp_path / name) for name in contents)
    with desk(str(PROGRAM), "--data-dir", str(data), "--demo", first) as screen:
        window = screen.application()
        seen(window, "label", "shot.png · 1280×832")
        second_start(screen, data, *rest)
        seen(window, "label", "letter.docx")
        seen(window, "label", "boats.xlsx")
        dialog = seen(window, "dialog", "Pages of report.pdf")
        assert len(waited(lambda: names(dialog, "list item"))) == 2
        dialog.find("push button", "Attach").do("Press")
        seen(window, "label", "report.pdf")


def test_fields_are_read_and_held_against_their_schema(data: Path, tmp_path: Path) -> None:
    with desk(str(PROGRAM), "--data-dir", str(data), "--demo", str(SCREENSHOT)) as screen:
        window = screen.application()
        seen(window, "label", "screenshot.png")
        window.find("push button", "Fields → JSON").do("Press")
        reader = window.find("check box", "Reader")
        waited(lambda: "Toggle" in reader.actions, LIMIT_S)  # with something to read
        reader.do("Toggle")
        seen(window, "label", "Matches the schema")


def test_a_region_of_the_screen_is_taken(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk(str(PROGRAM), "--data-dir", str(data), "--demo") as screen:
        window = screen.application()
        window.find("push button", "Capture")
        monkeypatch.setenv("DISPLAY", screen.environment["DISPLAY"])
        second_start(screen, data, "--capture")
        waited(lambda: "Capture a region of the screen" in [n.name for n in window.children])
        hand = Hand()
        hand.key("Return")
        hand.close()
        seen(window, "label", "Screenshot 2")


def test_a_folder_is_asked_about_in_a_batch(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "receipts"
    folder.mkdir()
    for number in range(2):
        picture = saved(corner_marked(60 + number), "PNG")
        (folder / f"{number}.png").write_bytes(picture)
    with desk(str(PROGRAM), "--data-dir", str(data), "--demo") as screen:
        window = screen.application()
        window.find("push button", "Batch images").do("Press")
        window.find("push button", "Choose a folder…").do("Press")
        write(seen(window, "dialog", "Folder of"), "Directory:", str(folder), "Choose")
        window.find("push button", "Start…").do("Press")
        window.find("push button", "Start").do("Press")
        seen(window, "label", "2 of 2")
        window.find("button menu", "Export")


def write(dialog: Node, field: str, text: str, go: str) -> None:
    """Write into a field of a dialog, and press its button."""
    dialog.find("text", field).ask("EditableText", "SetTextContents", "s", text)
    button = dialog.find("push button", go)
    waited(lambda: "Press" in button.actions)
    button.do("Press")
