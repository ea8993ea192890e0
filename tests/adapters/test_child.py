"""Child processes: frames, limits, deaths, idleness, and nothing left behind."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.adapters.child import ChildError, ChildProblem, ChildWorker, child_command
from app.adapters.child_frames import FrameError, read_frame, write_frame
from tests.conftest import until

ECHO = [sys.executable, "-m", "tests.adapters.echo_worker"]
ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def echo(idle_s: float = 60) -> AsyncIterator[ChildWorker]:
    worker = ChildWorker("echo", idle_s=idle_s, command=ECHO)
    try:
        yield worker
    finally:
        await worker.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    if not Path("/proc").is_dir():
        return True  # no telling more of it here
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False  # it went between two looks
    return status.rsplit(") ", 1)[1][0] != "Z"


def test_frames_carry_json_and_bytes() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"name": "图片 \ud800"}, b"\0\1\2")
    pipe.seek(0)
    assert read_frame(pipe) == ({"name": "图片 \ud800"}, b"\0\1\2")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0",
        b"\0\0\0\2" + b"\0" * 8 + b"[]",
        b"\0\0\0\2" + b"\0" * 8 + b"{",
        b"\xff" * 12,
        b"\0\0\0\1" + b"\0" * 8 + b"x",
    ],
)
def test_what_is_no_frame_is_refused(raw: bytes) -> None:
    with pytest.raises(FrameError):
        read_frame(io.BytesIO(raw))


async def test_it_answers_and_stays_for_the_next_question() -> None:
    async with echo() as worker:
        assert not worker.running
        header, body = await worker.ask({"do": "echo", "text": "舷窗"}, b"\0bytes", limit_s=30)
        assert header["text"] == "舷窗"
        assert body == b"\0bytes"
        again, _ = await worker.ask({"do": "echo"}, limit_s=30)
        assert again["pid"] == header["pid"]
    assert not alive(header["pid"])


async def test_it_can_be_there_before_the_first_question(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    script = f"open({str(log)!r}, 'a').write('x'); " + (
        "from app.adapters.child_loop import serve; serve('tests.adapters.echo_worker')"
    )
    worker = ChildWorker("echo", idle_s=60, command=[sys.executable, "-c", script])
    try:
        await asyncio.gather(worker.warm(), worker.warm())
        assert worker.running
        await worker.warm()
        header, _ = await worker.ask({"do": "echo", "text": "here"}, limit_s=30)
        assert header["text"] == "here"
        assert log.read_text() == "x"
    finally:
        await worker.close()
    with pytest.raises(ChildError):
        await worker.warm()


async def test_questions_asked_at_once_are_all_answered() -> None:
    async with echo() as worker:
        asked = [worker.ask({"do": "echo", "text": str(n)}, limit_s=30) for n in range(20)]
        answers = await asyncio.gather(*asked)
    assert [header["text"] for header, _ in answers] == [str(n) for n in range(20)]


async def test_it_ends_when_idle_and_comes_back_when_asked() -> None:
    async with echo(idle_s=0.05) as worker:
        first, _ = await worker.ask({"do": "echo"}, limit_s=30)
        await until(lambda: not alive(first["pid"]))
        second, _ = await worker.ask({"do": "echo"}, limit_s=30)
        assert second["pid"] != first["pid"]


@pytest.mark.parametrize("question", ["burn", "hang"])
async def test_one_that_takes_too_long_is_killed(question: str) -> None:
    async with echo() as worker:
        before, _ = await worker.ask({"do": "echo"}, limit_s=30)
        with pytest.raises(ChildError) as caught:
            await worker.ask({"do": question}, limit_s=0.2)
        assert caught.value.problem is ChildProblem.TOO_SLOW
        after, _ = await worker.ask({"do": "echo"}, limit_s=30)
        assert after["pid"] != before["pid"]
        assert not alive(before["pid"])


@pytest.mark.skipif(sys.platform == "win32", reason="processor time cannot be limited there")
async def test_processor_time_is_limited_apart_from_the_clock() -> None:
    async with echo() as worker:
        with pytest.raises(ChildError) as caught:
            await worker.ask({"do": "burn"}, limit_s=50, cpu_s=0.1)
        assert caught.value.problem is ChildProblem.TOO_SLOW


async def test_a_crash_is_told_and_the_next_question_answered() -> None:
    async with echo() as worker:
        with pytest.raises(ChildError) as caught:
            await worker.ask({"do": "die"}, limit_s=30)
        assert caught.value.problem is ChildProblem.ENDED
        header, _ = await worker.ask({"do": "echo", "text": "back"}, limit_s=30)
        assert header["text"] == "back"


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
async def test_one_that_was_killed_while_it_waited_is_replaced() -> None:
    def gone(pid: int) -> bool:
        return bool(os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT))

    async with echo() as worker:
        before, _ = await worker.ask({"do": "echo"}, limit_s=30)
        os.kill(before["pid"], signal.SIGTERM)
        await until(lambda: gone(before["pid"]))
        for text in ("first", "second"):
            header, body = await worker.ask({"do": "echo", "text": text}, text.encode(), limit_s=30)
            assert (header["text"], body) == (text, text.encode())


async def test_a_workers_own_no_and_its_faults_come_back_as_such() -> None:
    async with echo() as worker:
        assert (await worker.ask({"do": "refuse"}, limit_s=30))[0] == {"refused": "not today"}
        fault, _ = await worker.ask({"do": "unknown"}, limit_s=30)
        assert fault == {"refused": "fault", "kind": "KeyError"}


@pytest.mark.skipif(sys.platform != "linux", reason="address space can be limited on Linux")
async def test_memory_is_limited() -> None:
    async with echo() as worker:
        assert (await worker.ask({"do": "eat"}, limit_s=30))[0] == {"refused": "memory"}


async def test_its_environment_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEKOU_API_KEY", "sk-canary")
    async with echo() as worker:
        header, _ = await worker.ask({"do": "environment"}, limit_s=30)
    assert "PATH" in header["names"]
    assert "JIEKOU_API_KEY" not in header["names"]


async def test_cancelling_kills_the_child_at_work() -> None:
    async with echo() as worker:
        before, _ = await worker.ask({"do": "echo"}, limit_s=30)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await worker.ask({"do": "hang"}, limit_s=50)
        await until(lambda: not alive(before["pid"]))
        after, _ = await worker.ask({"do": "echo"}, limit_s=30)
        assert after["pid"] != before["pid"]


async def test_closing_ends_a_child_at_work_and_refuses_the_rest() -> None:
    worker = ChildWorker("echo", idle_s=60, command=ECHO)
    header, _ = await worker.ask({"do": "echo"}, limit_s=30)
    threads = threading.active_count()

    async def close_soon() -> None:
        await asyncio.sleep(0)
        await worker.close()

    hanging = worker.ask({"do": "hang"}, limit_s=50)
    queued = worker.ask({"do": "echo"}, limit_s=50)
    outcomes = await asyncio.gather(hanging, queued, close_soon(), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ChildError, ChildError, type(None)]
    assert not alive(header["pid"])
    await until(lambda: threading.active_count() < threads)
    with pytest.raises(ChildError):
        await worker.ask({"do": "echo"}, limit_s=30)


async def test_one_that_cannot_start_is_told() -> None:
    worker = ChildWorker("none", idle_s=60, command=[str(ROOT / "no such program")])
    with pytest.raises(ChildError) as caught:
        await worker.ask({}, limit_s=30)
    assert caught.value.problem is ChildProblem.ENDED
    await worker.close()


PARENT = """
import asyncio, os, sys
from app.adapters.child import ChildWorker
async def main():
    worker = ChildWorker("echo", idle_s=60, command=[sys.executable, "-m", sys.argv[1]])
    header, _ = await worker.ask({"do": "echo"}, limit_s=30)
    print(header["pid"], flush=True)
    await worker.ask({"do": "burn"}, limit_s=600)
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
async def test_a_child_dies_with_its_parent_even_while_it_works() -> None:
    pid = start_and_kill_parent()
    await until(lambda: not alive(pid))


def start_and_kill_parent() -> int:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, "tests.adapters.echo_worker"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    return pid


def test_a_packaged_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("images") == [sys.executable, "-m", "app.adapters.child", "images"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("images") == [sys.executable, "--child", "images"]


def test_an_unknown_child_is_wrong_use() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.adapters.child", "nobody"],
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
