"""Files of quick actions: what is written comes back; what is wrong is refused as a whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.action_file import (
    DEEPEST,
    FORMAT,
    MOST_BYTES,
    ActionFileError,
    ActionFileProblem,
    read_action_file,
    write_action_file,
)
from app.core.built_in_actions import default_actions, in_language
from app.core.picture_action import MOST_ACTIONS, PictureAction, ResultKind

P = ActionFileProblem


def file(*actions: Any, **changes: Any) -> bytes:
    return json.dumps({"format": FORMAT, "version": 1, "actions": actions, **changes}).encode()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_written_comes_back(language: str) -> None:
    actions = [in_language(a, language) for a in default_actions()]
    read = read_action_file(write_action_file(actions))
    for before, after in zip(actions, read, strict=True):
        assert (after.name, after.prompt, after.key) == (before.name, before.prompt, before.key)
        assert (after.result, after.model) == (before.result, before.model)
        assert json.dumps(after.parameters) == json.dumps(before.parameters)
        assert not after.built_in
        assert after.id != before.id


def test_a_byte_order_mark_and_fields_of_other_versions_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + file({"name": " A\n\tB\u202e ", "key": "Ctrl+Q", "colour": "red"})
    (read,) = read_action_file(data)
    assert (read.name, read.key, read.result) == ("A B", "", ResultKind.TEXT)
    assert read == PictureAction("A B", id=read.id)


def nested(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


GOOD = {"name": "Good"}


@pytest.mark.parametrize(
    ("data", "problem", "place"),
    [
        (b" " * (MOST_BYTES + 1), P.TOO_LARGE, 0),
        (b"", P.NOT_JSON, 0),
        (b"\x89PNG\r\n\x1a\n\0\0", P.NOT_JSON, 0),
        (b"\xff\xfe{\0}\0", P.NOT_JSON, 0),
        (b"[" * 200_000, P.NOT_JSON, 0),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, P.NOT_JSON, 0),
        (file({**GOOD, "parameters": {"seed": float("nan")}}), P.NOT_JSON, 0),
        (file(GOOD).replace(b"Good", b"\\ud800"), P.NOT_JSON, 0),
        (file({**GOOD, "parameters": {"x": 0}}).replace(b"0}", b"1e999}"), P.NOT_JSON, 0),
        (file({**GOOD, "n": 0}).replace(b"0}", b"9" * 5000 + b"}"), P.NOT_JSON, 0),
        (b"[]", P.OTHER_FILE, 0),
        (b'"text"', P.OTHER_FILE, 0),
        (b'{"profiles": []}', P.OTHER_FILE, 0),
        (file(GOOD, format="something else"), P.OTHER_FILE, 0),
        (file(GOOD, version=2), P.NEWER, 0),
        (file(GOOD, version="1"), P.NEWER, 0),
        (file(), P.EMPTY, 0),
        (file(actions={}), P.EMPTY, 0),
        (file(*[GOOD] * (MOST_ACTIONS + 1)), P.TOO_MANY, 0),
        (file(GOOD, 7), P.BAD_NAME, 2),
        (file(GOOD, {"name": ["x"]}), P.BAD_NAME, 2),
        (file({"name": "\u200b\u2028 "}), P.BAD_NAME, 1),
        (file({"name": "n" * 61}), P.BAD_NAME, 1),
        (file({**GOOD, "prompt": {"a": 1}}), P.BAD_PROMPT, 1),
        (file({**GOOD, "prompt": "p" * 20_001}), P.BAD_PROMPT, 1),
        (file(GOOD, GOOD, {**GOOD, "model": 5}), P.BAD_MODEL, 3),
        (file({**GOOD, "parameters": []}), P.BAD_PARAMETERS, 1),
        (file({**GOOD, "parameters": {"messages": []}}), P.BAD_PARAMETERS, 1),
        (file({**GOOD, "parameters": {"model": "x"}}), P.BAD_PARAMETERS, 1),
        (file({**GOOD, "parameters": {"a": nested(DEEPEST)}}), P.BAD_PARAMETERS, 1),
    ],
)
def test_hostile_files_are_refused_whole(
    data: bytes, problem: ActionFileProblem, place: int
) -> None:
    with pytest.raises(ActionFileError) as error:
        read_action_file(data)
    assert (error.value.problem, error.value.place) == (problem, place)


def test_what_is_just_within_bounds_is_taken() -> None:
    deep = {"a": nested(DEEPEST - 1)}
    assert read_action_file(file({**GOOD, "parameters": deep}))[0].parameters == deep
    assert len(read_action_file(file(*[GOOD] * MOST_ACTIONS))) == MOST_ACTIONS
