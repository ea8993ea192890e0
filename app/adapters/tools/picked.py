"""What a person picked for tools to read, and whether a path is below it; blocks.

Paths are compared as they lead, not as they are written: links, junctions, `..` and letters of
either case are followed to the file first, and the folders above it are told by what they are.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.tools.own_tool import ToolFault

NONE_PICKED = "The person has not picked any folder or file yet, in Porthole's settings for tools."
OUTSIDE = "This is not among the folders and files that the person picked."
# Files that hold keys and passwords, by the names that they have everywhere.
_SECRET = re.compile(
    r"id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.*\.(pem|key|p12|pfx|ppk|jks|keystore|kdbx?|ovpn)"
    r"|(wallet|login data|logins)(\.\w+)?|credentials(\.\w+)?|secrets?\.\w+",
    re.IGNORECASE,
)
_HIDDEN_ON_WINDOWS = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 2)


@dataclass(frozen=True, slots=True)
class Picked:
    """A path that may be read, and the root that it is below (or is)."""

    path: Path
    root: Path


def roots_of(picked: Sequence[str]) -> list[Path]:
    """Those that are there. Raises ToolFault if there is none."""
    roots = [Path(os.path.realpath(each)) for each in picked if os.path.isabs(each)]
    there = [root for root in roots if root.exists()]
    if not there:
        raise ToolFault(NONE_PICKED)
    return there


def picked_path(asked: str, picked: Sequence[str]) -> Picked:
    """The file or folder that `asked` leads to. Raises ToolFault.

    A relative path is one below any of the roots. What is outside, hidden or not there is told
    apart only below a root: whether there is such a file elsewhere is nobody's to know.
    """
    roots = roots_of(picked)
    bases = roots if not os.path.isabs(asked) else [Path(asked).parent]
    missing = False
    for base in bases:
        lead = os.path.realpath(base / asked if base.is_dir() else base.parent / asked)
        root = _root_above(Path(lead), roots)
        if root is None:
            continue
        path = Path(lead)
        if not os.path.lexists(path):
            missing = True
        elif is_hidden(path, root):
            raise ToolFault("This file or folder is hidden or holds keys, and was not picked.")
        else:
            return Picked(path, root)
    raise ToolFault("There is no such file or folder." if missing else OUTSIDE)


def _root_above(path: Path, roots: Sequence[Path]) -> Path | None:
    """The root that is `path`, or a folder above it."""
    facts = []
    for root in roots:
        try:
            facts.append((root, root.stat()))
        except OSError:
            continue
    for above in (path, *path.parents):
        try:
            here = above.stat()
        except (OSError, ValueError):
            continue
        for root, known in facts:
            if os.path.samestat(here, known):
                return root
    return None


def is_hidden(path: Path, root: Path) -> bool:
    """Whether it, or a folder between it and the root, is hidden or named as keys are."""
    here = path
    while not _same(here, root):
        if here.name.startswith(".") or _SECRET.fullmatch(here.name) or _marked(here):
            return True
        if here == here.parent:
            break
        here = here.parent
    return False


def _same(path: Path, root: Path) -> bool:
    try:
        return os.path.samefile(path, root)
    except OSError:  # a link that leads nowhere
        return False


def _marked(path: Path) -> bool:
    facts = path.lstat()
    return bool(getattr(facts, "st_file_attributes", 0) & _HIDDEN_ON_WINDOWS)
