"""The readable text of a web page, by Python's own parser; for the child process.

That parser needs minutes for pages that are made to hold it up: whoever calls limits its time.
"""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from app.core.text_file import read_text

MOST_LINKS = 200
LEAST_MAIN = 500
"""Characters that what is marked as the main part has to have, to stand for the whole page."""
_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas"}
    | {"select", "textarea", "button", "video", "audio", "dialog"}
)
_ASIDE = frozenset({"nav", "footer", "aside"})
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "ul", "ol", "dl", "dt", "dd", "table"}
    | {"blockquote", "figure", "figcaption", "form", "fieldset", "address", "details", "summary"}
    | {"hr", "pre", "caption", "thead", "tbody", "body", "center"}
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_KEPT = "\ue000"
"""Stands for a space that is not to be joined with others."""
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def web_page_text(data: bytes, charset: str, address: str, *, links: bool = False) -> str:
    """Title, text, and if wished the links, with a line for each. `charset`: what HTTP said."""
    html = decoded(data, charset)
    page = _read(html, _Page(address))
    main = page.text(main=True)
    text = main if len(main) >= LEAST_MAIN else page.text()
    if not text:  # a side part that nothing closes, or all of it hidden until a script runs
        page = _read(html, _Page(address, whole=True))
        text = page.text()
    lines = [f"# {page.title}", "", text] if page.title else [text]
    if links and page.links:
        lines += ["", "Links:", *(f"{words} <{to}>" for to, words in page.links.items())]
    return "\n".join(lines).strip()


def _read(html: str, page: _Page) -> _Page:
    page.feed(html)
    page.close()
    return page


def decoded(data: bytes, charset: str) -> str:
    """By the mark at its start, by what HTTP or the page says, else by how it reads."""
    said = _CHARSET.search(data[:4096])
    named = (charset, said[1].decode("ascii", "replace") if said else "")
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for name in () if marked else named:
        try:
            codec = codecs.lookup({"gb2312": "gb18030", "gbk": "gb18030"}.get(name.lower(), name))
            # Codecs that are no encodings of text (base64 and the like) raise here as well.
            return data.decode(codec.name, "replace")
        except (LookupError, ValueError):
            continue
    found = read_text(data)
    return found.text if found is not None else data.decode("utf-8", "replace")


class _Page(HTMLParser):
    """Gathers lines; what is not read, or hidden, is passed over with all that is in it.

    `whole`: what stands aside or is hidden is read too.
    """

    def __init__(self, address: str, *, whole: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self._whole = whole
        self._address = address
        self._pieces: list[tuple[str, bool]] = []
        self._passed = ""
        self._depth = 0
        self._main = 0
        self._preformatted = 0
        self._in_title = False
        self._link: tuple[str, list[str]] | None = None
        self.title = ""
        self.links: dict[str, str] = {}

    def text(self, *, main: bool = False) -> str:
        """All that was read, or what is marked as the page's main part."""
        joined = "".join(piece for piece, within in self._pieces if within or not main)
        lines = [re.sub(r"[ \t\xa0]+", " ", line).strip(" |") for line in joined.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().replace(_KEPT, " ")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._passed:
            self._depth += tag == self._passed
            return
        given = dict(attrs)
        hidden = "hidden" in given or given.get("aria-hidden") == "true"
        beside = not self._whole and (tag in _ASIDE or hidden) and tag != "body"
        if tag in _UNREAD or (beside and tag not in _VOID):
            self._passed, self._depth = tag, 1
        elif tag == "title":
            self._in_title = not self.title
        elif tag in ("main", "article"):
            self._main += 1
            self._add("\n")
        elif tag == "a":
            self._link = (given.get("href") or "", [])
        elif tag == "img" and given.get("alt"):
            self._add(f"[picture: {given['alt']}]")
        else:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._add(f"\n\n{_HEADINGS[tag]} ")
        elif tag == "li":
            self._add("\n- ")
        elif tag in ("br", "tr"):
            self._add("\n")
        elif tag in ("td", "th"):
            self._add(" | ")
        elif tag in _BLOCKS:
            self._preformatted += tag == "pre"
            self._add("\n\n" if tag == "p" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if self._passed:
            self._depth -= tag == self._passed
            if not self._depth:
                self._passed = ""
            return
        if tag == "title":
            self._in_title = False
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._add("\n")
            self._main -= tag in ("main", "article") and self._main > 0
            self._preformatted -= tag == "pre" and self._preformatted > 0

    def handle_data(self, data: str) -> None:
        if self._passed:
            return
        if self._in_title:
            self.title = " ".join(f"{self.title}{data}".split())
            return
        data = data.replace(" ", _KEPT) if self._preformatted else re.sub(r"\s+", " ", data)
        if self._link is not None:
            self._link[1].append(data)
        self._add(data)

    def _add(self, piece: str) -> None:
        self._pieces.append((piece, self._main > 0))

    def _end_link(self) -> None:
        if self._link is None:
            return
        target, words = self._link[0], " ".join("".join(self._link[1]).split())
        self._link = None
        try:
            to = urljoin(self._address, target.strip())
        except ValueError:
            return
        wanted = to.startswith(("http://", "https://")) and not target.startswith("#")
        if wanted and words and to not in self.links and len(self.links) < MOST_LINKS:
            self.links[to] = words
