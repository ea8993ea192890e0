"""Conversations are grouped by age."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QApplication

from app.core.conversation import ConversationInfo
from app.features.history.grouping import group_title, grouped

TODAY = date(2026, 11, 23)


def info(title: str, day: date, *, pinned: bool = False, hour: int = 12) -> ConversationInfo:
    when = datetime(day.year, day.month, day.day, hour).astimezone().timestamp()
    return ConversationInfo(title=title, pinned=pinned, updated_at=when, message_count=1)


def test_groups_by_age_latest_first() -> None:
    groups = grouped(
        [
            info("old", date(2026, 9, 30)),
            info("older", date(2025, 12, 1)),
            info("week", date(2026, 11, 16)),
            info("not week", date(2026, 11, 15)),
            info("yesterday", date(2026, 11, 22)),
            info("morning", TODAY, hour=8),
            info("noon", TODAY),
            info("future", date(2027, 1, 1)),
            info("pinned", date(2020, 1, 1), pinned=True),
        ],
        TODAY,
    )
    assert [(g.key, [c.title for c in g.conversations]) for g in groups] == [
        ("pinned", ["pinned"]),
        ("today", ["future", "noon", "morning"]),
        ("yesterday", ["yesterday"]),
        ("week", ["week"]),
        ("2026-11", ["not week"]),
        ("2026-09", ["old"]),
        ("2025-12", ["older"]),
    ]


def test_months_are_named_in_the_readers_language(qapp: QApplication) -> None:
    assert group_title("2026-09", "en") == "September 2026"
    assert group_title("2026-09", "zh_CN") == "2026年9月"
    assert group_title("week", "en") == "Previous 7 days"
