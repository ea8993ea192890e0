"""Which part of a request a service blames for refusing it: never one that was not sent.

Services name it in a field, or in words of their own, in English or in Chinese. What they say is
held against what was really in the request; where that leaves nothing, nothing is blamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.errors import Failure, FailureKind

SYSTEM = "system"
REASONING = "reasoning_content"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent: the body without its messages, and what is special about these."""

    head: Mapping[str, Any] = field(default_factory=dict)
    system: bool = False
    """Whether there was a message of the system role."""
    reasoning: bool = False
    """Whether the model was given its own reasoning again."""


_BLAMING = (FailureKind.BAD_REQUEST, FailureKind.IN_STREAM)
_IN_DISGUISE = (FailureKind.NOT_FOUND, FailureKind.SERVER)
_NEVER = frozenset({"model", "messages"})
_SHORT = frozenset({"n", "stop", "seed", "user", "tools", "stream", "thinking", "reasoning"})
"""Names that are words as well: they count only where they stand as names do."""
_LIMITS = ("max_tokens", "max_completion_tokens")
_SWITCHES = (
    "enable_thinking",
    "thinking",
    "reasoning_effort",
    "reasoning",
    "separate_reasoning",
    "thinking_budget",
    "include_reasoning",
    "reasoning_split",
    "chat_template_kwargs",
)

_NO = (
    r"(?:not|n't|cannot|unsupported|unknown|invalid|disallowed|only|no longer|mandatory|disabled"
    r"|no endpoints?|without|requires?|不|无效|非法|未|仅|没有|错误)"
)


_REFUSAL = re.compile(rf"{_NO}|validation error", re.IGNORECASE)
_QUOTES = tuple("'\"`‘’“”「」")
_LED = re.compile(
    r"(?:param(?:eter)?s?|arguments?|fields?|property|参数|字段)\W{0,3}$", re.IGNORECASE
)
_FOLLOWED = re.compile(
    r"[.\[]\w|\s?[:=]|\W{0,3}(?:param(?:eter)?|argument|field|参数|字段)", re.IGNORECASE
)
_SAID_OF = re.compile(r"\s*(?:is|are|must|should|can|不|仅|只)")


def _near(words: str) -> re.Pattern[str]:
    """The words with a refusal before or behind them, in one sentence or two."""
    some = rf"(?:{words})"
    return re.compile(rf"{some}[^\n]{{0,80}}?{_NO}|{_NO}[^\n]{{0,60}}?{some}", re.IGNORECASE)


_SYSTEM_WORDS = re.compile(
    r"messages?[\[.]\d+\]?\.role"
    r"|(?:system|developer)\W{0,3}(?:role|messages?|prompts?|instructions?)?\b[^\n]{0,60}?"
    r"(?:not (?:supported|allowed|enabled|permitted|accepted|available)|unsupported|n't support)"
    r"|(?:not|n't|unsupported|invalid|unexpected|unknown)\b[^\n]{0,40}?\b"
    r"(?:system|developer)\W{0,3}(?:role|messages?|prompts?|instructions?)"
    r"|(?:role|roles)\b[^\n]{0,60}?(?:not|n't|unsupported|invalid|unknown)\b[^\n]{0,40}?"
    r"['\"`](?:system|developer)['\"`]"
    r"|only\b[^\n]{0,30}?['\"`]?user['\"`]?\s*(?:and|or|/|,)\s*['\"`]?assistant"
    r"|roles must alternate"
    r"|(?:系统|system)\s*(?:角色|提示词?|消息|指令|role|prompt)?[^\n]{0,12}?(?:不支持|不允许|无效|非法)"
    r"|(?:不支持|不允许|无效的?|非法的?)[^\n]{0,12}?(?:系统|system)",
    re.IGNORECASE,
)
_WANTS_REASONING = re.compile(
    r"missing|required|must be (?:passed|sent|provided|included)|缺少|缺失|必须", re.IGNORECASE
)
_FORMAT_WORDS = re.compile(
    r"response[ _]?format|json[ _]?(?:schema|object|mode|output)|structured[ _-]?outputs?"
    r"|response[ _]?schema|guided[ _]?(?:decoding|json)|grammar|text\.format"
    r"|JSON\s*(?:模式|格式|结构)|结构化输出|返回格式|响应格式|输出格式",
    re.IGNORECASE,
)
_TOOL_WORDS = _near(
    r"tool[ _-]?(?:use|usage|call(?:s|ing)?|choice)|tools\b|functions?[ _-]call(?:s|ing)?|functions"
    r"|工具|函数调用"
)
_THINKING_WORDS = _near(
    r"\bthinking\b|\breasoning\b(?! model)|enable_thinking|思考|推理模式|思维链|深度推理"
)
_WORDS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        _LIMITS,
        re.compile(
            r"max(?:imum)?[ _-]?(?:number of )?(?:new |output |completion |generated )?tokens?\b"
            r"|max_(?:new|output)_tokens|最大(?:输出|生成)?(?:长度|令牌|token)",
            re.IGNORECASE,
        ),
    ),
    (("temperature",), re.compile("温度(?:参数|系数|值)?")),
    (("top_p",), re.compile(r"\btop[ -]p\b|nucleus sampling|核采样", re.IGNORECASE)),
    (("top_k",), re.compile(r"\btop[ -]k\b", re.IGNORECASE)),
    (
        ("stop",),
        re.compile(
            r"stop[ -](?:sequences?|words?|tokens?|strings?)|停止(?:词|序列|符)", re.IGNORECASE
        ),
    ),
    (("logprobs", "top_logprobs"), re.compile(r"log[ -]?prob(?:s|abilit)", re.IGNORECASE)),
    (
        ("n",),
        re.compile(
            r"multiple (?:choices|completions|candidates|generations)|number of (?:choices|complet)"
            r"|candidate_?count",
            re.IGNORECASE,
        ),
    ),
    (
        ("frequency_penalty", "presence_penalty", "repetition_penalty"),
        re.compile(r"\bpenalt(?:y|ies)\b|惩罚", re.IGNORECASE),
    ),
    (("parallel_tool_calls",), re.compile(r"parallel (?:tool|function)", re.IGNORECASE)),
)


def blamed(message: str, asked: Asked, named: str = "") -> str:
    """What is to blame: a name in `asked.head`, `SYSTEM`, `REASONING`, or nothing.

    `message` are the service's words, `named` what it names in a field of its own (see `named_in`).
    """
    for place in (named, *_places(message)):
        if found := _placed(place, asked):
            return found
    words = f"{named} {message}"
    if asked.system and _SYSTEM_WORDS.search(words):
        return SYSTEM
    if asked.reasoning and re.search("reasoning_(?:content|details)", words):
        return "" if _WANTS_REASONING.search(words) else REASONING
    blameable = {name for name in asked.head if _blameable(name, asked.head)}
    if found := next(_names(message, blameable), ""):
        return found
    return _meant(message, blameable)


def held_against(failure: Failure, asked: Asked) -> Failure:
    """The failure with what was really to blame, in place of what the service named.

    An address that is not found because of a parameter, or a server's fault that is none, is a
    refusal like others.
    """
    if failure.kind is FailureKind.NOT_SENT:
        return failure
    disguised = failure.kind in _IN_DISGUISE
    parameter = ""
    if failure.kind in _BLAMING or (disguised and _REFUSAL.search(failure.message)):
        parameter = blamed(failure.message, asked, failure.parameter)
    refused = parameter and disguised
    kind = FailureKind.BAD_REQUEST if refused else failure.kind
    return replace(failure, kind=kind, parameter=parameter)


def named_in(error: Mapping[str, Any]) -> str:
    """The path that an error names in a field: `param`, or `loc` of its first detail."""
    said = error.get("param") or error.get("parameter") or error.get("field")
    if isinstance(said, str):
        return said
    for name in ("detail", "details", "message", "errors"):
        items = error.get(name)
        if isinstance(items, Mapping):
            return named_in(items)
        first = items[0] if isinstance(items, list) and items else None
        if isinstance(first, Mapping):
            where = first.get("loc")
            if isinstance(where, list):
                return ".".join(str(step) for step in where)
            return named_in(first)
    return ""


def _places(message: str) -> Iterator[str]:
    """The paths that validators print among their words."""
    for found in re.finditer(r"""['"]loc['"]:\s*[\[(]([^\])]{1,200})[\])]""", message):
        yield ".".join(re.findall(r"[\w]+", found[1]))


def _placed(path: str, asked: Asked) -> str:
    """The part of the request that a path leads to."""
    steps = [step for step in re.split(r"[.\[\]/'\"\s$]+", path) if step]
    if steps[:1] in (["body"], ["request"]):
        steps = steps[1:]
    if not steps:
        return ""
    if steps[0] == "messages":
        if asked.reasoning and any(step.startswith("reasoning") for step in steps):
            return REASONING
        return SYSTEM if asked.system and steps[-1] == "role" else ""
    name = _snake(steps[0])
    return name if name in asked.head and _blameable(name, asked.head) else ""


def _blameable(name: str, head: Mapping[str, Any]) -> bool:
    # That only streams are served is no matter of a parameter that could be left out.
    return name not in _NEVER and not (name == "stream" and head[name] is False)


def _names(message: str, blameable: set[str]) -> Iterator[str]:
    """The parameters that the words name, in their order."""
    for found in re.finditer(r"[A-Za-z][A-Za-z0-9_]*", message):
        name = found[0] if found[0] in blameable else _snake(found[0])
        if name not in blameable:
            continue
        if name in _SHORT and not _stands_as_name(message, found.start(), found.end()):
            continue
        yield name


def _stands_as_name(message: str, start: int, end: int) -> bool:
    """Whether a word stands there as a name does: quoted, called a parameter, given a value."""
    before, behind = message[:start], message[end:]
    if before[-1:] in _QUOTES and behind[:1] in _QUOTES:
        return True
    if _LED.search(before[-20:]) or _FOLLOWED.match(behind):
        return True
    return not before.strip() and _SAID_OF.match(behind) is not None


def _meant(message: str, blameable: set[str]) -> str:
    """The parameter that is spoken of without its name."""
    if "response_format" in blameable and _FORMAT_WORDS.search(message):
        return "response_format"
    if "tools" in blameable and _TOOL_WORDS.search(message):
        return "tools"
    switch = next((name for name in _SWITCHES if name in blameable), "")
    if switch and _THINKING_WORDS.search(message):
        return switch
    for names, words in _WORDS:
        sent = [name for name in names if name in blameable]
        if sent and words.search(message):
            return sent[0]
    return ""


def _snake(name: str) -> str:
    """`maxTokens` as `max_tokens`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
