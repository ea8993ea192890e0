"""`make map`: writes app/README.md, the file map, from the first line of every file's docstring.

`file_map.py write` writes it; `file_map.py check` says whether it is current.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# The house, file by file

Each line is the first line of the file itself, so it is written there; `make map` gathers them.
How the layers may use each other stands in [CONTRIBUTING.md](../CONTRIBUTING.md).
"""


def first_line(path: Path) -> str:
    """The first line of a module's docstring. Raises ValueError if it has none."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not text:
        raise ValueError(f"{path} does not open with a docstring")
    return text.splitlines()[0]


def file_map(app: Path) -> str:
    """The whole map as Markdown: a heading for each folder, a line for each file."""
    folders: dict[Path, list[Path]] = {}
    for path in sorted(app.rglob("*.py")):
        folders.setdefault(path.parent, []).append(path)
    parts = [HEAD]
    for folder, files in sorted(folders.items()):
        where = folder.relative_to(app.parent).as_posix()
        parts.append(f"\n## {where}/\n\n{first_line(folder / '__init__.py')}\n")
        rest = [path for path in files if path.name != "__init__.py"]
        parts += ["\n"] * bool(rest)
        parts += [f"- `{path.name}`: {first_line(path)}\n" for path in rest]
    return "".join(parts)


def main(arguments: list[str]) -> int:
    target, text = ROOT / "app" / "README.md", file_map(ROOT / "app")
    if arguments == ["write"]:
        target.write_text(text, encoding="utf-8")
        return 0
    if arguments == ["check"]:
        current = target.exists() and target.read_text(encoding="utf-8") == text
        print("current" if current else "app/README.md is not current: make map")
        return 0 if current else 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
