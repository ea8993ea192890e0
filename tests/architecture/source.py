"""A source file as the rules see it: where it stands, and what it imports and when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Import:
    """One imported module; `deferred` if it runs only when a function does (or never)."""

    module: str
    line: int
    deferred: bool


@dataclass(frozen=True)
class Source:
    """A file under `app/`: its path from the root (with slashes) and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> Source:
        return cls(path, text, ast.parse(text))

    @property
    def layer(self) -> str:
        """`core`, `kit`, …; `ask` for the windowless way; `top` for what joins it all."""
        parts = self.path.split("/")
        if len(parts) > 2:
            return parts[1]
        return layer_of_file(parts[1])

    @property
    def feature(self) -> str | None:
        parts = self.path.split("/")
        return parts[2] if self.layer == "features" and len(parts) > 3 else None

    def imports(self) -> Iterator[Import]:
        """Every import, wherever it stands; also those by name through importlib."""
        return iter(self._all_imports)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Its syntax tree, node by node."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def _all_imports(self) -> tuple[Import, ...]:
        return tuple(self._imports(self.tree, deferred=False))

    def _imports(self, node: ast.AST, *, deferred: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            inside = deferred or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, deferred)
            elif isinstance(child, ast.ImportFrom):
                yield from self._from(child, deferred)
            elif isinstance(child, ast.If) and _is_type_checking(child.test):
                for part in child.body:
                    yield from self._imports(ast.Module([part], []), deferred=True)
                for part in child.orelse:
                    yield from self._imports(ast.Module([part], []), deferred=deferred)
            else:
                if isinstance(child, ast.Call) and (name := _imported_by_name(child)):
                    yield Import(name, child.lineno, deferred)
                yield from self._imports(child, deferred=inside)

    def _from(self, node: ast.ImportFrom, deferred: bool) -> Iterator[Import]:
        module = node.module or ""
        if node.level:
            package = self.path.removesuffix(".py").split("/")[: -node.level]
            module = ".".join([*package, *([module] if module else [])])
        for alias in node.names:
            # `from app import core` names a module; `from app.core.ids import new_id` does not,
            # but a rule that asks for a prefix cannot tell and need not.
            yield Import(f"{module}.{alias.name}", node.lineno, deferred)


def layer_of_file(name: str) -> str:
    """A file right under `app/`: `ask` for the windowless way, `top` for what joins it all."""
    return "ask" if name.startswith(("ask", "windowless")) else "top"


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _imported_by_name(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if name not in ("import_module", "__import__") or not call.args:
        return None
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return None


def app_sources() -> list[Source]:
    """Every Python file of the program."""
    return [
        Source.of(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "app").rglob("*.py"))
    ]
