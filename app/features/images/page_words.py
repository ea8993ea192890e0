"""What the page picker says of pages: of one, and of all that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.core.documents import PageSize
from app.core.pages import PageForm, PageRun, page_words
from app.kit.money import money_text

if TYPE_CHECKING:
    from app.features.images.page_model import PageSums

translate = QCoreApplication.translate


def form_words(form: PageForm, text: str | None) -> str:
    """How a page goes, as its tile says it."""
    if text is None:
        return translate("PagePicker", "reading…")
    if form is PageForm.PICTURE:
        return translate("PagePicker", "picture")
    return translate("PagePicker", "text · %1").replace("%1", f"{len(text):,}")


def page_name(number: int, chosen: bool, form: PageForm, text: str | None, size: PageSize) -> str:
    """A page as a screen reader says it, and as it is told when it is pointed at."""
    if form is PageForm.PICTURE:
        pixels = f"{size.width:,}×{size.height:,}"
        said = translate("PagePicker", "as a picture, %1 pixels").replace("%1", pixels)
    else:
        count = f"{len(text or ''):,}"
        said = translate("PagePicker", "as text, %1 characters").replace("%1", count)
    if chosen:
        words = translate("PagePicker", "Page %1, chosen, %2")
    else:
        words = translate("PagePicker", "Page %1, not chosen, %2")
    return words.replace("%1", str(number)).replace("%2", said)


def sums_words(sums: PageSums, count: int, price: float | None) -> str:
    """What is chosen, in full; `price` is USD per million tokens, None if unknown."""
    if not sums.pages:
        return translate("PagePicker", "No page of %1 is chosen").replace("%1", f"{count:,}")
    said = translate("PagePicker", "%1 of %2 pages")
    facts = [said.replace("%1", f"{sums.pages:,}").replace("%2", f"{count:,}")]
    if sums.texts:
        said = translate("PagePicker", "%1 as text, %2 characters")
        facts.append(said.replace("%1", f"{sums.texts:,}").replace("%2", f"{sums.characters:,}"))
    if sums.pictures:
        said = translate("PagePicker", "%1 as pictures, %2 megapixels")
        pixels = f"{sums.pixels / 1_000_000:,.1f}"
        facts.append(said.replace("%1", f"{sums.pictures:,}").replace("%2", pixels))
    facts.append(translate("PagePicker", "≈ %1 tokens").replace("%1", f"{sums.tokens:,}"))
    if price:
        facts.append(f"≈ {money_text(sums.tokens * price / 1_000_000)}")
    if sums.unread:
        said = translate("PagePicker", "%1 still being read")
        facts.append(said.replace("%1", f"{sums.unread:,}"))
    return " · ".join(facts)


def run_name(document: str, run: PageRun) -> str:
    """What goes along is called after the document and its pages."""
    if len(run.numbers) == 1:
        words = translate("PagePicker", "%1, page %2")
    else:
        words = translate("PagePicker", "%1, pages %2")
    numbers = page_words(run.numbers)
    return words.replace("%2", numbers).replace("%1", document)
