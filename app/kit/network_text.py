"""What is wrong with a proxy or a file of certificates, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from app.core.errors import Failure
from app.core.network import NetworkProblem

translate = QCoreApplication.translate


def network_sentence(failure: Failure) -> str:
    """One sentence on a failure of the kind BAD_NETWORK or PROXY; empty for what it is not."""
    words = _WORDS.get(failure.code)
    if words is None:
        return ""
    text = words().replace("%1", failure.host)
    if failure.status is not None:
        filled = translate("NetworkText", "%1 (%2).").replace("%2", str(failure.status))
        text = filled.replace("%1", text.rstrip(".。"))
    return text


_Words = Callable[[], str]

_WORDS: Mapping[str, _Words] = {
    NetworkProblem.NO_PROXY: lambda: translate(
        "NetworkText", "A proxy was chosen, but no address was given for it."
    ),
    NetworkProblem.BAD_ADDRESS: lambda: translate(
        "NetworkText",
        "The proxy's address cannot be used. It should look like http://127.0.0.1:7890.",
    ),
    NetworkProblem.BAD_SCHEME: lambda: translate(
        "NetworkText",
        "A proxy's address cannot begin with %1. It begins with http://, https:// or socks5://.",
    ),
    NetworkProblem.TOO_LONG: lambda: translate(
        "NetworkText", "The proxy's user or password is longer than SOCKS allows (255 bytes)."
    ),
    NetworkProblem.FILE_UNREADABLE: lambda: translate(
        "NetworkText", "The certificate file %1 cannot be read."
    ),
    NetworkProblem.FILE_EMPTY: lambda: translate(
        "NetworkText", "The certificate file %1 is empty."
    ),
    NetworkProblem.FILE_DER: lambda: translate(
        "NetworkText", "The certificate file %1 is in binary form (DER). A PEM file is needed."
    ),
    NetworkProblem.FILE_NOT_PEM: lambda: translate(
        "NetworkText", "The certificate file %1 holds no certificate. A PEM file is needed."
    ),
    NetworkProblem.NOT_FOUND: lambda: translate("NetworkText", "The proxy %1 was not found."),
    NetworkProblem.REFUSED: lambda: translate(
        "NetworkText", "The proxy %1 refused the connection."
    ),
    NetworkProblem.UNREACHABLE: lambda: translate("NetworkText", "The proxy %1 cannot be reached."),
    NetworkProblem.TIMED_OUT: lambda: translate(
        "NetworkText", "The proxy %1 did not answer in time."
    ),
    NetworkProblem.WANTS_USER: lambda: translate(
        "NetworkText", "The proxy %1 wants a user and a password that it knows."
    ),
    NetworkProblem.DECLINED: lambda: translate(
        "NetworkText", "The proxy %1 would not make the connection."
    ),
    NetworkProblem.NO_PROXY_THERE: lambda: translate(
        "NetworkText", "What answers at %1 is no proxy of this kind."
    ),
    NetworkProblem.NOT_TRUSTED: lambda: translate(
        "NetworkText", "The certificate of the proxy %1 is not trusted."
    ),
}
