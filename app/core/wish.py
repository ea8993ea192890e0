"""What a start of Porthole is for: files to be opened, or a picture of the screen to be taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    OPEN = "open"
    """The window, with the files."""
    CAPTURE = "capture"
    """A region of the screen, into the conversation in front."""
    ASK = "ask"
    """A region of the screen, and an answer beside it, without the window."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start. `paths` are absolute by the time that another process hears of them."""

    paths: tuple[str, ...] = ()
    wish: Wish = Wish.OPEN


OPEN = Start()
"""A start as it mostly is: the window, and no files."""
