"""Every text is in 简体中文, none is left over, and what is compiled is what was translated."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from tests.architecture.packaging_scripts import load
from tests.architecture.source import ROOT

translations = load("translations")
PAGE = """class Page:
    def words(self):
        return self.tr("Send"), self.tr("%n files", "", 2)
"""


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A small app, wholly translated and compiled: its sources, .ts folder and .qm."""
    app, folder = tmp_path / "app", tmp_path / "translations"
    (app / "features" / "chat").mkdir(parents=True)
    folder.mkdir()
    (app / "features" / "chat" / "page.py").write_text(PAGE, encoding="utf-8")
    translations.update(app, folder)
    ts = folder / "chat_zh_CN.ts"
    text = ts.read_text(encoding="utf-8").replace(' type="unfinished"', "")
    text = text.replace("<translation></translation>", "<translation>发送</translation>")
    text = text.replace("<numerusform></numerusform>", "<numerusform>%n 个文件</numerusform>")
    ts.write_text(text, encoding="utf-8")
    compiled = folder / "porthole_zh_CN.qm"
    translations.compile_all(folder, compiled)
    return app, folder, compiled


def test_the_program_is_wholly_translated() -> None:
    found = translations.faults(ROOT / "app", translations.TRANSLATIONS, translations.COMPILED)
    assert not found, "\n".join(["make translations", *found])


def test_qt_speaks_chinese_too() -> None:
    translator = QTranslator()
    assert translator.load("qtbase_zh_CN", str(translations.TRANSLATIONS))
    assert translator.translate("QPlatformTheme", "Cancel") == "取消"


def test_a_whole_translation_has_no_faults(house: tuple[Path, Path, Path]) -> None:
    assert translations.faults(*house) == []


def test_a_new_text_is_found(house: tuple[Path, Path, Path]) -> None:
    page = house[0] / "features" / "chat" / "page.py"
    page.write_text(PAGE.replace('"Send"', '"Send now"'), encoding="utf-8")
    found = translations.faults(*house)
    assert any("not translated: Page: 'Send now'" in fault for fault in found)
    assert any("no longer in the sources: Page: 'Send'" in fault for fault in found)


def test_a_text_in_a_new_area_is_found(house: tuple[Path, Path, Path]) -> None:
    (house[0] / "ask.py").write_text(
        'word = QCoreApplication.translate("Ask", "Cut short")\n', encoding="utf-8"
    )
    assert translations.faults(*house) == ["ask_zh_CN.ts: not translated: Ask: 'Cut short'"]


def test_an_empty_translation_is_found(house: tuple[Path, Path, Path]) -> None:
    ts = house[1] / "chat_zh_CN.ts"
    ts.write_text(ts.read_text(encoding="utf-8").replace("发送", ""), encoding="utf-8")
    assert any("'Send'" in fault for fault in translations.faults(*house))


def test_a_stale_qm_is_found(house: tuple[Path, Path, Path]) -> None:
    ts = house[1] / "chat_zh_CN.ts"
    ts.write_text(ts.read_text(encoding="utf-8").replace("发送", "寄出"), encoding="utf-8")
    assert translations.faults(*house) == ["porthole_zh_CN.qm is not current: make translations"]
