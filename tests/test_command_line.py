"""The command line: what is understood, and how wrong use is told."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from app.ask_args import read_ask
from app.ask_parser import WrongUse
from app.command_line import parse
from app.core.request import FormatKind

pytestmark = pytest.mark.usefixtures("qapp")


def test_files_and_options_of_the_window() -> None:
    given = parse(["--data-dir", "d", "shot.png", "notes.txt"])
    assert (given.command, given.data_dir, given.files) == ("", "d", ["shot.png", "notes.txt"])
    assert parse([]).files == []
    assert parse([]).wish == "open"
    assert parse(["--capture"]).wish == "capture"
    assert parse(["--ask"]).wish == "ask"
    assert parse(["--data-dir", "ask"]).command == ""


def test_data_dir_stands_before_ask() -> None:
    given = parse(["--data-dir", "d", "ask", "--json", "why?"])
    assert (given.command, given.data_dir, given.question) == ("ask", "d", "why?")


def test_a_whole_question(tmp_path: Path) -> None:
    schema = tmp_path / "s.json"
    schema.write_text('{"type": "object"}')
    tools = tmp_path / "t.json"
    tools.write_text(json.dumps([{"type": "function", "function": {"name": "f"}}]))
    words = [
        "ask",
        "--model",
        "m",
        "--image",
        "a.png",
        "--image",
        "https://x.test/b.png",
        "--detail",
        "high",
    ]
    words += ["--param", "temperature=0", "--param", "stop=x=y", "--schema", str(schema)]
    words += ["--tools", str(tools), "--tool-choice", "f", "--no-stream", "q"]
    options = read_ask(parse(words))
    assert options.parameters == {"temperature": 0, "stop": "x=y"}
    assert options.images == ("a.png", "https://x.test/b.png")
    assert options.response_format is not None
    assert options.response_format.kind is FormatKind.JSON_SCHEMA
    assert options.response_format.schema == {"type": "object"}
    assert [tool.name for tool in options.tools] == ["f"]
    assert options.tool_choice == {"type": "function", "function": {"name": "f"}}
    assert not options.stream


def test_a_json_schema_object_is_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    inner = {"type": "object", "properties": {}}
    path.write_text(json.dumps({"name": "receipt", "strict": True, "schema": inner}))
    found = read_ask(parse(["ask", "--schema", str(path), "q"])).response_format
    assert found is not None
    assert (found.name, found.strict, found.schema) == ("receipt", True, inner)


def test_the_question_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("从管道来的问题"))
    assert read_ask(parse(["ask", "-"])).question == "从管道来的问题"


@pytest.mark.parametrize(
    "args",
    [
        ["ask"],
        ["ask", "  "],
        ["ask", "--param", "novalue", "q"],
        ["ask", "--schema", "missing.json", "q"],
        ["ask", "--detail", "fine", "q"],
        ["ask", "--demo", "--base-url", "http://127.0.0.1", "q"],
        ["ask", "--tool-choice", "{", "q"],
        ["--nonsense"],
    ],
)
def test_wrong_use_is_named(args: list[str]) -> None:
    with pytest.raises(WrongUse, match=r"\w+"):
        read_ask(parse(args))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Porthole ")


def test_wrong_use_exits_2_and_prints_one_object_under_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "--json", "--detail", "fine", "q"]) == 2
    shown = capsys.readouterr()
    made = json.loads(shown.out)
    assert made["error"]["kind"] == "wrong_use"
    assert made["complete"] is False
    assert "detail" in shown.err


@pytest.mark.parametrize("option", ["--schema", "--tools", "--param", "--tool-choice"])
def test_json_that_is_nested_without_end_is_wrong_use(tmp_path: Path, option: str) -> None:
    deep = '{"a":' + "[" * 100_000
    path = tmp_path / "deep.json"
    path.write_text(deep)
    value = {"--param": f"p={deep}", "--tool-choice": deep}.get(option, str(path))
    with pytest.raises(WrongUse, match="nested too deeply"):
        read_ask(parse(["ask", option, value, "q"]))


def test_a_tool_whose_parameters_are_no_schema_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('[{"type": "function", "function": {"name": "f", "parameters": "x"}}]')
    with pytest.raises(WrongUse, match="f: parameters are no JSON schema"):
        read_ask(parse(["ask", "--tools", str(path), "q"]))


def test_wrong_use_is_one_object_whatever_the_terminal_speaks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "ask", "--json", "--detail", "高", "q"],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "高" in json.loads(done.stdout)["error"]["message"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_without_a_display_it_is_said_what_to_do() -> None:
    without = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    env = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-m", "app"],
        capture_output=True,
        env=env,
        cwd=Path(__file__).parents[1],
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    said = done.stderr.decode("utf-8").strip()
    assert "porthole ask" in said
    assert len(said.splitlines()) == 1
