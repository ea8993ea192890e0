"""Colours for code, line by line as it arrives: Pygments with its state kept between lines.

A language is found by our own list of names: asking Pygments for a half-typed name would scan the
installed packages.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    from pygments.lexer import Lexer, RegexLexer

LONGEST_LINE = 2000
"""Characters; a longer line (minified code, data) is left without colours."""

_LEXERS: dict[str, tuple[str, str]] = {
    "python": ("python", "PythonLexer"),
    "py": ("python", "PythonLexer"),
    "python3": ("python", "PythonLexer"),
    "pycon": ("python", "PythonLexer"),
    "javascript": ("javascript", "JavascriptLexer"),
    "js": ("javascript", "JavascriptLexer"),
    "jsx": ("javascript", "JavascriptLexer"),
    "mjs": ("javascript", "JavascriptLexer"),
    "typescript": ("javascript", "TypeScriptLexer"),
    "ts": ("javascript", "TypeScriptLexer"),
    "tsx": ("javascript", "TypeScriptLexer"),
    "json": ("javascript", "JavascriptLexer"),
    "jsonc": ("javascript", "JavascriptLexer"),
    "json5": ("javascript", "JavascriptLexer"),
    "bash": ("shell", "BashLexer"),
    "sh": ("shell", "BashLexer"),
    "shell": ("shell", "BashLexer"),
    "zsh": ("shell", "BashLexer"),
    "console": ("shell", "BashLexer"),
    "powershell": ("shell", "PowerShellLexer"),
    "ps1": ("shell", "PowerShellLexer"),
    "bat": ("shell", "BatchLexer"),
    "cmd": ("shell", "BatchLexer"),
    "c": ("c_cpp", "CLexer"),
    "h": ("c_cpp", "CLexer"),
    "cpp": ("c_cpp", "CppLexer"),
    "c++": ("c_cpp", "CppLexer"),
    "cc": ("c_cpp", "CppLexer"),
    "csharp": ("dotnet", "CSharpLexer"),
    "cs": ("dotnet", "CSharpLexer"),
    "c#": ("dotnet", "CSharpLexer"),
    "java": ("jvm", "JavaLexer"),
    "kotlin": ("jvm", "KotlinLexer"),
    "kt": ("jvm", "KotlinLexer"),
    "scala": ("jvm", "ScalaLexer"),
    "go": ("go", "GoLexer"),
    "golang": ("go", "GoLexer"),
    "rust": ("rust", "RustLexer"),
    "rs": ("rust", "RustLexer"),
    "swift": ("objective", "SwiftLexer"),
    "objectivec": ("objective", "ObjectiveCLexer"),
    "ruby": ("ruby", "RubyLexer"),
    "rb": ("ruby", "RubyLexer"),
    "php": ("php", "PhpLexer"),
    "perl": ("perl", "PerlLexer"),
    "lua": ("scripting", "LuaLexer"),
    "r": ("r", "SLexer"),
    "dart": ("javascript", "DartLexer"),
    "sql": ("sql", "SqlLexer"),
    "mysql": ("sql", "MySqlLexer"),
    "sqlite": ("sql", "SqlLexer"),
    "postgresql": ("sql", "SqlLexer"),
    "html": ("html", "HtmlLexer"),
    "vue": ("html", "HtmlLexer"),
    "xml": ("html", "XmlLexer"),
    "svg": ("html", "XmlLexer"),
    "css": ("css", "CssLexer"),
    "scss": ("css", "ScssLexer"),
    "toml": ("configs", "TOMLLexer"),
    "ini": ("configs", "IniLexer"),
    "cfg": ("configs", "IniLexer"),
    "nginx": ("configs", "NginxConfLexer"),
    "dockerfile": ("configs", "DockerLexer"),
    "docker": ("configs", "DockerLexer"),
    "makefile": ("make", "BaseMakefileLexer"),
    "make": ("make", "BaseMakefileLexer"),
    "diff": ("diff", "DiffLexer"),
    "patch": ("diff", "DiffLexer"),
    "haskell": ("haskell", "HaskellLexer"),
    "elixir": ("erlang", "ElixirLexer"),
    "latex": ("markup", "TexLexer"),
    "tex": ("markup", "TexLexer"),
    "graphql": ("graphql", "GraphQLLexer"),
    "yaml": ("data", "YamlLexer"),
    "yml": ("data", "YamlLexer"),
}

_COLORS = (
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Name.Tag", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Literal.Date", "number"),
    ("Comment", "comment"),
    ("Name.Function", "function"),
    ("Name.Class", "function"),
    ("Name.Attribute", "function"),
    ("Name.Decorator", "function"),
    ("Name.Builtin", "function"),
    ("Generic.Inserted", "ok"),
    ("Generic.Deleted", "error"),
    ("Generic.Heading", "function"),
    ("Generic.Subheading", "function"),
)

Span = tuple[int, int, str]
"""Start, length, and the theme token that colours it."""

State = tuple[str, ...]
"""What a line begins in: a string, a comment, plain code."""
BEGIN: State = ("root",)

TOKENS = 60
"""Tokens that are read in one step of reading a whole text: a millisecond or two."""


ROOM, ODD = 2500, 40
"""Tokens that are read at once, more than fifty lines of code have; and how many of them a
character costs that is no part of the language."""


class Highlighter:
    """Colours the lines of one code block in order, beginning in `state`."""

    def __init__(self, language: str) -> None:
        lexer = self._lexer = _lexer(language.lower())
        self._resumable = lexer if lexer is not None and _resumes(lexer) else None
        self.state = BEGIN
        self.room = ROOM
        """How many tokens may still be read; lines behind them have no colours."""

    def lines(self, lines: Sequence[str]) -> list[list[Span]]:
        """The spans of the next lines."""
        return [self._line(line) for line in lines]

    def whole(self, lines: Sequence[str]) -> Generator[None, None, list[list[Span]]]:
        """The spans of all lines of a text that is whole: also what only a look ahead can tell.

        Yields after every step of the work.
        """
        made: list[list[Span]] = [[] for _ in lines]
        if self._lexer is None or any(len(line) > LONGEST_LINE for line in lines):
            return made
        yield
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        number = 0
        found = self._lexer.get_tokens_unprocessed("\n".join(lines) + "\n")
        for count, (start, kind, text) in enumerate(found):
            if count % TOKENS == 0:
                yield
            color = _color(kind)
            if not color or not text.strip():
                continue
            while start >= starts[number + 1]:
                number += 1
            end, here = start + len(text), number
            while start < end:
                stop = min(end, starts[here + 1] - 1)
                if stop > start:
                    made[here].append((start - starts[here], stop - start, color))
                start, here = starts[here + 1], here + 1
        return made

    def _line(self, line: str) -> list[Span]:
        if self._lexer is None or len(line) > LONGEST_LINE:
            return []
        if self.room <= 0:
            self.state = BEGIN
            return []
        spans: list[Span] = []
        for start, kind, text in self._tokens(self._lexer, line + "\n"):
            color = _color(kind)
            if color and text.strip():
                spans.append((start, min(len(text), len(line) - start), color))
        return spans

    def _tokens(self, lexer: Lexer, line: str) -> Iterable[tuple[int, Any, str]]:
        if self._resumable is None:
            found = list(islice(lexer.get_tokens_unprocessed(line), self.room))
            self.room -= len(found)
            return found
        resumed, self.state, used = _resume(self._resumable, line, self.state, self.room)
        self.room -= used
        return resumed


def is_at_hand(language: str) -> bool:
    """Whether a highlighter is made at once: a language's first one takes up to 50 ms."""
    if not knows(language):
        return True
    module, name = _LEXERS[language.lower()]
    lexer = getattr(sys.modules.get(f"pygments.lexers.{module}"), name, None)
    return lexer is not None and ("_tokens" in vars(lexer) or not hasattr(lexer, "tokens"))


def knows(language: str) -> bool:
    """Whether code in this language gets colours."""
    return language.lower() in _LEXERS


def _lexer(language: str) -> Lexer | None:
    if language not in _LEXERS:
        return None
    module, name = _LEXERS[language]
    lexer: Lexer = getattr(import_module(f"pygments.lexers.{module}"), name)()
    return lexer


def _resumes(lexer: Lexer) -> TypeGuard[RegexLexer]:
    """Whether its state can be kept between lines; others (YAML, PHP) see each line alone."""
    from pygments.lexer import DelegatingLexer, ExtendedRegexLexer, RegexLexer

    special = isinstance(lexer, ExtendedRegexLexer | DelegatingLexer)
    return isinstance(lexer, RegexLexer) and not special


@cache
def _color(kind: Any) -> str:
    """The theme token for a Pygments token type (`Token.Name.Function`)."""
    bare = str(kind).removeprefix("Token.")
    return next((color for prefix, color in _COLORS if bare.startswith(prefix)), "")


def _resume(
    lexer: RegexLexer, text: str, stack: State, room: int
) -> tuple[list[tuple[int, Any, str]], State, int]:
    """Pygments' own loop over its rules, begun in a given state, for so many tokens at most.

    Answers the state it ended in, and how much of the room it took.
    """
    rules: dict[str, Any] = lexer._tokens
    states = list(stack)
    found: list[tuple[int, Any, str]] = []
    at = used = 0
    while at < len(text) and used < room:
        used += 1
        for match_rule, action, new_state in rules[states[-1]]:
            match = match_rule(text, at)
            if match is None:
                continue
            if callable(action):
                found.extend(action(lexer, match))
            elif action is not None:
                found.append((at, action, match.group()))
            at = match.end()
            _change(states, new_state)
            break
        else:
            if text[at] == "\n":
                states = ["root"]
            at += 1
            used += ODD
    return found, tuple(states) if at == len(text) else BEGIN, used


def _change(states: list[str], new_state: Any) -> None:
    """Follow a rule's transition, as Pygments writes them."""
    if new_state is None:
        return
    if isinstance(new_state, int):
        if abs(new_state) >= len(states):
            del states[1:]
        else:
            del states[new_state:]
        return
    for name in (new_state,) if isinstance(new_state, str) else new_state:
        if name == "#pop":
            if len(states) > 1:
                states.pop()
        elif name == "#push":
            states.append(states[-1])
        else:
            states.append(name)
