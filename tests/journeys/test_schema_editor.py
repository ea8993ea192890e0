"""The schema editor in the real window: written, checked, made strict, kept, used, handed on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.core.json_text import LONGEST
from app.core.schema_templates import TEMPLATES, Template
from app.features.chat.output_mark import OutputMark
from app.features.parameters.inspector import Inspector
from app.features.structured.schema_editor import SchemaEditor
from tests.conftest import until
from tests.journeys.world import Porthole, porthole

pytestmark = pytest.mark.usefixtures("qapp", "memory_keyring")

FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "advice", "strict": True, "schema": {"type": "object"}},
}


def click(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(editor: SchemaEditor, row: int) -> None:
    """Go to a row of the list and press Enter."""
    editor.schemas.setCurrentRow(row)
    QTest.keyClick(editor.schemas, Qt.Key.Key_Return)


def shows(editor: SchemaEditor, schema: object) -> Callable[[], bool]:
    return lambda: editor._look.schema == schema


def says(editor: SchemaEditor, words: str) -> Callable[[], bool]:
    return lambda: words in editor.state.text()


async def editor_of(window: Porthole) -> SchemaEditor:
    """The editor, opened from the composer's mark."""
    if "response_format" not in window.page.session.info.parameters:
        window.page.session.set_parameters({"response_format": FORMAT})
    mark = window.page.findChild(OutputMark)
    assert mark is not None
    assert mark.isVisible()
    mark.click()
    (editor,) = window.program.window.findChildren(SchemaEditor)
    await until(lambda: editor.use.isEnabled())
    return editor


async def test_a_schema_is_checked_as_it_is_written_and_made_strict(tmp_path: Path) -> None:
    async with porthole(tmp_path, demo=True) as window:
        editor = await editor_of(window)
        assert editor.name.text() == "advice"
        await until(lambda: "additionalProperties" in editor.lack.text())
        click(editor.fix)
        await until(lambda: editor.lack.isHidden() and editor.use.isEnabled())
        assert '"additionalProperties": false' in editor.text.toPlainText()
        for text, said, line in (
            ('{\n "type": "thing"\n}', "Line 2: 'thing' is not valid", True),
            (
                '{\n "properties": {\n  "a": {"$ref": "https://x.org/s"}}}',
                "“https://x.org/s”",
                True,
            ),
            ('{\n "type": \n', "No valid JSON: line", True),
            ("[]", "A schema is a JSON object", False),
        ):
            editor.text.setPlainText(text)
            await until(says(editor, said))
            assert not editor.use.isEnabled()
            assert editor.go.isVisible() is line
        tree = {"type": "object", "properties": {"more": {"$ref": "#"}}}
        editor.strict.setChecked(False)
        editor.text.setPlainText(json.dumps(tree))
        await until(lambda: editor.use.isEnabled())
        editor.name.setText("not good")
        assert not editor.use.isEnabled()
        editor.name.setText("tree")
        click(editor.use)
        inner = window.page.session.info.parameters["response_format"]["json_schema"]
        assert inner == {"name": "tree", "strict": False, "schema": tree}
        mark = window.page.findChild(OutputMark)
        assert mark is not None
        assert mark.text() == "JSON: tree"


async def test_templates_examples_and_kept_schemas(tmp_path: Path) -> None:
    async with porthole(tmp_path, demo=True) as window:
        editor = await editor_of(window)
        for row, template in enumerate(Template):
            choose(editor, row)
            await until(shows(editor, TEMPLATES[template]))
            assert editor.use.isEnabled()
            assert editor.lack.isHidden()
        choose(editor, len(Template))
        assert editor.use.isHidden()
        example = {"day": "Monday", "degrees": [1, 2.5]}
        editor.text.setPlainText(json.dumps(example))
        await until(lambda: editor.make.isEnabled())
        click(editor.make)
        await until(lambda: editor.use.isVisible() and editor.use.isEnabled())
        jsonschema.validate(example, json.loads(editor.text.toPlainText()))
        editor.name.setText("weather")
        click(editor.save)
        kept = window.program.settings.value.schemas
        assert [one.name for one in kept] == ["weather"]
        editor.strict.setChecked(False)
        click(editor.save)
        (again,) = window.program.settings.value.schemas
        assert (again.id, again.strict) == (kept[0].id, False)
        exported: list[tuple[bytes, str]] = []
        editor.export_requested.disconnect()
        editor.export_requested.connect(lambda data, name: exported.append((bytes(data), name)))
        click(editor.export)
        ((data, name),) = exported
        assert name == "weather.schema.json"
        click(editor.delete)
        assert window.program.settings.value.schemas == ()
        choose(editor, 0)
        editor.take_file(data)
        await until(shows(editor, again.schema))
        assert (editor.name.text(), editor.strict.isChecked()) == ("weather", False)
        editor.take_file(b"\xff\xfe[]")
        assert editor.state.text() == "There is no schema in this file."
        editor.reject()


async def test_a_paste_too_long_to_be_edited_is_left_out_and_said(tmp_path: Path) -> None:
    async with porthole(tmp_path, demo=True) as window:
        editor = await editor_of(window)
        before = editor.text.toPlainText()
        mime = QMimeData()
        mime.setText("[" * (LONGEST + 1))
        editor.text.insertFromMimeData(mime)
        assert editor.text.toPlainText() == before
        assert "Too long" in editor.state.text()
        editor.reject()


async def test_the_inspector_leads_to_the_editor(tmp_path: Path) -> None:
    async with porthole(tmp_path, demo=True) as window:
        window.page.session.set_parameters({"response_format": FORMAT})
        window.shortcut("Ctrl+I")
        pane = window.page.findChild(Inspector)
        assert pane is not None
        buttons = [
            button
            for button in pane.findChildren(QPushButton)
            if button.accessibleName() == "Open the schema editor"
        ]
        buttons[0].click()
        (editor,) = window.program.window.findChildren(SchemaEditor)
        await until(lambda: editor.use.isEnabled())
        editor.reject()
