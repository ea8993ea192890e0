"""The world's failures in the reader's language: what happened, what was kept, what to do.

Every kind in `app.core.errors` has its sentence here and nowhere else. Our own bugs are worded
apart from them (`bug_sentence`). QtCore only: the windowless `ask` uses it too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import reduce

from PySide6.QtCore import QCoreApplication

from app.core.errors import (
    CaptureError,
    CaptureProblem,
    Failure,
    FailureKind,
    ImageError,
    ImageProblem,
    KeyStoreError,
    KeyStoreProblem,
    PortholeError,
    ReadingError,
    ReadingProblem,
    ServiceError,
    StorageError,
    StorageProblem,
)
from app.core.network import NetworkProblem
from app.kit.failure_words import ADVICE, HAPPENED, Words
from app.kit.file_words import FILE_WORDS
from app.kit.links import Link, service_links
from app.kit.network_text import network_sentence

translate = QCoreApplication.translate

WORDS_LIMIT = 400
"""Characters of the service's own words that go into a sentence; `details` has all of them."""

WITHOUT_WORDS = frozenset(
    {
        FailureKind.NOT_RESOLVED,
        FailureKind.NOT_CONNECTED,
        FailureKind.TLS,
        FailureKind.CONNECTION_LOST,
        FailureKind.BAD_NETWORK,
        FailureKind.PROXY,
    }
)
"""No service spoke: the message is in a library's terms or ours, and stands in Details only."""

_ON_THE_WAY = (FailureKind.BAD_NETWORK, FailureKind.PROXY)
_BUSY = (FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE)

LINKED_KINDS = frozenset({FailureKind.AUTH, FailureKind.FORBIDDEN, FailureKind.RATE_LIMITED})


def sentence(error: PortholeError, *, kept: bool = False) -> str:
    """What went wrong and what to do about it. `kept` as in `failure_sentence`."""
    match error:
        case ServiceError():
            return failure_sentence(error.failure, kept=kept)
        case StorageError():
            return _fill(_STORAGE[error.problem](), error.path or error.detail)
        case ImageError():
            name = error.name or translate("ErrorText", "This file")
            return _fill(_IMAGE[error.problem](), name)
        case KeyStoreError():
            return _KEYS[error.problem]()
        case ReadingError():
            return _READING[error.problem]()
        case CaptureError():
            return _CAPTURE[error.problem]()
    return translate("ErrorText", "That did not work. Nothing was lost; try again.")


def failure_sentence(failure: Failure, *, kept: bool = False) -> str:
    """The failure in words, the service's own among them.

    `kept` adds that the message which was to be answered is kept (true in a conversation, not in
    a connection test or the windowless `ask`).
    """
    place = failure.host or translate("ErrorText", "the host")
    happened = _fill(HAPPENED[failure.kind](), place)
    if failure.status is not None:
        happened = _fill(translate("ErrorText", "%1 (%2)"), happened, str(failure.status))
    words = "" if failure.kind in WITHOUT_WORDS else _one_line(failure.message)
    if words:
        first = _fill(translate("ErrorText", "%1: %2."), happened, words)
    else:
        first = _fill(translate("ErrorText", "%1."), happened)
    if failure.kind in _ON_THE_WAY:
        first = network_sentence(failure) or first
    parts = [first]
    if kept:
        parts.append(translate("ErrorText", "Your message is kept."))
    parts.append(_advice(failure))
    pair = translate("ErrorText", "%1 %2", "two sentences, one after the other")
    return reduce(lambda before, after: _fill(pair, before, after), parts)


def links(failure: Failure) -> tuple[Link, ...]:
    """The service's pages that help with this failure; none where we know of none."""
    if failure.kind not in LINKED_KINDS:
        return ()
    # The console is what helps; where it is one page with another, its name is the one to show.
    return tuple({link.url: link for link in service_links(failure.host)}.values())


def details(failure: Failure) -> str:
    """Status, code, request id and the start of the body, a line each, for "Details"."""
    facts = (
        (translate("ErrorText", "Host"), failure.host),
        (translate("ErrorText", "Status"), "" if failure.status is None else str(failure.status)),
        (translate("ErrorText", "Code"), failure.code),
        (translate("ErrorText", "Request id"), failure.request_id),
        (translate("ErrorText", "Message"), failure.message),
    )
    lines = [
        _fill(translate("ErrorText", "%1: %2", "a fact in Details"), name, value)
        for name, value in facts
        if value
    ]
    if failure.body:
        lines += ["", failure.body]
    return "\n".join(lines).strip()


def bug_sentence(error: BaseException) -> str:
    """Words for a fault of our own. Only its type is named: its text may hold private things."""
    return _fill(
        translate(
            "ErrorText",
            "Porthole itself made a mistake (%1). What was saved is safe. "
            "If it happens again, please report it.",
        ),
        type(error).__name__,
    )


def _advice(failure: Failure) -> str:
    if failure.kind in _BUSY and failure.retry_after is not None:
        return _try_again_in(failure.retry_after)
    if failure.kind is FailureKind.PROXY and failure.code == NetworkProblem.WANTS_USER:
        return translate("ErrorText", "Enter the right ones in Settings.")
    return ADVICE[failure.kind]()


def _try_again_in(seconds: float) -> str:
    """The wait that the service named, in a unit that fits it, never less than it said."""
    if seconds <= 120:
        pattern, unit = translate("ErrorText", "Try again in %1 s."), 1
    elif seconds <= 2 * 3600:
        pattern, unit = translate("ErrorText", "Try again in %1 min."), 60
    else:
        pattern, unit = translate("ErrorText", "Try again in %1 h."), 3600
    return _fill(pattern, str(max(1, math.ceil(seconds / unit))))


def _one_line(text: str) -> str:
    """Foreign words made fit for a sentence: one line, bounded, without their own full stop."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > WORDS_LIMIT:
        line = line[:WORDS_LIMIT].rstrip() + "…"
    return line.rstrip(".。")


def _fill(pattern: str, *values: str) -> str:
    """Put values in place of %1, %2 … in one pass, so that a value holding "%2" stays as it is."""
    return re.sub(r"%([1-9])", lambda found: values[int(found[1]) - 1], pattern)


_STORAGE: Mapping[StorageProblem, Words] = {
    StorageProblem.READ_ONLY: lambda: translate(
        "ErrorText",
        "Porthole may not write to %1. What is on the screen can still be copied; "
        "give it leave to write there, or start it with another data directory.",
    ),
    StorageProblem.FULL: lambda: translate(
        "ErrorText",
        "The disk that holds %1 is full. What is on the screen can still be copied; "
        "free some space, and saving goes on by itself.",
    ),
    StorageProblem.NEWER: lambda: translate(
        "ErrorText",
        "The history in %1 was written by a newer Porthole. It was not touched; "
        "update Porthole, or start it with another data directory.",
    ),
    StorageProblem.DAMAGED: lambda: translate(
        "ErrorText",
        "The history in %1 is damaged. The file was left as it is; "
        "restore a backup, or start with another data directory.",
    ),
    StorageProblem.IN_USE: lambda: translate(
        "ErrorText",
        "Another Porthole is using %1. Nothing was changed; use that window, or close it first.",
    ),
    StorageProblem.FAILED: lambda: translate(
        "ErrorText",
        "The history could not be read or saved (%1). "
        "What is on the screen can still be copied; try again.",
    ),
}

_IMAGE: Mapping[ImageProblem, Words] = {
    **FILE_WORDS,
    ImageProblem.HEIF: lambda: translate(
        "ErrorText",
        "%1 is a HEIC picture, which Porthole does not read. Save it as JPEG or PNG, then add it. "
        "Your draft is kept.",
    ),
    ImageProblem.DAMAGED: lambda: translate(
        "ErrorText",
        "%1 is damaged and cannot be read as a picture. It was not added; your draft is kept.",
    ),
    ImageProblem.TOO_LARGE: lambda: translate(
        "ErrorText",
        "%1 is too large: more than 50 MB, or more pixels than can be opened safely. "
        "It was not added; your draft is kept. Make it smaller, or add only the "
        "part that matters.",
    ),
    ImageProblem.TOO_SLOW: lambda: translate(
        "ErrorText",
        "%1 took too long to read as a picture. It was not added; your draft is kept.",
    ),
    ImageProblem.EMPTY: lambda: translate(
        "ErrorText", "%1 is empty. It was not added; your draft is kept."
    ),
    ImageProblem.UNREADABLE: lambda: translate(
        "ErrorText",
        "%1 cannot be opened: it is gone, a folder, or may not be read. "
        "It was not added; your draft is kept.",
    ),
    ImageProblem.NOT_FETCHED: lambda: translate(
        "ErrorText",
        "%1 could not be fetched. Save the picture and drop the file, or have its address sent. "
        "Your draft is kept.",
    ),
    ImageProblem.PRIVATE_ADDRESS: lambda: translate(
        "ErrorText",
        "%1 is inside a private network: nothing is fetched from there. "
        "Save the picture and drop the file. Your draft is kept.",
    ),
}

_KEYS: Mapping[KeyStoreProblem, Words] = {
    KeyStoreProblem.NONE: lambda: translate(
        "ErrorText",
        "This system has no usable keyring. "
        "The key is kept for this session only, never in a file.",
    ),
    KeyStoreProblem.LOCKED: lambda: translate(
        "ErrorText",
        "The system keyring did not open. Unlock it, then try again.",
    ),
    KeyStoreProblem.REFUSED: lambda: translate(
        "ErrorText",
        "The system keyring would not take this key; it may be too long. Check what was pasted.",
    ),
}

_CAPTURE: Mapping[CaptureProblem, Words] = {
    CaptureProblem.NO_PICTURE: lambda: translate(
        "ErrorText",
        "The system gave no picture of the screen. "
        "Allow Porthole to record the screen in the system's settings, then try again.",
    ),
    CaptureProblem.NO_PORTAL: lambda: translate(
        "ErrorText",
        "This desktop has no portal for screenshots. "
        "Take one with the desktop's own tool and paste it here.",
    ),
    CaptureProblem.REFUSED: lambda: translate(
        "ErrorText",
        "The desktop gave no picture of the screen. Allow Porthole to take screenshots in the "
        "desktop's settings, or take one with the desktop's own tool and paste it here.",
    ),
    CaptureProblem.TOO_SLOW: lambda: translate(
        "ErrorText",
        "The desktop's portal for screenshots did not answer. "
        "Try again, or take one with the desktop's own tool and paste it here.",
    ),
}

_READING: Mapping[ReadingProblem, Words] = {
    ReadingProblem.NOT_INSTALLED: lambda: translate(
        "ErrorText",
        "Reading text on this computer needs the “ocr” extra, which is not installed. "
        "A model that sees can read the picture instead.",
    ),
    ReadingProblem.FAILED: lambda: translate(
        "ErrorText", "The text in this picture could not be read. The picture is kept; try again."
    ),
    ReadingProblem.TOO_SLOW: lambda: translate(
        "ErrorText",
        "Reading the text took too long and was stopped. Try again with a smaller picture.",
    ),
}
