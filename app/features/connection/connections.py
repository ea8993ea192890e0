"""The owner of services and keys at run time: who is asked, with which key, and how that stands."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core import address as addresses
from app.core.errors import Failure, FailureKind, KeyStoreError, PortholeError, ServiceError
from app.core.ids import new_id
from app.core.key_rule import origin_of
from app.core.model_info import Capability, ModelInfo
from app.core.network import BY_THE_SYSTEM, Network, password_id
from app.core.network_rule import choice_for, network_for
from app.core.ports import ChatService, KeyStore
from app.core.settings import DEMO_MODEL, DEMO_PROFILE, Profile, Settings
from app.features.connection.key_places import KeyPlaces, checked_key
from app.features.connection.lent_service import LentService
from app.features.connection.status import Check, KeyPlace, ServiceStatus
from app.kit.settings_holder import SettingsHolder

translate = QCoreApplication.translate

MakeService = Callable[[Profile, str, str | None, Network], ChatService]
"""Makes the service of a profile, at a normalised address, with a key or without, by that way."""

NEW_ADDRESS = "http://127.0.0.1:8080/v1"
"""Where most local servers listen: what an added service starts from."""


@dataclass(slots=True)
class _Known:
    """What is remembered of a profile between calls; `key` stays out of every repr."""

    status: ServiceStatus = field(default_factory=ServiceStatus)
    address: str = ""
    terms: tuple[object, ...] = ()
    key: str | None = field(default=None, repr=False)
    network: Network = BY_THE_SYSTEM
    service: LentService | None = None
    renewals: int = 0


class Connections(QObject):
    """Fulfils `core.ports.ServiceSource`.

    `changed` tells that services, keys or states differ; `connection_tested` that a test passed,
    with the models it loaded (one that failed is told by `changed` and its status);
    `service_renewed` that a service has another key or address: what it said before may be stale.
    """

    changed = Signal()
    connection_tested = Signal(str, object)  # profile id, tuple[ModelInfo, ...]
    service_renewed = Signal(str)  # profile id

    def __init__(
        self,
        *,
        settings: SettingsHolder,
        keys: KeyStore,
        make_service: MakeService,
        demo_address: Callable[[], Awaitable[str]],
        environ: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keys = keys
        self._make_service = make_service
        self._demo_address = demo_address
        self._places = KeyPlaces(keys, environ)
        self._known: dict[str, _Known] = {}
        settings.changed.connect(self._settings_changed)

    # What is there

    @property
    def settings(self) -> Settings:
        return self._settings.value

    @property
    def demo_mode(self) -> bool:
        """Whether new conversations talk with the demo: the default service has no key anywhere.

        Sure once `start` is through; until then it goes by the environment, and by whether a key
        was ever entered.
        """
        profile = self._default()
        if self._is_local(profile):
            return False
        place = self.status(profile.id).place
        if place is KeyPlace.UNKNOWN:
            return not (profile.key_origin or self._places.variable(profile))
        return place in (KeyPlace.NONE, KeyPlace.ELSEWHERE)

    @property
    def keyring_usable(self) -> bool | None:
        """Whether a real keyring is there; None until it was asked."""
        return self._places.usable

    def for_new(self) -> tuple[str, str]:
        """The profile and model that a new conversation talks with."""
        if self.demo_mode:
            return DEMO_PROFILE, DEMO_MODEL
        profile = self._default()
        return profile.id, profile.text_model

    def profile(self, profile_id: str) -> Profile | None:
        """The profile, the demo's own included."""
        if profile_id == DEMO_PROFILE:
            name = translate("Connections", "Demo")
            return Profile(DEMO_PROFILE, name, "", DEMO_MODEL, DEMO_MODEL)
        return self.settings.profile(profile_id)

    def address_of(self, profile_id: str) -> str:
        """The normalised address of a service of the person's; empty where there is none."""
        profile = self.settings.profile(profile_id)
        try:
            return addresses.normalise(profile.address) if profile is not None else ""
        except ServiceError:
            return ""

    def key_in_use(self, profile_id: str) -> str | None:
        """The key that the service was last asked with: to be blotted out of what is shown."""
        return self._of(profile_id).key

    def status(self, profile_id: str) -> ServiceStatus:
        return self._of(profile_id).status

    async def start(self) -> None:
        """Ask the keyring about the services, the default one first. Never raises."""
        await self._places.ask()
        first = self.settings.default_profile
        for profile in sorted(self.settings.profiles, key=lambda p: p.id != first):
            await self._look(profile.id)

    # Talking

    async def chat_service(self, profile_id: str) -> ChatService:
        """That profile's service with its key, made once. Raises ServiceError."""
        profile = self.profile(profile_id)
        if profile is None:
            raise ServiceError(Failure(FailureKind.NO_SERVICE))
        terms = self._terms(profile)
        if profile_id == DEMO_PROFILE:
            return await self._lent(profile, await self._demo_address(), None, BY_THE_SYSTEM, terms)
        known = self._of(profile_id)
        address = addresses.normalise(profile.address)
        if known.service is not None and (known.address, known.terms) == (address, terms):
            return known.service
        renewals = known.renewals
        try:
            key = await self._places.for_request(profile, address)
            network = await network_for(profile, address, self.settings, self._keys)
        except KeyStoreError as error:
            self._note(profile_id, place=KeyPlace.LOCKED)
            host = addresses.host(address)
            raise ServiceError(Failure(FailureKind.KEYRING_LOCKED, host=host)) from error
        if renewals != known.renewals:  # key or address changed while the keyring was asked
            return await self.chat_service(profile_id)
        return await self._lent(profile, address, key, network, terms)

    async def test(self, profile_id: str) -> ServiceStatus:
        """Load the model list, and tell how that went. Never raises a PortholeError."""
        self._note(profile_id, check=Check.RUNNING, error=None)
        began = time.monotonic()
        try:
            service = await self.chat_service(profile_id)
            models = tuple(await service.models())
        except PortholeError as error:
            self._note(profile_id, check=Check.FAILED, error=error)
        except BaseException:
            self._note(profile_id, check=Check.NONE)
            raise
        else:
            seconds = time.monotonic() - began
            self._note(profile_id, check=Check.PASSED, models=len(models), seconds=seconds)
            self._propose_models(profile_id, models)
            self.connection_tested.emit(profile_id, models)
        return self.status(profile_id)

    # Keys

    async def keep_key(self, profile_id: str, typed: str) -> bool:
        """Keep a key for the profile's present address. True: in the keyring; False: this session.

        Raises ServiceError (BAD_KEY, BAD_ADDRESS) and KeyStoreError; the old key then stays.
        """
        profile = self._mine(profile_id)
        key = checked_key(typed)
        origin = addresses.origin(addresses.normalise(profile.address))
        stored = await self._places.keep(profile_id, key)
        self._put(replace(self._mine(profile_id), key_origin=origin))
        await self._renewed(profile_id)
        return stored

    async def use_key_here(self, profile_id: str) -> None:
        """Let the stored key go to the profile's present address: the person said so."""
        profile = self._mine(profile_id)
        origin = addresses.origin(addresses.normalise(profile.address))
        self._put(replace(profile, key_origin=origin))
        await self._renewed(profile_id)

    async def forget_key(self, profile_id: str) -> None:
        """Remove the profile's key. Raises KeyStoreError."""
        await self._places.forget(profile_id)
        self._put(replace(self._mine(profile_id), key_origin=""))
        await self._renewed(profile_id)

    # Ways

    def network_changed(self, profile_id: str = "") -> None:
        """Services that are reached by that profile's own way, or by everyone's, are made anew."""
        for profile in self.settings.profiles:
            if profile.id == profile_id or (not profile_id and profile.network is None):
                known = self._of(profile.id)
                known.renewals += 1
                known.terms = ()
                known.status = replace(known.status, check=Check.NONE, models=0, error=None)
        self.changed.emit()

    # Services

    async def set_address(self, profile_id: str, typed: str) -> None:
        """Change the address; a stored key stays bound to the old one's origin.

        Raises ServiceError (BAD_ADDRESS).
        """
        addresses.normalise(typed)
        profile = self._mine(profile_id)
        self._put(replace(profile, address=typed.strip(), key_origin=origin_of(profile)))
        await self._renewed(profile_id)

    def change(
        self,
        profile_id: str,
        *,
        name: str | None = None,
        text_model: str | None = None,
        picture_model: str | None = None,
    ) -> None:
        """Change what is given of a profile."""
        old = self._mine(profile_id)
        self._put(
            replace(
                old,
                name=old.name if name is None else name,
                text_model=old.text_model if text_model is None else text_model,
                picture_model=old.picture_model if picture_model is None else picture_model,
            )
        )

    def make_default(self, profile_id: str) -> None:
        self._settings.replace(default_profile=self._mine(profile_id).id)

    async def add(self, name: str = "", address: str = "", *, limited: bool = False) -> str:
        """Add a service, to be filled in; answers its id. `limited`: it requires `max_tokens`."""
        name = name or translate("Connections", "New service")
        profile = Profile(new_id(), name, address or NEW_ADDRESS, always_max_tokens=limited)
        self._put(profile)
        await self._look(profile.id)
        return profile.id

    async def remove(self, profile_id: str) -> Callable[[], Awaitable[None]]:
        """Remove a service, its key and its proxy's password; answers what brings all back.

        Raises KeyStoreError.
        """
        before = self.settings
        place = next(i for i, p in enumerate(before.profiles) if p.id == profile_id)
        profile = before.profiles[place]
        if len(before.profiles) == 1:
            raise ValueError("the last service stays")
        held = await self._places.take(profile_id, password_id(profile_id))
        kept = tuple(p for p in self.settings.profiles if p.id != profile_id)
        default = before.default_profile if before.default_profile != profile_id else kept[0].id
        self._settings.replace(profiles=kept, default_profile=default)
        known = self._known.pop(profile_id, None)
        if known is not None and known.service is not None:
            await known.service.retire()
        self.changed.emit()

        async def restore() -> None:
            await self._places.give_back(held)
            profiles = list(self.settings.profiles)
            profiles.insert(place, profile)
            self._settings.replace(profiles=tuple(profiles))
            if before.default_profile == profile_id:
                self._settings.replace(default_profile=profile_id)
            await self._look(profile_id)

        return restore

    async def close(self) -> None:
        """Close all services, running requests included."""
        for known in self._known.values():
            if known.service is not None:
                await known.service.close()

    # Within

    def _default(self) -> Profile:
        found = self.settings.profile(self.settings.default_profile)
        return found if found is not None else self.settings.profiles[0]

    def _mine(self, profile_id: str) -> Profile:
        profile = self.settings.profile(profile_id)
        if profile is None:
            raise KeyError(profile_id)
        return profile

    def _of(self, profile_id: str) -> _Known:
        return self._known.setdefault(profile_id, _Known())

    def _put(self, profile: Profile) -> None:
        self._settings.put(self.settings.with_profile(profile))

    def _note(self, profile_id: str, **facts: Any) -> None:
        known = self._of(profile_id)
        known.status = replace(known.status, **facts)
        self.changed.emit()

    def _settings_changed(self, _settings: Settings) -> None:
        self.changed.emit()

    def _is_local(self, profile: Profile) -> bool:
        return addresses.is_loopback(profile.address) or addresses.is_loopback(
            f"http://{profile.address}"
        )

    def _terms(self, profile: Profile) -> tuple[object, ...]:
        """What a service is made with besides address, key and password."""
        settings = self.settings
        limits = (settings.first_token_limit_s, settings.idle_limit_s)
        return (*limits, profile.always_max_tokens, choice_for(profile, settings))

    async def _lent(
        self,
        profile: Profile,
        address: str,
        key: str | None,
        network: Network,
        terms: tuple[object, ...],
    ) -> LentService:
        """The profile's service made with all this: the one there is, or a new one."""
        known = self._of(profile.id)
        old = known.service
        as_it_was = (known.address, known.terms, known.key, known.network)
        if old is not None and as_it_was == (address, terms, key, network):
            return old
        known.address, known.terms, known.key, known.network = address, terms, key, network
        known.service = made = LentService(self._make_service(profile, address, key, network))
        if old is not None:
            await old.retire()
        return made

    async def _renewed(self, profile_id: str) -> None:
        """Key or address changed: the old service ends, and what was known of it is asked anew."""
        known = self._of(profile_id)
        known.renewals += 1
        old, known.service, known.key = known.service, None, None
        known.status = replace(known.status, check=Check.NONE, models=0, error=None)
        self.service_renewed.emit(profile_id)
        if old is not None:
            await old.retire()
        await self._look(profile_id)

    async def _look(self, profile_id: str) -> None:
        """Find out where the profile's key is."""
        profile = self.settings.profile(profile_id)
        if profile is not None:
            self._note(profile_id, **await self._places.look(profile))

    def _propose_models(self, profile_id: str, models: tuple[ModelInfo, ...]) -> None:
        """Fill in what a service has no model for yet, from its own list."""
        profile = self.settings.profile(profile_id)
        usable = [m for m in models if not m.retired]
        if profile is None or not usable:
            return
        seeing = [m for m in usable if m.can(Capability.VISION)]
        text = profile.text_model or usable[0].id
        picture = profile.picture_model or (seeing[0].id if seeing else text)
        self.change(profile_id, text_model=text, picture_model=picture)
