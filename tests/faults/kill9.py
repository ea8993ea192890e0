"""Kill -9 while sending and streaming: all that was said to be safe is there afterwards.

`worst_ms` is the age, at the kill, of the newest word that a partial reply came back with.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.history_db import open_history
from app.core.conversation import Conversation
from app.core.ids import new_id
from app.core.message import MessageState
from tests.faults.fault import Outcome, start

NAME = "kill9_sending_streaming"
LONGEST_RUN_S = 0.9


@dataclass(slots=True)
class Tally:
    """What the trials so far added up to."""

    acknowledged: int = 0
    lost: int = 0
    ages_ms: list[float] = field(default_factory=list)
    reopen_ms: list[float] = field(default_factory=list)


def run(directory: Path, trials: int) -> Outcome:
    """Kill as many times, on one data directory that grows from trial to trial."""
    tally, chance = Tally(), random.Random(20261123)
    for trial in range(trials):
        conversation = new_id()
        said, killed_at = _talk_and_kill(directory, conversation, trial, chance)
        asyncio.run(_reopen(directory, conversation, said, killed_at, tally))
    ages = sorted(tally.ages_ms) or [0.0]
    p99 = ages[min(len(ages) - 1, int(len(ages) * 0.99))]
    note = (
        f"{tally.acknowledged} acknowledged writes; partial replies: {len(tally.ages_ms)}, age p50 "
        f"{statistics.median(ages):.0f} ms, p99 {p99:.0f} ms (reach 250); reopened in at most "
        f"{max(tally.reopen_ms):.1f} ms"
    )
    return Outcome(NAME, trials, tally.lost, round(ages[-1], 1), note)


def _talk_and_kill(
    directory: Path, conversation: str, seed: int, chance: random.Random
) -> tuple[list[dict[str, str]], float]:
    """What the child had said when it was killed, and when that was (monotonic clock)."""
    child = start("tests.faults.kill9_child", str(directory), conversation, str(seed))
    assert child.stdout is not None
    assert child.stdin is not None
    # The time to live counts from its first word, so that starting up takes none of it.
    first = child.stdout.readline()
    assert first, "the child ended by itself"
    killed_at: list[float] = []

    def kill() -> None:
        killed_at.append(time.monotonic())
        os.kill(child.pid, signal.SIGKILL)

    timer = threading.Timer(chance.random() * LONGEST_RUN_S, kill)
    timer.start()
    rest, _ = child.communicate()
    timer.join()
    assert child.returncode == -signal.SIGKILL, "the child ended by itself"
    # The last line may be cut: it was not wholly said.
    lines = (first + rest).split(b"\n")[:-1]
    return [json.loads(line) for line in lines], killed_at[0]


async def _reopen(
    directory: Path, conversation: str, said: list[dict[str, str]], killed_at: float, tally: Tally
) -> None:
    began = time.perf_counter()
    history = open_history(directory)
    state = history.start_state()
    tally.reopen_ms.append((time.perf_counter() - began) * 1000)
    loaded = await history.load(conversation)
    # What was said of a message last is what must be there, or more of it.
    texts = {line["id"]: line["text"] for line in said if "id" in line}
    drafts = [line["draft"] for line in said if "draft" in line]
    tally.acknowledged += len(said)
    tally.lost += sum(not _is_there(loaded, id_, text) for id_, text in texts.items())
    if loaded is None:
        tally.lost += bool(drafts)
    else:
        # The kill may fall between a draft's commit and its word.
        tally.lost += bool(drafts) and not loaded.draft
        tally.lost += len(loaded.damaged)
        for message in loaded.tree:
            for image in message.images:
                assert image.blob is not None
                await history.blob(image.blob)
        partial = [m for m in loaded.tree if m.state is MessageState.INTERRUPTED]
        assert len(partial) == state.interrupted <= 1
        tally.ages_ms += [(killed_at - float(m.text.split()[-1])) * 1000 for m in partial]
    await history.close()


def _is_there(loaded: Conversation | None, id_: str, text: str) -> bool:
    return loaded is not None and id_ in loaded.tree and loaded.tree.get(id_).text.startswith(text)
