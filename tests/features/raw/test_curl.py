"""The command that sends a request again: right for a shell, and without the key."""

from __future__ import annotations

import asyncio
import json
import os
import shutil

import pytest

from app.features.raw.curl import curl, key_variable, quoted
from tests.adapters.chat_api.server import plain, serving

HOSTILE = "it's $HOME `id` \"q\" \\ \n BODY \nBODY\n $(id) é 中文 \x07 '\\''"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.jiekou.ai/openai/v1/chat/completions", "JIEKOU_API_KEY"),
        ("https://API.JieKou.ai:443/openai/v1/chat/completions", "JIEKOU_API_KEY"),
        ("https://api.openai.com/v1/chat/completions", "OPENAI_API_KEY"),
        ("https://api.openai.com.evil.example/v1/chat/completions", "API_KEY"),
        ("https://jiekou.ai.evil.example/v1/chat/completions", "API_KEY"),
        ("http://127.0.0.1:8080/v1/chat/completions", "API_KEY"),
        ("no address", "API_KEY"),
    ],
)
def test_the_key_is_a_variable_named_for_its_service(url: str, name: str) -> None:
    assert key_variable(url) == name
    assert f'"Authorization: Bearer ${name}"' in curl(url, "{}", {})


def test_it_waits_for_a_stream_only_where_one_was_asked_for() -> None:
    assert "--no-buffer" in curl("http://x/", "{}", {"stream": True})
    assert "--no-buffer" not in curl("http://x/", "{}", {"stream": False})
    assert "--no-buffer" not in curl("http://x/", "{}", {})


def test_an_address_is_one_argument_whatever_stands_in_it() -> None:
    assert quoted("http://x/'; rm -rf ~ #") == "'http://x/'\\''; rm -rf ~ #'"


@pytest.mark.skipif(not shutil.which("sh") or not shutil.which("curl"), reason="needs a shell")
@pytest.mark.parametrize("indent", [None, 2])
async def test_a_shell_sends_what_was_sent(indent: int | None) -> None:
    body = json.dumps({"stream": True, "say": HOSTILE}, ensure_ascii=False, indent=indent)
    async with serving(plain(b"{}")) as server:
        command = curl(f"{server.address}/it's/$HOME", body, {"stream": True})
        shell = await asyncio.create_subprocess_exec(
            "sh",
            *("-c", command.replace("curl ", "curl --silent --noproxy '*' ", 1)),
            env={"PATH": os.environ["PATH"], "API_KEY": "sk-mine"},
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await shell.communicate()
        (asked,) = server.asked
    assert out == b"{}"
    assert asked.body.decode() == body + "\n"
    assert asked.path == "/v1/it's/$HOME"
    assert asked.headers["authorization"] == "Bearer sk-mine"
    assert asked.headers["content-type"] == "application/json"
