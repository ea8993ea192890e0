"""The key goes to the address it was given for, and nowhere else, whatever that address answers."""

from __future__ import annotations

import json

import pytest

from app.adapters.chat_api.client import ChatApi
from app.core.errors import FailureKind, ServiceError
from app.core.events import Failed
from tests.adapters.chat_api.server import Server, plain, serving
from tests.adapters.chat_api.test_client_streams import KEY, STREAM, ask, no_blob, question

MOVED = ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"]


def sees_the_key(server: Server) -> bool:
    return any(KEY in f"{asked.path}{asked.headers}{asked.body!r}" for asked in server.asked)


@pytest.mark.parametrize("status", MOVED)
@pytest.mark.parametrize("same_host", [False, True])
async def test_a_redirect_is_never_followed(status: str, same_host: bool) -> None:
    async with serving(plain(STREAM)) as elsewhere:
        target = "/v1/moved/chat/completions" if same_host else f"{elsewhere.address}/stolen"
        async with serving(plain(b"moved", status, Location=target)) as server:
            [*_, last] = await ask(server.address)
            assert (server.posts, len(server.asked)) == (1, 1)
            assert sees_the_key(server)
        assert elsewhere.asked == []
    assert isinstance(last, Failed)
    assert last.failure.kind is FailureKind.REDIRECTED
    assert last.failure.status == int(status[:3])
    assert last.failure.message == target


@pytest.mark.parametrize("status", MOVED)
async def test_nor_for_the_list_of_models(status: str) -> None:
    async with serving(plain(json.dumps({"data": []}).encode())) as elsewhere:
        answer = plain(b"", status, Location=f"{elsewhere.address}/models")
        async with serving(answer) as server:
            api = ChatApi(server.address, KEY, no_blob)
            with pytest.raises(ServiceError) as caught:
                await api.models()
            await api.close()
            assert len(server.asked) == 1
        assert elsewhere.asked == []
    assert caught.value.failure.kind is FailureKind.REDIRECTED


@pytest.mark.parametrize("location", ["", "http://[broken", "//evil.example/v1", "\u00e9"])
async def test_odd_targets_are_not_followed_either(location: str) -> None:
    async with serving(plain(b"", "302 Found", Location=location)) as server:
        [*_, last] = await ask(server.address)
        assert len(server.asked) == 1
    assert isinstance(last, Failed)
    assert last.failure.kind is FailureKind.REDIRECTED


async def test_other_ways_to_send_a_client_elsewhere_are_no_way() -> None:
    async with serving(plain(STREAM)) as elsewhere:
        answer = plain(
            STREAM,
            Refresh=f"0; url={elsewhere.address}",
            Content_Location=elsewhere.address,
            Alt_Svc=f'h2="{elsewhere.address[7:-3]}"; ma=60',
            Set_Cookie="session=1",
        )
        async with serving(answer) as server:
            api = ChatApi(server.address, KEY, no_blob)
            for _ in range(2):
                events = [e async for e in api.stream(question())]
            await api.close()
            assert server.posts == 2
            assert not any("cookie" in asked.headers for asked in server.asked)
        assert elsewhere.asked == []
    assert not isinstance(events[-1], Failed)
