"""Which network a service is reached through, and with which password."""

from __future__ import annotations

from app.core.address import is_loopback
from app.core.network import Network, NetworkChoice, ProxyChoice, password_id
from app.core.ports import KeyStore
from app.core.settings import Profile, Settings


def choice_for(profile: Profile | None, settings: Settings) -> NetworkChoice:
    """The profile's own choice, or the one for all."""
    own = profile.network if profile is not None else None
    return settings.network if own is None else own


async def network_for(
    profile: Profile | None, where: str, settings: Settings, keys: KeyStore
) -> Network:
    """What requests to the address `where` in the profile's name go through. Raises KeyStoreError.

    The keyring is asked only for a proxy that was entered by hand with a user, and never for this
    machine, which no proxy leads to.
    """
    choice = choice_for(profile, settings)
    if choice.proxy is not ProxyChoice.MANUAL or not choice.user or is_loopback(where):
        return Network(choice)
    own = profile is not None and profile.network is not None
    held = password_id(profile.id if own and profile is not None else "")
    return Network(choice, await keys.get(held))
