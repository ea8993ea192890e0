"""What is known of a service right now: where its key is, and how its last test went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import PortholeError


class KeyPlace(StrEnum):
    """Where the key for a service's address comes from."""

    UNKNOWN = "unknown"
    """The keyring was not asked yet."""
    KEYRING = "keyring"
    SESSION = "session"
    """No usable keyring: in memory until the program ends."""
    ENVIRONMENT = "environment"
    ELSEWHERE = "elsewhere"
    """There is a key, but it was entered for another address; it is not sent to this one."""
    LOCKED = "locked"
    """The keyring did not open."""
    NONE = "none"


class Check(StrEnum):
    """How the last test of the connection went."""

    NONE = "none"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """The key itself is never here: `key_end` is its last four characters, for recognising it.

    `key_origin` is the address that an ELSEWHERE key was entered for, `variable` the environment
    variable of an ENVIRONMENT key. `models` counts the list that a passed test loaded, in
    `seconds`; `error` says why a test failed.
    """

    place: KeyPlace = KeyPlace.UNKNOWN
    key_end: str = ""
    key_origin: str = ""
    variable: str = ""
    check: Check = Check.NONE
    models: int = 0
    seconds: float = 0.0
    error: PortholeError | None = None

    @property
    def has_key(self) -> bool:
        return self.place in (KeyPlace.KEYRING, KeyPlace.SESSION, KeyPlace.ENVIRONMENT)
