"""A key store that holds nothing: the tour never touches the system's keyring."""

from __future__ import annotations


class NoKeys:
    """Fulfils `core.ports.KeyStore`; no profile has a key, and none is kept."""

    async def get(self, profile_id: str) -> str | None:
        return None

    async def set(self, profile_id: str, key: str) -> bool:
        return False

    async def forget(self, profile_id: str) -> None:
        return None

    async def usable(self) -> bool:
        return False
