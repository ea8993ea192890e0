"""The secrets of own tools in the keyring: kept as they are given, forgotten with their tool."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from shiboken6 import isValid

from app.core.own_tool import OwnTool, secret_id
from app.core.ports import KeyStore
from app.features.tools.secret_rows import SecretRows
from app.kit.tasks import TaskScope


class ToolSecrets:
    """What fails in the keyring is told by the scope."""

    def __init__(self, *, keys: KeyStore, tasks: TaskScope) -> None:
        self._keys, self._tasks = keys, tasks
        self._rows: tuple[SecretRows, ...] = ()
        self._current: Callable[[], OwnTool | None] = lambda: None

    def join(self, rows: Sequence[SecretRows], current: Callable[[], OwnTool | None]) -> None:
        """Serve these rows, which show the current tool."""
        self._rows, self._current = tuple(rows), current
        for one in self._rows:
            one.value_given.connect(self._keep)
            one.name_left.connect(self._drop)

    def look(self) -> None:
        """Find out which secrets of the current tool the keyring holds."""
        tool = self._current()
        if tool is not None and tool.action is not None and tool.action.secrets:
            self._start(self._look_up(tool))

    def take(self, tool: OwnTool) -> Callable[[], None]:
        """Forget the secrets of a tool that is deleted; what is answered puts them back."""
        held: dict[str, str] = {}
        names = tool.action.secrets if tool.action is not None else ()

        async def forget() -> None:
            for name in names:
                key = secret_id(tool, name)
                value = await self._keys.get(key)
                if value:
                    held[key] = value
                    await self._keys.forget(key)

        async def put_back() -> None:
            for key, value in held.items():
                await self._keys.set(key, value)
            held.clear()

        if names:
            self._start(forget())
        return lambda: self._start(put_back()) if names else None

    def _keep(self, name: str, value: str) -> None:
        tool = self._current()
        if tool is not None:
            self._start(self._set(tool, name, value))

    def _drop(self, name: str) -> None:
        tool = self._current()
        if tool is not None:
            self._start(self._keys.forget(secret_id(tool, name)))

    async def _set(self, tool: OwnTool, name: str, value: str) -> None:
        await self._keys.set(secret_id(tool, name), value)
        self.look()

    async def _look_up(self, tool: OwnTool) -> None:
        names = tool.action.secrets if tool.action is not None else ()
        held = frozenset([n for n in names if await self._keys.get(secret_id(tool, n))])
        now = self._current()
        if now is not None and now.id == tool.id:
            for rows in self._rows:
                if isValid(rows):
                    rows.show_held(held)

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        if self._tasks.closed:
            work.close()
        else:
            self._tasks.start(work, name="secrets of a tool")
