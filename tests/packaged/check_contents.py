"""What lies in the package: every module that Porthole imports anywhere, and not too much."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from PyInstaller.archive.readers import CArchiveReader

from app.kit.markdown.highlight import _LEXERS
from tests.architecture.source import app_sources
from tests.packaged.program import PROGRAM, has_reader, package

INSIDE = PROGRAM.parent / "_internal"
MIB = 2**20
MOST_MIB = 260
MOST_MIB_WITH_READER = 520
"""OpenCV, onnxruntime, numpy and the engine itself are half of it."""
TESTS_OWN = ("pytest", "hypothesis", "mypy", "PyInstaller", "tests", "setuptools")
READERS_OWN = ("rapidocr", "onnxruntime", "cv2", "numpy")


@cache
def modules() -> frozenset[str]:
    """Modules in the program's archive; compiled ones lie beside it as files."""
    archive = CArchiveReader(str(PROGRAM)).open_embedded_archive("PYZ.pyz")
    return frozenset(archive.toc)


def is_packaged(name: str) -> bool:
    if name in modules() or name.split(".")[0] in sys.stdlib_module_names:
        return True
    place = INSIDE / name.replace(".", "/")
    return any(place.parent.glob(f"{place.name}.*")) or any(place.glob("__init__.*"))


def wanted() -> Iterator[str]:
    """What the source imports, at the top or when first needed."""
    for source in app_sources():
        for found in source.imports():
            # `from a import b`: b is a module, or something in one.
            yield found.module if is_here(found.module) else found.module.rpartition(".")[0]
    yield from (f"pygments.lexers.{module}" for module, _name in _LEXERS.values())


def is_here(name: str) -> bool:
    """Whether it is a module, and one of this system: Windows has some of its own."""
    if not name:
        return False
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.filterwarnings("ignore")
def test_every_module_that_is_imported_is_in_it() -> None:
    names = {name for name in wanted() if is_here(name)}
    assert {"app.program", "jsonschema", "jeepney.io.blocking", "pygments.lexers.go"} <= names
    if not has_reader():
        names = {name for name in names if name.split(".")[0] not in READERS_OWN}
    assert sorted(name for name in names if not is_packaged(name)) == []


def test_nothing_of_the_tests_is_in_it() -> None:
    assert [name for name in modules() if name.split(".")[0] in TESTS_OWN] == []


def test_it_is_no_larger_than_it_has_to_be() -> None:
    most = MOST_MIB_WITH_READER if has_reader() else MOST_MIB
    assert package.size(PROGRAM.parent) / MIB < most
