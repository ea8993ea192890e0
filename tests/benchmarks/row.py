"""One measured figure, as it stands in build/bench.json."""

from __future__ import annotations

from typing import TypedDict


class Row(TypedDict):
    """`baseline` is what the value is to be held against; `note` says how it was measured."""

    name: str
    value: float
    unit: str
    baseline: float | None
    note: str
