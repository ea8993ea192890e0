"""What the packaged program gives on to what it starts."""

from __future__ import annotations

import os
import sys

import pytest

from app.packaged import give_back_environment


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        monkeypatch.setenv(name, "/opt/porthole/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    return monkeypatch


def test_nothing_of_ours_is_inherited(packaged: pytest.MonkeyPatch) -> None:
    give_back_environment()
    assert not [name for name, value in os.environ.items() if "/opt/porthole" in value]


def test_what_the_person_had_is_back(packaged: pytest.MonkeyPatch) -> None:
    packaged.setenv("LD_LIBRARY_PATH_ORIG", "/opt/mine")
    give_back_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/mine"
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_a_start_from_the_source_changes_nothing(packaged: pytest.MonkeyPatch) -> None:
    packaged.delattr(sys, "frozen")
    give_back_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/opt/porthole/_internal"
