"""Runs the faults in their long form and writes `build/faults.json`.

`python -m tests.faults.run [NAME] [--trials N]`; NAME may be the beginning of a name,
with or without the part before its dot (`markdown.hostile`, `hostile`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tests.faults import (
    batch_killed,
    disk_full,
    documents_hostile,
    hostile,
    hostile_window,
    image_bombs,
    images_mutated,
    kill9,
    loads,
    mcp_hostile,
    network,
    newer_schema,
    second_instance,
    stop,
    tool_results_hostile,
)
from tests.faults.fault import ROOT, Outcome
from tests.faults.matrix import ROWS

FAULTS: Mapping[str, tuple[Callable[[Path, int], Outcome], int]] = {
    kill9.NAME: (kill9.run, 100),
    second_instance.NAME: (second_instance.run, 40),
    newer_schema.NAME: (newer_schema.run, 100),
    disk_full.NAME: (disk_full.run, 60),
    hostile.NAME: (hostile.run, 10_000),
    hostile_window.NAME: (hostile_window.run, 300),
    loads.NAME: (loads.run, 10_000),
    batch_killed.NAME: (batch_killed.run, 2),
    images_mutated.NAME: (images_mutated.run, 10_000),
    image_bombs.NAME: (image_bombs.run, image_bombs.TRIALS),
    documents_hostile.NAME: (documents_hostile.run, 3_000),
    mcp_hostile.NAME: (mcp_hostile.run, 120),
    tool_results_hostile.NAME: (tool_results_hostile.run, 200),
    **{network.PREFIX + name: (partial(network.run, name), 1) for name in ROWS},
    **{
        stop.PREFIX + name: (partial(stop.run, name), trials)
        for name, trials in stop.TRIALS.items()
    },
}
"""Each fault, and how many trials its long form has."""
GROUPS: Mapping[str, tuple[str, ...]] = {"images": (images_mutated.NAME, image_bombs.NAME)}
"""Faults that are asked for together."""


def main() -> int:
    """Exits 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", default="", help="a name in build/faults.json")
    parser.add_argument("--trials", type=int, help="instead of each fault's own number")
    wanted = parser.parse_args()
    names = [name for name in FAULTS if _is_meant(name, wanted.name)]
    if not names:
        parser.error(f"no such fault: {wanted.name}; there are {', '.join(FAULTS)}")
    outcomes = []
    for name in names:
        inflict, trials = FAULTS[name]
        with tempfile.TemporaryDirectory(prefix="porthole-fault-") as directory:
            outcome = inflict(Path(directory), wanted.trials or trials)
        print(f"{name}: {outcome.trials} trials, {outcome.lost} lost; {outcome.note}", flush=True)
        outcomes.append(outcome)
    write(ROOT / "build" / "faults.json", outcomes)
    return 1 if any(outcome.lost for outcome in outcomes) else 0


def _is_meant(name: str, asked: str) -> bool:
    """Whether a fault is of the group that is asked for; or its name, or what stands behind its
    first dot, begins as asked."""
    if asked in GROUPS:
        return name in GROUPS[asked]
    return name.startswith(asked) or name.partition(".")[2].startswith(asked)


def write(path: Path, outcomes: list[Outcome]) -> None:
    """Put the outcomes into the file, each in place of an older one of its name."""
    try:
        known: dict[str, object] = {
            row["fault"]: row for row in json.loads(path.read_text("utf-8"))
        }
    except FileNotFoundError:
        known = {}
    known |= {outcome.fault: asdict(outcome) for outcome in outcomes}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(list(known.values()), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
