"""A PDF with a password: asked for, a wrong one said, and found nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.features.images.document_password import DocumentPassword
from tests.adapters.documents.papers import locked_pdf, pdf
from tests.chinese import chinese
from tests.conftest import until
from tests.journeys.test_files import LONG, picker, picking, strip
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp")

PASSWORD = "canary-4711-sesame"


def question(window: Porthole) -> DocumentPassword | None:
    found = window.program.window.findChildren(DocumentPassword)
    return next((one for one in found if one.isVisible()), None)


async def asked(window: Porthole) -> DocumentPassword:
    await until(lambda: question(window) is not None)
    found = question(window)
    assert found is not None
    return found


def telling(directory: Path) -> list[Path]:
    """The files in which the password stands."""
    found = (path for path in directory.rglob("*") if path.is_file())
    return [path for path in found if PASSWORD.encode() in path.read_bytes()]


async def test_its_password_opens_it_and_is_kept_nowhere(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "bank.pdf"
    path.write_bytes(locked_pdf(PASSWORD, LONG))
    async with porthole(data_dir, demo=True) as window:
        window.drop(path)
        dialog = await asked(window)
        assert strip(window).chips() == ()
        assert not dialog.open_button.isEnabled()
        QTest.keyClicks(dialog.field, "sesame")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        await until(lambda: bool(dialog.problem))
        assert dialog.problem == "This is not the password of the document."
        assert dialog.field.selectedText(), "the next one is typed over it"
        QTest.keyClicks(dialog.field, PASSWORD)
        assert dialog.problem == ""
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        pages = await picking(window)
        assert pages.said.startswith("1 of 1 pages · 1 as text")
        pages.attach_button.click()
        await until(lambda: len(window.page.draft().parts) == 1)
        await window.ask("what is it?")
    assert telling(data_dir) == []


async def test_who_does_not_know_it_leaves_and_the_next_document_comes(
    data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "locked.pdf").write_bytes(locked_pdf(PASSWORD, LONG))
    (tmp_path / "open.pdf").write_bytes(pdf([LONG]))
    async with porthole(data_dir, demo=True) as window:
        window.drop(tmp_path / "locked.pdf")
        dialog = await asked(window)
        window.drop(tmp_path / "open.pdf")
        await until(lambda: not strip(window).busy)
        assert picker(window) is None
        QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
        assert (await picking(window)).windowTitle() == "Pages of open.pdf"
        assert window.page.draft().parts == ()


async def test_it_asks_in_chinese(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "账单.pdf").write_bytes(locked_pdf(PASSWORD, LONG))
    with chinese("images"):
        async with porthole(data_dir, demo=True) as window:
            window.drop(tmp_path / "账单.pdf")
            dialog = await asked(window)
            assert dialog.open_button.text() == "打开"
