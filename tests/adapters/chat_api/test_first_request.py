"""The first request of a process: what is slow to import never holds up the event loop."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.faults.fault import ROOT

PROGRAM = """
import asyncio, sys, threading

slow = []

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in ("openai", "httpx2", "truststore", "pydantic"):
            slow.append((name, threading.current_thread() is threading.main_thread()))

sys.meta_path.insert(0, Watch())

from app.adapters.chat_api.client import ChatApi
from app.core.errors import ServiceError
from app.core.message import Message, Role, TextPart
from app.core.request import ChatRequest

async def main(way):
    api = ChatApi("http://127.0.0.1:1/v1", None, None)
    try:
        if way == "models":
            await api.models()
        else:
            question = ChatRequest("m", (Message(Role.USER, (TextPart("hello"),)),))
            async for _ in api.stream(question):
                pass
    except ServiceError:
        pass
    await api.close()

asyncio.run(main(sys.argv[1]))
print([name for name, by_the_loop in slow if by_the_loop], len(slow) > 1)
"""


@pytest.mark.parametrize("way", ["models", "stream"])
def test_imports_are_made_in_a_thread(way: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, way], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout == "[] True\n", done.stderr
