"""The walk over the real service, tried on services of this computer: its words and its ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.adapters.ocr.reader import ChildTextReader
from app.demo.service import DemoService
from app.kit.tasks import in_thread
from tests.faults.fault import ROOT
from tests.faults.rude_server import Asked, RudeServer, Wire, whole
from tests.live import sections_limits
from tests.live.pretend_service import MOST_BYTES, PretendService
from tests.live.run import SECTIONS, TEST_KEY, main

Shown = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _less_is_huge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections_limits, "HUGE", 2 * MOST_BYTES)


def test_without_a_key_nothing_is_run() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "JIEKOU_API_KEY"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.live.run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout.startswith("not run")
    assert done.stderr == ""


def test_a_service_that_does_as_the_guide_says(capsys: Shown) -> None:
    with RudeServer(PretendService(TEST_KEY)) as server:
        status = main(["--base-url", server.address])
        posts = server.posts
    report = capsys.readouterr().out
    assert [line for line in report.splitlines() if line.startswith("differs")] == []
    assert status == 0
    for section in SECTIONS:
        assert f"held                {section}: " in report
    assert f"{posts} POSTs, about $0." in report
    assert "of unknown price" not in report
    assert "json_object instead, text instead" in report
    assert TEST_KEY not in report
    assert server.asked[0].method == "GET"


def test_what_differs_is_said_and_the_cap_holds(capsys: Shown) -> None:
    pretend = PretendService(TEST_KEY)

    def deaf_to_stop(wire: Wire) -> None:
        request = wire.request

        def without_stop(*, body: bool = True) -> Asked:
            asked = request(body=body)
            return Asked(
                asked.method, asked.path, asked.headers, asked.body.replace(b'"5"', b'"x"')
            )

        wire.request = without_stop  # type: ignore[method-assign]
        pretend(wire)

    with RudeServer(deaf_to_stop) as server:
        assert main(["--base-url", server.address]) == 1
    report = capsys.readouterr().out
    (differs,) = [line for line in report.splitlines() if line.startswith("differs")]
    assert "effects: stop ends the answer" in differs
    with RudeServer(PretendService(TEST_KEY)) as server:
        assert main(["--base-url", server.address, "--cap", "0"]) == 0
        assert server.posts == 0
    assert "completion: the rest of this section — $0.00 are spent" in capsys.readouterr().out


def test_a_service_that_refuses_everything(capsys: Shown) -> None:
    page = whole(b"<title>Sign in</title>", "503 Away", "text/html")

    def refuse(wire: Wire) -> None:
        while True:
            page(wire, wire.request())

    with RudeServer(refuse) as server:
        assert main(["--base-url", server.address]) == 1
    assert "differs             models: the list is given — unavailable" in capsys.readouterr().out


async def test_the_demo_service(capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.demo.service.RATE", 0)
    reader = ChildTextReader()
    demo = DemoService(reader)
    address = await demo.start()
    try:
        status = await in_thread(main, ["--base-url", address])
    finally:
        await demo.close()
        await reader.close()
    report = capsys.readouterr().out
    assert status == 1
    assert "held                completion: usage, streamed" in report
    assert (
        "differs             parameters: n = 2 is taken — demo/porthole-demo: bad_request" in report
    )


@pytest.mark.parametrize("address", ["https://api.jiekou.ai/openai", "http://192.0.2.1/v1"])
def test_another_address_is_for_this_computer_alone(address: str) -> None:
    with pytest.raises(SystemExit):
        main(["--base-url", address], {"JIEKOU_API_KEY": "sk-secret"})
