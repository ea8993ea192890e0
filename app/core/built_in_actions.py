"""The quick actions that Porthole brings: their names and prompts in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.core.picture_action import (
    KEYS,
    PictureAction,
    ResultKind,
    action_from_json,
    in_one_list,
)

ENGLISH, CHINESE = "en", "zh_CN"

_VALUE: Mapping[str, Any] = {"type": ["string", "null"]}
FIELDS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": {
        "anyOf": [
            _VALUE,
            {"type": "array", "items": {"type": "object", "additionalProperties": _VALUE}},
        ]
    },
}
"""Any labels, but values as they are written: texts, or lists of rows for what repeats."""
_FIELDS: Mapping[str, Any] = {
    "response_format": {
        "type": "json_schema",
        # Strict schemas must name every key beforehand, and these keys are the picture's.
        "json_schema": {"name": "fields", "schema": FIELDS_SCHEMA, "strict": False},
    }
}

_TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "describe": {
        ENGLISH: (
            "Describe",
            "Describe this picture, in English. Begin with one sentence that says what it is. "
            "Then give what matters in it, from the most to the least important, and where it "
            "stands if that helps. Quote words and numbers in it exactly. Keep to the layout: "
            "what belongs together stays together.\n"
            "Say only what can be seen. Invent nothing, and guess at nothing; write [unclear] for "
            "what is too small, blurred or cut off to be made out.",
        ),
        CHINESE: (
            "描述",
            "请用中文描述这张图片。先用一句话说明它是什么，再按重要程度从高到低说明其中的内容，"
            "必要时指出所在位置。图中出现的字词和数字要原样引用；按原有布局来说，属于一处的放在一处。\n"
            "只说看得见的，不要编造，也不要猜测；太小、模糊或被截断而看不清的地方写 [看不清]。",
        ),
    },
    "extract": {
        ENGLISH: (
            "Extract text",
            "Extract all text from this picture, exactly as it stands there.\n"
            "- Keep the layout: the order of reading, line breaks, blank lines, headings, lists "
            "and columns.\n"
            "- Put code, commands and logs in a code block, and keep every space of their "
            "indentation.\n"
            "- Keep the language, spelling, mistakes, punctuation and numbers as they are. "
            "Correct, complete and invent nothing.\n"
            "- Write [?] for each spot that cannot be read; do not guess.\n"
            "Give only the text, without any words of your own. If there is no text, say so in "
            "one sentence.",
        ),
        CHINESE: (
            "提取文字",
            "请原样提取这张图片中的全部文字。\n"
            "- 保持版面：阅读顺序、换行、空行、标题、列表和分栏。\n"
            "- 代码、命令和日志放进代码块，缩进一个空格也不能少。\n"
            "- 语言、拼写、错别字、标点和数字一律照原样，不改正、不补全、不编造。\n"
            "- 每一处看不清的地方写 [?]，不要猜测。\n"
            "只给出文字本身，不要加你自己的话。如果图中没有文字，用一句话说明。",
        ),
    },
    "table": {
        ENGLISH: (
            "Table → Markdown",
            "Turn the table in this picture into a Markdown table.\n"
            "- Keep the layout: the order of rows and columns, and the headings. Where the picture "
            "has no headings, leave those cells empty.\n"
            "- Keep every value exactly as written, with its signs, units and decimal places.\n"
            "- Leave empty cells empty. Put a merged cell's value in its first cell. Join lines "
            "within a cell by a space, keep code in backquotes, and write a vertical bar as \\|.\n"
            "- Write [?] in a cell that cannot be read. Invent, calculate and guess nothing.\n"
            "- If there are several tables, give one after the other, each under its heading.\n"
            "Give only the Markdown. If there is no table, say so in one sentence.",
        ),
        CHINESE: (
            "表格 → Markdown",
            "请把这张图片中的表格转换为 Markdown 表格。\n"
            "- 保持版面：行列顺序和表头不变；图中没有表头时，表头单元格留空。\n"
            "- 每个值都照原样，包括符号、单位和小数位数。\n"
            "- 空单元格留空；合并单元格的值写在第一格；单元格内的换行改为空格，代码用反引号括起，"
            "竖线写成 \\|。\n"
            "- 看不清的单元格写 [?]，不要编造、计算或猜测。\n"
            "- 如有多个表格，依次给出，各自写上标题。\n"
            "只给出 Markdown。如果图中没有表格，用一句话说明。",
        ),
    },
    "fields": {
        ENGLISH: (
            "Fields → JSON",
            "Give the labelled fields in this picture as one JSON object.\n"
            "- One key for each label, in the order of the picture: what it means, in short "
            "English with underscores, such as invoice_number.\n"
            "- Values are strings exactly as written, with their signs, units, decimal places "
            "and, in code, their indentation.\n"
            "- What repeats, such as the lines of a receipt, becomes an array of objects with "
            "equal keys, so that the layout is kept.\n"
            "- Use null for a value that cannot be read, and leave out what is not there. Invent, "
            "calculate and guess nothing.\n"
            "Give only the JSON object: no code fence, no other words.",
        ),
        CHINESE: (
            "字段 → JSON",
            "请把这张图片中带标签的字段整理为一个 JSON 对象。\n"
            "- 每个标签对应一个键，按图中顺序排列；键名用简短的英文加下划线表示含义，例如 "
            "invoice_number。\n"
            "- 值一律为字符串，照原样写，包括符号、单位和小数位数；代码保留缩进。\n"
            "- 重复出现的内容（例如小票上的各行）整理为键名相同的对象数组，保持原有的版面结构。\n"
            "- 看不清的值写 null，图中没有的不写；不要编造、计算或猜测。\n"
            "只给出 JSON 对象本身，不要代码块标记，也不要其他文字。",
        ),
    },
    "translate": {
        ENGLISH: (
            "Translate",
            "Translate all text in this picture into English.\n"
            "- Keep the layout: the order, line breaks, headings, lists and columns; tables as "
            "Markdown tables.\n"
            "- Leave code, commands, addresses, names and numbers as they are; code goes in a code "
            "block with its indentation kept.\n"
            "- Leave what is in English already as it is. Translate what stands there: add "
            "nothing, leave out nothing, invent nothing.\n"
            "- Write [?] for each spot that cannot be read; do not guess.\n"
            "Give only the translation.",
        ),
        CHINESE: (
            "翻译",
            "请把这张图片中的全部文字翻译成简体中文。\n"
            "- 保持版面：顺序、换行、标题、列表和分栏；表格用 Markdown 表格。\n"
            "- 代码、命令、网址、名称和数字照原样；代码放进代码块并保留缩进。\n"
            "- 已经是简体中文的部分保持不变。只翻译图中有的内容，不增、不减、不编造。\n"
            "- 每一处看不清的地方写 [?]，不要猜测。\n"
            "只给出译文。",
        ),
    },
    "explain": {
        ENGLISH: (
            "Explain error",
            "Explain the error in this picture, in English and in three short parts:\n"
            "1. What it says: quote the decisive lines exactly, in a code block with their layout "
            "and indentation kept, and put them in plain words.\n"
            "2. Cause: the likeliest cause, and how certain it is.\n"
            "3. Fix: what to do, step by step, with commands and code in code blocks.\n"
            "Go by what can be seen and invent nothing. Write [?] for what cannot be read; if "
            "something needed is not in the picture, say what to look at rather than guess.",
        ),
        CHINESE: (
            "解释报错",
            "请用中文解释这张图片中的报错，分三个简短的部分：\n"
            "1. 报错内容：原样引用关键的几行，放进代码块并保持版面和缩进，再用平常的话说明。\n"
            "2. 原因：最可能的原因，以及有多大把握。\n"
            "3. 解决办法：一步一步该做什么，命令和代码放进代码块。\n"
            "以看得见的内容为准，不要编造。看不清的地方写 [?]；如果需要的信息不在图中，"
            "请说明该去看什么，不要猜测。",
        ),
    },
}
_RESULTS: Mapping[str, ResultKind] = {"table": ResultKind.TABLE, "fields": ResultKind.JSON}

BUILT_IN: Sequence[str] = tuple(_TEXTS)
"""Their ids, in the order in which they are shown at first."""


def default_actions() -> tuple[PictureAction, ...]:
    """All of them, as they are kept: their words come from `in_language`."""
    return tuple(
        PictureAction(id=action, key=key, built_in=True)
        for action, key in zip(BUILT_IN, KEYS, strict=False)
    )


def read_actions(value: Any) -> tuple[PictureAction, ...] | None:
    """The actions that a settings file held, without odd ones and those of another version."""
    if not isinstance(value, list):
        return None
    made = (action for item in value if (action := action_from_json(item)) is not None)
    return in_one_list(a for a in made if not a.built_in or a.id in _TEXTS)


def in_language(action: PictureAction, language: str) -> PictureAction:
    """The action with its words: those of one that was edited, or is a person's own, are its own.

    `language` is `en` or `zh_CN`.
    """
    if not action.built_in or action.id not in _TEXTS:
        return action
    texts = _TEXTS[action.id]
    name, prompt = texts.get(language, texts[ENGLISH])
    return replace(
        action,
        name=name,
        prompt=prompt,
        parameters=_FIELDS if action.id == "fields" else {},
        result=_RESULTS.get(action.id, ResultKind.TEXT),
    )
