"""The band above the composer: what it says first, and what its buttons do."""

from __future__ import annotations

from dataclasses import replace

from app.core.message import Role
from app.features.chat.banners import Facts, Ways, banner

BLIND = Facts(
    editing=False,
    unanswered=None,
    profile="local",
    model="m/blind",
    blind=True,
    seeing_model="m/seeing",
)


def ways(done: list[str], *, readable: bool) -> Ways:
    return Ways(
        end_editing=lambda: done.append("end"),
        answer_last=lambda: done.append("answer"),
        add_key=lambda: done.append("key"),
        use_model=done.append,
        go_on=lambda yes: done.append(f"on {yes}"),
        read_here=(lambda: done.append("read")) if readable else None,
    )


def test_a_blind_model_can_be_changed_or_given_the_text_alone() -> None:
    done: list[str] = []
    text, actions = banner(BLIND, ways(done, readable=True))
    assert text == "m/blind is not listed as seeing pictures."
    assert [name for name, _ in actions] == ["Use m/seeing", "Read here, send text only"]
    for _, act in actions:
        act()
    assert done == ["m/seeing", "read"]


def test_only_what_can_be_done_is_offered() -> None:
    _, actions = banner(BLIND, ways([], readable=False))
    assert [name for name, _ in actions] == ["Use m/seeing"]
    _, actions = banner(replace(BLIND, seeing_model="m/blind"), ways([], readable=True))
    assert [name for name, _ in actions] == ["Read here, send text only"]
    assert banner(replace(BLIND, blind=False), ways([], readable=True)) == ("", [])


def test_a_model_that_calls_on_and_on_is_asked_about() -> None:
    done: list[str] = []
    text, actions = banner(replace(BLIND, rounds=20), ways(done, readable=True))
    assert "20 times" in text
    for _, act in actions:
        act()
    assert done == ["on True", "on False"]


def test_results_that_nobody_answered_can_be_answered() -> None:
    text, actions = banner(replace(BLIND, unanswered=Role.TOOL), ways([], readable=True))
    assert "what the tools gave" in text
    assert [name for name, _ in actions] == ["Ask for an answer"]
