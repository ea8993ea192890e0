"""The world's failures in the reader's language: what happened, what was kept, what to do.

Every kind in `app.core.errors` has its sentence here and nowhere else. Our own bugs are worded
apart from them (`bug_sentence`). QtCore only: the windowless `ask` uses it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import reduce

from PySide6.QtCore import QCoreApplication

from app.core.errors import (
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
from app.kit.links import Link, service_links

translate = QCoreApplication.translate

WORDS_LIMIT = 400
"""Characters of the service's own words that go into a sentence; `details` has all of them."""

WITHOUT_WORDS = frozenset(
    {
        FailureKind.NOT_RESOLVED,
        FailureKind.NOT_CONNECTED,
        FailureKind.TLS,
        FailureKind.CONNECTION_LOST,
    }
)
"""No service spoke: the message is a library's, in its own terms, and stands in Details only."""

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
    return translate("ErrorText", "That did not work. Nothing was lost; try again.")


def failure_sentence(failure: Failure, *, kept: bool = False) -> str:
    """The failure in words, the service's own among them.

    `kept` adds that the message which was to be answered is kept (true in a conversation, not in
    a connection test or the windowless `ask`).
    """
    happened = _fill(_HAPPENED[failure.kind](), failure.host or translate("ErrorText", "the host"))
    if failure.status is not None:
        happened = _fill(translate("ErrorText", "%1 (%2)"), happened, str(failure.status))
    words = "" if failure.kind in WITHOUT_WORDS else _one_line(failure.message)
    if words:
        first = _fill(translate("ErrorText", "%1: %2."), happened, words)
    else:
        first = _fill(translate("ErrorText", "%1."), happened)
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
    seen: dict[str, Link] = {}
    for link in reversed(service_links(failure.host)):
        seen[link.url] = link
    return tuple(reversed(seen.values()))


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
    if failure.kind is FailureKind.RATE_LIMITED and failure.retry_after is not None:
        seconds = str(max(1, round(failure.retry_after)))
        return _fill(translate("ErrorText", "Try again in %1 s."), seconds)
    return _ADVICE[failure.kind]()


def _one_line(text: str) -> str:
    """Foreign words made fit for a sentence: one line, bounded, without their own full stop."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > WORDS_LIMIT:
        line = line[:WORDS_LIMIT].rstrip() + "…"
    return line.rstrip(".。")


def _fill(pattern: str, *values: str) -> str:
    """Put values in place of %1, %2 … in one pass, so that a value holding "%2" stays as it is."""
    return re.sub(r"%([1-9])", lambda found: values[int(found[1]) - 1], pattern)


_Words = Callable[[], str]

_HAPPENED: Mapping[FailureKind, _Words] = {
    FailureKind.NO_KEY: lambda: translate("ErrorText", "There is no API key for this service"),
    FailureKind.KEYRING_LOCKED: lambda: translate(
        "ErrorText", "The system keyring did not open, so the key could not be read"
    ),
    FailureKind.BAD_KEY: lambda: translate(
        "ErrorText", "The API key holds characters that no key has; nothing was sent"
    ),
    FailureKind.BAD_ADDRESS: lambda: translate(
        "ErrorText", "This is no address a request can be sent to"
    ),
    FailureKind.NOT_RESOLVED: lambda: translate("ErrorText", "%1 was not found"),
    FailureKind.NOT_CONNECTED: lambda: translate("ErrorText", "No connection to %1"),
    FailureKind.TLS: lambda: translate("ErrorText", "The connection to %1 could not be secured"),
    FailureKind.REDIRECTED: lambda: translate(
        "ErrorText", "%1 points to another address, and the key does not follow it"
    ),
    FailureKind.BAD_REQUEST: lambda: translate("ErrorText", "The service rejected the request"),
    FailureKind.AUTH: lambda: translate("ErrorText", "The key was refused"),
    FailureKind.FORBIDDEN: lambda: translate("ErrorText", "The service does not allow this"),
    FailureKind.NOT_FOUND: lambda: translate("ErrorText", "The model or address was not found"),
    FailureKind.TOO_LARGE: lambda: translate(
        "ErrorText", "The request is too large for the service"
    ),
    FailureKind.RATE_LIMITED: lambda: translate("ErrorText", "The service's limit is reached"),
    FailureKind.UNAVAILABLE: lambda: translate("ErrorText", "The service is not available"),
    FailureKind.SERVER: lambda: translate("ErrorText", "The service reported an error"),
    FailureKind.TIMEOUT_FIRST: lambda: translate("ErrorText", "No answer came in time"),
    FailureKind.TIMEOUT_IDLE: lambda: translate("ErrorText", "The answer stopped coming"),
    FailureKind.CONNECTION_LOST: lambda: translate(
        "ErrorText", "The connection was lost before the answer's end"
    ),
    FailureKind.NOT_JSON: lambda: translate(
        "ErrorText", "What came back is a web page or something else, not an answer"
    ),
    FailureKind.EMPTY: lambda: translate("ErrorText", "The service's answer was empty"),
    FailureKind.IN_STREAM: lambda: translate(
        "ErrorText", "The service reported an error while answering"
    ),
}

_ADVICE: Mapping[FailureKind, _Words] = {
    FailureKind.NO_KEY: lambda: translate("ErrorText", "Add one in Settings, under Services."),
    FailureKind.KEYRING_LOCKED: lambda: translate("ErrorText", "Unlock it, then try again."),
    FailureKind.BAD_KEY: lambda: translate(
        "ErrorText", "Copy the key again from the service's console."
    ),
    FailureKind.BAD_ADDRESS: lambda: translate(
        "ErrorText", "It should look like https://api.jiekou.ai/openai."
    ),
    FailureKind.NOT_RESOLVED: lambda: translate(
        "ErrorText", "Check the network and the service's address."
    ),
    FailureKind.NOT_CONNECTED: lambda: translate(
        "ErrorText", "Check the network, and that the service is running there."
    ),
    FailureKind.TLS: lambda: translate(
        "ErrorText", "Check the computer's clock, its certificates and any proxy between."
    ),
    FailureKind.REDIRECTED: lambda: translate(
        "ErrorText", "If you trust that address, enter it in Settings, under Services."
    ),
    FailureKind.BAD_REQUEST: lambda: translate(
        "ErrorText", "Change what it names, then try again."
    ),
    FailureKind.AUTH: lambda: translate(
        "ErrorText", "Check the key in Settings, under Services, then try again."
    ),
    FailureKind.FORBIDDEN: lambda: translate(
        "ErrorText",
        "Check the balance, the key and its access to this model; "
        "at times it is a rate limit that passes by itself.",
    ),
    FailureKind.NOT_FOUND: lambda: translate(
        "ErrorText", "Choose another model, or check the address in Settings, under Services."
    ),
    FailureKind.TOO_LARGE: lambda: translate(
        "ErrorText", "Send fewer or smaller pictures, or less text."
    ),
    FailureKind.RATE_LIMITED: lambda: translate("ErrorText", "Wait a moment, then try again."),
    FailureKind.UNAVAILABLE: lambda: translate("ErrorText", "Try again in a little while."),
    FailureKind.SERVER: lambda: translate(
        "ErrorText", "Try again; if it stays, ask the service with the request id in Details."
    ),
    FailureKind.TIMEOUT_FIRST: lambda: translate(
        "ErrorText", "Try again, or choose a faster model."
    ),
    FailureKind.TIMEOUT_IDLE: lambda: translate(
        "ErrorText", "What arrived is kept. Continue, or try again."
    ),
    FailureKind.CONNECTION_LOST: lambda: translate(
        "ErrorText", "What arrived is kept; nothing is sent again by itself."
    ),
    FailureKind.NOT_JSON: lambda: translate(
        "ErrorText", "Check the address, and whether the network asks you to sign in first."
    ),
    FailureKind.EMPTY: lambda: translate("ErrorText", "Try again."),
    FailureKind.IN_STREAM: lambda: translate(
        "ErrorText", "What arrived is kept. Continue, or try again."
    ),
}

_STORAGE: Mapping[StorageProblem, _Words] = {
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

_IMAGE: Mapping[ImageProblem, _Words] = {
    ImageProblem.NOT_SUPPORTED: lambda: translate(
        "ErrorText",
        "%1 is neither a picture Porthole reads (PNG, JPEG, WebP, GIF) nor text. "
        "It was not added; your draft is kept.",
    ),
    ImageProblem.DAMAGED: lambda: translate(
        "ErrorText",
        "%1 is damaged and cannot be read as a picture. It was not added; your draft is kept.",
    ),
    ImageProblem.TOO_LARGE: lambda: translate(
        "ErrorText",
        "%1 is too large. It was not added; your draft is kept. Make it smaller, then add it.",
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
}

_KEYS: Mapping[KeyStoreProblem, _Words] = {
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

_READING: Mapping[ReadingProblem, _Words] = {
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
