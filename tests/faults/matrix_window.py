"""Rows of the network matrix in the real window: asked, shown, and asked again by a click."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import FailureKind
from app.core.message import Message, MessageState
from app.features.chat.transcript import words
from tests.conftest import until
from tests.faults.matrix import ROWS
from tests.faults.matrix_row import GOOD, End, Place, Row, good
from tests.faults.matrix_ways import SCHEMA, Played
from tests.faults.rude_server import RudeServer, Wire, answering
from tests.journeys.world import Porthole, porthole

CHOSEN = (
    *("400", "401", "403", "408", "413", "500", "502_page", "504", "redirect_301_other_host"),
    *("redirect_308_same_host", "reset_after_request", "closed_after_request", "drop_rst"),
    *("drop_fin", "length_too_long", "done_without_finish", "finish_length", "gzip_cut"),
    *("error_in_stream_unwrapped_429", "error_first_string", "html_200", "empty_200"),
    *("garbage_200", "json_for_stream", "429", "429_breaks_off", "429_huge", "503_twice"),
    *("429_then_503", "format_refused_once", "format_refused_always"),
)
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
_FIRST = Row("nothing_yet", GOOD, answering(good))


def _untouched(wire: Wire) -> None:
    wire.reset()


@dataclass(slots=True)
class Window:
    """A window over a server that changes its manners, and what else it must not reach."""

    porthole: Porthole
    server: RudeServer
    other: RudeServer

    async def play(self, name: str) -> Played:
        """Ask once, look, click Retry where it stands, and look again. Counts what Enter sent."""
        row = ROWS[name]
        await self._behave(row)
        session = self.porthole.page.session
        session.set_parameters({"response_format": FORMAT} if row.format else {})
        await self.porthole.ask(f"question {name}")
        found, posts = self._foul(row, *row.patiently), self.server.posts
        if "Retry" in self.porthole.ways_on:
            await self._behave(_FIRST)
            self.porthole.click("Retry")
            await until(lambda: session.busy)
            await self.porthole.quiet()
            found += [f"after Retry: {wrong}" for wrong in self._foul(_FIRST, 1, GOOD)]
        elif session.branch()[-1].state is not MessageState.COMPLETE:
            found.append("no Retry is offered")
        return Played("window", posts, posts - row.posts, found)

    async def _behave(self, row: Row) -> None:
        assert row.place is Place.SERVER
        self.server.hang_up()
        await until(lambda: not self.server.open)
        self.server.manner = row.manner or _untouched
        self.server.forget()

    def _foul(self, row: Row, posts: int, expected: End) -> list[str]:
        reply = self.porthole.page.session.branch()[-1]
        kind = reply.failure.kind if reply.failure else None
        end = End(kind, reply.text, reply.state)
        found = [] if end == expected else [f"ended as {end}, not {expected}"]
        if self.server.posts != posts:
            found.append(f"{self.server.posts} POSTs, not {posts}")
        if self.other.connections:
            found.append("the redirect was followed")
        return found + self._unsaid(reply)

    def _unsaid(self, reply: Message) -> list[str]:
        shown = " ".join(self.porthole.shown.split())
        wanted = [reply.text.strip(), words.description(reply)]
        if reply.text and reply.failure and reply.failure.kind is FailureKind.CONNECTION_LOST:
            wanted[1] = words.lost_after(len(reply.text))
        return [f"not shown: {said}" for said in wanted if " ".join(said.split()) not in shown]


@asynccontextmanager
async def window(directory: Path) -> AsyncIterator[Window]:
    """A window whose only service is a server that behaves as it is told."""
    with (
        RudeServer(_untouched, name="localhost") as other,
        RudeServer(_untouched, other=other.address) as server,
    ):
        async with porthole(directory, address=server.address) as opened:
            yield Window(opened, server, other)
