"""`porthole ask` and `porthole models` against a real server on loopback."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.__main__ import main
from app.ask import find_target
from app.core.errors import FailureKind, ServiceError
from app.core.settings import Settings
from app.tour_keys import NoKeys

pytestmark = pytest.mark.usefixtures("qapp")

ANSWER = (
    ("reasoning_content", "think"),
    ("content", "an"),
    ("content", "swer 答"),
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: Recorder

    def do_GET(self) -> None:
        self._send(200, "application/json", json.dumps({"data": [{"id": "only/model"}]}))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization"))
        refusals = self.server.refusals
        status, kind, text = refusals.pop(0) if refusals else self.server.answer
        self._send(status, kind, text)

    def _send(self, status: int, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("x-request-id", "req-7")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Nothing: tests print enough."""


class Recorder(ThreadingHTTPServer):
    """Answers every completion with `answer` (status, content type, body); keeps what it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[dict[str, Any]] = []
        self.refusals: list[tuple[int, str, str]] = []
        """Answered first, one by one."""
        self.keys: list[str | None] = []
        self.answer = (200, "text/event-stream", stream(*ANSWER))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


def stream(*deltas: tuple[str, Any], finish: str | None = "stop", index: int = 0) -> str:
    """An event stream with these deltas."""
    choices: list[dict[str, Any]] = [
        {"index": index, "delta": {name: value}, "finish_reason": None} for name, value in deltas
    ]
    if finish:
        choices.append({"index": index, "delta": {}, "finish_reason": finish})
    chunks = [{"id": "c", "model": "m-1", "choices": [choice]} for choice in choices]
    usage = {"id": "c", "choices": [], "usage": {"total_tokens": 9}}
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in (*chunks, usage)]
    return "".join(lines) + "data: [DONE]\n\n"


@pytest.fixture
def service() -> Iterator[Recorder]:
    recorder = Recorder()
    thread = threading.Thread(target=recorder.serve_forever, args=(0.01,))
    thread.start()
    yield recorder
    recorder.shutdown()
    recorder.server_close()
    thread.join()


def asked(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, Any, str]:
    """Exit status, the printed object, and stderr of an `ask --json`."""
    status = main(["ask", "--json", *args])
    shown = capsys.readouterr()
    return status, json.loads(shown.out), shown.err


def test_the_answer_is_printed_and_the_reasoning_goes_to_stderr(
    service: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "--base-url", service.address, "--model", "m", "q"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "answer 答\n"
    assert shown.err == "think\n"
    assert len(service.requests) == 1


def test_json_is_one_object(service: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    status, found, _ = asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert status == 0
    assert found == {
        "content": "answer 答",
        "reasoning": "think",
        "tool_calls": [],
        "finish_reason": "stop",
        "complete": True,
        "usage": {"total_tokens": 9},
        "model": "m-1",
        "error": None,
    }


def test_what_is_sent(
    service: Recorder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, "PNG")
    picture = tmp_path / "a.png"
    picture.write_bytes(out.getvalue())
    schema = tmp_path / "s.json"
    schema.write_text('{"type": "object"}')
    args = ["--base-url", service.address, "--model", "m", "--image", str(picture)]
    args += ["--image", "https://x.test/b.png", "--detail", "high", "--system", "Be brief."]
    args += ["--param", "temperature=0", "--param", "top_k=3", "--schema", str(schema)]
    status, _, _ = asked(capsys, *args, "what?")
    assert status == 0
    (body,) = service.requests
    assert body["model"] == "m"
    assert (body["temperature"], body["top_k"], body["stream"]) == (0, 3, True)
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    first, second, text = body["messages"][1]["content"]
    kind, _, data = first["image_url"]["url"].partition(",")
    assert kind == "data:image/png;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (8, 6)
    assert first["image_url"]["detail"] == "high"
    assert second["image_url"] == {"url": "https://x.test/b.png", "detail": "high"}
    assert text == {"type": "text", "text": "what?"}
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert "max_tokens" not in body


def test_tools_are_sent_and_calls_only_printed(
    service: Recorder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}]
    path = tmp_path / "t.json"
    path.write_text(json.dumps(tools))
    call = {"index": 0, "id": "c1", "type": "function"}
    call["function"] = {"name": "f", "arguments": '{"x": 1}'}
    calls = stream(("tool_calls", [call]), finish="tool_calls")
    service.answer = (200, "text/event-stream", calls)
    args = ["--base-url", service.address, "--model", "m", "--tools", str(path)]
    status, found, _ = asked(capsys, *args, "--tool-choice", "required", "q")
    assert status == 0
    assert found["tool_calls"] == [{"id": "c1", "name": "f", "arguments": '{"x": 1}'}]
    assert service.requests[0]["tools"][0]["function"]["name"] == "f"
    assert service.requests[0]["tool_choice"] == "required"
    assert len(service.requests) == 1


def test_several_choices(service: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = stream(("content", "a")), stream(("content", "b"), index=1)
    both = first.replace("data: [DONE]\n\n", "") + second
    service.answer = (200, "text/event-stream", both)
    args = ["--base-url", service.address, "--model", "m", "--param", "n=2"]
    status, found, _ = asked(capsys, *args, "q")
    assert status == 0
    assert [c["content"] for c in found["choices"]] == ["a", "b"]
    assert found["content"] == "a"


@pytest.mark.parametrize("numbers", [(1, 2), (0, 1), (5,)])
def test_choices_count_under_whatever_numbers(
    service: Recorder, capsys: pytest.CaptureFixture[str], numbers: tuple[int, ...]
) -> None:
    texts = [stream(("content", f"c{n}"), index=n) for n in numbers]
    body = "".join(text.replace("data: [DONE]\n\n", "") for text in texts)
    service.answer = (200, "text/event-stream", body)
    args = ["--base-url", service.address, "--model", "m", "--param", f"n={len(numbers)}"]
    status, found, _ = asked(capsys, *args, "q")
    assert (status, found["content"]) == (0, f"c{numbers[0]}")
    if len(numbers) > 1:
        assert [c["content"] for c in found["choices"]] == [f"c{n}" for n in numbers]


def test_a_choice_that_was_asked_for_and_never_came_is_no_whole_answer(
    service: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    service.answer = (200, "text/event-stream", stream(("content", "one")))
    args = ["--base-url", service.address, "--model", "m", "--param", "n=2"]
    status, found, _ = asked(capsys, *args, "q")
    assert (status, found["complete"], found["content"]) == (4, False, "one")


def test_in_one_piece(service: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    message = {"role": "assistant", "content": "whole"}
    body = {"model": "m-2", "choices": [{"message": message, "finish_reason": "stop"}]}
    service.answer = (200, "application/json", json.dumps(body))
    args = ["--base-url", service.address, "--model", "m", "--no-stream"]
    status, found, _ = asked(capsys, *args, "q")
    assert (status, found["content"], found["model"]) == (0, "whole", "m-2")
    assert not service.requests[0].get("stream")


@pytest.mark.parametrize(
    ("answer", "status", "kind", "content"),
    [
        ((401, "application/json", '{"error": {"message": "bad key"}}'), 3, "auth", ""),
        ((500, "text/html", "<html>oops</html>"), 3, "server", ""),
        ((200, "text/html", "<html>Sign in</html>"), 3, "not_json", ""),
        ((200, "text/event-stream", ""), 3, "empty", ""),
        (
            (
                200,
                "text/event-stream",
                stream(("content", "half"), finish=None).partition("data: [DONE]")[0]
                + 'data: {"code": 500, "message": "upstream closed"}\n\n',
            ),
            3,
            "in_stream",
            "half",
        ),
    ],
)
def test_failures_exit_3_and_keep_what_came(
    service: Recorder,
    capsys: pytest.CaptureFixture[str],
    answer: tuple[int, str, str],
    status: int,
    kind: str,
    content: str,
) -> None:
    service.answer = answer
    got, found, _ = asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert (got, found["error"]["kind"], found["content"]) == (status, kind, content)
    assert found["complete"] is False
    assert found["error"]["message"]
    assert len(service.requests) == 1


BUSY = (429, "application/json", '{"error": {"message": "slow down"}}')
NO_FORMAT = (
    400,
    "application/json",
    '{"error": {"message": "unsupported response_format", "param": "response_format"}}',
)


def test_a_busy_service_is_asked_once(
    service: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    service.refusals = [BUSY]
    status, found, _ = asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert (status, found["error"]["kind"]) == (3, "rate_limited")
    assert len(service.requests) == 1


def test_waiting_for_a_busy_service_is_asked_for_and_announced(
    service: Recorder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.again.FIRST_WAIT_S", 0.01)
    service.refusals = [BUSY]
    status, found, said = asked(
        capsys, "--wait", "--base-url", service.address, "--model", "m", "q"
    )
    assert (status, found["content"]) == (0, "answer 答")
    assert "Trying again in 1 s." in said
    assert len(service.requests) == 2


def test_a_refused_format_falls_back_and_says_so(
    service: Recorder, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text('{"type": "object"}')
    service.refusals = [NO_FORMAT]
    status, found, said = asked(
        capsys, "--schema", str(schema), "--base-url", service.address, "--model", "m", "q"
    )
    assert (status, found["fell_back"]) == (0, "json_object")
    assert "asking again for a JSON object" in said
    formats = [r["response_format"]["type"] for r in service.requests]
    assert formats == ["json_schema", "json_object"]


@pytest.mark.parametrize("finish", [None, "length"])
def test_a_cut_answer_exits_4(
    service: Recorder, capsys: pytest.CaptureFixture[str], finish: str | None
) -> None:
    text = stream(("content", "half"), finish=finish).replace("data: [DONE]\n\n", "")
    service.answer = (200, "text/event-stream", text)
    status, found, _ = asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert (status, found["complete"], found["error"]) == (4, False, None)
    assert main(["ask", "--base-url", service.address, "--model", "m", "q"]) == 4
    assert "cut" in capsys.readouterr().err


def test_the_key_of_the_environment_goes_to_the_address_named(
    service: Recorder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(capsys, "--base-url", service.address, "--model", "m", "q")
    monkeypatch.setenv("JIEKOU_API_KEY", "jiekou-secret")
    asked(capsys, "--base-url", service.address, "--model", "m", "q")
    monkeypatch.setenv("PORTHOLE_API_KEY", "porthole-secret")
    asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert service.keys == [None, None, "Bearer porthole-secret"]


async def test_keys_go_only_where_they_belong() -> None:
    settings, keys = Settings(), NoKeys()
    environ = {"JIEKOU_API_KEY": "j", "PORTHOLE_API_KEY": "p"}
    target = await find_target("", settings, keys, environ)
    assert (target.address, target.key) == ("https://api.jiekou.ai/openai/v1", "j")
    target = await find_target(
        "https://api.jiekou.ai/openai", settings, keys, {"JIEKOU_API_KEY": "j"}
    )
    assert target.key == "j"
    with pytest.raises(ServiceError) as caught:
        await find_target("https://else.example/v1", settings, keys, {"JIEKOU_API_KEY": "j"})
    assert caught.value.failure.kind is FailureKind.NO_KEY


def test_without_a_key_nothing_is_sent_and_a_way_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "q"]) == 3
    assert "JIEKOU_API_KEY" in capsys.readouterr().err


def test_a_file_that_is_no_picture_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"\x00\x01junk")
    status, found, _ = asked(capsys, "--demo", "--image", str(path), "q")
    assert status == 2
    assert "x.png" in found["error"]["message"]


def test_models(service: Recorder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "--base-url", service.address]) == 0
    assert capsys.readouterr().out == "only/model\n"
    assert main(["models", "--base-url", service.address, "--json"]) == 0
    assert [m["id"] for m in json.loads(capsys.readouterr().out)] == ["only/model"]


def test_the_inner_service(capsys: pytest.CaptureFixture[str]) -> None:
    status, found, _ = asked(capsys, "--demo", "/stream 40")
    assert status == 0
    assert found["complete"]
    assert found["model"] == "demo/porthole-demo"


def test_history_is_not_written(
    service: Recorder, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    asked(capsys, "--base-url", service.address, "--model", "m", "q")
    assert not data_dir.exists()
