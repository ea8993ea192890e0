"""What a service or the way to it said when it failed, in any of its shapes, made a `Failure`."""

from __future__ import annotations

import email.utils
import json
import re
import socket
import ssl
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.adapters.chat_api.blame import named_in
from app.adapters.chat_api.limits import told_wait
from app.adapters.chat_api.proxy_failures import proxy_failure, wants_user
from app.adapters.chat_api.reasoning import plain_text
from app.adapters.chat_api.sse import SseReader
from app.adapters.chat_api.steps import steps_of
from app.adapters.chat_api.surrogates import scrub
from app.core.errors import Failure, FailureKind
from app.core.exchange import secret

BODY_LIMIT = 4000
MESSAGE_LIMIT = 2000
CODE_LIMIT = 200

_KINDS = {
    400: FailureKind.BAD_REQUEST,
    401: FailureKind.AUTH,
    402: FailureKind.FORBIDDEN,
    403: FailureKind.FORBIDDEN,
    404: FailureKind.NOT_FOUND,
    413: FailureKind.TOO_LARGE,
    422: FailureKind.BAD_REQUEST,
    429: FailureKind.RATE_LIMITED,
    502: FailureKind.UNAVAILABLE,
    503: FailureKind.UNAVAILABLE,
    504: FailureKind.UNAVAILABLE,
    529: FailureKind.UNAVAILABLE,
}
_TOO_LARGE = re.compile(
    r"(?:images?|pictures?|payload|entity|request body|file|base64|data-uri|pixels?|dimensions?)\b"
    r"[^\n]{0,100}?\b(?:too (?:large|big|long|many pixels)|exceed(?:s|ed|ing)?|larger than|over the"
    r"|do(?:es)? not meet the model restrictions)"
    r"|exceed\w*[^\n]{0,60}?(?:images?|pixels?|data-uri|payload|request body)\b"
    r"|too (?:large|big)[^\n]{0,40}?\b(?:images?|pictures?|payload|request body)\b"
    r"|(?:图片|图像|照片|请求体|文件)[^\n]{0,30}?(?:过大|太大|超过|超出|超限)"
    r"|(?:过大|太大|超过|超出)[^\n]{0,12}?(?:图片|图像|照片)",
    re.IGNORECASE,
)
_NO_MONEY = re.compile(
    r"insufficient_(?:quota|balance|funds)|billing|not_enough_balance", re.IGNORECASE
)
_MESSAGES = (
    *("message", "msg", "error_msg", "error_message", "status_msg", "detail", "title"),
    *("errmsg", "errorMessage", "ErrorMessage", "Message", "error_description"),
)
_SIGNS = (
    *("code", "reason", "status", "type", "object", "error_code", "status_code", "request_id"),
    *("errcode", "errorCode", "ErrorCode", "statusCode", "Code", "__type", "error_type"),
)
_CODES = (
    *("code", "reason", "type", "error_code", "status_code"),
    *("errcode", "errorCode", "ErrorCode", "statusCode", "Code", "__type"),
)
_STATUSES = ("status_code", "statusCode", "code", "status")
_FINE = (0, 200, "0", "200", "success")
_WORLDLY = ("ssl", "socket", "zlib", "gzip")
_IDS = ("request_id", "requestId", "trace_id", "request-id")
_ID_HEADERS = ("x-request-id", "request-id", "x-trace-id", "x-amzn-requestid", "cf-ray")


def error_in(value: Any) -> dict[str, Any] | None:
    """The error that a JSON value is or holds, as one flat object; None if it is no error.

    Known shapes: `{"error": {…}}`, `{"error": "…"}`, `{"code", "reason", "message"}` with no
    wrapper, `{"object": "error"}`, `{"detail"}`, `{"errors": […]}`, `{"base_resp": {…}}`.
    """
    if not isinstance(value, dict):
        return None
    inner = value.get("error") or value.get("errors")
    if isinstance(inner, list):
        inner = inner[0] if inner else None
    if isinstance(inner, dict) and any(inner.values()):
        return {**{k: value[k] for k in (*_IDS, "code") if k in value}, **inner}
    if isinstance(inner, (str, int)) and inner and inner is not True:
        return {**value, "message": _plain(value, "message") or str(inner)}
    base = value.get("base_resp")
    if isinstance(base, dict) and base.get("status_code"):
        return base
    if value.get("choices") or value.get("code") in _FINE:
        return None
    named = value.get("type") == "error" or value.get("object") == "error"
    if named or inner is True or value.get("success") is False:
        return value
    # Gateways say nothing but a message.
    signed = len(value) == 1 or any(sign in value for sign in _SIGNS)
    if "detail" in value or (signed and _message(value)):
        return value
    return None


def from_error(error: Mapping[str, Any], *, host: str = "", request_id: str = "") -> Failure:
    """A failure that was reported inside a success."""
    status = next((s for k in _STATUSES if (s := _status(error.get(k)))), None)
    return Failure(
        FailureKind.IN_STREAM,
        message=_message(error),
        status=status,
        code=_code(error),
        request_id=_request_id(error) or request_id,
        body=scrub(json.dumps(error, ensure_ascii=False, default=str)),
        host=host,
        parameter=named_in(error),
    )


def from_response(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    host: str = "",
    proxy: str = "",
    *,
    whole: bool = True,
) -> Failure:
    """A status that is no success. `headers` look up in lower case; `proxy` as in `Refused`.

    `parameter` is what the service names; `blame.held_against` says what was sent of it.
    `whole` says whether the body came to its end.
    """
    text = body.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    if status == 407 and proxy:
        return wants_user(proxy, text)
    error: dict[str, Any] = {}
    message = ""
    said = _data_in(text)
    try:
        value = json.loads(said)
    except (ValueError, RecursionError):
        message = html_title(text) if text.startswith("<") else said
    else:
        if isinstance(value, list) and value:
            value = value[0]
        error = error_in(value) or (value if isinstance(value, dict) else {})
        message = _message(error) if error else plain_text(value)
    kind = _KINDS.get(status, FailureKind.SERVER)
    if status == 407:
        kind = FailureKind.PROXY
    if kind is FailureKind.BAD_REQUEST and _TOO_LARGE.search(message):
        kind = FailureKind.TOO_LARGE
    if kind is FailureKind.RATE_LIMITED and _NO_MONEY.search(f"{_code(error)} {error.get('type')}"):
        kind = FailureKind.FORBIDDEN  # no waiting helps
    if 300 <= status < 400:
        kind, message = FailureKind.REDIRECTED, headers.get("location", "")
    wait = retry_after(headers)
    if wait is None and kind in (FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE):
        wait = told_wait(headers, message, error.get("details"))
    found = next((headers[name] for name in _ID_HEADERS if headers.get(name)), "")
    return Failure(
        kind,
        message=scrub(message),
        status=status,
        code=_code(error),
        request_id=found or _request_id(error),
        body=text,
        retry_after=wait,
        host=host,
        whole=whole,
        parameter=named_in(error),
    )


def from_exception(error: BaseException, host: str = "") -> Failure:
    """What a library raised on the way to the service, by its causes. `message`: their words.

    What no library nor the network raises is a fault of our own; only its type is named then.
    """
    chain = tuple(_causes(error))
    steps = next((found for cause in chain if (found := steps_of(cause))), None)
    if steps is not None and (failure := proxy_failure(chain, steps)):
        return failure
    names = {type(cause).__name__ for cause in chain}
    root = chain[-1]
    words = scrub(str(root) or str(error) or type(root).__name__)
    if (fault := _own_fault(error)) is not None:
        kind, words = FailureKind.OWN_FAULT, type(fault).__name__
    elif any(isinstance(cause, socket.gaierror) for cause in chain):
        kind = FailureKind.NOT_RESOLVED
    elif "ConnectTimeout" in names:
        kind, words = FailureKind.NOT_CONNECTED, ""
    elif any(isinstance(c, ssl.SSLError) for c in chain) and "ReadError" not in names:
        kind = FailureKind.TLS
        words = next((str(c) for c in chain if isinstance(c, ssl.SSLError)), words)
    elif names & {"ProxyError"}:
        kind = FailureKind.PROXY
    elif names & {"ConnectError", "UnsupportedProtocol"}:
        kind = FailureKind.NOT_CONNECTED
    elif names & {"InvalidURL", "LocalProtocolError"}:
        kind = FailureKind.BAD_ADDRESS
    else:
        garbled = "DecodingError" in names
        kind = FailureKind.NOT_JSON if garbled else FailureKind.CONNECTION_LOST
    return Failure(kind, message=words, host=host)


def _data_in(text: str) -> str:
    """The last data, where a refusal is an event stream as the answer would have been."""
    if not text.startswith(("data:", "event:", ":")):
        return text
    reader = SseReader()
    events = (*reader.feed(text.encode("utf-8", "replace")), *reader.close())
    return next((data for _, data in reversed(events) if data.strip() not in ("", "[DONE]")), text)


def _own_fault(error: BaseException) -> BaseException | None:
    """What of it, if anything, is neither the network's nor a library's on the way there.

    The libraries wrap whatever is raised while they send, our own faults included.
    """
    chain = [error]
    while (cause := chain[-1].__cause__) is not None and cause not in chain:
        chain.append(cause)
    if any(isinstance(each, OSError) for each in chain):
        return None
    home = type(chain[-1]).__module__.partition(".")[0]
    ours = home == "app" or (home in sys.stdlib_module_names and home not in _WORLDLY)
    return chain[-1] if ours else None


def presentable(failure: Failure, key: str | None, passwords: Sequence[str] = ()) -> Failure:
    """The failure without the key, wherever a service echoed it, and of bounded length.

    `passwords` are those of proxies, in each form they may have.
    """

    held = secret(key)

    def tidy(text: str, limit: int) -> str:
        # The key goes before the cut, which could leave half of it.
        text = text.replace(held, "[key]") if held else text
        for password in passwords:
            text = text.replace(password, "[password]")
        return text if len(text) <= limit else text[:limit] + "…"

    return replace(
        failure,
        message=tidy(failure.message, MESSAGE_LIMIT),
        code=tidy(failure.code, CODE_LIMIT),
        request_id=tidy(failure.request_id, CODE_LIMIT),
        body=tidy(failure.body, BODY_LIMIT),
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, where a header names them as a number or as a date."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        said = headers.get(name, "").strip()
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", said):
            return float(said) / unit
        if said and unit == 1.0:
            try:
                at = email.utils.parsedate_to_datetime(said).timestamp()
            except (ValueError, OverflowError):
                continue
            return max(0.0, at - time.time())
    return None


def html_title(text: str) -> str:
    """The title of an HTML page, on one line."""
    found = re.search(r"<title[^>]*>(.*?)</title>", text[:BODY_LIMIT], re.IGNORECASE | re.DOTALL)
    return " ".join(found.group(1).split()) if found else ""


def _message(error: Mapping[str, Any]) -> str:
    for name in _MESSAGES:
        if words := _plain(error, name):
            return words
    return _plain(error, "error") or _plain(error, "reason")


def _plain(error: Mapping[str, Any], name: str) -> str:
    value = error.get(name)
    if isinstance(value, list):
        return "; ".join(filter(None, (_entry(item) for item in value)))
    return _entry(value)


def _entry(value: Any) -> str:
    if isinstance(value, dict):
        return _message(value)
    return scrub(value).strip() if isinstance(value, str) else ""


def _code(error: Mapping[str, Any]) -> str:
    """A word rather than a number, where there is one."""
    said = [error.get(name) for name in _CODES]
    words = [s for s in said if isinstance(s, str) and s and not s.isdigit() and s != "error"]
    numbers = [str(s) for s in said if isinstance(s, (int, str)) and s and s != "error"]
    return scrub((words or numbers or [""])[0])


def _status(value: Any) -> int | None:
    number = int(value) if isinstance(value, str) and re.fullmatch(r"\d{3}", value) else value
    is_status = isinstance(number, int) and not isinstance(number, bool) and 400 <= number < 600
    return number if is_status else None


def _request_id(error: Mapping[str, Any]) -> str:
    holders = (error, error.get("metadata"))
    ids = (h.get(name) for h in holders if isinstance(h, Mapping) for name in _IDS)
    return next((scrub(found) for found in ids if isinstance(found, str) and found), "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or here.__context__
