"""A row of the network matrix asked by `porthole ask --json`: what it prints, held to the row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from app.core.errors import FailureKind
from app.core.message import MessageState
from tests.faults.certificates import Certificates
from tests.faults.fault import ROOT
from tests.faults.matrix_row import End
from tests.faults.matrix_ways import KEY, SCHEMA, Played, Scene, Seen

STATUSES = {MessageState.COMPLETE: 0, MessageState.FAILED: 3, MessageState.CUT_SHORT: 4}
PROCESS_LIMIT_S = 60
SHORTEST = {"first_token_limit_s": 12, "idle_limit_s": 5}
"""About the lower bounds of the settings, the first one beyond the limit of connecting."""


def arguments(where: Scene, folder: Path) -> list[str]:
    """What stands behind `porthole`."""
    made = ["ask", "--json", "--base-url", where.address, "--model", "m", "hello"]
    if where.row.format:
        schema = folder / "schema.json"
        schema.write_text(json.dumps(SCHEMA), "utf-8")
        made += ["--schema", str(schema)]
    return made if where.row.stream else [*made, "--no-stream"]


def judge(where: Scene, status: int, out: str, err: str) -> Played:
    """Hold an `ask --json` that has ended against the row."""
    found = json.loads(out)
    error = found["error"]
    state = MessageState.COMPLETE if found["complete"] else MessageState.CUT_SHORT
    if error is not None:
        state = MessageState.FAILED
    kind = FailureKind(error["kind"]) if error else None
    end = End(kind, found["content"], state)
    # With --json nothing but an announcement is said on stderr.
    announced = sum(line.startswith("porthole: ") for line in err.splitlines())
    server = where.server
    seen = Seen(server.posts, server.connections, announced, 0, end)
    if status != STATUSES[state]:
        seen.complaints.append(f"exit status {status} of an answer that is {state}")
    if error is not None and not error["message"]:
        seen.complaints.append("the error has no words")
    if KEY in out + err:
        seen.complaints.append("the key was printed")
    return where.judge("ask", seen, *where.row.impatiently)


def ask(where: Scene, folder: Path, certificates: Certificates) -> Played:
    """Ask by a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.json").write_text(json.dumps(SHORTEST), "utf-8")
    environment = {
        **os.environ,
        "HOME": str(folder),
        "PORTHOLE_DATA_DIR": str(folder),
        "PORTHOLE_API_KEY": KEY,
        "SSL_CERT_FILE": str(certificates.authority),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments(where, folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PROCESS_LIMIT_S,
        check=False,
    )
    return judge(where, done.returncode, done.stdout, done.stderr)
