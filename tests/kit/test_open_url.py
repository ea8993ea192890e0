"""Only plain web and mail addresses ever reach the system."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.kit.open_url import open_url, safe_url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "\\\\host\\share",
        "//host/share",
        "https:\\\\host\\share",
        "https://user:secret@example.org",
        "https://api.jiekou.ai@evil.example",
        "https://example.org/\nmailto:x",
        "https://example.org/\u202egpj.exe",
        "https://",
        "https:///path",
        "https://example.org:99999/",
        "http:relative",
        "mailto:",
        "mailto://a@b.example",
        "ssh://example.org",
        "vscode://open?file=x",
        "https://example.org/" + "a" * 9000,
    ],
)
def test_doubtful_addresses_are_refused(url: str) -> None:
    assert safe_url(url) is None
    assert not open_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://jiekou.ai/docs/models/reference-llm-create-chat-completion",
        "http://127.0.0.1:8080/a?b=c#d",
        "https://例子.example/路径",
        "http://[::1]:8080/",
        "mailto:someone@example.org?subject=Hi",
    ],
)
def test_plain_addresses_are_opened(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    assert open_url(url)
    assert opened == [QUrl(url)]
