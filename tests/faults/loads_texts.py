"""Texts that try to have something loaded: every address in every way that Markdown or HTML has."""

from __future__ import annotations

import random
from pathlib import Path

WAYS = (
    "![x](A)",
    "![x](<A>)",
    '![x](A "title")',
    "![x][r]\n\n[r]: A\n",
    "![r]\n\n[r]: <A>\n",
    "[x](A)",
    "[![x](A)](A)",
    "[x][r]\n\n[r]: A\n",
    "<A>",
    "A",
    "<mailto:A>",
    "mailto:me@example.com?attach=A",
    '<img src="A">',
    "<img src=A onerror=\"x('A')\">",
    '<img srcset="A 1x, A 2x">',
    '<link rel="stylesheet" href="A">',
    "<style>@import url(A);</style>",
    "<style>body { background: url('A') }</style>",
    '<div style="background-image:url(A)">x</div>',
    '<p style="list-style-image:url(A)">x</p>',
    '<iframe src="A"></iframe>',
    '<object data="A"></object><embed src="A">',
    '<video src="A" poster="A"></video>',
    '<svg><image href="A" xlink:href="A"/><use href="A"/></svg>',
    '<table background="A"><tr><td background="A">x</td></tr></table>',
    '<body background="A">x</body>',
    '<!DOCTYPE html><html><head><base href="A"></head><img src="A"></html>',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "A">]><x>&e;</x>',
    '<meta http-equiv="refresh" content="0;url=A">',
    "<a href='A'>x</a>",
    "&lt;img src=&quot;A&quot;&gt;",
    "&#60;img src=A&#62;",
    "# ![x](A)",
    "- ![x](A)\n  - <img src='A'>",
    "> ![x](A)\n> <img src=A>",
    "| a | b |\n|---|---|\n| ![x](A) | <img src='A'><br>A |\n",
    "```html\n<img src='A'>\n```",
    "```svg\n<svg><image href='A'/></svg>\n```",
    "```mermaid\ngraph TD; a-->b; click a 'A'\n```",
    "```markdown\n![x](A)\n```",
    "`![x](A)` and `<img src='A'>`",
    "    <img src='A'>",
    "$\\includegraphics{A}$ and $$\\input{A}$$",
    "\\(\\href{A}{x}\\)",
    "a[^1]\n\n[^1]: ![x](A)\n",
    "**![x](A)** ~~<img src='A'>~~",
    "<details><summary>x</summary><img src='A'></details>",
    '{"html": "<img src=\'A\'>", "image_url": {"url": "A"}}',
    "![x](A){width=1} :::{figure} A\n:::",
    "\u202e![x](A)\u202c",
    "![x](A#frag?q=1)",
    "<IMG SRC = 'A' / >",
    "<img\nsrc='A'\n>",
)


def addresses(port: int, canary: Path) -> list[str]:
    """Where a canary can be reached: a server on this machine, and a file."""
    host = f"127.0.0.1:{port}"
    path = canary.as_posix()
    return [
        f"http://{host}/a.png",
        f"https://{host}/a.png",
        f"HTTP://{host}/a.svg",
        f"http://user:pass@{host}/a.png",
        f"http://localhost:{port}/a%20b.png",
        f"//{host}/a.png",
        f"ftp://{host}/a.png",
        f"ws://{host}/a",
        f"file://{path}",
        f"file:{path}",
        f"file://localhost{path}",
        f"FILE://{path}",
        f"file:///proc/self/../..{path}",
        path,
        canary.name,
        f"./{canary.name}",
        f"../{canary.parent.name}/{canary.name}",
        f"file:{canary.name}",
        f"\\\\127.0.0.1\\share\\{canary.name}",
        f"//127.0.0.1/share/{canary.name}",
        f"file://127.0.0.1/share/{canary.name}",
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==",
        "data:text/html,<img src=x>",
        f"qrc:/{canary.name}",
        f":/{canary.name}",
        f"view-source:http://{host}/",
        f"jar:http://{host}/a.jar!/b",
        f"javascript:fetch('http://{host}/')",
        f"image://any/{path}",
        f"blob:http://{host}/1",
        f"cid:{canary.name}",
    ]


def hostile_texts(places: list[str], count: int) -> list[str]:
    """So many texts: every way with every address first, then several put together by a seed."""
    made = [way.replace("A", place) for way in WAYS for place in places]
    rng = random.Random(11)
    if count < len(made):
        return rng.sample(made, count)
    while len(made) < count:
        some = rng.sample(WAYS, 3)
        joint = rng.choice(("\n\n", " ", "\n", "<br>", " | "))
        made.append(joint.join(way.replace("A", rng.choice(places)) for way in some))
    return made
