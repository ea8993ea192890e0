"""How a service is reached: through which proxy, and whom to trust on the way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from app.core.errors import Failure


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


BY_THE_SYSTEM = Network()
"""Where nothing was chosen."""


class NetworkProblem(StrEnum):
    """What is wrong on the way: the `code` of a Failure of the kind BAD_NETWORK or PROXY."""

    # BAD_NETWORK; the failure's `host` names the proxy or the file, where there is one.
    NO_PROXY = "no_proxy_address"
    BAD_ADDRESS = "bad_proxy_address"
    BAD_SCHEME = "unknown_proxy_scheme"
    TOO_LONG = "proxy_credentials_too_long"
    FILE_UNREADABLE = "certificates_unreadable"
    FILE_EMPTY = "certificates_empty"
    FILE_DER = "certificates_der"
    """Certificates in binary form."""
    FILE_NOT_PEM = "certificates_not_pem"
    """No certificate in it, or a broken one."""
    # PROXY; the failure's `host` is the proxy's host and port.
    NOT_FOUND = "proxy_not_found"
    REFUSED = "proxy_refused_connection"
    UNREACHABLE = "proxy_unreachable"
    TIMED_OUT = "proxy_timed_out"
    WANTS_USER = "proxy_wants_user"
    """407, or SOCKS saying the same."""
    DECLINED = "proxy_declined"
    """It was reached, and would not or could not go on; the `message` has its own words."""
    NO_PROXY_THERE = "no_proxy_there"
    """What listens there speaks something else."""
    NOT_TRUSTED = "proxy_not_trusted"
    """The connection to the proxy itself could not be secured."""


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a test of the way to `host` found: the service's status, or why it was not reached.

    `proxy` is the host and port gone through, empty for none; `seconds` until the status came.
    """

    host: str
    proxy: str = ""
    seconds: float = 0.0
    status: int | None = None
    failure: Failure | None = None


Probe = Callable[[str, Network], Awaitable[ProbeResult]]
"""Asks the service at an address for its models, without a key. Never raises a PortholeError."""

SystemProxy = Callable[[str], Awaitable[str]]
"""The system's proxy for an address, without user and password; empty for none.

Raises ServiceError (BAD_NETWORK) where it names one that cannot be used."""


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
