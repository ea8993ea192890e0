"""The checks on quick actions: they tell a good answer from a bad one."""

from __future__ import annotations

import pytest

from app.core.built_in_actions import default_actions, in_language
from tests.live.pretend_answers import CODE, DESCRIBED, TABLE, of_the_screenshot
from tests.live.sections_actions import CHECKS, SAMPLES


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("action", [a.id for a in default_actions()])
def test_a_good_answer_holds(action: str, language: str) -> None:
    kept = next(a for a in default_actions() if a.id == action)
    answer = of_the_screenshot(in_language(kept, language).prompt)
    assert answer is not None
    assert CHECKS[action](answer, language)
    assert not CHECKS[action]("It is red.", language)


WORDS = (SAMPLES / "screenshot.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("action", "language", "answer"),
    [
        ("describe", "zh_CN", DESCRIBED),
        ("extract", "en", WORDS),  # the indentation is lost
        ("extract", "en", f"{WORDS}\n{CODE}\nfurther words that nobody wrote " + "xyz " * 3),
        ("extract", "en", CODE),
        ("table", "en", TABLE.replace("640 MB", "?")),
        ("table", "en", TABLE.replace("| stopped ", "")),
        ("fields", "en", '```json\n{"a": "2026"}\n```'),
        ("fields", "en", "{}"),
        ("translate", "zh_CN", f"The service did not start.\n{CODE}"),
        ("translate", "en", "The service did not start.\n" + CODE.replace("    ", "")),
        ("explain", "en", "The port '80 80' is wrong."),
    ],
)
def test_a_bad_one_does_not(action: str, language: str, answer: str) -> None:
    assert not CHECKS[action](answer, language)
