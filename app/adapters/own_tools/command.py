"""A call answered by a program: arguments as JSON on its input, its output as the result."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.adapters.own_tools.process import MOST_OUTPUT, Ran, run_program
from app.adapters.own_tools.result import picture_in, result_text
from app.adapters.threads import in_daemon_thread
from app.core.own_tool import CommandAction
from app.core.own_tool_call import as_json
from app.core.tool import ToolOutcome

KEPT_VARIABLES = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE"),
)
"""What programs commonly fail without; nothing else of the environment is handed on."""


async def run_command(
    action: CommandAction, secrets: Mapping[str, str], arguments: Mapping[str, Any], limit_s: int
) -> ToolOutcome:
    """Start the program and wait for its end. Never raises but for a cancellation."""
    folder = action.folder.strip()
    if folder:
        place = await in_daemon_thread(_folder, folder)
        if not place:
            return _failed(f"The folder of this tool is not there: {folder}")
        return await _run(action, place, secrets, arguments, limit_s)
    try:
        scratch = await in_daemon_thread(
            tempfile.TemporaryDirectory, prefix="porthole-tool-", ignore_cleanup_errors=True
        )
    except OSError as error:
        return _failed(f"No folder could be made for this call: {error.strerror}")
    try:
        return await _run(action, scratch.name, secrets, arguments, limit_s)
    finally:
        await in_daemon_thread(scratch.cleanup)


def environment(action: CommandAction, secrets: Mapping[str, str]) -> dict[str, str]:
    """All the variables that the program sees."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, **dict(action.env), **secrets}


async def _run(
    action: CommandAction,
    folder: str,
    secrets: Mapping[str, str],
    arguments: Mapping[str, Any],
    limit_s: int,
) -> ToolOutcome:
    try:
        ran = await run_program(
            action.argv,
            folder=folder,
            env=environment(action, secrets),
            given=as_json(arguments),
            limit_s=limit_s,
        )
    except FileNotFoundError:
        return _failed(f"The program was not found: {action.argv[0]}")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "its words hold what none may"
        return _failed(f"The program could not be started: {why}")
    return _outcome(ran, limit_s)


def _outcome(ran: Ran, limit_s: int) -> ToolOutcome:
    why = ""
    if ran.too_long:
        why = f"The program was ended: it took longer than {limit_s} s."
    elif ran.too_much:
        why = f"The program was ended: it wrote more than {MOST_OUTPUT // 1024 // 1024} MB."
    elif ran.status:
        ended = f"exit status {ran.status}" if ran.status > 0 else f"ended by signal {-ran.status}"
        why = f"The program failed ({ended})."
    elif (picture := picture_in(ran.output)) is not None:
        return ToolOutcome("[The program gave a picture.]", pictures=(picture,))
    output, errors = result_text(ran.output), result_text(ran.errors)
    if not why:
        return ToolOutcome(output or errors or "[The program wrote nothing.]")
    return _failed("\n\n".join(part for part in (why, errors.strip(), output.strip()) if part))


def _failed(words: str) -> ToolOutcome:
    return ToolOutcome(words, is_error=True)


def _folder(typed: str) -> str:
    """The folder's whole path; empty where it is none."""
    place = Path(typed).expanduser()
    return str(place) if place.is_dir() else ""
