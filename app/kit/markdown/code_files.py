"""Files that code is saved as: a name that ends as its language's files do, and its bytes."""

from __future__ import annotations

import re

_ENDINGS = {
    "py": "python py python3 pycon",
    "js": "javascript js mjs jsx",
    "ts": "typescript ts",
    "tsx": "tsx",
    "json": "json jsonc json5",
    "sh": "bash sh shell zsh console shell-session",
    "fish": "fish",
    "ps1": "powershell ps1 pwsh",
    "bat": "bat cmd batch",
    "c": "c",
    "h": "h",
    "cpp": "cpp c++ cc cxx",
    "cs": "csharp cs c#",
    "fs": "fsharp f#",
    "java": "java",
    "kt": "kotlin kt",
    "scala": "scala",
    "go": "go golang",
    "rs": "rust rs",
    "swift": "swift",
    "m": "objectivec objc matlab",
    "rb": "ruby rb",
    "php": "php",
    "pl": "perl pl",
    "lua": "lua",
    "r": "r",
    "jl": "julia",
    "dart": "dart",
    "zig": "zig",
    "hs": "haskell hs",
    "ex": "elixir ex",
    "erl": "erlang erl",
    "clj": "clojure clj",
    "sql": "sql mysql sqlite postgresql postgres",
    "html": "html htm",
    "vue": "vue",
    "svelte": "svelte",
    "xml": "xml",
    "svg": "svg",
    "css": "css",
    "scss": "scss sass",
    "less": "less",
    "toml": "toml",
    "ini": "ini cfg conf",
    "yml": "yaml yml",
    "csv": "csv",
    "tsv": "tsv",
    "md": "markdown md",
    "tex": "latex tex",
    "graphql": "graphql gql",
    "proto": "protobuf proto",
    "tf": "terraform hcl tf",
    "diff": "diff",
    "patch": "patch",
    "mmd": "mermaid",
    "dot": "dot graphviz",
    "puml": "plantuml puml",
    "asm": "asm nasm assembly",
    "v": "verilog",
    "vhd": "vhdl",
}
_ENDING_OF = {name: ending for ending, names in _ENDINGS.items() for name in names.split()}
_WHOLE_NAMES = {
    "dockerfile": "Dockerfile",
    "docker": "Dockerfile",
    "makefile": "Makefile",
    "make": "Makefile",
    "cmake": "CMakeLists.txt",
    "nginx": "nginx.conf",
}
_FILE = re.compile(r"[\w][\w .+-]{0,80}\.[A-Za-z][A-Za-z0-9]{0,9}")


def file_name(language: str) -> str:
    """A name to propose; where a file's name or path stands for the language, that name."""
    told = language.lower()
    if told in _WHOLE_NAMES:
        return _WHOLE_NAMES[told]
    if told in _ENDING_OF:
        return f"code.{_ENDING_OF[told]}"
    last = re.split(r"[/\\:=]", language)[-1].strip("\"'{}")
    return last if _FILE.fullmatch(last) else "code.txt"


def file_bytes(text: str) -> bytes:
    """Code as the content of a file, which ends with its last line's end.

    Half a character, which no file can hold, becomes U+FFFD, as it is shown.
    """
    whole = text if text.endswith("\n") or not text else text + "\n"
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
