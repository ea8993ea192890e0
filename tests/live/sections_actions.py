"""Quick actions on a real picture: a screenshot with code, a table and an error, in two languages.

What stands in the picture is known, so that what comes back can be held against it: nothing left
out, nothing invented, the code's indentation kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from app.core.built_in_actions import CHINESE, ENGLISH, default_actions, in_language
from app.core.message import ImagePart
from app.core.model_info import Capability
from app.core.picture_action import PictureAction
from app.core.request import response_format_from_json
from tests.live.walk import Answered, Walk, as_json

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
WIDTH, HEIGHT = 1280, 832
MAX_TOKENS = 1200
ENOUGH = 0.9
"""The part of the picture's words that an extraction must hold."""
MOST_OTHERS = 3
"""How many words an extraction may hold that the picture does not, such as a code block's language.
"""
CELLS = ("gateway", "8080", "212 MB", "search", "9200", "0 MB", "5432", "640 MB", "数据库")
INDENTED = '    raw = str(settings.get("port", "")).strip()'
DEEPER = "        raise ValueError("

Check = Callable[[str, str], bool]


async def actions(walk: Walk) -> None:
    """Each action in each language, asked as the window asks it."""
    able = walk.cheapest(Capability.VISION)
    if not able:
        walk.not_tried("quick actions", "the catalogue names no model that sees")
        return
    data = (SAMPLES / "screenshot.png").read_bytes()
    name = hashlib.sha256(data).hexdigest()
    walk.pictures[name] = data
    part = ImagePart("screenshot.png", blob=name, width=WIDTH, height=HEIGHT)
    for kept in default_actions():
        for language in (ENGLISH, CHINESE):
            action = in_language(kept, language)
            answered = await _ask(walk, able[0], action, part)
            text = answered.message.text
            held = answered.failure is None and CHECKS[kept.id](text, language)
            walk.holds(f"{kept.id}, {language}", held, answered.brief())


async def _ask(walk: Walk, model: str, action: PictureAction, part: ImagePart) -> Answered:
    parameters = dict(action.parameters)
    wanted = response_format_from_json(parameters.pop("response_format", None))
    return await walk.ask(
        model,
        action.prompt,
        pictures=(part,),
        again=True,
        parameters={"max_tokens": MAX_TOKENS, **parameters},
        response_format=wanted,
    )


def described(text: str, language: str) -> bool:
    """In the reader's language, with what matters most in it."""
    return _speaks(text, language) and "80 80" in text


def extracted(text: str, _language: str) -> bool:
    """The picture's words, and code with its indentation; little else."""
    known = _words((SAMPLES / "screenshot.txt").read_text(encoding="utf-8"))
    found = _words(text)
    whole = len(known & found) >= ENOUGH * len(known)
    honest = len(found - known) <= MOST_OTHERS
    return whole and honest and INDENTED in text and DEEPER in text


def made_table(text: str, _language: str) -> bool:
    """A Markdown table of four rows and four columns with the picture's values."""
    rows = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    columns = {row.count("|") for row in rows}
    return len(rows) == 5 and columns == {5} and all(cell in text for cell in CELLS)


def gave_fields(text: str, _language: str) -> bool:
    """One JSON object with values as written."""
    value = as_json(text)
    return isinstance(value, dict) and bool(value) and any(v in text for v in ("2026", "8080"))


def translated(text: str, language: str) -> bool:
    """In the reader's language, the code as it was."""
    return _speaks(text, language) and "read_port" in text and INDENTED in text


def explained(text: str, language: str) -> bool:
    """The error quoted, and what to do about it."""
    return _speaks(text, language) and "80 80" in text and len(text) > 120


CHECKS: Mapping[str, Check] = {
    "describe": described,
    "extract": extracted,
    "table": made_table,
    "fields": gave_fields,
    "translate": translated,
    "explain": explained,
}


def _speaks(text: str, language: str) -> bool:
    """Whether prose in it is of that language: what is quoted from the picture may be either."""
    prose = re.sub(r"```.*?```|`[^`]*`|“[^”]*”|\"[^\"]*\"", "", text, flags=re.DOTALL)
    chinese = len(re.findall(r"[\u4e00-\u9fff]", prose))
    words = len(re.findall(r"[A-Za-z]{3,}", prose))
    return chinese > words if language == CHINESE else words > chinese


def _words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]", text))
