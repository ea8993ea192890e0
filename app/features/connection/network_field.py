"""What a service's card asks of the field for its network; bootstrap hands one in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class NetworkField(Protocol):
    """A widget that shows how one service is reached, and lets that be changed."""

    def set_profile(self, profile_id: str) -> None: ...


MakeNetworkField = Callable[[], NetworkField]
