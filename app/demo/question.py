"""What a request to the demo service asks for, read from its body."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Wish(StrEnum):
    """What is wanted of a picture."""

    DESCRIBE = "describe"
    EXTRACT = "extract"
    TABLE = "table"
    FIELDS = "fields"
    TRANSLATE = "translate"
    EXPLAIN = "explain"


# The first that matches decides: a table or an error is text, too.
_WISHES: Sequence[tuple[Wish, str]] = (
    (Wish.TRANSLATE, r"\btranslat|翻译|譯"),
    (Wish.EXPLAIN, r"\bexplain\b.*\berror|\berror\b.*\bcause|解释.*(错误|报错)|(错误|报错).*原因"),
    (Wish.TABLE, r"\btables?\b|表格"),
    (Wish.FIELDS, r"\bjson\b|\bfields?\b|字段"),
    (Wish.EXTRACT, r"\bextract|\bocr\b|\bread\b|\btranscri|\btext\b|提取|识别|文字|读出"),
    (Wish.DESCRIBE, r""),
)


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `pictures` are the bytes of the last user message's data URLs."""

    text: str
    pictures: tuple[bytes, ...] = ()
    linked: tuple[str, ...] = ()
    tools: tuple[Mapping[str, Any], ...] = ()
    tool_choice: Any = None
    results: tuple[tuple[str, str], ...] = ()
    schema: Mapping[str, Any] | None = None
    wants_json: bool = False
    stream: bool = True
    usage: bool = False
    thinks: bool = True
    most_tokens: int | None = None
    model: str = ""
    prompt_words: int = 0

    @property
    def chinese(self) -> bool:
        return re.search(r"[\u4e00-\u9fff]", self.text) is not None

    @property
    def wish(self) -> Wish:
        text = self.text.casefold()
        return next(wish for wish, pattern in _WISHES if re.search(pattern, text, re.DOTALL))


def read_question(body: bytes) -> Question:
    """The question in a request's body. Raises ValueError with words for whoever sent it."""
    try:
        data = json.loads(body)
    except ValueError as error:
        raise ValueError(f"the body is not JSON: {error}") from error
    if not isinstance(data, dict) or not isinstance(data.get("messages"), list):
        raise ValueError("the body has no list of messages")
    if data.get("n") not in (None, 1):
        raise ValueError("the demo answers once: n must be 1")
    messages = [m for m in data["messages"] if isinstance(m, dict)]
    asked = [m for m in messages if m.get("role") == "user"]
    text, pictures, linked = _content(asked[-1].get("content") if asked else "")
    wanted = data.get("response_format") or {}
    schema = (wanted.get("json_schema") or {}).get("schema") if isinstance(wanted, dict) else None
    tools = data.get("tools") or ()
    return Question(
        text=text,
        pictures=pictures,
        linked=linked,
        tools=tuple(t["function"] for t in tools if isinstance(t, dict) and "function" in t),
        tool_choice=data.get("tool_choice"),
        results=_results(messages),
        schema=schema,
        wants_json=bool(schema) or wanted.get("type") in ("json_object", "json_schema"),
        stream=bool(data.get("stream")),
        usage=bool((data.get("stream_options") or {}).get("include_usage")),
        thinks=_thinks(data),
        most_tokens=_most_tokens(data),
        model=str(data.get("model") or ""),
        prompt_words=sum(count_tokens(_content(m.get("content"))[0]) for m in messages),
    )


def _thinks(data: Mapping[str, Any]) -> bool:
    """False where the request switches reasoning off, in one of the ways that services know."""
    thinking = data.get("thinking")
    disabled = isinstance(thinking, dict) and thinking.get("type") == "disabled"
    off = data.get("enable_thinking") is False or data.get("reasoning_effort") == "none"
    return not (off or disabled)


def _most_tokens(data: Mapping[str, Any]) -> int | None:
    value = data.get("max_completion_tokens", data.get("max_tokens"))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("max_tokens must be a whole number, at least 1")
    return value


def _content(content: Any) -> tuple[str, tuple[bytes, ...], tuple[str, ...]]:
    """Text, pictures that came along, and addresses of pictures that did not."""
    if not isinstance(content, list):
        return (content if isinstance(content, str) else ""), (), ()
    texts: list[str] = []
    pictures: list[bytes] = []
    linked: list[str] = []
    for part in content:
        if not isinstance(part, dict):
            continue
        if part.get("type") == "text":
            texts.append(str(part.get("text") or ""))
        elif part.get("type") == "image_url":
            image = part.get("image_url")
            url = image.get("url", "") if isinstance(image, dict) else str(image or "")
            if url.startswith("data:"):
                pictures.append(_data(url))
            else:
                linked.append(url)
    return "\n".join(texts), tuple(pictures), tuple(linked)


def _data(url: str) -> bytes:
    try:
        return base64.b64decode(url.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise ValueError("a picture's data URL is not base64") from error


def _results(messages: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Results of tools (name, text) that stand after the last message of the person's."""
    names: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for message in messages:
        if message.get("role") == "user":
            found.clear()
        for call in message.get("tool_calls") or ():
            names[call.get("id", "")] = (call.get("function") or {}).get("name", "")
        if message.get("role") == "tool":
            name = names.get(message.get("tool_call_id", ""), "tool")
            found.append((name, _content(message.get("content"))[0]))
    return tuple(found)


_TOKEN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|\w+|[^\w\s]|\s+")


def tokens(text: str) -> list[str]:
    """The demo's own simple tokens: words, single Chinese characters, marks; joined: the text."""
    return _TOKEN.findall(text)


def count_tokens(text: str) -> int:
    """How many tokens the demo counts in a text; white space is free."""
    return sum(1 for token in tokens(text) if not token.isspace())
