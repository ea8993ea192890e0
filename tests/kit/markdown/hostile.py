"""Hostile texts, made by a seed: what a parser or a layout might choke on."""

from __future__ import annotations

import random

ATOMS = (
    "![",
    "[a\n",
    "a <![CDATA[",
    "*a **b ",
    "*a _b ",
    "**a*b ",
    "a**b",
    "_a __b ",
    "`a",
    "``a` ",
    "<",
    "<a ",
    "<a@",
    '[a](b "c',
    "[a](<b",
    "[a](",
    "[a][b] ",
    "[",
    "]",
    "![](",
    "](",
    "\\(",
    "$a ",
    "$",
    "\\",
    "&amp;",
    "&",
    "~~a ",
    "*",
    "_",
    "***a** b* ",
    "[^a]",
    "[^1]: x\n",
    "[a]: b\n",
    "[a]:\n",
    "a\n",
    "a  \n",
    "\n",
    "\n\n",
    " ",
    "<https://a.b> ",
    "https://a.b/c_d*e ",
    "http:///",
    "x@y.z ",
    "- ",
    "- a\n",
    "  - a\n",
    "> ",
    "> a\n",
    ">",
    "1. ",
    "1) x\n",
    "    a\n",
    "\t",
    "|a",
    "| a |\n",
    "|---",
    "a|b\n",
    "-|-\n",
    "```\n",
    "~~~\n",
    "```py",
    "# ",
    "===\n",
    "---\n",
    "$$\n",
    "$$",
    "\\[",
    "\\]",
    "<br>",
    "<img src=x>",
    "- [ ] ",
    "- [x] a\n",
    "&#0;",
    "&#x202e;",
    "\x00",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200f",
    "\u200d",
    "\ufeff",
    "\ufffc",
    "\u2028",
    "\u2029",
    "\ufdd0",
    "\ud83d",
    "\U0010ffff",
    "שלום ",
    "مرحبا ",
    "中文",
    "，。",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "👍🏽",
    "e\u0301",
    "a" + "\u0335" * 20,
    "word ",
    "**strong** ",
    "`code` ",
    "[link](https://e.com) ",
    "A sentence. ",
)


def sentinel(number: int) -> str:
    """A word that must be shown, whatever stands around it."""
    return f"w{number}w"


def hostile_text(rng: random.Random, longest: int = 12_000) -> tuple[str, int]:
    """A text, and how many sentinels stand in it as paragraphs of their own."""
    pieces: list[str] = []
    length, count = 0, 0
    wanted = min(longest, int(10 ** rng.uniform(1.5, 5)))
    while length < wanted:
        match rng.randrange(6):
            case 0:
                piece = rng.choice(ATOMS) * rng.randint(1, 2000)
            case 1:
                few = [rng.choice(ATOMS) for _ in range(rng.randint(2, 4))]
                piece = "".join(few) * rng.randint(1, 500)
            case 2:
                piece = "".join(rng.choice(ATOMS) for _ in range(rng.randint(1, 300)))
            case 3:
                piece = nested(rng)
            case 4:
                piece = table(rng)
            case _:
                piece = f"\n\n{sentinel(count)}\n\n"
                count += 1
        piece = piece[: max(200, wanted - length)] if not piece.startswith("\n\nw") else piece
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), count


def nested(rng: random.Random) -> str:
    """Lists, quotes or brackets in each other."""
    depth = rng.choice((5, 30, 60, 200))
    kind = rng.randrange(4)
    if kind == 0:
        return "".join("  " * level + "- a\n" for level in range(depth))
    if kind == 1:
        return "> " * depth + "a\n"
    if kind == 2:
        return "- " * depth + "a\n"
    return "[" * depth + "a" + "]" * depth + "(b)" * rng.randint(0, 3)


def table(rng: random.Random) -> str:
    """A table of up to two hundred columns, some of its rows short."""
    columns = rng.choice((1, 3, 40, 200))
    rows = ["|" + rng.choice(("a", "**b**", "`c`", "x<br>y", "中")) * 1 + "|"] * rng.randint(0, 60)
    wide = "|" + "a|" * columns
    body = [row if rng.random() < 0.5 else wide for row in rows]
    return "\n".join(["", "", wide, "|" + "-|" * columns, *body, "", ""])


MILLION = 1_000_000

LARGE = {
    "a line": "a" * MILLION,
    "words": "word " * (MILLION // 5),
    "stars": "*a **b " * (MILLION // 7),
    "brackets": "[" * 100_000 + "a" + "]" * 100_000,
    "quotes": ">" * 100_000 + "a",
    "lists in a line": "- " * 100_000 + "a",
    "nested list": "".join("  " * (n % 60) + f"- item **{n}**\n" for n in range(8000)),
    "flat list": "1. a\n" * 60_000,
    "wide table": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + ("|" + "cell|" * 200 + "\n") * 100,
    "long table": "| a | b |\n|---|---|\n" + "| **cell** | `other` |\n" * 8000,
    "sparse table": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|a\n" * 30_000,
    "definitions": "".join(f"[a{n}]: http://x.y/{n}\n" for n in range(20_000)),
    "pictures": "![" * 100_000,
    "addresses": "[a](" * 60_000,
    "markup": "a <![CDATA[" * 20_000,
    "less than": "<" * 200_000,
    "ticks": "".join("e" + "`" * n for n in range(700)),
    "fences": "```\n" * 60_000,
    "code": "```py\n" + "x = 1\n" * 60_000 + "```\n",
    "code in a list": "- x\n\n  ```py\n" + "  x = 1\n" * 30_000 + "  ```\n- y\n",
    "indented code": "    code\n" * 30_000,
    "an item": "- x\n\n" + "  para **x** y\n\n" * 10_000,
    "a quote": "> para **x** y\n>\n" * 10_000,
    "notes": "".join(f"[^{n}]: a\n" for n in range(10_000)),
    "emoji": "👩‍👩‍👧‍👦" * 20_000,
    "both ways": "\u202eשלום abc 中文 " * 10_000,
    "combining": "a" + "\u0335" * 200_000,
    "zeros": "\x00" * 200_000,
    "line ends": "a\r\n" * 60_000,
}
"""What is too long for anyone, by name."""
