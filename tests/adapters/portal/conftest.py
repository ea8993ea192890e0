"""A D-Bus of a test's own, and portals on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.portal.stand_in import StandIn, private_bus

Portal = Callable[..., StandIn]


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with private_bus(str(tmp_path)) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def portal(address: str) -> Iterator[Portal]:
    """Starts a stand-in that behaves as it is told."""
    made: list[StandIn] = []

    def start(**manner: Any) -> StandIn:
        made.append(StandIn(address, **manner))
        return made[-1]

    yield start
    for service in made:
        service.close()
