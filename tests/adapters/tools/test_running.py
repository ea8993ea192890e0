"""Running snippets and commands, really: their output, their bounds, and that nothing is left."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from app.adapters.tools.own_tool import OwnTool
from app.adapters.tools.running import NO_PYTHON, SHOWN, run_command, run_python
from app.adapters.tools.scratch_run import MARK
from app.core.tool import Leave, leaves_for
from tests.adapters.tools.calling import call, fault, told
from tests.conftest import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="written for sh")
FORKS = """
import os, time
if not os.fork():
    os.setsid()
os.makedirs("a", exist_ok=True)
time.sleep(600)
"""
SH = run_command()
PY = run_python(lambda: sys.executable)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the folders of this test's runs are made."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def left_in(folder: Path) -> list[str]:
    return os.listdir(folder)


def marked() -> list[int]:
    """The processes of any run, from ours or below it, that are there (Linux)."""
    found = []
    for name in filter(str.isdecimal, os.listdir("/proc")):
        with suppress(OSError):
            if f"{MARK}=".encode() in Path("/proc", name, "environ").read_bytes():
                found.append(int(name))
    return found


async def test_each_call_asks() -> None:
    assert leaves_for(SH.tool) == leaves_for(PY.tool) == (Leave.DENY, Leave.ONCE)
    assert not SH.tool.reads_only


async def test_what_it_prints_apart_and_its_status(scratch: Path) -> None:
    assert await told(SH, command="echo out; echo err >&2") == (
        "exit status: 0\nstdout:\nout\nstderr:\nerr"
    )
    assert await fault(SH, command="printf 舷窗; exit 3") == "exit status: 3\nstdout:\n舷窗"
    assert await told(SH, command="true") == "exit status: 0"
    assert await told(SH, command="cat; printf '\\377'") == "exit status: 0\nstdout:\n\ufffd"
    assert left_in(scratch) == []


async def test_a_snippet_of_python(scratch: Path) -> None:
    text = await told(PY, code="import sys, os\nprint(6 * 7, 'é', len(sys.argv), os.listdir())")
    assert text == "exit status: 0\nstdout:\n42 é 1 ['snippet.py']"
    said = await fault(PY, code="1 / 0")
    assert "snippet.py" in said
    assert said.endswith("ZeroDivisionError: division by zero")
    assert "SyntaxError" in await fault(PY, code="def")
    assert "3" in await fault(PY, code="raise SystemExit(3)")


async def test_pictures_that_it_writes_are_given_back(scratch: Path) -> None:
    png = "b'\\x89PNG\\r\\n\\x1a\\n' + bytes(9)"
    code = (
        f"for n in range(7): open(f'{{n}}.png', 'wb').write({png})\n"
        "import os; os.symlink('/etc/hostname', 'x.png'); open('y.png', 'w').write('text')"
    )
    outcome = await call(PY, code=code)
    assert outcome.pictures == (b"\x89PNG\r\n\x1a\n" + bytes(9),) * 5


async def test_without_a_python_it_says_so() -> None:
    assert await fault(run_python(lambda: None), code="1") == NO_PYTHON
    assert "could not be started" in await fault(run_python(lambda: "/no/python"), code="1")


async def test_no_keys_and_no_home_go_along(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "SSH_AUTH_SOCK", "LD_LIBRARY_PATH"):
        monkeypatch.setenv(name, "secret")
    text = await told(SH, command='env; echo "in $HOME $(pwd)"')
    assert "secret" not in text
    folder = text.split("in ")[-1].split(" ")[0]
    assert folder.startswith(str(scratch))
    assert text.endswith(f"{folder} {folder}")


async def test_a_flood_is_ended_or_cut(scratch: Path) -> None:
    assert "wrote more than 16 MB" in await fault(SH, command="yes")
    text = await told(SH, command="head -c 1000010 /dev/zero | tr '\\0' a")
    assert text.endswith("aaa\n[10 more characters were not kept]")
    assert len(text) < SHOWN + 100
    assert "exit status: 0" in await told(SH, command="head -c 500000 /dev/zero >&2")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of processes")
async def test_too_long_a_run_is_ended_with_all_it_started(scratch: Path) -> None:
    command = (
        "chmod 0 . ; mkdir -p d && chmod 0 d; trap '' TERM; sleep 600 & "
        "setsid sleep 600 & (setsid sh -c 'sleep 600 & sleep 600' &) ; "
        "nohup sleep 600 >/dev/null 2>&1 & wait"
    )
    assert "Ended after 1 seconds" in await fault(SH, command=command, timeout_seconds=1)
    assert marked() == []
    assert left_in(scratch) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of processes")
async def test_what_it_leaves_running_is_ended(scratch: Path) -> None:
    command = "sleep 600 & (setsid sleep 600 >/dev/null 2>&1 &); echo done"
    assert (await told(SH, command=command)).endswith("done")
    assert marked() == []


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells of processes")
@pytest.mark.parametrize(
    ("tool", "argument"),
    [
        (SH, {"command": "(setsid sleep 600 &); sleep 600 & mkdir a; sleep 600"}),
        (PY, {"code": FORKS}),
    ],
)
async def test_cancelled_nothing_is_left(
    tool: OwnTool, argument: dict[str, str], scratch: Path
) -> None:
    running = asyncio.ensure_future(call(tool, **argument))
    await until(lambda: any(scratch.glob("*/a")))
    assert marked()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert marked() == []
    assert left_in(scratch) == []
