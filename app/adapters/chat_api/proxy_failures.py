"""What went wrong between this machine and a proxy, before a request was on its way beyond it."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Sequence

from app.adapters.chat_api.steps import Steps
from app.core.errors import Failure, FailureKind
from app.core.network import NetworkProblem

_GARBLED = ("h11", "socksio")


def proxy_failure(chain: Sequence[BaseException], steps: Steps) -> Failure | None:
    """The failure, if the proxy is where it happened; never with the user or the password.

    `chain` holds the error and what caused it, the last cause last.
    """
    garbled = any(type(cause).__module__.split(".")[0] in _GARBLED for cause in chain)
    if steps.past_proxy and not (steps.forwarded and garbled):
        return None
    place = steps.proxy.place
    words = next((str(c) for c in chain if type(c).__name__ == "ProxyError" and str(c)), None)
    if words is not None:
        return _declined(words, steps)
    problem, what = _problem(tuple(_all(chain)), steps, garbled=garbled)
    return Failure(FailureKind.PROXY, f"the proxy {place} {what}", code=problem, host=place)


def wants_user(place: str, body: str = "") -> Failure:
    """A proxy that answered 407."""
    words = f"the proxy {place} wants a user and a password"
    code = NetworkProblem.WANTS_USER
    return Failure(FailureKind.PROXY, words, status=407, code=code, body=body, host=place)


def _declined(words: str, steps: Steps) -> Failure:
    """The proxy was reached, and said no."""
    place = steps.proxy.place
    numbered = re.match(r"(\d{3})\b", words)
    status = int(numbered[1]) if numbered else None
    if status == 407:
        return wants_user(place)
    unknown = "Invalid username" in words
    if unknown or ("got" in words and not steps.proxy.user):
        what = "knows no such user and password" if unknown else "wants a user and a password"
        code = NetworkProblem.WANTS_USER
        return Failure(FailureKind.PROXY, f"the proxy {place} {what}", code=code, host=place)
    if "got" in words:
        words = "it takes no user and password"
    words = f"the proxy {place} did not go on: {words.strip().rstrip('.')}"
    code = NetworkProblem.DECLINED
    return Failure(FailureKind.PROXY, words, status=status, code=code, host=place)


def _problem(
    chain: Sequence[BaseException], steps: Steps, *, garbled: bool
) -> tuple[NetworkProblem, str]:
    names = {type(cause).__name__ for cause in chain}
    if any(isinstance(cause, socket.gaierror) for cause in chain):
        return NetworkProblem.NOT_FOUND, "was not found"
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in chain):
        return NetworkProblem.NOT_TRUSTED, "has a certificate that is not trusted"
    if any(isinstance(cause, TimeoutError) for cause in chain) or any(
        name.endswith("Timeout") for name in names
    ):
        return NetworkProblem.TIMED_OUT, "did not answer in time"
    if any(isinstance(cause, ConnectionRefusedError) for cause in chain):
        return NetworkProblem.REFUSED, "refused the connection"
    if steps.securing_proxy or garbled or "AssertionError" in names:
        kind = "SOCKS 5" if steps.proxy.scheme.startswith("socks") else steps.proxy.scheme.upper()
        return NetworkProblem.NO_PROXY_THERE, f"is no {kind} proxy, by what it answers"
    if names & {"RemoteProtocolError", "ReadError", "WriteError"}:
        return NetworkProblem.DECLINED, "closed the connection before it answered"
    return NetworkProblem.UNREACHABLE, "cannot be reached"


def _all(chain: Sequence[BaseException]) -> list[BaseException]:
    """The errors, and those that a group of attempts consists of."""
    found: list[BaseException] = []
    for error in chain:
        found.append(error)
        if isinstance(error, BaseExceptionGroup):
            found += _all(error.exceptions)
    return found
