"""The composer: the card in which a message is written, with what goes along and how it is sent.

It sends nothing itself: it says what the person wants, and keeps its text until it is told that
the message is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.conversation import Draft
from app.core.message import ImagePart
from app.core.picture_action import PictureAction
from app.core.picture_address import is_picture
from app.features.chat.composer.ask_on_drop import AskOnDrop
from app.features.chat.composer.clean import clean
from app.features.chat.composer.file_dialog import file_dialog
from app.features.chat.composer.sources import AttachmentSource, QuickActionSource
from app.features.chat.composer.text_box import TextBox
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.banner import Banner

LONG_PASTE = 5000
"""Characters above which a paste goes along as a text file."""
HUGE_PASTE = 200_000
"""Above these even a paste "as it is" does: laid out as one text, it would hold up the window."""
SHARE_OF_WINDOW = 3
"""The text box grows to one part in this many of the window's height."""


class Composer(QFrame):
    """See the module. `draft_changed` follows every change at once."""

    send_requested = Signal(object)  # Draft
    add_requested = Signal(object)  # Draft
    stop_requested = Signal()
    edit_last_requested = Signal()
    draft_changed = Signal(object)  # Draft
    typing_started = Signal()
    capture_requested = Signal()
    page_requested = Signal(object)  # QKeyEvent: what is above is to be turned by a page

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        attachments: AttachmentSource,
        quick_actions: QuickActionSource,
        earlier_pictures: QWidget,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._attachments = attachments
        self._quick_actions = quick_actions
        self._earlier_pictures = earlier_pictures
        self._streaming = False
        self._typed = False
        self._filling = False
        self._pending_action = ""
        self._asked: Draft | None = None
        self._enter_sends = True
        self._banner = Banner()
        self._on_drop = AskOnDrop(self)
        self._box = TextBox(theme=theme)
        self._clip = QToolButton()
        self._capture = QToolButton()
        self._send = QPushButton()
        self._row = QHBoxLayout()
        set_kind(self, "composer")
        set_kind(self._clip, "icon")
        set_kind(self._capture, "ghost")
        self._capture.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_kind(self._send, "primary")
        self._lay_out()
        self._connect()
        self._restyle()
        self._retranslate()
        self._show_state()

    # What the page asks for

    @property
    def text_box(self) -> TextBox:
        return self._box

    @property
    def send_button(self) -> QPushButton:
        return self._send

    def draft(self) -> Draft:
        """What would be sent: the text, and pictures before other files."""
        parts = self._attachments.parts()
        images = tuple(p for p in parts if isinstance(p, ImagePart))
        others = tuple(p for p in parts if not isinstance(p, ImagePart))
        return Draft(self._box.toPlainText(), (*images, *others))

    def set_draft(self, draft: Draft) -> None:
        """Show a draft in place of what stands there."""
        self._filling = True
        self._box.setPlainText(draft.text)
        self._box.moveCursor(self._box.textCursor().MoveOperation.End)
        self._attachments.set_parts(draft.parts)
        self._filling = False
        self._changed()

    def clear(self) -> bool:
        """Let go of what was asked to be sent, now that it is safe; what came since stays.

        False when nothing of this composer's was: something else was sent.
        """
        asked, self._asked = self._asked, None
        if asked is None:
            return False
        self._filling = True
        text = self._box.toPlainText()
        if text.startswith(asked.text):
            self._box.remove_start(len(asked.text))
        self._attachments.let_go(asked.parts)
        self._filling = False
        self._changed()
        return True

    def set_streaming(self, streaming: bool) -> None:
        """While an answer arrives, Send is Stop."""
        self._streaming = streaming
        self._on_drop.stop()
        if not streaming:
            self._asked = None
        self._show_state()

    def set_enter_sends(self, enter_sends: bool) -> None:
        """Whether Enter alone sends, or only Ctrl+Enter."""
        self._enter_sends = enter_sends
        self._box.set_enter_sends(enter_sends)
        self._show_state()

    def set_banner(
        self, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()
    ) -> None:
        self._banner.say(text, actions)

    def ask_nothing_by_itself(self) -> None:
        """Something is unusual about sending now: what was dropped waits for the person."""
        self._on_drop.stop()

    def ask_by_key(self, key: str) -> PictureAction | None:
        """Ask what has that key about the pictures here; None where there is nothing to ask.

        Without a picture the action itself is answered: it takes one to ask it.
        """
        action = next((a for a in self._quick_actions.actions_shown if a.key == key), None)
        if action is None or not self._quick_actions.widget.isVisible():
            return action
        self._ask_action(action)
        return None

    def focus_text(self) -> None:
        self._box.setFocus()

    def quote(self, text: str) -> None:
        """Insert a quote on lines of its own, to be answered below it."""
        cursor = self._box.textCursor()
        gap = "" if cursor.atBlockStart() else "\n\n"
        self._take_text(gap + text)
        self._box.setFocus()

    def take(self, mime: QMimeData) -> bool:
        """Take what was dropped: pictures and files go along, text is inserted."""
        blank = not self._streaming and not self._attachments.busy and not self.draft()
        if blank and (action := self._quick_actions.on_drop) is not None:
            self._on_drop.begin(action)
        if self._attachments.add_mime(mime):
            return True
        self._on_drop.stop()
        if mime.hasText() and mime.text().strip():
            self._take_text(mime.text())
            return True
        return False

    def choose_files(self) -> None:
        """Let the person pick files; the dialog does not hold up anything."""
        dialog = file_dialog(self.window())
        dialog.filesSelected.connect(self._attachments.add_paths)
        dialog.finished.connect(self._box.setFocus)
        dialog.rejected.connect(self._forget_action)
        dialog.open()

    def choose_files_for(self, action: str) -> None:
        """Pick files, and ask that ready-made question about them once they are prepared."""
        self._pending_action = action
        self.choose_files()

    # Within

    def add_mark(self, mark: QWidget) -> None:
        """Show how the next message is asked, beside the ways to attach."""
        self._row.insertWidget(self._row.indexOf(self._earlier_pictures) + 1, mark)

    def _lay_out(self) -> None:
        row = self._row
        row.setSpacing(12)
        row.addWidget(self._clip)
        row.addWidget(self._capture)
        row.addWidget(self._earlier_pictures)
        row.addStretch(1)
        row.addWidget(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._banner)
        column.addWidget(self._on_drop.banner)
        column.addWidget(self._attachments.widget)
        column.addWidget(self._quick_actions.widget)
        column.addWidget(self._box)
        column.addLayout(row)

    def _connect(self) -> None:
        box = self._box
        box.textChanged.connect(self._text_changed)
        box.send_pressed.connect(self._ask_send)
        box.add_pressed.connect(self._ask_add)
        box.up_pressed_when_empty.connect(self._ask_edit_last)
        box.escape_pressed.connect(self._ask_stop)
        box.page_pressed.connect(self.page_requested)
        box.mime_pasted.connect(self._paste)
        box.composing_started.connect(self._begin_typing)
        self._send.clicked.connect(self._send_clicked)
        self._clip.clicked.connect(self.choose_files)
        self._capture.clicked.connect(lambda _checked=False: self.capture_requested.emit())
        self._attachments.changed.connect(self._attachments_changed)
        self._attachments.refused.connect(self._forget_action)
        self._quick_actions.chosen.connect(self._ask_action)
        self._on_drop.due.connect(self._ask_action)
        self._theme.changed.connect(self._restyle)

    def _begin_typing(self) -> None:
        """The person set out to ask something: said once. A draft that is put back is not that."""
        if not self._typed and not self._filling:
            self._typed = True
            self.typing_started.emit()

    def _text_changed(self) -> None:
        self._begin_typing()
        self._changed()

    def _attachments_changed(self) -> None:
        if self._filling:
            return
        self._begin_typing()
        self._changed()
        ready = not self._attachments.busy and self._attachments.parts()
        if self._pending_action and ready:
            wanted, self._pending_action = self._pending_action, ""
            if (action := self._quick_actions.action(wanted)) is not None:
                self._ask_action(action)

    def _forget_action(self, *_why: object) -> None:
        self._pending_action = ""

    def _changed(self) -> None:
        if self._filling:
            return
        self._show_state()
        draft = self.draft()
        self.draft_changed.emit(draft)
        self._on_drop.follow(draft.text, draft.parts, busy=self._attachments.busy)

    def _send_clicked(self) -> None:
        if self._streaming:
            self.stop_requested.emit()
        else:
            self._ask_send()

    def _ask_send(self) -> None:
        if self._can_send():
            self._asked = self.draft()
            self.send_requested.emit(self._asked)

    def _ask_add(self) -> None:
        if self._can_send():
            self._asked = self.draft()
            self.add_requested.emit(self._asked)

    def _ask_stop(self) -> None:
        if not self._on_drop.stop() and self._streaming:
            self.stop_requested.emit()

    def _ask_edit_last(self) -> None:
        if not self._streaming and not self._attachments.parts():
            self.edit_last_requested.emit()

    def _ask_action(self, action: PictureAction) -> None:
        """A ready-made question goes with what was typed, where something was."""
        if self._streaming or self._attachments.busy:
            return
        self._asked = draft = self.draft()
        said = (text for text in (action.prompt.strip(), draft.text.strip()) if text)
        self.send_requested.emit(Draft("\n\n".join(said), draft.parts, action.asked()))

    def _can_send(self) -> bool:
        if self._streaming or self._attachments.busy:
            return False
        return bool(self._box.toPlainText().strip() or self._attachments.parts())

    def _paste(self, mime: QMimeData, as_it_is: bool) -> None:
        """Text wins over a picture of it, which then goes along as well; files go along."""
        text = mime.text() if mime.hasText() and not mime.hasUrls() else ""
        if as_it_is and text:
            self._take_text(text, most=HUGE_PASTE)
            return
        if not text or is_picture(text):
            if self._attachments.add_mime(mime):
                return
        elif mime.hasImage():
            self._attachments.add_mime(mime)
        self._take_text(text or mime.text())

    def _take_text(self, text: str, *, most: int = LONG_PASTE) -> None:
        if len(text) > most:
            self._attachments.add_text(self.tr("Pasted text.txt"), clean(text))
        elif text:
            self._box.insert_text(text)

    def _show_state(self) -> None:
        pictures = any(isinstance(p, ImagePart) for p in self._attachments.parts())
        self._quick_actions.widget.setVisible(pictures)
        self._quick_actions.widget.setEnabled(not self._streaming and not self._attachments.busy)
        self._send.setEnabled(self._streaming or self._can_send())
        if self._streaming:
            self._send.setText(self.tr("Stop  Esc"))
        elif self._attachments.busy:
            self._send.setText(self.tr("Preparing…"))
        else:
            with_enter, with_both = self.tr("Send ⏎"), self.tr("Send  Ctrl ⏎")
            self._send.setText(with_enter if self._enter_sends else with_both)
        self._send.setAccessibleName(self.tr("Stop") if self._streaming else self.tr("Send"))
        color = self._theme.tokens.on_accent
        self._send.setIcon(self._icons.icon("stop", color, 14) if self._streaming else QIcon())

    def _restyle(self) -> None:
        size = self._theme.px(18)
        self._clip.setIcon(self._icons.icon("attach", self._theme.tokens.text_2, size))
        self._clip.setIconSize(QSize(size, size))
        small = self._theme.px(15)
        self._capture.setIcon(self._icons.icon("capture", self._theme.tokens.text_2, small))
        self._capture.setIconSize(QSize(small, small))
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, also from a chip or a button."""
        if event.key() == Qt.Key.Key_Escape:
            self._ask_stop()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._box.set_height_limit(self.window().height() // SHARE_OF_WINDOW)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.window():
            self._box.set_height_limit(self.window().height() // SHARE_OF_WINDOW)
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._on_drop.retranslate()
            self._show_state()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._box.setPlaceholderText(self.tr("Ask anything, drop or paste an image or a file…"))
        self._box.setAccessibleName(self.tr("Message"))
        self._clip.setAccessibleName(self.tr("Attach files"))
        self._clip.setToolTip(self.tr("Attach pictures, PDF, Word, Excel and text files"))
        self._capture.setText(self.tr("Capture"))
        self._capture.setToolTip(self.tr("Take a region of the screen (Ctrl+Shift+S)"))
        self._send.setToolTip(self.tr("Ctrl+Shift+Enter adds the message without asking"))
