"""Conversations in groups by age: Pinned, Today, Yesterday, Previous 7 days, then by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.core.conversation import ConversationInfo


@dataclass(frozen=True, slots=True)
class Group:
    """`key` is `pinned`, `today`, `yesterday`, `week`, or a month as `YYYY-MM`."""

    key: str
    conversations: tuple[ConversationInfo, ...]


def grouped(conversations: Iterable[ConversationInfo], today: date) -> tuple[Group, ...]:
    """The groups that are not empty, in order; within each, the latest first."""
    found: dict[str, list[ConversationInfo]] = {}
    for info in sorted(conversations, key=lambda c: c.updated_at, reverse=True):
        found.setdefault(_key(info, today), []).append(info)
    months = sorted((key for key in found if key[0].isdigit()), reverse=True)
    order = ("pinned", "today", "yesterday", "week", *months)
    return tuple(Group(key, tuple(found[key])) for key in order if key in found)


def group_title(key: str, language: str) -> str:
    """A group's heading in the reader's language (`en` or `zh_CN`)."""
    match key:
        case "pinned":
            return QCoreApplication.translate("HistoryList", "Pinned")
        case "today":
            return QCoreApplication.translate("HistoryList", "Today")
        case "yesterday":
            return QCoreApplication.translate("HistoryList", "Yesterday")
        case "week":
            return QCoreApplication.translate("HistoryList", "Previous 7 days")
    year, month = key.split("-")
    form = "yyyy年M月" if language == "zh_CN" else "MMMM yyyy"
    return QLocale(language).toString(QDate(int(year), int(month), 1), form)


def _key(info: ConversationInfo, today: date) -> str:
    if info.pinned:
        return "pinned"
    day = datetime.fromtimestamp(info.updated_at).astimezone().date()
    if day >= today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    if day > today - timedelta(days=8):
        return "week"
    return f"{day.year:04}-{day.month:02}"
