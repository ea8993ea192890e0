"""A process that talks to a history as fast as it can, and says what it was told is safe.

Each line on stdout is JSON: `{"id", "text"}` for a message (its whole text is on the disk when it
says so) or `{"draft"}`. It runs until it is killed. Replies grow by one stamp of the monotonic
clock at a time and are checkpointed every 200 ms, as an open conversation does.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

from app.adapters.history_db import History, open_history
from app.core.conversation import ConversationInfo, Draft
from app.core.message import ImagePart, Message, MessageState, Role, TextPart

CHECKPOINT_S = 0.2
STEP_S = 0.01


def say(**facts: str) -> None:
    os.write(1, json.dumps(facts).encode() + b"\n")


async def ask(history: History, info: ConversationInfo, chance: random.Random) -> Message:
    """A draft, its picture, and the question that becomes of them."""
    text = f"问 {chance.random()} " + "x" * chance.randrange(20_000)
    await history.save_draft(info, Draft(text))
    say(draft=text)
    blob = await history.put_blob(text.encode()[:1000])
    question = Message(Role.USER, (ImagePart("a.png", blob=blob), TextPart(text)))
    await history.append(info, [question])
    say(id=question.id, text=text)
    return question


async def turn(history: History, info: ConversationInfo, chance: random.Random) -> None:
    """Questions in quick succession, and an answer that streams for up to half a second."""
    for _ in range(chance.choice((1, 1, 1, 100))):
        question = await ask(history, info, chance)
    reply = Message(Role.ASSISTANT, (), parent=question.id, state=MessageState.STREAMING)
    told = f"{time.monotonic():.4f}"
    await history.append(info, [replace(reply, parts=(TextPart(told),))])
    say(id=reply.id, text=told)
    until, saved = time.monotonic() + chance.random() / 2, time.monotonic()
    while time.monotonic() < until:
        await asyncio.sleep(STEP_S)
        told += f" {time.monotonic():.4f}"
        if time.monotonic() - saved >= CHECKPOINT_S:
            saved = time.monotonic()
            await history.update(replace(reply, parts=(TextPart(told),)), durable=False)
            say(id=reply.id, text=told)
    ended = replace(reply, parts=(TextPart(told),), state=MessageState.COMPLETE)
    await history.update(ended)
    say(id=reply.id, text=told)


async def talk(directory: Path, conversation: str, seed: int) -> None:
    history = open_history(directory)
    history.start_state()
    chance = random.Random(seed)
    while True:
        await turn(history, ConversationInfo(id=conversation), chance)


if __name__ == "__main__":
    asyncio.run(talk(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
