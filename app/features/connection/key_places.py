"""Where services' keys are, and which may go with a request: the keyring or the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core import address as addresses
from app.core.errors import Failure, FailureKind, KeyStoreError, ServiceError
from app.core.key_rule import ENVIRONMENT_KEYS, key_for, origin_of
from app.core.ports import KeyStore
from app.core.settings import Profile
from app.features.connection.status import KeyPlace


class KeyPlaces:
    """Asks the keyring and the environment. Raises KeyStoreError where the keyring does not open.

    `usable` says whether a real keyring is there; None until it was asked.
    """

    def __init__(self, keys: KeyStore, environ: Mapping[str, str]) -> None:
        self.usable: bool | None = None
        self._keys = keys
        self._environ = environ
        self._session_only: set[str] = set()

    async def ask(self) -> None:
        """Find out whether a real keyring is there. Never raises."""
        self.usable = await self._keys.usable()

    async def for_request(self, profile: Profile, address: str) -> str | None:
        """The key for requests to a normalised address; None where none is needed.

        Raises ServiceError (NO_KEY, BAD_KEY) besides.
        """
        key = await key_for(profile, address, self._keys, self._environ)
        if key is not None:
            return checked_key(key)
        if addresses.is_loopback(address):
            return None
        raise ServiceError(Failure(FailureKind.NO_KEY, host=addresses.host(address)))

    async def look(self, profile: Profile) -> Mapping[str, Any]:
        """Where the profile's key is, as fields of a ServiceStatus. Never raises."""
        try:
            key = await self._keys.get(profile.id)
        except KeyStoreError:
            return {"place": KeyPlace.LOCKED, "key_end": "", "key_origin": "", "variable": ""}
        try:
            origin = addresses.origin(addresses.normalise(profile.address))
        except ServiceError:
            origin = ""
        bound = origin_of(profile)
        variable = self.variable(profile)
        if key and bound == origin:
            session = profile.id in self._session_only or self.usable is False
            place = KeyPlace.SESSION if session else KeyPlace.KEYRING
        elif variable:
            place, key = KeyPlace.ENVIRONMENT, self._environ[variable].strip()
        else:
            place = KeyPlace.ELSEWHERE if key else KeyPlace.NONE
        end = key[-4:] if key and len(key) >= 12 else ""
        return {"place": place, "key_end": end, "key_origin": bound, "variable": variable}

    def variable(self, profile: Profile) -> str:
        """The environment variable that holds a key for the profile's address, or nothing."""
        try:
            origin = addresses.origin(addresses.normalise(profile.address))
        except ServiceError:
            return ""
        name = ENVIRONMENT_KEYS.get(origin, "")
        return name if name and self._environ.get(name, "").strip() else ""

    async def keep(self, profile_id: str, key: str) -> bool:
        """Keep a key; False: for this session only."""
        stored = await self._keys.set(profile_id, key)
        self.usable = stored or await self._keys.usable()
        (self._session_only.discard if stored else self._session_only.add)(profile_id)
        return stored

    async def forget(self, profile_id: str) -> None:
        await self._keys.forget(profile_id)
        self._session_only.discard(profile_id)

    async def take(self, *names: str) -> Mapping[str, str]:
        """Forget what the keyring holds under these names; answers what it was."""
        held = {name: found for name in names if (found := await self._keys.get(name)) is not None}
        for name in names:
            await self._keys.forget(name)
        return held

    async def give_back(self, held: Mapping[str, str]) -> None:
        """Keep again what was taken."""
        for name, secret in held.items():
            await self._keys.set(name, secret)


def checked_key(typed: str) -> str:
    """A key as typed or pasted, trimmed. Raises ServiceError (BAD_KEY) if no header can hold it."""
    key = typed.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ServiceError(Failure(FailureKind.BAD_KEY))
    return key
