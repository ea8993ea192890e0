"""Texts to measure a transcript with: a long answer as models write them, and a long conversation.

The same seed gives the same text. What is in it: prose in two languages, emphasis, links, inline
code and LaTeX, nested lists, code, tables, quotes, formulas; about 800 characters a message.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from app.core.message import Message, ReasoningPart, Role, TextPart

PROSE = (
    "A lighthouse keeper reads the **weather** before the sea does, and writes it in a log.",
    "The lamp turns once in `12 s`; ships tell the coast by that rhythm, *not* by its brightness.",
    "Compare [the tide table](https://example.org/tides) with what you see from the gallery.",
    "Storms cost glass: in the worst winter on record nine panes broke, and the mercury froze.",
    "The range grows with the root of the height, $d \\approx 3.57\\sqrt{h}$, fog aside.",
    "Nobody should climb the stairs with a full can; ~~two trips~~ three trips are safer.",
)
CHINESE = (
    "灯塔的守护人每天清晨记录风向、气压与能见度，**一天也不能少**。",
    "如果雾太浓，就要敲响 `bell-2`，每三十秒一次，直到能看见对岸的码头为止。",
    "光束的射程与塔高有关，参见[说明](https://example.org/range)；公式中 $h$ 以米计。",
    "修理透镜之前，请先切断电源，并把备用灯放在*窗台*上。",
)
HEADINGS = ("The watch", "夜间值守", "What can break", "Supplies", "信号与规则", "Reading the log")
PYTHON = '''class Lamp{n}:
    """A lamp that turns, and says when it was seen last."""

    def __init__(self, seconds: float = {n}.5) -> None:
        self._seconds = seconds  # a whole turn
        self.seen: dict[str, float] = {{}}

    def pass_by(self, ship: str, now: float) -> bool:
        last = self.seen.get(ship, float("-inf"))
        if now - last < self._seconds / {n}:
            return False
        self.seen[ship] = now
        return f"{{ship}}: {{now:.1f}}" in self.log(0x{n:x})


async def watch_{n}(lamp: Lamp{n}, ships: list[str]) -> None:
    for turn, ship in enumerate(ships, start={n}):
        await lamp.turn(turn)
        print(ship, "seen" if lamp.pass_by(ship, turn) else "missed")
'''
SQL = """-- panes that broke in winter {n}
SELECT tower.name, count(*) AS broken, min(pane.cost) AS least
FROM tower JOIN pane ON pane.tower = tower.id
WHERE pane.broke_on BETWEEN '18{n:02d}-11-01' AND '18{n:02d}-12-31' AND pane.cost > {n}.25
GROUP BY tower.name HAVING broken > 1
ORDER BY broken DESC, least;
"""
STATES = ("steady", "flickers in **wind**", "玻璃有裂纹", "—")
FORMULAS = (
    r"E(h) = \frac{1}{2}\sum_{i=1}^{n} \left( h_i - \bar{h} \right)^2",
    r"\int_0^{\pi} \sin^2\theta \, d\theta = \frac{\pi}{2}",
)


def answer(length: int, seed: int = 1) -> str:
    """About so many characters of one long answer, cut at the end of a section's block."""
    random, parts, size, number = Random(seed), list[str](), 0, 0
    while size < length:
        number += 1
        for part in _section(random, number):
            parts.append(part)
            size += len(part)
    return "".join(parts)[:length]


def _section(random: Random, number: int) -> list[str]:
    parts = [f"## {number}. {random.choice(HEADINGS)}\n\n"]
    parts += [_words(random) + "\n\n" for _ in range(random.randint(1, 3))]
    parts.append("".join(random.choices(CHINESE, k=random.randint(1, 3))) + "\n\n")
    for point in range(random.randint(3, 5)):
        parts.append(f"- **Item {point}**: {random.choice(PROSE)}\n")
        if random.random() < 0.4:
            parts.append(f"  - under it: {random.choice(CHINESE)}\n")
            parts.append(f"    1. deeper, with `pane_{point}`\n")
    parts.append("\n")
    code, language = random.choice(((PYTHON, "python"), (SQL, "sql")))
    parts.append(f"```{language}\n{code.format(n=number)}```\n\n")
    if random.random() < 0.6:
        parts.append(_table(random, random.randint(3, 7)))
    if random.random() < 0.5:
        parts.append(f"> {random.choice(PROSE)}\n> {random.choice(CHINESE)}\n\n")
    if random.random() < 0.5:
        parts.append(f"$$\n{random.choice(FORMULAS)}\n$$\n\n")
    return parts


def _words(random: Random) -> str:
    return " ".join(random.choices(PROSE, k=random.randint(1, 4)))


def _table(random: Random, rows: int) -> str:
    head = "| Tower | Height (m) | Range | 状态 |\n|:--|--:|--:|---|\n"
    lines = (
        f"| `tower-{row}` | {random.uniform(9, 60):.1f} | {random.randint(9, 30)} | "
        f"{random.choice(STATES)} |\n"
        for row in range(rows)
    )
    return head + "".join(lines) + "\n"


def conversation(count: int, seed: int = 7, prefix: str = "m") -> list[Message]:
    """So many messages in one branch, by turns of the reader and the model.

    `prefix` begins their ids.
    """
    random, messages, parent = Random(seed), list[Message](), None
    sections = ["".join(_section(random, number)) for number in range(1, 120)]
    for number in range(count):
        role = Role.ASSISTANT if number % 2 else Role.USER
        thought: tuple[ReasoningPart, ...] = ()
        if role is Role.USER:
            lines = 30 if number % 24 == 0 else 1  # now and then one so long that it is folded
            text = "\n".join(f"{number}: {random.choice(PROSE + CHINESE)}" for _ in range(lines))
        elif random.random() < 0.4:
            text = random.choice(sections)
        else:
            text = "\n\n".join(_words(random) for _ in range(random.randint(1, 4)))
            thought = (ReasoningPart(_words(random), seconds=2.0),) if number % 3 == 0 else ()
        key = f"{prefix}{number}"
        message = Message(role, (*thought, TextPart(text)), id=key, parent=parent)
        parent = message.id
        messages.append(message)
    return messages


def _paragraph(length: int) -> str:
    words = " ".join(PROSE) + "".join(CHINESE) + " "
    return (words * (length // len(words) + 1))[:length]


def _long_table(length: int) -> str:
    random, head = Random(3), "| Tower | Height (m) | 状态 |\n|:--|--:|---|\n"
    row = "| `tower-%d` | %.1f | %s |\n"
    lines, size = [head], len(head)
    while size < length:
        lines.append(row % (len(lines), random.uniform(9, 60), random.choice(STATES)))
        size += len(lines[-1])
    return "".join(lines)


def _nested_list(length: int) -> str:
    random, lines, size, number = Random(4), list[str](), 0, 0
    while size < length:
        depth = (0, 1, 2, 3, 2, 1)[number % 6]
        number += 1
        lines.append(f"{'  ' * depth}- {number}: {random.choice(PROSE + CHINESE)}\n")
        size += len(lines[-1])
    return "".join(lines)


def _code(length: int) -> str:
    lines = ["```python\n"]
    size = number = 0
    while size < length:
        number += 1
        lines.append(PYTHON.format(n=number))
        size += len(lines[-1])
    return "".join(lines)


HARDEST: dict[str, tuple[Callable[[int], str], int]] = {
    "paragraph without a line break": (_paragraph, 100_000),
    "table": (_long_table, 100_000),
    "nested list": (_nested_list, 100_000),
    "code": (_code, 400_000),
}
"""Blocks that never end: how each is made, and how long it gets."""
