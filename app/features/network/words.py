"""What a test of the way to a service found, in the reader's language."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from app.core.errors import FailureKind
from app.core.network import ProbeResult
from app.kit.error_text import failure_sentence
from app.kit.network_text import network_sentence

translate = QCoreApplication.translate

SHORTEST_S = 0.1
"""What is shown at least."""


def result_words(result: ProbeResult) -> str:
    """One sentence: reached how, how fast and with which status, or what stood in the way."""
    failure = result.failure
    if failure is None:
        if result.proxy:
            words = translate(
                "NetworkTest", "Reached %1 through proxy %2 in %3 s (status %4).", "host, proxy"
            )
        else:
            words = translate("NetworkTest", "Reached %1 in %3 s (status %4).", "host")
        return _fill(
            words,
            result.host,
            result.proxy,
            f"{max(result.seconds, SHORTEST_S):.1f}",
            result.status,
        )
    if failure.kind is FailureKind.TLS and "certificate" in failure.message.lower():
        return _fill(
            translate(
                "NetworkTest",
                "The certificate of %1 is not trusted. If it is your network's own, "
                "choose the file of its certificates.",
            ),
            failure.host,
        )
    words = network_sentence(failure)
    if words and failure.kind is FailureKind.PROXY and "did not go on:" in failure.message:
        own = failure.message.partition("did not go on: ")[2]
        return _fill(translate("NetworkTest", "%1 It says: %2."), words, own)
    return words or failure_sentence(failure)


def system_words(host: str, proxy: str) -> str:
    """What the system's proxy for a host is right now."""
    if not host:
        return ""
    if not proxy:
        return _fill(translate("NetworkTest", "The system names no proxy for %1."), host)
    return _fill(translate("NetworkTest", "The system's proxy: %1"), proxy)


def _fill(words: str, *values: object) -> str:
    """Put values in place of %1, %2 … in one pass."""
    return re.sub(r"%([1-9])", lambda found: str(values[int(found[1]) - 1]), words)
