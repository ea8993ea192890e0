"""Which pictures lie in folders: found by their names, a bounded number, as people sort them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

PICTURES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}
    | {".heic", ".heif"}
)
"""Endings that pictures have. What a file is is told later, by its bytes."""
MOST_LOOKED_AT = 200_000
"""Entries of folders; a dropped disk is not looked through to its end."""


def find_pictures(paths: Sequence[str], most: int) -> tuple[list[str], int]:
    """The files among `paths`, and the pictures in the folders among them and below; blocks.

    At most `most`, and how many more there are. Hidden files and folders are left out, links to
    folders not followed, and what cannot be looked into is passed over.
    """
    found: dict[str, None] = {}
    beyond = 0
    for path in _files(paths):
        if len(found) < most:
            found.setdefault(path)
        elif path not in found:
            beyond += 1
    return list(found), beyond


def _files(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        looked_at = 0
        for folder, below, names in os.walk(path):
            below[:] = sorted((n for n in below if not n.startswith(".")), key=_as_read)
            for name in sorted(names, key=_as_read):
                if not name.startswith(".") and os.path.splitext(name)[1].lower() in PICTURES:
                    yield os.path.join(folder, name)
            looked_at += len(names) + len(below)
            if looked_at > MOST_LOOKED_AT:
                break


def _as_read(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """`shot 9` before `shot 10`."""
    pieces = re.split(r"([0-9]+)", name.casefold())
    return [(1, int(p), "") if p.isdecimal() and p.isascii() else (0, 0, p) for p in pieces], name
