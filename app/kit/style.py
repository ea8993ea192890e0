"""The one style sheet, made from the tokens.

A widget says what it is with `set_kind(widget, "…")`; how that looks is decided here alone.
Buttons: primary, secondary, ghost, chip, chip-default, link, icon. Labels: title, heading,
secondary, caption, figure, group, section, lead, tag, key, ok, warn, error. Frames: card, popup,
composer, banner, panel, sidebar, bar, find, status, inspector. Fields need no kind; `plain` has no
frame, `quiet` shows one when it matters. Tables: figures.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.kit.theme import (
    BODY_PX,
    CAPTION_PX,
    MICRO_PX,
    RADIUS_CARD,
    RADIUS_COMPOSER,
    RADIUS_CONTROL,
    SECONDARY_PX,
    Theme,
)

TICKS = Path(__file__).resolve().parents[2] / "resources" / "icons"
"""Where the ticks of check boxes lie: in a style sheet a picture has a path, not a colour."""


def set_kind(widget: QWidget, kind: str) -> None:
    """Say what a widget is; restyles it if that changed."""
    if widget.property("kind") == kind:
        return
    widget.setProperty("kind", kind)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def style_sheet(theme: Theme) -> str:
    """The style sheet for the whole application under this theme and zoom."""
    t = theme.tokens
    body, second = theme.px(BODY_PX), theme.px(SECONDARY_PX)
    caption, micro = theme.px(CAPTION_PX), theme.px(MICRO_PX)
    control, card = RADIUS_CONTROL, RADIUS_CARD
    box, tick = theme.px(14), (TICKS / f"tick-{'dark' if theme.dark else 'light'}.svg").as_posix()
    mono = ", ".join(f'"{name}"' for name in theme.mono().families())
    return f"""
* {{ font-size: {second}px; }}
QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 6px; }}
QLabel {{ background: transparent; color: {t.text}; }}
QLabel[kind="title"] {{ font-size: {theme.px(16)}px; font-weight: 600; }}
QLabel[kind="figure"] {{ font-size: {theme.px(20)}px; font-weight: 600; }}
QLabel[kind="heading"] {{ font-size: {body}px; font-weight: 600; }}
QLabel[kind="secondary"] {{ color: {t.text_2}; }}
QLabel[kind="lead"] {{ color: {t.text_2}; font-size: {body}px; }}
QLabel[kind="caption"] {{ color: {t.text_2}; font-size: {caption}px; }}
QListWidget[kind="presets"] {{ background: {t.canvas}; color: {t.text};
    border: 1px solid {t.line}; border-radius: {control}px; padding: 4px; outline: none; }}
QListWidget[kind="presets"]:focus {{ border-color: {t.accent}; }}
QListWidget[kind="presets"]::item {{ padding: 6px 8px; border-radius: 6px; }}
QListWidget[kind="presets"]::item:hover {{ background: {t.user}; }}
QListWidget[kind="presets"]::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QLabel[kind="section"] {{ color: {t.text_2}; font-size: {caption}px; font-weight: 600; }}
QLabel[kind="error-caption"] {{ color: {t.error}; font-size: {caption}px; }}
QLabel[kind="warning-caption"] {{ color: {t.warn}; font-size: {caption}px; }}
QLabel[kind="group"] {{ color: {t.text_2}; font-size: {micro}px; font-weight: 600; }}
QLabel[kind="tag"] {{ background: {t.accent_soft}; color: {t.accent}; font-size: {micro}px;
    border-radius: 4px; padding: 0 5px; }}
QLabel[kind="key"] {{ color: {t.text_2}; font-size: {micro}px; border: 1px solid {t.line};
    border-radius: 4px; padding: 1px 4px; }}
QLabel[kind="ok"] {{ color: {t.ok}; }}
QLabel[kind="warn"] {{ color: {t.warn}; }}
QLabel[kind="error"] {{ color: {t.error}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
    background: {t.canvas}; color: {t.text}; border: 1px solid {t.line};
    border-radius: {control}px; padding: 6px 10px; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; placeholder-text-color: {t.text_2}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QComboBox:focus {{ border-color: {t.accent}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {t.text_3}; }}
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; padding: 0 9px;
    background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button {{ width: 0; border: none; }}
QLineEdit[kind="plain"] {{ border: none; background: transparent; padding: 4px 8px; }}
QPlainTextEdit[kind="message"] {{ border: none; padding: 0; background: transparent;
    font-size: {body}px; }}
QComboBox[kind="quiet"] {{ color: {t.text_2}; border-color: transparent; padding: 3px 8px; }}
QComboBox[kind="quiet"]:hover {{ color: {t.text}; background: {t.user}; }}
QComboBox[kind="quiet"]:focus {{ border-color: {t.accent}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox QAbstractItemView {{ background: {t.canvas}; color: {t.text}; border: 1px solid {t.line};
    selection-background-color: {t.accent_soft}; selection-color: {t.accent}; padding: 4px; }}

QPushButton, QToolButton {{ color: {t.text}; background: transparent; border: 1px solid transparent;
    border-radius: {control}px; padding: 5px 10px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.text_3}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {t.accent}; }}
*[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
    font-weight: 500; padding: 5px 13px; }}
*[kind="primary"]:hover {{ border-color: {t.text}; }}
*[kind="primary"]:disabled {{ background: {t.accent_soft}; color: {t.text_3};
    border-color: {t.accent_soft}; }}
QPushButton[kind="secondary"], QToolButton[kind="secondary"] {{
    border-color: {t.line}; padding: 5px 12px; }}
QPushButton[kind="secondary"]:hover, QToolButton[kind="secondary"]:hover,
QPushButton[kind="secondary"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="chip"], QPushButton[kind="chip-default"] {{ border: 1px solid {t.line};
    border-radius: {caption // 2 + 3}px; padding: 2px 11px; font-size: {caption}px;
    color: {t.text_2}; }}
QPushButton[kind="chip"]:hover, QPushButton[kind="chip"]:focus, QPushButton[kind="chip"]:checked,
QPushButton[kind="chip-default"] {{
    border-color: {t.accent}; color: {t.accent}; background: {t.accent_soft}; }}
QPushButton[kind="chip-default"]:hover, QPushButton[kind="chip-default"]:focus {{
    border-color: {t.text}; }}
QPushButton[kind="chip"]:disabled, QPushButton[kind="chip-default"]:disabled {{
    color: {t.text_3}; border-color: {t.line}; background: transparent; }}
QPushButton[kind="ghost"], QToolButton[kind="ghost"] {{ color: {t.text_2}; padding: 3px 6px; }}
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover {{ color: {t.text};
    background: {t.user}; }}
QToolButton[kind="mark"] {{ color: {t.accent}; padding: 3px 4px; border: none; }}
QToolButton[kind="mark"]:hover, QToolButton[kind="mark"]:focus {{ text-decoration: underline; }}
QFrame[kind="answer-problem"] {{ background: {t.warn_soft}; border: none; }}
QPushButton[kind="link"] {{ color: {t.accent}; padding: 2px 4px; font-weight: 600; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="caption-link"] {{ color: {t.accent}; font-size: {caption}px; padding: 0 1px; }}
QPushButton[kind="caption-link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="caption-link"]:disabled {{ color: {t.text_2}; }}
QToolButton[kind="icon"], QPushButton[kind="icon"] {{ padding: 4px; }}
QToolButton[kind="icon"]:hover, QPushButton[kind="icon"]:hover {{ background: {t.user}; }}
QToolButton[kind="icon"]:checked {{ background: {t.accent_soft}; }}
QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="latest"] {{ background: {t.canvas}; border-color: {t.line};
    border-radius: 14px; padding: 5px 13px; color: {t.text}; }}
QPushButton[kind="latest"]:hover {{ border-color: {t.accent}; color: {t.accent}; }}
QPushButton[kind="fold"] {{ color: {t.text_2}; font-size: {caption}px; font-weight: 600;
    text-align: left; padding: 3px 0; }}
QPushButton[kind="fold"]:hover {{ color: {t.text}; }}
QPushButton[kind="row"] {{ text-align: left; padding: 6px 10px; }}
QPushButton[kind="row"]:hover {{ background: {t.user}; }}
QPushButton[kind="row"]:checked {{ background: {t.accent_soft}; color: {t.accent};
    font-weight: 500; }}
QPushButton[kind="view"] {{ color: {t.text_2}; padding: 3px 7px; }}
QPushButton[kind="view"]:hover {{ color: {t.text}; background: {t.user}; }}
QPushButton[kind="view"]:checked {{ color: {t.accent}; background: {t.accent_soft}; }}
QPushButton[kind="view"]:disabled {{ color: {t.text_3}; background: transparent; }}

QFrame[kind="card"] {{ background: {t.canvas}; border: 1px solid {t.line};
    border-radius: {card}px; }}
QFrame[kind="popup"] {{ background: {t.canvas}; border: 1px solid {t.line};
    border-radius: {card}px; }}
QFrame[kind="composer"] {{ background: {t.canvas}; border: 1px solid {t.line};
    border-radius: {RADIUS_COMPOSER}px; }}
QFrame[kind="attachment"] {{ background: transparent; border: 1px solid {t.line};
    border-radius: {control}px; }}
QFrame[kind="attachment"]:focus {{ border-color: {t.accent}; }}
QFrame[kind="attachment"] QToolButton {{ font-size: {caption}px; padding: 2px 3px; }}
QFrame[kind="banner"] {{ background: {t.warn_soft}; border: none; border-radius: {control}px; }}
QFrame[kind="banner"] QLabel, QFrame[kind="banner"] QPushButton {{ color: {t.warn};
    font-size: {caption}px; }}
QFrame[kind="drop"] {{ background: {t.accent_soft}; border: none;
    border-radius: {RADIUS_COMPOSER}px; }}
*[kind="sidebar"] {{ background: {t.sidebar}; }}
QFrame[kind="settings-list"] {{ background: {t.canvas}; border: none;
    border-right: 1px solid {t.line}; }}
*[kind="panel"] {{ background: {t.panel}; }}
*[kind="canvas"] {{ background: {t.canvas}; }}
QFrame[kind="bar"] {{ background: {t.canvas}; border: none;
    border-bottom: 1px solid {t.line}; }}
QFrame[kind="find"] {{ background: {t.panel}; border: none;
    border-bottom: 1px solid {t.line}; }}
QFrame[kind="find"] QLineEdit {{ padding: 4px 8px; }}
QFrame[kind="status"] {{ background: {t.sidebar}; border: none; border-top: 1px solid {t.line}; }}
QFrame[kind="status"] QLabel {{ color: {t.text_2}; font-size: {caption}px; }}
QTableView[kind="figures"] {{ background: transparent; color: {t.text}; border: none;
    selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: none; }}
QTableView[kind="figures"]::item {{ padding: 0 10px; border: none;
    border-bottom: 1px solid {t.line}; }}
QTableView[kind="figures"]::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QTableView[kind="figures"] QHeaderView {{ background: transparent; border: none; }}
QTableView[kind="figures"] QHeaderView::section {{ background: transparent; color: {t.text_2};
    border: none; border-bottom: 1px solid {t.line}; padding: 6px 10px 6px 13px;
    font-weight: 600; }}
QFrame[kind="inspector"] {{ background: {t.panel}; border: none;
    border-left: 1px solid {t.line}; }}
QFrame[kind="hairline"] {{ background: {t.line}; border: none; }}

QTreeView[kind="figures"] {{ background: transparent; color: {t.text}; border: none;
    outline: none; }}
QTreeView[kind="figures"]::item {{ padding: 4px 6px; border: none; }}
QTreeView[kind="figures"]::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QTreeView[kind="figures"] QHeaderView {{ background: transparent; border: none; }}
QTreeView[kind="figures"] QHeaderView::section {{ background: transparent; color: {t.text_2};
    border: none; border-bottom: 1px solid {t.line}; padding: 6px 10px; font-weight: 600; }}
QFrame[kind="reader"] {{ background: {t.panel}; border: 1px solid {t.line};
    border-radius: {card}px; }}
QFrame[kind="reader-head"] {{ background: transparent; border: none;
    border-bottom: 1px solid {t.line}; }}
QFrame[kind="reader-head"] * {{ font-size: {caption}px; }}
QTextEdit[kind="reading"] {{ background: transparent; border: none; padding: 0;
    font-size: {body}px; }}
QPlainTextEdit[kind="source"] {{ background: transparent; border: none; padding: 8px;
    font-size: {second}px; font-family: {mono}; }}
QLabel[kind="code-line"] {{ background: {t.code}; font-size: {caption}px; font-family: {mono};
    border-radius: {control}px; padding: 5px 8px; }}
QLabel[kind="ok-note"] {{ color: {t.ok}; font-size: {caption}px; padding: 6px 12px 0 12px; }}
QLabel[kind="problem"] {{ background: {t.warn_soft}; color: {t.warn}; font-size: {caption}px;
    padding: 6px 12px; }}
QSplitter[kind="reader-split"]::handle {{ background: transparent; }}
QTabBar[kind="sections"]::tab {{ color: {t.text_2}; background: transparent; padding: 6px 12px;
    border: none; border-bottom: 2px solid transparent; }}
QTabBar[kind="sections"]::tab:hover {{ color: {t.text}; }}
QTabBar[kind="sections"]::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar[kind="sections"]:focus::tab:selected {{ color: {t.accent}; }}
QPlainTextEdit[kind="mono"], QPlainTextEdit[kind="mono-wrong"] {{ background: {t.code};
    font-size: {caption}px; padding: 8px; font-family: {mono}; }}
QLineEdit[kind="number"], QLineEdit[kind="number-wrong"] {{ padding: 4px 2px 4px 7px; }}
QLineEdit[kind="wrong"], QLineEdit[kind="number-wrong"], QPlainTextEdit[kind="mono-wrong"] {{
    border-color: {t.error}; }}

QMenu {{ background: {t.canvas}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 18px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
QMenu::item:disabled {{ color: {t.text_3}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; min-height: 28px; min-width: 28px;
    margin: 1px; }}
QScrollBar::handle:hover {{ background: {t.text_3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.line}; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
    border: 2px solid {t.accent}; background: {t.canvas}; }}
QSlider[kind="two-ways"]::sub-page:horizontal, QSlider[kind="unsent"]::sub-page:horizontal {{
    background: {t.line}; }}
QSlider[kind="unsent"]::handle:horizontal {{ border-color: {t.text_3}; }}
QSlider::handle:horizontal:focus {{ background: {t.accent_soft}; }}
QCheckBox, QRadioButton {{ color: {t.text}; spacing: 8px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.text_3}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {box}px; height: {box}px;
    border: 1px solid {t.text_2}; background: {t.canvas}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: {box // 2 + 1}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.text}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {t.accent};
    background: {t.accent_soft}; }}
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate {{ background: {t.accent};
    border-color: {t.accent}; image: url("{tick}"); }}
QCheckBox::indicator:indeterminate {{ image: none; }}
QRadioButton::indicator:checked {{ border-color: {t.accent}; background: qradialgradient(
    cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0.5 {t.accent},
    stop: 0.6 {t.canvas}); }}
QCheckBox::indicator:checked:hover, QCheckBox::indicator:checked:focus,
QRadioButton::indicator:checked:hover, QRadioButton::indicator:checked:focus {{
    border-color: {t.text}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.text_3};
    background: transparent; }}
QCheckBox::indicator:checked:disabled {{ background: {t.text_3}; border-color: {t.text_3}; }}
QRadioButton::indicator:checked:disabled {{ background: {t.text_3}; }}
"""
