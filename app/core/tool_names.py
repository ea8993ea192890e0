"""The names under which models call tools: services take 64 of a few characters, and no two alike.

Tools bring names of any script and length, and those of two sources may be the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from app.core.tool import Tool

LONGEST = 64
_ODD = re.compile(r"[^A-Za-z0-9_-]+")


def named(tools: Iterable[Tool]) -> dict[str, Tool]:
    """The tools by the names they are offered under, in their order.

    A name that services take stays; of two that are the same the later one gets a mark of its own,
    and the mark is the same whatever else is offered, so that a conversation goes on with it.
    """
    made: dict[str, Tool] = {}
    for tool in tools:
        name = _ODD.sub("_", tool.name).strip("_")
        if name != tool.name or len(name) > LONGEST or name in made:
            mark = hashlib.sha256(tool.id.encode()).hexdigest()[:8]
            name = f"{name[: LONGEST - 9] or 'tool'}_{mark}"
        made[name] = tool
    return made
