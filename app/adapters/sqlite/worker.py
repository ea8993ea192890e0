"""One thread that does queued work in order, for coroutines on any loop.

Work that was asked for is done, even if whoever awaits it is cancelled meanwhile.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class StoppedError(Exception):
    """The worker has done its last work."""


class Job(Generic[T]):
    """A piece of queued work; `told` is called on the worker's thread once it is done."""

    def __init__(self, work: Callable[[], T], told: Callable[[Job[T]], None] | None = None) -> None:
        self._work = work
        self._told = told
        self._done = threading.Event()
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._work()
        except BaseException as error:  # handed on to whoever asked
            self.error = error
        self._done.set()
        if self._told is not None:
            self._told(self)

    def wait(self) -> None:
        self._done.wait()


class Worker:
    """Runs jobs one after the other on a thread of its own, which starts with the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._queue: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self.last: Job[Any] | None = None
        """The job that was queued last, done or not."""

    def call(self, work: Callable[[], T], *, last: bool = False) -> T:
        """Queue `work`, block until it is done, and answer its result. Raises StoppedError.

        After the `last` work the thread ends, and later work is refused.
        """
        job = Job(work)
        self._put(job, last)
        job.wait()
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value]  # a job without error has its result

    async def run(self, work: Callable[[], T], *, last: bool = False) -> T:
        """The same, with the loop running while it waits."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settle(job: Job[T]) -> None:
            if future.done():
                return  # whoever asked was cancelled
            if job.error is not None:
                future.set_exception(job.error)
            else:
                future.set_result(job.result)  # type: ignore[arg-type]  # as in `call`

        def told(job: Job[T]) -> None:
            try:
                loop.call_soon_threadsafe(settle, job)
            except RuntimeError:
                return  # the loop closed meanwhile: nobody waits any more

        self._put(Job(work, told), last)
        return await future

    @property
    def stopped(self) -> bool:
        return self._stopped

    def _put(self, job: Job[Any], last: bool) -> None:
        with self._lock:
            if self._stopped:
                raise StoppedError
            self._stopped = last
            self.last = job
            self._queue.put(job)
            if last:
                self._queue.put(None)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
                self._thread.start()

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run()
            # An idle worker must not keep alive what the last job read.
            del job
