"""How far a request got on its way through a proxy, as the HTTP library tells it step by step."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from app.adapters.chat_api.handshake import Handshake
from app.core.proxies import Proxy

if TYPE_CHECKING:
    import httpx2

_TUNNELLED = ("proxy.start_tls.started", "socks.setup_socks5_connection.complete")
_SENDING = "http11.send_request_headers.started"


class Steps:
    """Follows one request: whether it is still with the proxy, or on its way to the service.

    While the proxy is asked for the way, its answers are waited for no longer than for any
    connection; after that the request has no limit of time here.
    """

    def __init__(self, proxy: Proxy, limits: dict[str, float | None]) -> None:
        self.proxy = proxy
        self.past_proxy = False
        self.securing_proxy = False
        """Whether TLS with the proxy itself was what came last."""
        self.forwarded = False
        """Whether the proxy reads the request itself, as it does for plain http."""
        self._limits = limits
        self._stream: Any = None
        self._handshake = Handshake()
        limits["read"] = limits["write"] = limits.get("connect")

    async def __call__(self, event: str, facts: dict[str, Any]) -> None:
        """What the HTTP library calls (its `trace` extension)."""
        await self._handshake(event, facts)
        if event.endswith(".failed"):
            facts["exception"].steps = self  # not every error of its own knows the request
        if event == "connection.start_tls.started":
            self.securing_proxy = True
        elif event == "connection.start_tls.complete":
            self.securing_proxy = False
        elif event == "socks.connect_tcp.complete":
            self._stream = facts.get("return_value")
        elif event == "socks.setup_socks5_connection.failed" and self._stream is not None:
            # The library leaves open what it could not set up.
            with contextlib.suppress(Exception):
                await self._stream.aclose()
        sending = event == _SENDING and facts["request"].method != b"CONNECT"
        if sending and not self.past_proxy:
            self.forwarded = not self.proxy.scheme.startswith("socks")
        if sending or event in _TUNNELLED:
            self.past_proxy = True
        if sending:
            self._limits["read"] = self._limits["write"] = None


def follow(request: httpx2.Request, proxy: Proxy) -> None:
    """Have the library tell what becomes of this request."""
    limits: dict[str, float | None] = dict(request.extensions.get("timeout", {}))
    steps = Steps(proxy, limits)
    request.extensions = {**request.extensions, "timeout": limits, "trace": steps}


def steps_of(end: Any) -> Steps | None:
    """How far the request got that this response or error ended; None: no proxy on its way."""
    found = getattr(end, "steps", None)
    with contextlib.suppress(AttributeError, RuntimeError):  # an error that knows no request
        found = found or end.request.extensions.get("trace")
    return found if isinstance(found, Steps) else None
