"""What a chip says of what it stands for: sizes, tokens, cost, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.message import Detail, FilePart, ImagePart
from app.core.picture import Scaling
from app.core.text_file import UNREADABLE
from app.core.text_tokens import estimated_text_tokens
from app.features.images.tokens import estimated_tokens
from app.kit.money import money_text

translate = QCoreApplication.translate


def facts(parts: Sequence[ImagePart | FilePart], price: float | None) -> list[str]:
    """Short facts in reading order; `price` is USD per million tokens, None if unknown."""
    if not parts:
        return [translate("Chip", "preparing…")]
    first = parts[0]
    if isinstance(first, FilePart):
        return _file_facts(first, price)
    pictures = [part for part in parts if isinstance(part, ImagePart)]
    if first.text_only:
        return _text_facts(pictures)
    if not first.width:
        return [translate("Chip", "sent as an address")] if first.url else []
    made = [_sizes(pictures)]
    tokens = sum(estimated_tokens(part) for part in pictures)
    made.append(translate("Chip", "≈ %1 tokens").replace("%1", f"{tokens:,}"))
    if price:
        made.append(f"≈ {money_text(tokens * price / 1_000_000)}")
    if first.frames > 1:
        words = translate("Chip", "first of %1 pictures")
        made.append(words.replace("%1", f"{first.frames:,}"))
    return made


def trouble_facts(why: str) -> list[str]:
    """Of a picture whose changes could not be made: that it does not go, and why."""
    return [translate("Chip", "not changed, so not sent"), why]


def _file_facts(file: FilePart, price: float | None) -> list[str]:
    """Of a text: how long it is, about how many tokens, and what those cost."""
    made = [translate("Chip", "%1 characters").replace("%1", f"{len(file.text):,}")]
    tokens = estimated_text_tokens(file.text)
    made.append(translate("Chip", "≈ %1 tokens").replace("%1", f"{tokens:,}"))
    if price:
        made.append(f"≈ {money_text(tokens * price / 1_000_000)}")
    if broken := file.text.count(UNREADABLE):
        words = translate("Chip", "unreadable characters: %1")
        made.append(words.replace("%1", f"{broken:,}"))
    return made


def _text_facts(pictures: Sequence[ImagePart]) -> list[str]:
    """Of a picture that stays here: how much text goes in its place."""
    if any(picture.text is None for picture in pictures):
        return [translate("Chip", "reading here…")]
    count = f"{sum(len(picture.text or '') for picture in pictures):,}"
    words = translate("Chip", "only the text read here goes: %1 characters")
    return [words.replace("%1", count)]


def detail_name(detail: Detail) -> str:
    """As the button says it."""
    match detail:
        case Detail.LOW:
            return translate("Chip", "low")
        case Detail.HIGH:
            return translate("Chip", "high")
        case _:
            return translate("Chip", "auto")


def detail_words(detail: Detail) -> str:
    """As the menu says it."""
    match detail:
        case Detail.LOW:
            return translate("Chip", "detail: low")
        case Detail.HIGH:
            return translate("Chip", "detail: high")
        case _:
            return translate("Chip", "detail: auto")


def scaling_words(scaling: Scaling) -> str:
    """As the button says it."""
    match scaling:
        case Scaling.FIT:
            return translate("Chip", "fit")
        case Scaling.TILES:
            return translate("Chip", "tiles")
        case _:
            return translate("Chip", "sharp")


def scaling_choice(scaling: Scaling, side: int) -> str:
    """As the menu says it; `side` is the longest side of a picture that is made to fit."""
    match scaling:
        case Scaling.FIT:
            words = translate("Chip", "Fit into %1 pixels: fewer tokens, small text is lost")
            return words.replace("%1", f"{side:,}")
        case Scaling.TILES:
            return translate("Chip", "Cut into tiles between lines: small text stays readable")
        case _:
            return translate("Chip", "Keep sharp, in one piece")


def _sizes(pictures: Sequence[ImagePart]) -> str:
    first = pictures[0]
    original = (first.original_width, first.original_height)
    if len(pictures) > 1:
        words = translate("Chip", "%1 → %2 tiles").replace("%1", _size(*original))
        return words.replace("%2", str(len(pictures)))
    sent = (first.width, first.height)
    return _size(*sent) if original in (sent, (0, 0)) else f"{_size(*original)} → {_size(*sent)}"


def _size(width: int, height: int) -> str:
    return f"{width}×{height}"
