"""The tools that run code: a Python snippet, or a shell command; each call waits for leave."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from typing import Any

from app.adapters.own_tools.process import MOST_OUTPUT
from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault, schema
from app.adapters.tools.scratch_run import run_in_scratch
from app.core.tool import CallContext, Effect, Tool, ToolOutcome

LIMIT_S = 60
SHOWN = 1_000_000
"""Characters of each output that are kept."""
_BOUNDS = (
    f"It runs in an empty folder of its own, which is removed afterwards, for at most {LIMIT_S} "
    "seconds, without input. The person has to allow each call. "
)
_TIMEOUT = {
    "type": "integer",
    "minimum": 1,
    "maximum": LIMIT_S,
    "description": f"Seconds after which it is ended; {LIMIT_S} without it.",
}
PYTHON = Tool(
    "own:python",
    "run_python",
    SOURCE,
    f"Runs a Python script on the person's computer and gives what it prints. {_BOUNDS}Use print "
    "for results. PNG and JPEG files that it writes into the current folder are given back as "
    "pictures. Which packages are installed is not known.",
    schema(
        ("code",),
        code={"type": "string", "maxLength": 100_000, "description": "The whole script."},
        timeout_seconds=_TIMEOUT,
    ),
    Effect.RUNS,
)
_SHELL = "PowerShell" if sys.platform == "win32" else "sh"
COMMAND = Tool(
    "own:command",
    "run_command",
    SOURCE,
    f"Runs a shell command ({_SHELL}, on {sys.platform}) on the person's computer and gives what "
    f"it prints. {_BOUNDS}Name files elsewhere by their whole paths.",
    schema(
        ("command",),
        command={"type": "string", "maxLength": 20_000, "description": f"For {_SHELL}."},
        timeout_seconds=_TIMEOUT,
    ),
    Effect.RUNS,
)
NO_PYTHON = (
    "There is no Python on this computer's PATH, so no snippet can be run. The person can install "
    "one from python.org or their system's packages."
)


def find_python() -> str | None:
    """The Python that is installed; never the one inside Porthole's own package."""
    names = ("py", "python") if sys.platform == "win32" else ("python3", "python")
    return next((found for name in names if (found := shutil.which(name))), None)


def run_python(find: Callable[[], str | None] = find_python) -> OwnTool:
    async def answer(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
        python = find()
        if python is None:
            raise ToolFault(NO_PYTHON)
        # Isolated: neither the person's own packages' settings nor files beside it take part.
        argv = [python, "-I", "-u", "snippet.py"]
        return await _ran(argv, arguments, {"snippet.py": arguments["code"]})

    return OwnTool(PYTHON, answer)


def run_command() -> OwnTool:
    async def answer(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
        command = arguments["command"]
        argv = ["/bin/sh", "-c", command]
        if sys.platform == "win32":
            argv = ["powershell", "-NoProfile", "-NonInteractive", "-Command", command]
        return await _ran(argv, arguments, {})

    return OwnTool(COMMAND, answer)


async def _ran(
    argv: list[str], arguments: Mapping[str, Any], files: Mapping[str, str]
) -> ToolOutcome:
    limit_s = arguments.get("timeout_seconds", LIMIT_S)
    try:
        done = await run_in_scratch(argv, limit_s, files)
    except OSError as error:
        raise ToolFault(f"It could not be started: {error.strerror}.") from None
    ran = done.ran
    ended = f"exit status: {ran.status}"
    if ran.too_long:
        ended = f"Ended after {limit_s} seconds: it took too long."
    elif ran.too_much:
        ended = f"Ended: it wrote more than {MOST_OUTPUT // 1024 // 1024} MB."
    elif ran.status < 0:
        ended = f"Ended by signal {-ran.status}."
    parts = [ended, *_output("stdout", ran.output), *_output("stderr", ran.errors)]
    well = ran.status == 0 and not ran.too_long and not ran.too_much
    return ToolOutcome("\n".join(parts), is_error=not well, pictures=done.pictures)


def _output(name: str, data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace").rstrip("\n")
    if len(text) > SHOWN:
        text = f"{text[:SHOWN]}\n[{len(text) - SHOWN} more characters were not kept]"
    return [f"{name}:", text] if text else []
