"""How a service is reached: through which proxy, and whom to trust on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class ProxyChoice(StrEnum):
    SYSTEM = "system"
    """What the system or the environment says."""
    NONE = "none"
    """Straight to the service."""
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class NetworkChoice:
    """What was chosen, without secrets: a proxy's password lies in the keyring.

    `address` is a proxy's `http://`, `https://`, `socks5://` or `socks5h://` address with a port,
    as typed. `no_proxy` names hosts that are reached without it, with commas between them
    (`example.com` means its subdomains too; `10.0.0.0/8`; `*`). `ca_file` is a PEM file of
    certificates trusted besides the system's.
    """

    proxy: ProxyChoice = ProxyChoice.SYSTEM
    address: str = ""
    user: str = ""
    no_proxy: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """A choice with the proxy's password, as an adapter needs it."""

    choice: NetworkChoice = NetworkChoice()
    password: str | None = field(default=None, repr=False)


def password_id(profile_id: str = "") -> str:
    """Under which name the keyring holds a proxy's password: a service's own, or everyone's."""
    return f"proxy:{profile_id}" if profile_id else "proxy"


def network_to_json(choice: NetworkChoice) -> dict[str, Any]:
    return {f.name: str(getattr(choice, f.name)) for f in fields(choice)}


def network_from_json(item: Any) -> NetworkChoice | None:
    """A choice from what a file held; None if it is none."""
    if not isinstance(item, dict):
        return None
    known = {member.value: member for member in ProxyChoice}
    proxy = item.get("proxy")
    given = {
        f.name: item[f.name] for f in fields(NetworkChoice) if isinstance(item.get(f.name), str)
    }
    given["proxy"] = (
        known.get(proxy, ProxyChoice.SYSTEM) if isinstance(proxy, str) else ProxyChoice.SYSTEM
    )
    return NetworkChoice(**given)
