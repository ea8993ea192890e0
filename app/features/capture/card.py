"""The answer card: asks about a region of the screen, and answers, without the main window.

It sends nothing itself: it says what the person wants, and shows what it is told.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainterPath,
    QRegion,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.picture_action import KEYS
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import RADIUS_CARD, Theme
from app.kit.widgets.elided_label import ElidedLabel
from app.kit.widgets.plain_label import PlainLabel

WIDTH, HEIGHT, ANSWER_HEIGHT = 470, 460, 240
"""With text of normal size; `HEIGHT` is the most that it comes to."""


class AnswerCard(QWidget):
    """Always on top. `actions` are the ready-made questions, `answer` is where answers are shown.

    `closed` is emitted once, however it goes.
    """

    question_asked = Signal(str)
    action_key_pressed = Signal(str)
    stop_requested = Signal()
    copy_requested = Signal()
    table_requested = Signal()
    open_requested = Signal()
    closed = Signal()

    def __init__(self, *, theme: Theme, icons: Icons, actions: QWidget, answer: QWidget) -> None:
        kind = Qt.WindowType
        super().__init__(None, kind.Tool | kind.FramelessWindowHint | kind.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._icons = icons
        self._actions = actions
        self._answer = answer
        self._gone = False
        self.was_painted = False
        self._cross = QToolButton()
        self._caution, self._problem = PlainLabel(), PlainLabel()
        self._line = QLineEdit()
        self._table, self._copy = QPushButton(), QPushButton()
        self._open, self._stop = QPushButton(), QPushButton()
        self._note = ElidedLabel()
        for widget, name in (
            (self._cross, "icon"),
            (self._caution, "warning-caption"),
            (self._problem, "error-caption"),
            (self._table, "primary"),
            (self._copy, "secondary"),
            (self._open, "secondary"),
            (self._stop, "secondary"),
            (self._note, "caption"),
        ):
            set_kind(widget, name)
        for words in (self._caution, self._problem):
            words.setWordWrap(True)
            words.hide()
        self._lay_out()
        self._connect()
        self._restyle()
        self._retranslate()
        self.set_answer(text=False, table=False)
        self.set_busy(busy=False)

    @property
    def room(self) -> QSize:
        """What it is given on the screen, whatever it shows yet."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    # What it is told

    def stand(self, x: float, y: float) -> None:
        """Show it with its corner there, ready to be typed into."""
        self.move(QPoint(round(x), round(y)))
        self.show()
        self.raise_()
        self.activateWindow()
        self._line.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While an answer is on its way, nothing else is asked."""
        self._actions.setEnabled(not busy)
        self._line.setReadOnly(busy)
        self._stop.setVisible(busy)
        if busy:
            self._problem.hide()

    def show_answer(self) -> None:
        """Make room for what is answered."""
        if self._answer.isHidden():
            self._answer.show()
            self._rule.show()
            self._caution.hide()

    def set_answer(self, *, text: bool, table: bool) -> None:
        """What there is to be copied by now."""
        self._copy.setEnabled(text)
        self._table.setVisible(table)

    def set_note(self, text: str) -> None:
        """Which model answers, and how long it took."""
        self._note.setText(text)

    def set_caution(self, text: str) -> None:
        """What is to be known of who answers, before anything is asked."""
        self._caution.setText(text)
        self._caution.setVisible(bool(text))

    def say(self, problem: str) -> None:
        """Why what was asked could not be."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def clear_question(self) -> None:
        self._line.clear()

    @property
    def question(self) -> QLineEdit:
        return self._line

    @property
    def buttons(self) -> tuple[QPushButton, QPushButton, QPushButton, QPushButton]:
        """Copy as table, Copy, Open as conversation, Stop."""
        return self._table, self._copy, self._open, self._stop

    @property
    def note(self) -> str:
        return self._note.text()

    @property
    def caution(self) -> str:
        """What it says of who would answer; empty when all is as usual."""
        return "" if self._caution.isHidden() else self._caution.text()

    @property
    def problem(self) -> str:
        """What it says went wrong; empty when nothing did."""
        return "" if self._problem.isHidden() else self._problem.text()

    # Within

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._actions, 1)
        top.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._table, self._stop, self._copy, self._open):
            foot.addWidget(button)
        foot.addWidget(self._note, 1)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rule = QFrame()
        set_kind(self._rule, "hairline")
        self._rule.setFixedHeight(1)
        self._answer.hide()
        self._rule.hide()
        frame = QFrame()
        set_kind(frame, "popup")
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._answer)
        column.addWidget(self._rule)
        column.addWidget(self._caution)
        column.addWidget(self._problem)
        column.addWidget(self._line)
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def _connect(self) -> None:
        self._line.returnPressed.connect(self._ask)
        self._cross.clicked.connect(self.close)
        self._table.clicked.connect(self.table_requested)
        self._copy.clicked.connect(self.copy_requested)
        self._open.clicked.connect(self.open_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._theme.changed.connect(self._restyle)
        for key in KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda key=key: self.action_key_pressed.emit(key))

    def _ask(self) -> None:
        text = self._line.text().strip()
        if text and not self._line.isReadOnly():
            self.question_asked.emit(text)

    def _restyle(self) -> None:
        self.setFixedWidth(self.room.width())
        self._answer.setFixedHeight(self._theme.px(ANSWER_HEIGHT))
        size = self._theme.px(14)
        self._cross.setIcon(self._icons.icon("close", self._theme.tokens.text_2, size))
        self._cross.setIconSize(QSize(size, size))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where nothing else is, it is moved by hand."""
        handle = self.windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def resizeEvent(self, event: QResizeEvent) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._gone:
            self._gone = True
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.was_painted = True
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Be as high as what is in it comes to at this width."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Ask about a region of the screen"))
        self._line.setPlaceholderText(self.tr("Ask about this region…"))
        self._line.setAccessibleName(self.tr("Question"))
        self._table.setText(self.tr("Copy as table"))
        self._copy.setText(self.tr("Copy"))
        self._open.setText(self.tr("Open as conversation"))
        self._stop.setText(self.tr("Stop"))
        self._cross.setAccessibleName(self.tr("Close"))
        self._cross.setToolTip(self.tr("Close (Esc)"))
