"""Programs as tools: real processes, what they are given, and that nothing is left of them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.adapters.own_tools import process
from app.adapters.own_tools.command import run_command
from app.core.own_tool import CommandAction
from app.core.tool import ToolOutcome
from tests.conftest import until

PNG = b"\x89PNG\r\n\x1a\n" + b"rest"
posix = pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")


def python(code: str, **more: Any) -> CommandAction:
    return CommandAction((sys.executable, "-c", code), **more)


async def run(
    action: CommandAction,
    arguments: Mapping[str, Any] | None = None,
    secrets: Mapping[str, str] | None = None,
    limit_s: int = 30,
) -> ToolOutcome:
    return await run_command(action, secrets or {}, arguments or {}, limit_s)


def is_there(pid: int) -> bool:
    """Whether a process runs: one that is only not reaped yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_the_arguments_are_json_on_its_input_and_its_output_the_result() -> None:
    code = "import json,sys; print(json.load(sys.stdin)['city'][::-1])"
    outcome = await run(python(code), {"city": "上海 🌦", "n": [1, {"a": None}]})
    assert outcome == ToolOutcome("🌦 海上\n")


async def test_half_a_character_reaches_it_escaped() -> None:
    outcome = await run(python("import sys; print(sys.stdin.read())"), {"a": "\ud800"})
    assert json.loads(outcome.text) == {"a": "\ud800"}


async def test_nothing_is_a_shell_s_word() -> None:
    words = ("$HOME", "`id`", "a b", "; rm -rf /", "*", "{city}")
    action = python("import sys,json; print(json.dumps(sys.argv[1:]))")
    outcome = await run(CommandAction((*action.argv, *words)), {"city": "x"})
    assert json.loads(outcome.text) == list(words)


async def test_it_sees_little_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    code = "import os,json; print(json.dumps(dict(os.environ)))"
    seen = json.loads((await run(python(code, env=(("A", "1"),)), {}, {"S": "x"})).text)
    assert (seen["A"], seen["S"], "PATH" in seen) == ("1", "x", True)
    assert "OPENAI_API_KEY" not in seen


def is_here(path: str) -> bool:
    return Path(path).exists()


async def test_its_folder_is_new_and_gone_after_it(tmp_path: Path) -> None:
    code = "import os; open('left','w').close(); print(os.getcwd(), len(os.listdir()), end='')"
    first, second = [(await run(python(code))).text.split() for _ in range(2)]
    assert first[1] == second[1] == "1"
    assert first[0] != second[0]
    assert not is_here(first[0])
    own = await run(python(code, folder=str(tmp_path)))
    assert own.text.split()[0] == str(tmp_path)
    assert (tmp_path / "left").exists()
    gone = await run(python(code, folder=str(tmp_path / "none")))
    assert gone.is_error
    assert "folder" in gone.text


@pytest.mark.parametrize("argv", [("no-such-program-here",), ("a\0b",), ("/",)])
async def test_what_cannot_be_started_says_so(argv: tuple[str, ...]) -> None:
    outcome = await run(CommandAction(argv))
    assert outcome.is_error
    assert "program" in outcome.text


async def test_a_failure_tells_its_status_and_all_that_was_said() -> None:
    code = "import sys; print('half'); print('why', file=sys.stderr); sys.exit(3)"
    outcome = await run(python(code))
    assert outcome.is_error
    assert [w in outcome.text for w in ("exit status 3", "why", "half")] == [True] * 3


async def test_a_picture_comes_as_one() -> None:
    outcome = await run(python(f"import sys; sys.stdout.buffer.write({PNG!r})"))
    assert outcome.pictures == (PNG,)


async def test_other_bytes_than_text_are_named_and_bad_text_is_marked() -> None:
    assert "no text" in (await run(python("print('a\\0b')"))).text
    assert (await run(python("import os; os.write(1, b'a\\xffb')"))).text == "a\ufffdb"


async def test_a_flood_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_OUTPUT", 300_000)
    code = "import sys\nwhile True: sys.stdout.write('x' * 9999); sys.stderr.write('y' * 9999)"
    ran = await process.run_program(
        python(code).argv, folder="/", env=dict(os.environ), given=b"{}", limit_s=30
    )
    assert ran.too_much
    assert len(ran.output) == 300_000
    assert len(ran.errors) <= process.MOST_ERRORS


async def test_one_that_hangs_is_ended_in_time() -> None:
    outcome = await run(
        python("print('first', flush=True); import time; time.sleep(99)"), limit_s=1
    )
    assert outcome.is_error
    assert "longer than 1 s" in outcome.text
    assert "first" in outcome.text


@posix
@pytest.mark.parametrize("detached", [False, True])
async def test_cancelled_nothing_of_it_is_left(
    tmp_path: Path, detached: bool, request: pytest.FixtureRequest
) -> None:
    """Its children end with it, also one that left its group."""
    told = tmp_path / "pids"
    code = (
        "import os,subprocess,sys,time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'],"
        f" start_new_session={detached})\n"
        f"open({str(told)!r} + '.part', 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        f"os.rename({str(told)!r} + '.part', {str(told)!r})\n"
        "time.sleep(99)"
    )
    from app.kit.tasks import TaskScope

    scope = TaskScope()
    task = scope.start(run(python(code)))
    await until(told.exists)
    pids = [int(word) for word in told.read_text().split()]
    assert all(map(is_there, pids))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: not any(map(is_there, pids)))
    await scope.close()


@posix
async def test_what_it_leaves_behind_ends_too_and_is_not_waited_for() -> None:
    code = (
        "import subprocess,sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])\n"
        "print(child.pid)"
    )
    outcome = await run(python(code))
    assert not outcome.is_error
    await until(lambda: not is_there(int(outcome.text)))
