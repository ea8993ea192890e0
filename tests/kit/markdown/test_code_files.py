"""Names and bytes of the files that code is saved as."""

from __future__ import annotations

import pytest

from app.kit.markdown import highlight
from app.kit.markdown.code_files import file_bytes, file_name


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("python", "code.py"),
        ("Python", "code.py"),
        ("C++", "code.cpp"),
        ("jsonc", "code.json"),
        ("bash", "code.sh"),
        ("mermaid", "code.mmd"),
        ("dot", "code.dot"),
        ("diff", "code.diff"),
        ("Dockerfile", "Dockerfile"),
        ("makefile", "Makefile"),
        ("", "code.txt"),
        ("brainfuck", "code.txt"),
        ("app.py", "app.py"),
        ("src/main/app.py", "app.py"),
        ("python:app.py", "app.py"),
        ('title="app.py"', "app.py"),
        ("12:40:src\\deep\\Main.java", "Main.java"),
        ("../../.bashrc", "code.txt"),
        ("..", "code.txt"),
        ("a\0b.py", "code.txt"),
        ("x" * 5000 + ".py", "code.txt"),
        ("con.\u202egpj.exe", "code.txt"),
    ],
)
def test_a_name_ends_as_the_languages_files_do(language: str, name: str) -> None:
    assert file_name(language) == name


def test_every_language_that_has_colours_has_an_ending() -> None:
    plain = [name for name in highlight._LEXERS if file_name(name) == "code.txt"]
    assert not plain


def test_what_is_saved_is_what_is_shown() -> None:
    assert file_bytes("端口 = 1") == "端口 = 1\n".encode()
    assert file_bytes("a\n") == b"a\n"
    assert file_bytes("") == b""
    assert file_bytes("a\tb\r") == b"a\tb\r\n"
    assert file_bytes("half \ud83d of one, and 😀") == "half \ufffd of one, and 😀\n".encode()
