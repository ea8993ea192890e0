"""The log holds what happened, and no key, whichever way one gets near it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.log import Log, redact

KEY = "sk-Canary0123456789abcdefABCDEF_xyz"


@pytest.fixture
def log(data_dir: Path) -> Iterator[Log]:
    opened = Log(data_dir)
    yield opened
    opened.close()


def written(data_dir: Path) -> str:
    return "".join(path.read_text("utf-8") for path in (data_dir / "logs").iterdir())


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"key {KEY}.",
        f"Authorization: Bearer {KEY}",
        "authorization: bearer secretsecret",
        "{'Authorization': 'Bearer secretsecret'}",
        "[(b'authorization', b'Bearer secretsecret')]",
        '"api_key": "secretsecret"',
        "api_key=secretsecret&x=1",
        "x-api-key: secretsecret",
        "JIEKOU_API_KEY=secretsecret",
        "https://host/v1?key=secretsecret",
        "http://me:secretsecret@proxy:3128",
        "Proxy-Authorization: Basic secretsecret",
        "password = 'secretsecret'",
        "access_token: secretsecret",
        "ghp_secretsecretsecret1234",
        "AIzasecretsecretsecretsecret12",
        "eyJsecretsecret.eyJsecretsecret.secretsecret",
        "refused: secretsecret0secretsecret0secretsecret0",
    ],
)
def test_secrets_are_blotted_out(text: str) -> None:
    blotted = redact(text)
    assert "secretsecret" not in blotted
    assert KEY[3:] not in blotted
    assert "[redacted]" in blotted


@pytest.mark.parametrize(
    "text",
    [
        "history: full (FullError)",
        "settings.json.broken-20261123-110000",
        "POST https://api.jiekou.ai/openai/v1/chat/completions 429 in 3.2 s",
        "model deepseek/deepseek-v3.2, 512 tokens, max_tokens 4096",
        "blob 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "message 01a2084e-af0d-7117-bca9-52ba02de2be6",
        '  File "/opt/venv/lib/python3.11/site-packages/some_long_module_name_2.py", line 10, in f',
        "KeyError: 'id'",
        "the keyring is locked",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.usefixtures("log")
def test_no_way_of_logging_lets_a_key_through(data_dir: Path) -> None:
    logger = logging.getLogger("app.test")
    logger.info("sent with %s", KEY)
    logger.warning("headers %s", {"Authorization": f"Bearer {KEY}"})
    try:
        raise ValueError(f"bad key {KEY}" + "x" * 1000)
    except ValueError:
        logger.exception("failed")
    text = written(data_dir)
    assert "ValueError" in text
    assert "test_log.py" in text
    assert KEY[3:] not in text
    assert max(map(len, text.splitlines())) <= 300


@pytest.mark.usefixtures("log")
def test_what_an_exception_quotes_stays_out_of_the_log(data_dir: Path) -> None:
    """The words of an exception may be a person's own: its kind and place are enough."""
    try:
        try:
            int("Dear diary, 亲爱的日记")
        except ValueError as error:
            raise RuntimeError("my secret plan") from error
    except RuntimeError:
        logging.getLogger("app.test").exception("failed")
    text = written(data_dir)
    assert "ValueError" in text
    assert "RuntimeError" in text
    assert "test_log.py" in text
    for words in ("invalid literal for", "RuntimeError: "):
        assert words not in text


def test_uncaught_exceptions_are_logged(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.append(kind))
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.append(args.exc_type))
    before = sys.excepthook, threading.excepthook
    log = Log(data_dir)

    def fail() -> None:
        raise LookupError(f"token={KEY}")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = RuntimeError(f"Bearer {KEY}")
    sys.excepthook(RuntimeError, error, None)
    log.close()
    assert seen == [LookupError, RuntimeError], "whoever listened before still hears"
    assert (sys.excepthook, threading.excepthook) == before
    text = written(data_dir)
    assert "LookupError" in text
    assert "RuntimeError" in text
    assert KEY[3:] not in text


@pytest.mark.usefixtures("log")
def test_the_files_are_private_and_do_not_grow_without_end(data_dir: Path) -> None:
    many_lines = "\n".join(["x" * 290] * 100)
    for _ in range(200):
        logging.getLogger("app.test").info(many_lines)
    files = list((data_dir / "logs").iterdir())
    assert 2 <= len(files) <= 4
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files)
    assert all(path.stat().st_size <= 1_000_000 for path in files)
    assert (data_dir / "logs").stat().st_mode & 0o777 == 0o700


def test_no_room_for_a_log_is_no_reason_not_to_start(data_dir: Path) -> None:
    data_dir.write_bytes(b"a file where the folder should be")
    log = Log(data_dir)
    logging.getLogger("app.test").warning("unheard")
    log.close()


@pytest.mark.usefixtures("log")
def test_a_lone_surrogate_is_logged_all_the_same(data_dir: Path) -> None:
    logging.getLogger("app.test").warning("odd \ud800 name")
    assert "odd ? name" in written(data_dir)
