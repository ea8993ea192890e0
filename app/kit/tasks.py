"""The only place where asyncio tasks are made: each has an owner, an end and an error path."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class TaskScope:
    """Tasks that live no longer than their owner.

    `on_error` hears of every exception that is not a cancellation; the loop's own handler does
    where none is given. A closed scope refuses new tasks.
    """

    def __init__(self, on_error: Callable[[BaseException], None] | None = None) -> None:
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(self, work: Coroutine[Any, Any, T], *, name: str = "") -> asyncio.Task[T]:
        """Run `work` until it ends or the scope does. Raises RuntimeError once closed."""
        if self._closed:
            work.close()
            raise RuntimeError("the scope is closed")
        task = asyncio.get_running_loop().create_task(work, name=name or None)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    @property
    def closed(self) -> bool:
        return self._closed

    def cancel(self) -> None:
        """Ask all tasks to end; the scope stays open."""
        for task in tuple(self._tasks):
            task.cancel()

    async def close(self) -> None:
        """Cancel all tasks and wait until each has ended."""
        self._closed = True
        self.cancel()
        await self.drain()

    async def drain(self) -> None:
        """Wait until no task is left, without cancelling any."""
        me = asyncio.current_task()
        while rest := [task for task in self._tasks if task is not me]:
            await asyncio.gather(*rest, return_exceptions=True)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if self._on_error is not None:
            self._on_error(error)
        else:
            context = {"message": f"task {task.get_name()} failed", "exception": error}
            task.get_loop().call_exception_handler(context)


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Await `work` even if the caller is cancelled meanwhile, which then ends its next wait.

    For steps that must not be half known: what got onto the disk has to be in the window, too.
    """
    task = asyncio.ensure_future(work)
    cancelled = False
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError:
            cancelled = True
    if cancelled and (caller := asyncio.current_task()) is not None:
        caller.cancel()
    return task.result()


async def in_thread(work: Callable[..., T], *args: Any) -> T:
    """Run blocking `work` off the UI thread.

    The thread is a daemon: unlike a pool's, one that hangs cannot hold up the program's end.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)

    def run() -> None:
        try:
            result, error = work(*args), None
        except BaseException as caught:  # handed on to whoever awaits
            result, error = None, caught
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            return  # the loop closed meanwhile: nobody waits any more

    threading.Thread(target=run, daemon=True, name=getattr(work, "__name__", "work")).start()
    return await future
