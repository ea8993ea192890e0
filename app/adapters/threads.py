"""Blocking calls of the adapters, run in daemon threads so that neither window nor exit waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def in_daemon_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in a thread of its own and answer what it gives or raise what it raises.

    Cancelling stops the waiting, not the thread: a call that hangs is left to itself, and as the
    thread is a daemon it cannot hold up the program's end (a pool's thread would).
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
            result, error = work(*args, **kwargs), None
        except BaseException as caught:  # handed on to whoever awaits
            result, error = None, caught
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            return  # the loop closed meanwhile: nobody waits any more

    threading.Thread(target=run, daemon=True, name=getattr(work, "__name__", "work")).start()
    return await future
