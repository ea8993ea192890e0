"""Which pictures of earlier turns go to the service again: the person's choice, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class OldPictures(StrEnum):
    """What becomes of pictures in questions before the one that is asked."""

    ALL = "all"
    """All go again, with every question."""
    LATEST = "latest"
    """Those of the latest turns go again."""
    AS_TEXT = "as_text"
    """None goes again; what was read from them on this machine goes in their place."""


@dataclass(frozen=True, slots=True)
class PictureRule:
    """`turns` counts the questions whose pictures go, the one that is asked among them.

    `words` are those that go in place of pictures, by message and blob: read on this machine.
    """

    kind: OldPictures = OldPictures.ALL
    turns: int = 3
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
