"""Commands are copied without their prompts; code stays as it is."""

import pytest

from app.kit.markdown.code_text import without_prompts


@pytest.mark.parametrize(
    ("text", "language", "copied"),
    [
        ("$ ls\na.py\n$ cd ..", "console", "ls\ncd .."),
        ("me@host:~/work$ make", "bash", "make"),
        (
            "$ curl \\\n>   -o x \\\n  https://e.com\nsaved",
            "sh",
            "curl \\\n  -o x \\\n  https://e.com",
        ),
        (">>> x = [\n...   1]\n>>> x\n[1]", "python", "x = [\n  1]\nx"),
        (">>> f()\n...\n1", "pycon", "f()\n"),
        ("ls\n$ not a prompt", "bash", "ls\n$ not a prompt"),
        ("# a comment\nls", "sh", "# a comment\nls"),
        ("$ is a name here", "php", "$ is a name here"),
        ("... # stub", "python", "... # stub"),
        ("", "console", ""),
    ],
)
def test_prompts(text: str, language: str, copied: str) -> None:
    assert without_prompts(text, language) == copied
