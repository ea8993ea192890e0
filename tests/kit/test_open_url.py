"""Only plain web and mail addresses ever reach the system."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.kit.open_url import open_url, safe_url, told_url


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


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://A.Example/路", "https://A.Example/路"),
        (
            "https://\u0430\u0440\u0440\u04cf\u0435.com/x",
            "https://\u0430\u0440\u0440\u04cf\u0435.com/x  (xn--80ak6aa92e.com)",
        ),
        (
            "https://good.example\u3002evil.example/",
            "https://good.example\u3002evil.example/  (good.example.evil.example)",
        ),
        ("http://0x7f.1/", "http://0x7f.1/  (127.0.0.1)"),
        ("mailto:me@\u0430pple.com", "mailto:me@\u0430pple.com  (xn--pple-43d.com)"),
        (
            "https://a.example/\u202egpj.exe\u200b\xad",
            "https://a.example/%E2%80%AEgpj.exe%E2%80%8B%C2%AD",
        ),
        ("https://a.example/x\u3000y", "https://a.example/x%E3%80%80y"),
        ("https://a.example/\ud800", "https://a.example/%3F"),
        ("", ""),
    ],
)
def test_an_address_is_told_so_that_it_hides_nothing(url: str, told: str) -> None:
    assert told_url(url) == told
