"""When the keyring is asked: once, and not before somebody writes or the start is over.

Its libraries weigh 15 MB and take a quarter of a second, which the start need not bear.
"""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, QTimer

from app.features.connection.connections import Connections
from app.kit.tasks import TaskScope

LATER_MS = 3000


class KeyLook(QObject):
    """Asks `connections` to look; whoever must be sure waits for the same answer."""

    def __init__(self, connections: Connections, scope: TaskScope, parent: QObject) -> None:
        super().__init__(parent)
        self._connections = connections
        self._scope = scope
        self._one_look = asyncio.Lock()
        self._looked = False

    def later(self) -> None:
        QTimer.singleShot(LATER_MS, self.now)

    def now(self) -> None:
        """Look, unless that was done; nobody waits."""
        if not self._looked and not self._scope.closed:
            self._scope.start(self.sure(), name="look for keys")

    async def sure(self) -> None:
        """Return once it is known which services have a key."""
        async with self._one_look:
            if not self._looked:
                await self._connections.start()
                self._looked = True
