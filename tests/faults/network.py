"""A row of the network matrix in its long form: by every way of asking there is.

The client alone, `ask_again` by a person who waits and by one who does not, `porthole ask --json`
in a process of its own, and for some rows the real window with a click on Retry. `lost` counts the
ways in which anything was not as the row says: a POST that was not announced, a "complete" that is
none, words or text that are missing. `worst_ms` is the longest that the client took to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from app.adapters.chat_api.client import ChatApi
from app.core import again
from tests.faults import matrix_ask, matrix_window
from tests.faults.certificates import make_certificates
from tests.faults.fault import Outcome
from tests.faults.matrix import ROWS
from tests.faults.matrix_row import Limits
from tests.faults.matrix_ways import KEY, Played, Scene, directly, impatiently, patiently, scene
from tests.faults.windows_loop import run_on_windows_loop

PREFIX = "network."
SHORT: Limits = {"first_token_limit_s": 0.4, "idle_limit_s": 0.2, "connect_limit_s": 0.2}


def run(name: str, directory: Path, trials: int) -> Outcome:
    """Play the row as many times by each way."""
    played: list[Played] = []
    for trial in range(trials):
        played += _play(name, directory / str(trial))
    wrong = [f"{one.way}: {'; '.join(one.wrong)}" for one in played if one.wrong]
    worst = max(one.took_ms for one in played)
    posts = {
        one.way: f"{one.posts} ({one.announced} announced)" if one.announced else str(one.posts)
        for one in played
    }
    note = "POSTs: " + ", ".join(f"{way} {count}" for way, count in posts.items())
    return Outcome(
        PREFIX + name, len(played), len(wrong), round(worst, 1), " | ".join([note, *wrong])
    )


def _play(name: str, directory: Path) -> Sequence[Played]:
    row = ROWS[name]
    certificates = make_certificates(directory / "certificates")
    with scene(row, certificates) as where:
        played = run_on_windows_loop(_by_the_client(where))
    if not row.reused:
        with scene(row, certificates) as where:
            played.append(matrix_ask.ask(where, directory / "ask", certificates))
    if name in matrix_window.CHOSEN:
        played.append(run_on_windows_loop(_by_the_window(name, directory / "window")))
    return played


async def _by_the_client(where: Scene) -> list[Played]:
    api = ChatApi(where.address, KEY, _no_picture, **where.row.limits(SHORT))
    ways = (directly, patiently, impatiently) if where.row.further else (directly, patiently)
    try:
        await api.warm()
        return [await way(where, api) for way in ways]
    finally:
        await api.close()


async def _by_the_window(name: str, directory: Path) -> Played:
    # Waits are seen in `network.stop_busy_429`; here they would only take time.
    with patch.object(again, "FIRST_WAIT_S", 0.1):
        async with matrix_window.window(directory) as opened:
            return await opened.play(name)


async def _no_picture(sha256: str) -> bytes:
    raise AssertionError("no picture was sent")
