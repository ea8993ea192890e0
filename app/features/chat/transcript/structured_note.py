"""What is wrong with an answer that was to match a schema, and the way to have it repaired."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.core.schema_verdict import Verdict
from app.features.chat.transcript import structured_words as words
from app.features.chat.transcript.structured_answer import StructuredAnswer
from app.kit.style import set_kind
from app.kit.widgets.plain_label import PlainLabel


class StructuredNote(QFrame):
    """Hidden while there is nothing to say. `alone`: only of an answer that is no JSON at all."""

    def __init__(self, answer: StructuredAnswer, *, alone: bool = False) -> None:
        super().__init__()
        self._answer, self._alone = answer, alone
        set_kind(self, "answer-problem")
        self.problems = PlainLabel()
        set_kind(self.problems, "warning-caption")
        self.problems.setWordWrap(True)
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.repair = QPushButton()
        set_kind(self.repair, "secondary")
        self.repair.clicked.connect(answer.repair)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.problems)
        column.addWidget(self.repair, 0, Qt.AlignmentFlag.AlignLeft)
        answer.changed.connect(self.show_state)
        self._retranslate()

    def show_state(self) -> None:
        """Say what is wrong by now."""
        verdict = self._answer.verdict
        if self._alone and (verdict is None or verdict.verdict is not Verdict.NO_JSON):
            verdict = None
        said = words.problems(verdict) if verdict is not None else ""
        if said != self.problems.text():
            self.problems.setText(said)
        self.problems.setVisible(bool(said))
        self.repair.setVisible(bool(said) and self._answer.can_repair)
        if not self._alone:
            self.setVisible(bool(said))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.repair.setText(self.tr("Ask to repair"))
        self.repair.setAccessibleName(self.tr("Ask to repair"))
        self.repair.setToolTip(self.tr("Sends these errors to the model, once"))
        self.show_state()
