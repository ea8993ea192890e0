"""The window's event loop for the long fault runs: qasync's, on Qt's offscreen platform."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine
from functools import cache
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtWidgets import QApplication

T = TypeVar("T")


@cache
def _application() -> QApplication:
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    return application


def run_on_windows_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end; no task may be left behind."""
    loop = qasync.QEventLoop(_application())
    asyncio.set_event_loop(loop)
    hooks = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(
        firstiter=loop._asyncgen_firstiter_hook, finalizer=loop._asyncgen_finalizer_hook
    )

    async def drained() -> T:
        try:
            return await work
        finally:
            me = asyncio.current_task()
            left = [task for task in asyncio.all_tasks() if task is not me]
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
            await asyncio.get_running_loop().shutdown_asyncgens()
            gc.collect()

    try:
        done: T = loop.run_until_complete(drained())
    finally:
        sys.set_asyncgen_hooks(*hooks)
        loop.close()
        asyncio.set_event_loop(None)
    return done
