"""Which key goes to which address: a key never leaves the host it was given for."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import address
from app.core.errors import ServiceError
from app.core.ports import KeyStore
from app.core.settings import Profile

ENVIRONMENT_KEYS: Mapping[str, str] = {
    "https://api.jiekou.ai": "JIEKOU_API_KEY",
    "https://api.openai.com": "OPENAI_API_KEY",
}
"""Environment variables that hold a key, by the only origin each may go to."""


async def key_for(
    profile: Profile, where: str, keys: KeyStore, environ: Mapping[str, str]
) -> str | None:
    """The key for requests to the address `where` in the profile's name, or None.

    The profile's own key, if it belongs to that address's origin; else the one that the
    environment holds for it. Raises KeyStoreError.
    """
    origin = address.origin(where)
    if origin_of(profile) == origin:
        stored = await keys.get(profile.id)
        if stored:
            return stored
    name = ENVIRONMENT_KEYS.get(origin)
    return (environ.get(name, "").strip() or None) if name else None


def origin_of(profile: Profile) -> str:
    """The origin that the profile's stored key belongs to; empty where its address is none."""
    if profile.key_origin:
        return profile.key_origin
    try:
        return address.origin(address.normalise(profile.address))
    except ServiceError:
        return ""
