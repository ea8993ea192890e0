"""Each failure is worded in both languages: its facts, the service's words, and the way on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from enum import StrEnum

import pytest
from PySide6.QtWidgets import QApplication

from app.core.errors import (
    CaptureError,
    CaptureProblem,
    Failure,
    FailureKind,
    ImageError,
    ImageProblem,
    KeyStoreError,
    KeyStoreProblem,
    PortholeError,
    ReadingError,
    ReadingProblem,
    ServiceError,
    StorageError,
    StorageProblem,
)
from app.core.network import NetworkProblem
from app.kit.error_text import (
    WITHOUT_WORDS,
    bug_sentence,
    details,
    failure_sentence,
    links,
    sentence,
)
from app.kit.network_text import network_sentence
from tests.chinese import chinese, unfinished


def every_error() -> Iterator[tuple[StrEnum, PortholeError]]:
    for kind in FailureKind:
        yield kind, ServiceError(Failure(kind, "no such luck", 418, host="api.example.org"))
    for problem in StorageProblem:
        yield problem, StorageError(problem, "/data/porthole", "detail")
    for image in ImageProblem:
        yield image, ImageError(image, "cat.png")
    for keys in KeyStoreProblem:
        yield keys, KeyStoreError(keys)
    for reading in ReadingProblem:
        yield reading, ReadingError(reading)
    for capture in CaptureProblem:
        yield capture, CaptureError(capture)


ERRORS = list(every_error())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("code", "error"), ERRORS, ids=[f"{type(c).__name__}.{c}" for c, _ in ERRORS]
)
def test_every_failure_has_its_sentence_in_both_languages(
    qapp: QApplication, language: str, code: StrEnum, error: PortholeError
) -> None:
    with chinese("kit") if language == "zh" else nullcontext():
        words = sentence(error)
    assert words[-1] == ("。" if language == "zh" else ".")
    assert not re.search(r"%\d", words)
    assert type(code).__name__ not in words
    if "_" in code.value:
        assert code.value not in words
    assert code.name not in words
    if isinstance(error, ServiceError):
        assert ("no such luck" in words) == (code not in WITHOUT_WORDS)
        assert "no such luck" in details(error.failure)
        assert "418" in words
    if language == "zh":
        foreign = words.replace("no such luck", "").replace("neither", "")
        assert re.search(r"[\u4e00-\u9fff]", foreign)
        assert " is " not in foreign


def test_no_two_kinds_share_a_sentence(qapp: QApplication) -> None:
    words = [sentence(error) for _, error in ERRORS]
    assert len(set(words)) == len(words)


def test_the_service_speaks_in_its_own_words(qapp: QApplication) -> None:
    failure = Failure(FailureKind.AUTH, "Incorrect API key provided.\n", 401, host="api.jiekou.ai")
    assert failure_sentence(failure) == (
        "The key was refused (401): Incorrect API key provided. "
        "Check the key in Settings, under Services, then try again."
    )
    with chinese("kit"):
        assert failure_sentence(failure, kept=True) == (
            "密钥被拒绝（401）：Incorrect API key provided。您的消息已保留。"
            "请在“设置 › 服务”中检查密钥，然后重试。"
        )


def test_foreign_words_are_bounded_and_taken_literally(qapp: QApplication) -> None:
    words = failure_sentence(Failure(FailureKind.SERVER, "100%2 %1\x00\u202e" + "a" * 9000, 500))
    assert "100%2 %1 aaa" in words
    assert "\u202e" not in words
    assert len(words) < 700


def test_a_wait_that_the_service_names_is_named(qapp: QApplication) -> None:
    failure = Failure(FailureKind.RATE_LIMITED, status=429, retry_after=8.0)
    assert failure_sentence(failure) == "The service's limit is reached (429). Try again in 8 s."


@pytest.mark.parametrize(
    ("seconds", "wait"),
    [(0.2, "1 s"), (7.4, "8 s"), (120, "120 s"), (121, "3 min"), (7200, "120 min"), (9000, "3 h")],
)
@pytest.mark.parametrize("kind", [FailureKind.RATE_LIMITED, FailureKind.UNAVAILABLE])
def test_a_wait_is_never_named_shorter_than_it_is(
    qapp: QApplication, kind: FailureKind, seconds: float, wait: str
) -> None:
    assert failure_sentence(Failure(kind, retry_after=seconds)).endswith(f" Try again in {wait}.")


def test_what_went_wrong_at_a_proxy_is_said_of_the_proxy(qapp: QApplication) -> None:
    words = "the proxy 127.0.0.1:7890 wants a user and a password"
    code = NetworkProblem.WANTS_USER
    failure = Failure(FailureKind.PROXY, words, 407, code, host="127.0.0.1:7890")
    assert failure_sentence(failure) == (
        f"{network_sentence(failure)} Enter the right ones in Settings."
    )
    assert "127.0.0.1:7890" in failure_sentence(failure)
    assert words not in failure_sentence(failure)
    between = Failure(FailureKind.PROXY, "sign in", 407, host="api.example.org")
    assert failure_sentence(between) == (
        "A proxy on the way to api.example.org did not let the request through (407). "
        "Check the proxy in Settings."
    )
    with chinese("kit"):
        assert "代理" in failure_sentence(between)


def test_a_fault_of_our_own_is_not_blamed_on_the_network(qapp: QApplication) -> None:
    assert failure_sentence(Failure(FailureKind.OWN_FAULT, "KeyError", host="x")) == (
        "Porthole itself made a mistake: KeyError. "
        "What arrived is kept. If it happens again, please report it."
    )


@pytest.mark.parametrize("kind", FailureKind)
def test_only_known_services_and_fitting_kinds_have_links(
    qapp: QApplication, kind: FailureKind
) -> None:
    helped = kind in (FailureKind.AUTH, FailureKind.FORBIDDEN, FailureKind.RATE_LIMITED)
    found = [(link.label, link.url) for link in links(Failure(kind, host="api.jiekou.ai"))]
    assert found == (
        [
            ("Console and limits", "https://jiekou.ai"),
            (
                "Documentation",
                "https://jiekou.ai/docs/models/reference-llm-create-chat-completion",
            ),
        ]
        if helped
        else []
    )
    assert links(Failure(kind, host="api.jiekou.ai.evil.example")) == ()
    assert links(Failure(kind, host="notjiekou.ai")) == ()


def test_details_hold_the_facts_and_nothing_that_is_missing(qapp: QApplication) -> None:
    failure = Failure(
        FailureKind.FORBIDDEN, "no money", 403, "NOT_ENOUGH_BALANCE", "req-7", '{"code":403}'
    )
    assert details(failure).splitlines() == [
        "Status: 403",
        "Code: NOT_ENOUGH_BALANCE",
        "Request id: req-7",
        "Message: no money",
        "",
        '{"code":403}',
    ]
    assert details(Failure(FailureKind.EMPTY)) == ""


def test_our_own_bugs_are_worded_apart_and_keep_private_text_out(qapp: QApplication) -> None:
    words = bug_sentence(ValueError("dear diary"))
    assert "ValueError" in words
    assert "diary" not in words
    assert words not in {sentence(error) for _, error in ERRORS}


def test_nothing_is_left_untranslated() -> None:
    assert unfinished("kit") == []
