"""Encodings of text, and in which of the older ones bytes read as people write.

Nearly any bytes can be decoded in each of them. What tells them apart is how many of the characters
are the usual ones of the language.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from enum import StrEnum

LOOKED_AT = 20_000
"""Bytes that are looked at."""
USUAL = 0.8
MOST_ACCENTS = 0.3
"""The share of characters beyond ASCII that Western European text has at most."""
LEAST_LETTERS = 3
KANA = 0.2
"""The share of kana that Japanese text has at least, and Chinese text never."""
LEAST_HANGUL = 12
FREQUENT = frozenset(
    "이다는을에의가고하지로한기사리를은서도어시인자해정수부대스일나라만있아과으여게전장안보"
    "주그것상제니구들었음없중습오설면성원동용모드문소비된합"
)
"""Syllables that Korean text of any kind is full of."""
LEAST_FREQUENT = 0.2
"""The share of them that Korean text has at least: mostly half. Chinese read so has a tenth."""
LEAST_CYRILLIC = 0.9
"""The share of letters among the characters beyond ASCII of Russian text."""
WESTERN_MARKS = frozenset("€‚„…‘’“”•–—™\xa0¡£§©«®°±²³µ·¹º»¼½¾¿×÷")


class Encoding(StrEnum):
    """Those that a person may say a file is in; the values are Python's names."""

    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    GB18030 = "gb18030"
    BIG5 = "big5"
    SHIFT_JIS = "cp932"
    EUC_JP = "euc_jp"
    KOREAN = "cp949"
    WINDOWS_1252 = "cp1252"
    WINDOWS_1250 = "cp1250"
    WINDOWS_1251 = "cp1251"
    KOI8_R = "koi8_r"


def guessed_encoding(data: bytes) -> Encoding | None:
    """None where `data` reads as text in none of the older encodings that are told apart."""
    start = data[:LOOKED_AT]
    scores = {
        Encoding.GB18030: _share(start, "gb18030", _usual_in_gb2312),
        Encoding.BIG5: _share(start, "big5", _usual_in_big5),
        Encoding.SHIFT_JIS: _share(start, "cp932", _usual_in_shift_jis),
    }
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= USUAL:
        return _neighbour(start) if best is Encoding.GB18030 else best
    if _western(start):
        return Encoding.WINDOWS_1252
    return Encoding.WINDOWS_1251 if _cyrillic(start) else None


def _share(start: bytes, encoding: str, usual: Callable[[bytes], bool]) -> float:
    """How many of the characters beyond ASCII are usual ones; 0 where `start` cannot be decoded."""
    wide = [char.encode(encoding) for char in _begin(start, encoding) if char > "\x7f"]
    return sum(usual(pair) for pair in wide) / len(wide) if wide else 0.0


def _begin(start: bytes, encoding: str) -> str:
    """`start` decoded, which may end within a character; empty where it is not in `encoding`."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(start, final=False)
    except UnicodeDecodeError:
        return ""


def _neighbour(start: bytes) -> Encoding:
    """What stands where Chinese does is Japanese where much of it is kana, and Korean where no
    character is of the later half and the syllables that it then has are the frequent ones."""
    pairs = [char.encode("gb18030") for char in _begin(start, "gb18030") if char > "\x7f"]
    kana = sum(pair[0] in (0xA4, 0xA5) for pair in pairs)
    if kana > len(pairs) * KANA and _begin(start, "euc_jp"):
        return Encoding.EUC_JP
    words = [pair for pair in pairs if pair[0] >= 0xB0]
    if len(words) >= LEAST_HANGUL and all(pair[0] <= 0xC8 for pair in words):
        hangul = [char for char in _begin(start, "cp949") if "가" <= char <= "힣"]
        if sum(char in FREQUENT for char in hangul) > len(hangul) * LEAST_FREQUENT:
            return Encoding.KOREAN
    return Encoding.GB18030


def _usual_in_gb2312(pair: bytes) -> bool:
    """Punctuation, and the first level: the 3,755 most used characters."""
    return len(pair) == 2 and 0xA1 <= pair[0] <= 0xD7 and pair[1] >= 0xA1


def _usual_in_big5(pair: bytes) -> bool:
    """Punctuation, and the 5,401 most used characters."""
    return len(pair) == 2 and 0xA1 <= pair[0] <= 0xC6


def _usual_in_shift_jis(pair: bytes) -> bool:
    """Punctuation, kana, and the first level of characters; not the narrow kana of one byte."""
    return len(pair) == 2 and 0x81 <= pair[0] <= 0x98


def _western(start: bytes) -> bool:
    """Letters with accents stand among plain ones, by ones and twos, and are not many."""
    text = _begin(start, "cp1252")
    high = [char for char in text if char > "\x7f"]
    if not high or len(high) > len(text) * MOST_ACCENTS:
        return False
    if len(re.findall(r"[A-Za-z]", text)) < LEAST_LETTERS:
        return False
    runs = re.findall(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ]+", text)
    letters = sum(len(run) for run in runs if len(run) <= 2)
    marks = sum(char in WESTERN_MARKS for char in high)
    return letters + marks >= len(high) * 0.9


def _cyrillic(start: bytes) -> bool:
    """Nearly all characters beyond ASCII are letters of words as Russian writes them."""
    text = _begin(start, "cp1251")
    high = sum(char > "\x7f" for char in text)
    runs = re.findall(r"[а-яё]+", text, flags=re.IGNORECASE)
    words = [run for run in runs if re.fullmatch(r"[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+", run)]
    long_words = any(len(word) >= LEAST_LETTERS for word in words)
    return long_words and sum(map(len, words)) >= high * LEAST_CYRILLIC
