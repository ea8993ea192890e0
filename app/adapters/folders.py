"""Which files in folders go to a batch: pictures and PDFs by their names, as people sort them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.natural_order import as_read

PICTURES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}
    | {".heic", ".heif"}
)
"""Endings that pictures have. What a file is is told later, by its bytes."""
TAKEN = PICTURES | {".pdf"}
LITTER = frozenset({"thumbs.db", "desktop.ini"})
"""What systems leave in folders of pictures: nobody misses it."""
MOST_LOOKED_AT = 200_000
"""Entries of folders; a dropped disk is not looked through to its end."""


@dataclass(frozen=True, slots=True)
class Found:
    """`beyond`: how many more there were than wished. `others`: files of other kinds, passed by."""

    paths: list[str]
    beyond: int = 0
    others: int = 0


def find_files(paths: Sequence[str], most: int) -> Found:
    """The files among `paths`, and pictures and PDFs in the folders among them and below; blocks.

    At most `most`. Hidden files and folders are left out, links to folders not followed, and what
    cannot be looked into is passed over.
    """
    found: dict[str, None] = {}
    beyond = others = 0
    for path, taken in _files(paths):
        if not taken:
            others += 1
        elif len(found) < most:
            found.setdefault(path)
        elif path not in found:
            beyond += 1
    return Found(list(found), beyond, others)


def _files(paths: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each file, and whether it is taken."""
    for path in paths:
        if not os.path.isdir(path):
            yield path, True
            continue
        looked_at = 0
        for folder, below, names in os.walk(path):
            below[:] = sorted((n for n in below if not n.startswith(".")), key=as_read)
            for name in sorted(names, key=as_read):
                if not name.startswith(".") and name.lower() not in LITTER:
                    taken = os.path.splitext(name)[1].lower() in TAKEN
                    yield os.path.join(folder, name), taken
            looked_at += len(names) + len(below)
            if looked_at > MOST_LOOKED_AT:
                break
