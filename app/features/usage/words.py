"""Usage in words: costs that admit what is unknown, tokens as people say them, days by name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.core.cost import UsageRow
from app.features.usage.sums import Column, Sum, total
from app.kit.money import money_text

translate = QCoreApplication.translate


def cost_text(summed: Sum) -> str:
    """ "$0.41", "≥ $0.41" where some of it is unknown, or "unknown price"."""
    if summed.unpriced and not summed.cost:
        return translate("Usage", "unknown price")
    return _at_least(summed.cost, summed.unpriced)


def cost_in_full(summed: Sum) -> str:
    """ "$0.41", "$0.41 + 3 of unknown price", or "unknown price"."""
    if summed.unpriced and summed.cost:
        words = translate("Usage", "%1 + %2 of unknown price")
        return words.replace("%1", money_text(summed.cost)).replace("%2", number(summed.unpriced))
    return cost_text(summed)


def today_text(rows: Sequence[UsageRow]) -> str:
    """What today cost, for the status bar; empty where nothing was asked."""
    summed = total(rows)
    if not summed.requests:
        return ""
    if summed.unpriced and not summed.cost:
        return translate("Usage", "today: cost unknown")
    cost = _at_least(summed.cost, summed.unpriced)
    return translate("Usage", "today %1", "a sum of money").replace("%1", cost)


def conversation_text(rows: Sequence[UsageRow]) -> str:
    """What a conversation cost, for the status bar; empty where nothing is known to have cost."""
    summed = total(rows)
    if summed.unpriced and not summed.cost:
        return translate("Usage", "conversation: cost unknown")
    if not summed.cost:
        return ""
    cost = _at_least(summed.cost, summed.unpriced)
    return translate("Usage", "conversation %1", "a sum of money").replace("%1", cost)


def tokens_text(tokens: int) -> str:
    """As in "640", "12.4 k", "3.2 M"."""
    if tokens < 1000:
        return str(tokens)
    if tokens < 999_950:
        return translate("Usage", "%1 k", "thousands").replace("%1", f"{tokens / 1e3:.1f}")
    return translate("Usage", "%1 M", "millions").replace("%1", f"{tokens / 1e6:,.1f}")


def number(count: int) -> str:
    return f"{count:,}"


def percent(part: int, whole: int) -> int:
    """Whole percents; never 100 for a part that is less, nor 0 for one that is there."""
    if part <= 0 or whole <= 0:
        return 0
    return 100 if part >= whole else min(max(round(100 * part / whole), 1), 99)


def short_date(day: datetime.date) -> str:
    """As in "8 Nov"."""
    return _date(day, translate("Usage", "d MMM", "a date without its year, as Qt writes dates"))


def axis_date(day: datetime.date, *, year: bool) -> str:
    """As in "8 Nov", or "8 Nov 2026"."""
    if not year:
        return short_date(day)
    return _date(day, translate("Usage", "d MMM yyyy", "a date with its year, as Qt writes dates"))


def long_date(day: datetime.date) -> str:
    """As in "Sun, 8 Nov 2026"."""
    return _date(day, translate("Usage", "ddd, d MMM yyyy", "a date, as Qt writes dates"))


def span_text(column: Column) -> str:
    """The days a column stands for: one by its name, more from first to last."""
    if column.first == column.last:
        return long_date(column.first)
    return f"{axis_date(column.first, year=True)} – {axis_date(column.last, year=True)}"


def figures_text(summed: Sum) -> str:
    """As in "$0.41 · 12.4 k in · 3.1 k out · 12 requests"."""
    words = translate("Usage", "%1 in · %2 out", "tokens")
    tokens = words.replace("%1", tokens_text(summed.prompt_tokens))
    tokens = tokens.replace("%2", tokens_text(summed.completion_tokens))
    return " · ".join((cost_in_full(summed), tokens, requests_text(summed.requests)))


def requests_text(count: int) -> str:
    if count == 1:
        return translate("Usage", "1 request")
    return translate("Usage", "%1 requests").replace("%1", number(count))


def _at_least(cost: float, unknown: int) -> str:
    money = money_text(cost)
    return f"≥ {money}" if unknown else money


def _date(day: datetime.date, form: str) -> str:
    language = translate("Usage", "en", "the language in which dates are named: zh_CN")
    return QLocale(language).toString(QDate(day.year, day.month, day.day), form)
