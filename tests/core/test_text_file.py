"""Which bytes are text."""

from __future__ import annotations

import codecs
import random

import pytest

from app.core.text_encodings import Encoding
from app.core.text_file import UNREADABLE, TextRead, read_text, read_text_as

CHINESE = "请检查端口设置，然后重新启动服务。\n日志里有被拒绝的数值：80 80\n"
TAIWANESE = "請檢查連接埠設定，然後重新啟動服務。\n記錄檔裡有被拒絕的數值：80 80\n"
JAPANESE = "ポートの設定を確認してから、サービスを再起動してください。\n値が拒否されました：80\n"
KOREAN = "설정을 확인한 다음 서비스를 다시 시작하십시오.\n"
PROVINCES = "北京\n海南\n河北\n黑龙江\n吉林\n辽宁\n福建\n广东\n"
"""Chinese, and none of its characters is of the later half: each pair of bytes is hangul too."""
ONE = "第一行，只有一个词是一样的。\r\n一二三 80\r\n"
"""The zero byte of 一 (U+4E00) stands where none of a space or a line end does."""
FRENCH = "déjà vu, à la carte, où ça; l'été dernier"
GERMAN = "Die Größe überschreitet 5 €, für “Öl” geändert\n"
RUSSIAN = "Привет, мир: это журнал\n"
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
        (ONE.encode("utf-16-le"), ONE),
        (ONE.encode("utf-16-be"), ONE),
        ((ENGLISH + ONE).encode("utf-16-le"), ENGLISH + ONE),
        (RUSSIAN.encode("utf-16-le"), RUSSIAN),
        (KOREAN.encode("utf-16-be"), KOREAN),
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
    found = read_text(data)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ENGLISH.encode(), Encoding.UTF_8),
        (ENGLISH.encode("utf-16-be"), Encoding.UTF_16_BE),
        (CHINESE.encode("gbk"), Encoding.GB18030),
        (PROVINCES.encode("gbk"), Encoding.GB18030),
        (TAIWANESE.encode("big5"), Encoding.BIG5),
        (JAPANESE.encode("shift_jis"), Encoding.SHIFT_JIS),
        (JAPANESE.encode("euc_jp"), Encoding.EUC_JP),
        (KOREAN.encode("cp949"), Encoding.KOREAN),
        (GERMAN.encode("cp1252"), Encoding.WINDOWS_1252),
        (RUSSIAN.encode("cp1251"), Encoding.WINDOWS_1251),
    ],
)
def test_the_encoding_is_told(data: bytes, encoding: Encoding) -> None:
    found = read_text(data)
    assert found is not None
    assert found.encoding is encoding


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (CHINESE.encode()[1:], UNREADABLE * 2 + CHINESE[1:]),
        (CHINESE.encode() + b"\xff\xfe", CHINESE + UNREADABLE * 2),
        ((CHINESE * 9).encode("gb18030") + b"\xff", CHINESE * 9 + UNREADABLE),
        ((ENGLISH * 9).encode() + bytes(4), ENGLISH * 9 + UNREADABLE),
    ],
    ids=["cut at its start", "broken at its end", "older", "zeros of a crash"],
)
def test_a_few_broken_bytes_are_marked(data: bytes, text: str) -> None:
    found = read_text(data)
    assert found is not None
    assert found.text == text


def test_lines_of_several_programs_are_read_each_as_it_is() -> None:
    found = read_text((CHINESE * 9).encode() + (CHINESE * 9).encode("gbk"))
    assert found == TextRead(CHINESE * 18, Encoding.UTF_8)
    noise = random.Random(8)
    lines = [noise.randbytes(40) for _ in range(200)]
    assert read_text(b"\n".join([CHINESE.encode(), *lines])) is None


def test_a_person_knows_better() -> None:
    korean = "설정 확인\n"
    data = korean.encode("cp949")
    assert read_text(data) != TextRead(korean, Encoding.KOREAN), "so little looks like Chinese"
    assert read_text_as(data, Encoding.KOREAN) == korean
    assert read_text_as(codecs.BOM_UTF8 + b"a\0\xff", Encoding.UTF_8) == f"a{UNREADABLE * 2}"
    for encoding in Encoding:
        assert read_text_as(ENGLISH.encode(encoding.value), encoding) == ENGLISH


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
        b"sixty bytes of words, and then none at all" + bytes(20),
    ],
)
def test_the_rest_is_not(data: bytes) -> None:
    assert read_text(data) is None


def test_noise_is_no_text() -> None:
    noise = random.Random(7)
    taken = [read_text(noise.randbytes(400)) for _ in range(500)]
    assert [found for found in taken if found is not None] == []
