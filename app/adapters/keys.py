"""API keys in the system keyring, through `keyring`; for this session only where there is none.

Service `porthole`, user = the profile's id. Only real keyrings are used (Secret Service, KWallet,
macOS Keychain, Windows Credential Locker): never one that writes plain text, whatever is
configured or installed. A keyring may wait for a password, so each call runs in a daemon thread
and is given up after five seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from app.adapters.threads import in_daemon_thread
from app.core.errors import KeyStoreError, KeyStoreProblem

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "porthole"
LIMIT_S = 5.0
WINDOWS_LIMIT = 1280
"""UTF-16 units that Windows keeps in one credential (2560 bytes)."""

WINDOWS = "keyring.backends.Windows"
REAL_KEYRINGS = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        WINDOWS,
    }
)


def is_real(ring: KeyringBackend) -> bool:
    """Whether this backend belongs to a keyring of the operating system or desktop."""
    return type(ring).__module__ in REAL_KEYRINGS


class SystemKeys:
    """Fulfils `core.ports.KeyStore`.

    `allow` decides which keyring backends may hold a key; `limit_s` is how long one may take.
    """

    def __init__(
        self, *, allow: Callable[[KeyringBackend], bool] = is_real, limit_s: float = LIMIT_S
    ) -> None:
        self._allow = allow
        self._limit_s = limit_s
        self._session: dict[str, str] = {}

    async def get(self, profile_id: str) -> str | None:
        """The profile's key. Raises KeyStoreError (LOCKED)."""
        if profile_id in self._session:
            return self._session[profile_id]
        return await self._call(self._read, profile_id)

    async def set(self, profile_id: str, key: str) -> bool:
        """Keep the key; False: for this session only. Raises KeyStoreError (LOCKED, REFUSED)."""
        stored = await self._call(self._write, profile_id, key)
        if stored:
            self._session.pop(profile_id, None)
        else:
            self._session[profile_id] = key
        return stored

    async def forget(self, profile_id: str) -> None:
        """Remove the key wherever it is. Raises KeyStoreError (LOCKED)."""
        self._session.pop(profile_id, None)
        await self._call(self._delete, profile_id)

    async def usable(self) -> bool:
        """Whether a real keyring is there (it may be locked). Never raises."""
        try:
            return bool(await self._call(self._rings))
        except KeyStoreError:
            return False

    async def _call(self, work: Callable[..., T], *args: str) -> T:
        try:
            async with asyncio.timeout(self._limit_s):
                return await in_daemon_thread(work, *args)
        except TimeoutError:
            raise KeyStoreError(KeyStoreProblem.LOCKED) from None

    def _rings(self) -> Sequence[KeyringBackend]:
        """The backends that may hold a key, the preferred one first."""
        import keyring
        from keyring.backends.chainer import ChainerBackend

        try:
            ring = keyring.get_keyring()
            rings = list(ring.backends) if isinstance(ring, ChainerBackend) else [ring]
        except Exception:  # a configured backend that cannot be loaded, of whatever package
            return ()
        return tuple(one for one in rings if self._allow(one))

    def _read(self, profile_id: str) -> str | None:
        from keyring.errors import NoKeyringError

        for ring in self._rings():
            try:
                key = ring.get_password(SERVICE, profile_id)
            except NoKeyringError:
                continue
            except Exception:  # backends let their libraries' own errors through
                raise KeyStoreError(KeyStoreProblem.LOCKED) from None
            if key is not None:
                return key
        return None

    def _write(self, profile_id: str, key: str) -> bool:
        from keyring.errors import InitError, KeyringLocked, NoKeyringError

        for ring in self._rings():
            if (
                type(ring).__module__ == WINDOWS
                and len(key.encode("utf-16-le")) > 2 * WINDOWS_LIMIT
            ):
                raise KeyStoreError(KeyStoreProblem.REFUSED)
            try:
                ring.set_password(SERVICE, profile_id, key)
            except NoKeyringError:
                continue
            except (KeyringLocked, InitError):
                raise KeyStoreError(KeyStoreProblem.LOCKED) from None
            except Exception:  # its text could quote the key, so it ends here
                raise KeyStoreError(KeyStoreProblem.REFUSED) from None
            return True
        return False

    def _delete(self, profile_id: str) -> None:
        from keyring.errors import NoKeyringError, PasswordDeleteError

        for ring in self._rings():
            try:
                if ring.get_password(SERVICE, profile_id) is not None:
                    ring.delete_password(SERVICE, profile_id)
            except (NoKeyringError, PasswordDeleteError):
                continue
            except Exception:
                raise KeyStoreError(KeyStoreProblem.LOCKED) from None
