"""Colours, sizes and fonts: one `Theme` follows the system or what the person pinned.

Widgets get the theme in their constructor, read tokens when they paint, and repaint on `changed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette

from app.core.settings import ThemeChoice


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#rrggbb`. Every pair that carries words has a contrast of 4.5:1 or more."""

    canvas: str
    sidebar: str
    panel: str
    line: str
    text: str
    text_2: str
    text_3: str
    accent: str
    accent_soft: str
    on_accent: str
    user: str
    code: str
    warn: str
    warn_soft: str
    error: str
    ok: str
    keyword: str
    string: str
    number: str
    comment: str
    function: str
    added: str
    removed: str
    found: str
    found_now: str
    on_found_now: str

    def color(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Tokens(
    canvas="#ffffff",
    sidebar="#f6f7f6",
    panel="#fbfbfa",
    line="#e4e6e4",
    text="#1d2226",
    text_2="#5f676d",
    text_3="#9aa1a6",
    accent="#0f766e",
    accent_soft="#e3f1ef",
    on_accent="#ffffff",
    user="#f1f4f3",
    code="#f7f8f7",
    warn="#a84c06",
    warn_soft="#fdf3e3",
    error="#b42318",
    ok="#127a38",
    keyword="#8250df",
    string="#0a6e4f",
    number="#a85300",
    comment="#6a7278",
    function="#0b62c4",
    added="#e3f3e7",
    removed="#fde9e7",
    found="#ffe8a8",
    found_now="#f5a524",
    on_found_now="#1d2226",
)

DARK = Tokens(
    canvas="#17191b",
    sidebar="#121415",
    panel="#1c1f21",
    line="#2b2f32",
    text="#e6e8e8",
    text_2="#9aa3a8",
    text_3="#6c757a",
    accent="#2dd4bf",
    accent_soft="#12312e",
    on_accent="#06201d",
    user="#212628",
    code="#1f2325",
    warn="#f0b35a",
    warn_soft="#33270f",
    error="#f97066",
    ok="#4ade80",
    keyword="#c6a0ff",
    string="#7ddfb5",
    number="#f2b477",
    comment="#8b949a",
    function="#7cb8ff",
    added="#173022",
    removed="#3a2122",
    found="#332a0e",
    found_now="#f0b35a",
    on_found_now="#17191b",
)

SPACE = (4, 8, 12, 16, 24)
RADIUS_CONTROL = 8
RADIUS_CARD = 10
RADIUS_COMPOSER = 14
READING_WIDTH = 740
BODY_PX, SECONDARY_PX, CAPTION_PX, MICRO_PX = 14, 13, 12, 11
LINE_HEIGHT_PERCENT = 160
CHINESE = (
    *("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei"),
    *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
)
"""Sans serif faces for Chinese, of which the first that is installed goes with the system's own."""


class Theme(QObject):
    """The tokens in force, and the text zoom. `changed` is emitted when either changes."""

    changed = Signal()

    def __init__(
        self,
        choice: ThemeChoice = ThemeChoice.SYSTEM,
        zoom_percent: int = 100,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        self._zoom = zoom_percent
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._mono = _with_chinese(fixed)
        QGuiApplication.setFont(_with_chinese(QGuiApplication.font()))
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._dark = self._wants_dark()

    @property
    def tokens(self) -> Tokens:
        return DARK if self._dark else LIGHT

    @property
    def dark(self) -> bool:
        return self._dark

    @property
    def zoom_percent(self) -> int:
        return self._zoom

    def px(self, size: int) -> int:
        """A text size in pixels, zoomed."""
        return max(1, round(size * self._zoom / 100))

    def font(self, size: int = BODY_PX, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The system's UI font at a token size (zoomed)."""
        font = QFont(QGuiApplication.font())
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def mono(self, size: int = SECONDARY_PX) -> QFont:
        """The system's monospace font at a token size (zoomed)."""
        font = QFont(self._mono)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.px(size))
        return font

    def set_choice(self, choice: ThemeChoice) -> None:
        """Pin light or dark, or follow the system."""
        self._choice = choice
        self._system_changed()

    def set_zoom(self, percent: int) -> None:
        if percent != self._zoom:
            self._zoom = percent
            self.changed.emit()

    def palette(self) -> QPalette:
        """The tokens as Qt's palette, for what is not styled otherwise."""
        t = self.tokens
        palette = QPalette()
        role = QPalette.ColorRole
        for name, value in (
            (role.Window, t.canvas),
            (role.WindowText, t.text),
            (role.Base, t.canvas),
            (role.AlternateBase, t.panel),
            (role.Text, t.text),
            (role.PlaceholderText, t.text_2),
            (role.Button, t.panel),
            (role.ButtonText, t.text),
            (role.ToolTipBase, t.panel),
            (role.ToolTipText, t.text),
            (role.Highlight, t.accent),
            (role.HighlightedText, t.on_accent),
            (role.Link, t.accent),
            (role.Mid, t.line),
        ):
            palette.setColor(name, QColor(value))
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.text_3))
        return palette

    def _wants_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return self._hints.colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK

    def _system_changed(self) -> None:
        dark = self._wants_dark()
        if dark != self._dark:
            self._dark = dark
            self.changed.emit()


def _with_chinese(font: QFont) -> QFont:
    """That font, and a face for Chinese: Qt by itself may find one with Japanese shapes."""
    own = font.families()
    chinese = next((name for name in CHINESE if QFontDatabase.hasFamily(name)), "")
    if not chinese or chinese in own:
        return font
    made = QFont(font)
    # By the name it has: one that only stands for another, as "Sans Serif" does, is passed over.
    made.setFamilies([QFontInfo(font).family(), *own[1:], chinese])
    return made
