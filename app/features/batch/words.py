"""Batches in words: how far a row is, what is left, what it costs, and why it paused."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from app.core.batch import BatchRow, RowState, Verdict, verdict
from app.core.batch_plan import Forecast, Tally
from app.core.errors import ImageProblem
from app.features.batch.world import MOST_PAGES
from app.kit.error_text import failure_sentence
from app.kit.money import money_text

translate = QCoreApplication.translate


def state_text(row: BatchRow, *, busy: bool, rest_s: float) -> str:
    """How far a row is, in a few words. `rest_s`: a busy service is asked again in so long."""
    match row.state:
        case RowState.DONE:
            cut = translate("Batch", "✓ done, cut short")
            return cut if row.cut else translate("Batch", "✓ done")
        case RowState.ASKING:
            return translate("Batch", "… running")
        case RowState.UNCERTAIN:
            return translate("Batch", "? may have been paid")
        case RowState.FAILED:
            return f"× {why_short(row)}"
    if busy:
        return translate("Batch", "… getting ready")
    if row.failure is not None and verdict(row.failure) is Verdict.LATER:
        status = str(row.failure.status)
        if rest_s > 0:
            words = translate("Batch", "↻ retry in %1 s (%2)")
            return words.replace("%1", str(math.ceil(rest_s))).replace("%2", status)
        return translate("Batch", "↻ asked again later (%1)").replace("%1", status)
    return translate("Batch", "queued")


def why_short(row: BatchRow) -> str:
    """Why there is no answer, in a few words."""
    if row.problem is not None:
        return _PROBLEMS[row.problem]()
    status = row.failure.status if row.failure is not None else None
    if status is not None:
        return translate("Batch", "refused (%1)").replace("%1", str(status))
    return translate("Batch", "failed")


def why(row: BatchRow) -> str:
    """The same as a sentence; empty where there is nothing to say."""
    said = failure_sentence(row.failure) if row.failure is not None else ""
    match row.state:
        case RowState.UNCERTAIN:
            sure = translate(
                "Batch",
                "This file was asked about, and no whole answer was kept. It may have been paid: "
                "it is asked again only when you say so.",
            )
            return f"{sure} {said}".strip()
        case RowState.DONE if row.cut:
            return translate("Batch", "The answer ended before its end.")
        case RowState.FAILED if row.problem is ImageProblem.LARGE_DOCUMENT:
            said = translate(
                "Batch",
                "Nothing was asked about this file: a batch takes documents of up to %1 pages. "
                "In a conversation its pages can be picked.",
            )
            return said.replace("%1", str(MOST_PAGES))
        case RowState.FAILED if row.problem is not None:
            words = translate("Batch", "Nothing was asked about this file: %1.")
            return words.replace("%1", _PROBLEMS[row.problem]())
    return said


_PROBLEMS: Mapping[ImageProblem, Callable[[], str]] = {
    ImageProblem.NOT_SUPPORTED: lambda: translate("Batch", "neither image nor text"),
    ImageProblem.HEIF: lambda: translate("Batch", "HEIC, which cannot be read"),
    ImageProblem.DAMAGED: lambda: translate("Batch", "a damaged image"),
    ImageProblem.TOO_LARGE: lambda: translate("Batch", "too large"),
    ImageProblem.TOO_SLOW: lambda: translate("Batch", "too slow to read"),
    ImageProblem.EMPTY: lambda: translate("Batch", "empty"),
    ImageProblem.UNREADABLE: lambda: translate("Batch", "cannot be opened"),
    ImageProblem.ARCHIVE: lambda: translate("Batch", "an archive"),
    ImageProblem.VIDEO: lambda: translate("Batch", "a video"),
    ImageProblem.AUDIO: lambda: translate("Batch", "a sound"),
    ImageProblem.PROGRAM: lambda: translate("Batch", "a program"),
    ImageProblem.FONT: lambda: translate("Batch", "a font"),
    ImageProblem.DATABASE: lambda: translate("Batch", "a database"),
    ImageProblem.OLD_OFFICE: lambda: translate("Batch", "an old kind of document"),
    ImageProblem.OTHER_DOCUMENT: lambda: translate("Batch", "a document that is not read"),
    ImageProblem.PROTECTED: lambda: translate("Batch", "opens with a password only"),
    ImageProblem.BROKEN_DOCUMENT: lambda: translate("Batch", "a damaged document"),
    ImageProblem.LARGE_DOCUMENT: lambda: translate("Batch", "too many pages"),
    ImageProblem.SLOW_DOCUMENT: lambda: translate("Batch", "too slow to read"),
    ImageProblem.NO_TEXT: lambda: translate("Batch", "a document without text"),
    ImageProblem.NOT_FETCHED: lambda: translate("Batch", "cannot be opened"),
    ImageProblem.PRIVATE_ADDRESS: lambda: translate("Batch", "cannot be opened"),
}


def files_text(count: int) -> str:
    """ "1 file", "1,200 files"."""
    if count == 1:
        return translate("Batch", "1 file")
    return translate("Batch", "%1 files").replace("%1", f"{count:,}")


def progress_text(tally: Tally) -> str:
    """How many rows are through."""
    words = translate("Batch", "%1 of %2 files")
    return words.replace("%1", f"{tally.settled:,}").replace("%2", f"{tally.total:,}")


def duration_text(seconds: float) -> str:
    """As people say it: "40 s", "6 min", "2 h 10 min"."""
    if seconds < 90:
        return translate("Batch", "%1 s").replace("%1", str(max(1, math.ceil(seconds))))
    minutes = math.ceil(seconds / 60)
    if minutes < 90:
        return translate("Batch", "%1 min").replace("%1", str(minutes))
    hours, rest = divmod(minutes, 60)
    words = translate("Batch", "%1 h %2 min")
    return words.replace("%1", str(hours)).replace("%2", str(rest))


def cost_text(found: Forecast) -> str:
    """About what all of it costs; admits what is not known."""
    if found.cost is None:
        return translate("Batch", "cost not known")
    return translate("Batch", "about %1 in all").replace("%1", money_text(found.cost))


def left_text(tally: Tally, found: Forecast, *, running: bool, rest_s: float) -> str:
    """What stands beside the bar: the time left, what was spent, what it will be in all."""
    parts = []
    if running and rest_s > 0:
        words = translate("Batch", "rate limit: waits %1 s")
        parts.append(words.replace("%1", str(math.ceil(rest_s))))
    elif tally.left and (running or not found.measured):
        words = translate("Batch", "about %1 left") if running else translate("Batch", "about %1")
        parts.append(words.replace("%1", duration_text(found.seconds)))
    if tally.priced and tally.left:
        spent = translate("Batch", "%1 so far").replace("%1", money_text(max(0.0, tally.cost)))
        both = translate("Batch", "%1, %2", "a sum spent, and about what it will be")
        parts.append(both.replace("%1", spent).replace("%2", cost_text(found)))
    elif tally.priced:
        parts.append(translate("Batch", "%1 in all").replace("%1", money_text(tally.cost)))
    elif tally.left:
        parts.append(cost_text(found))
    return " · ".join(parts)


def took_text(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return translate("Batch", "%1 s").replace("%1", f"{seconds:.1f}")
