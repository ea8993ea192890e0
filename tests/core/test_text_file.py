"""Which bytes are text."""

from __future__ import annotations

import codecs
import random

import pytest

from app.core.text_file import sniff_text

CHINESE = "请检查端口设置，然后重新启动服务。\n日志里有被拒绝的数值：80 80\n"
TAIWANESE = "請檢查連接埠設定，然後重新啟動服務。\n記錄檔裡有被拒絕的數值：80 80\n"
JAPANESE = "ポートの設定を確認してから、サービスを再起動してください。\n値が拒否されました：80\n"
FRENCH = "déjà vu, à la carte, où ça; l'été dernier"
GERMAN = "Die Größe überschreitet 5 €, für “Öl” geändert\n"
ENGLISH = "name,port\r\ngateway,8080\r\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (ENGLISH.encode(), ENGLISH),
        (CHINESE.encode(), CHINESE),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), CHINESE),
        (codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), ENGLISH),
        (ENGLISH.encode("utf-16-le"), ENGLISH),
        (ENGLISH.encode("utf-16-be"), ENGLISH),
        (CHINESE.encode("gb18030"), CHINESE),
        ((ENGLISH + CHINESE).encode("gb18030"), ENGLISH + CHINESE),
        (CHINESE.encode("utf-16-le"), CHINESE),
        (CHINESE.encode("utf-16-be"), CHINESE),
        (CHINESE.encode("gbk"), CHINESE),
        (TAIWANESE.encode("big5"), TAIWANESE),
        ((ENGLISH * 40 + TAIWANESE).encode("big5"), ENGLISH * 40 + TAIWANESE),
        (JAPANESE.encode("shift_jis"), JAPANESE),
        (FRENCH.encode("latin-1"), FRENCH),
        (GERMAN.encode("cp1252"), GERMAN),
        (b"\x1b[31mred\x1b[0m\tlog\n", "\x1b[31mred\x1b[0m\tlog\n"),
        ("emoji 🛟 and שלום\n".encode(), "emoji 🛟 and שלום\n"),
        (b"", ""),
    ],
)
def test_text_is_read(data: bytes, text: str) -> None:
    assert sniff_text(data) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"PK\x03\x04\x14\0\0\0",
        b"text with a \0 in it",
        bytes(range(1, 32)) * 20,
        codecs.BOM_UTF16_LE + b"\0\0\0\0a",
        b"\x9d\x81 letters and bytes that Windows-1252 does not have",
        "Привет, мир: это журнал".encode("cp1251"),
    ],
)
def test_the_rest_is_not(data: bytes) -> None:
    assert sniff_text(data) is None


def test_noise_is_no_text() -> None:
    noise = random.Random(7)
    taken = [sniff_text(noise.randbytes(400)) for _ in range(500)]
    assert [text for text in taken if text is not None] == []
