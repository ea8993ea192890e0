"""The owner of network choices and proxies' passwords at run time, for everyone and by service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.core import address as addresses
from app.core.errors import Failure, FailureKind, KeyStoreError, PortholeError, ServiceError
from app.core.network import (
    Network,
    NetworkChoice,
    Probe,
    ProbeResult,
    ProxyChoice,
    SystemProxy,
    password_id,
)
from app.core.ports import KeyStore
from app.core.settings import Profile
from app.kit.settings_holder import SettingsHolder

EVERYONE = ""
"""The profile's id that stands for all services without a way of their own."""


class PasswordPlace(StrEnum):
    """Where a proxy's password is."""

    UNKNOWN = "unknown"
    """The keyring was not asked yet."""
    NONE = "none"
    KEYRING = "keyring"
    SESSION = "session"
    """No usable keyring: in memory until the program ends."""
    LOCKED = "locked"
    """The keyring did not open."""


class Networks(QObject):
    """Choices lie in the settings, passwords in the keyring; no password is ever given out.

    `changed` tells that a choice or a password's place differs; `password_changed` that services
    which use that password (the profile's, or everyone's) have to be made anew.
    """

    changed = Signal()
    password_changed = Signal(str)  # profile id, or EVERYONE

    def __init__(
        self,
        *,
        settings: SettingsHolder,
        keys: KeyStore,
        probe: Probe,
        system_proxy: SystemProxy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keys = keys
        self._probe = probe
        self._system_proxy = system_proxy
        self._places: dict[str, PasswordPlace] = {}
        self._session_only: set[str] = set()
        settings.changed.connect(lambda _settings: self.changed.emit())

    @property
    def services(self) -> Sequence[Profile]:
        """Whom a test can go to."""
        return self._settings.value.profiles

    @property
    def default_service(self) -> str:
        return self._settings.value.default_profile

    def choice(self, owner: str) -> NetworkChoice | None:
        """Everyone's choice, or a service's own; None where it is reached like all others."""
        if not owner:
            return self._settings.value.network
        profile = self._settings.value.profile(owner)
        return profile.network if profile is not None else None

    def choose(self, choice: NetworkChoice | None, owner: str) -> None:
        """Take a choice; None (for a service alone): like all others."""
        settings = self._settings.value
        profile = settings.profile(owner)
        if profile is not None:
            self._settings.put(settings.with_profile(replace(profile, network=choice)))
        elif not owner and choice is not None:
            self._settings.replace(network=choice)

    # The password

    def password_place(self, owner: str) -> PasswordPlace:
        return self._places.get(owner, PasswordPlace.UNKNOWN)

    async def look(self, owner: str) -> None:
        """Ask the keyring whether it holds a password. Never raises."""
        try:
            held = await self._keys.get(password_id(owner))
            real = await self._keys.usable()
        except KeyStoreError:
            self._note(owner, PasswordPlace.LOCKED)
            return
        if held is None:
            self._note(owner, PasswordPlace.NONE)
        else:
            session = owner in self._session_only or not real
            self._note(owner, PasswordPlace.SESSION if session else PasswordPlace.KEYRING)

    async def keep_password(self, password: str, owner: str) -> None:
        """Keep a proxy's password, exactly as typed. Raises KeyStoreError; the old one stays."""
        stored = await self._keys.set(password_id(owner), password)
        (self._session_only.discard if stored else self._session_only.add)(owner)
        await self.look(owner)
        self.password_changed.emit(owner)

    async def forget_password(self, owner: str) -> None:
        """Remove a proxy's password. Raises KeyStoreError."""
        await self._keys.forget(password_id(owner))
        self._session_only.discard(owner)
        await self.look(owner)
        self.password_changed.emit(owner)

    # The way

    async def test(self, service_id: str, owner: str) -> ProbeResult:
        """Try to reach a service by the owner's choice. Never raises a PortholeError."""
        profile = self._settings.value.profile(service_id)
        if profile is None:
            return ProbeResult("", failure=Failure(FailureKind.NO_SERVICE))
        own = self.choice(owner)
        choice = self._settings.value.network if own is None else own
        password = None
        if choice.proxy is ProxyChoice.MANUAL and choice.user:
            try:
                password = await self._keys.get(password_id(owner if own is not None else EVERYONE))
            except KeyStoreError:
                return ProbeResult("", failure=Failure(FailureKind.KEYRING_LOCKED))
        return await self._probe(profile.address, Network(choice, password))

    async def system_proxy(self, service_id: str) -> tuple[str, str, PortholeError | None]:
        """The service's host, and the system's proxy for it (empty: none) or what is wrong."""
        profile = self._settings.value.profile(service_id)
        if profile is None:
            return "", "", None
        try:
            host = addresses.host(addresses.normalise(profile.address))
            return host, await self._system_proxy(profile.address), None
        except ServiceError as error:
            return error.failure.host, "", error

    def _note(self, owner: str, place: PasswordPlace) -> None:
        self._places[owner] = place
        self.changed.emit()
