"""Characters of PDFs that look right and are none: radicals in place of the words they look like.

Fonts share one outline between 页 and the radical ⻚, and many programs write the radical into
their PDFs. No search finds such a word, and no model reads it as it was meant.
"""

from __future__ import annotations

import unicodedata

RADICALS = (
    "⺁⺇⺌⺎⺏⺐⺑⺓⺗⺘⺙⺛⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺼"
    "⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤"
    "⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
CHARACTERS = (
    "厂几小兀尣尢尣幺心手攵旡母民水水火爪爪丬犬王疋目示礻竹糸纟网罒网网网羊羊羊老聿肉"
    "臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長長长门阜阝雨青韦页风飞食食飠饣首马骨鬼"
    "鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
KANGXI = range(0x2F00, 0x2FD6)
_PLAIN = str.maketrans(RADICALS, CHARACTERS) | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in KANGXI
}


def plain_characters(text: str) -> str:
    """The same with radicals made into the characters that they stand for."""
    return text.translate(_PLAIN)
