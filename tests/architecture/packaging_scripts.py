"""Loads the scripts of `packaging/`, which is a folder of scripts and no package."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from tests.architecture.source import ROOT


def load(name: str) -> ModuleType:
    """`packaging/<name>.py` as a module."""
    folder = str(ROOT / "packaging")
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", f"{folder}/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.append(folder)  # appended: the scripts' names must not hide a library's
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    return module
