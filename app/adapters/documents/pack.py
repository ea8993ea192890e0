"""The ZIP file that a document of Word or Excel is: its parts, unpacked as far as is safe.

Runs in the child process. Nothing is unpacked to the disk, and no path in it is ever followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from app.adapters.child_loop import RefusedError

MOST_PARTS = 10_000
MOST_UNPACKED = 128 * 1024 * 1024
"""Bytes of all parts that are read, together."""
DEEPEST = 256
"""How deep elements may lie in each other."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)

Attributes = dict[str, str]


class Pack:
    """Raises RefusedError for all that is broken, encrypted or too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except BROKEN as error:
            raise RefusedError("broken") from error
        if len(self._zip.infolist()) > MOST_PARTS:
            raise RefusedError("large")
        self._left = MOST_UNPACKED

    def read(self, name: str) -> bytes:
        """A part's bytes; what its header says of its size is not believed."""
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except KeyError as error:
            raise RefusedError("broken") from error
        except RuntimeError as error:  # encrypted
            raise RefusedError("protected") from error
        except BROKEN as error:
            raise RefusedError("broken") from error
        self._left -= len(data)
        if self._left < 0:
            raise RefusedError("large")
        return data

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that one refers to, by its own ids: the last word of the kind, and the name.

        Addresses outside are left out.
        """
        folder, name = posixpath.split(part)
        table = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: Attributes) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                kind = given.get("Type", "").rsplit("/", 1)[-1]
                target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
                found[given.get("Id", "")] = (kind, target.lstrip("/"))

        if table in self.names:
            read_xml(self.read(table), start=start)
        return found

    def main_part(self) -> str:
        """The part that the document begins with; empty where this is no Office document."""
        kinds = self.targets("").values()
        return next((name for kind, name in kinds if kind == "officeDocument"), "")


def read_xml(
    data: bytes,
    *,
    start: Callable[[str, Attributes], Any] | None = None,
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Tell of elements and texts by their local names, in order. Raises RefusedError.

    A document type is refused: entities are declared there, which grow without end or name files.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def began(tag: str, given: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedError("broken")
        if start is not None:
            start(_local(tag), {_local(name): value for name, value in given.items()})

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(_local(tag))

    def declared(*_facts: object) -> None:
        raise RefusedError("broken")

    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RefusedError("broken") from error


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
