"""Testing a connection with the program's own client, over HTTP on loopback."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.adapters.chat_api.client import ChatApi
from app.core.errors import FailureKind, ServiceError
from app.core.model_info import Capability
from app.core.network import Network
from app.core.ports import ChatService
from app.core.settings import Profile, Settings
from app.features.connection.connections import Connections
from app.features.connection.status import Check
from app.kit.error_text import sentence
from app.kit.settings_holder import SettingsHolder
from tests.features.connection.world import Keys

MODELS = [
    {"id": "text/one", "features": ["function-calling"], "context_size": 32768},
    {"id": "sees/two", "features": [], "input_modalities": ["text", "image"]},
]


class Catalogue(http.server.BaseHTTPRequestHandler):
    """Lists models for a good key; refuses in the words of the service otherwise."""

    def do_GET(self) -> None:
        good = self.headers.get("Authorization") == "Bearer sk-good-1"
        refusal = {"code": 401, "reason": "FAILED_TO_AUTH", "message": "key not recognised"}
        body = json.dumps({"data": MODELS} if good else refusal).encode()
        self.send_response(200 if good else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        return


@pytest.fixture
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Catalogue) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/openai"
        listening.shutdown()
        thread.join()


async def test_the_programs_client_lists_models_or_says_why_not(address: str) -> None:
    settings = Settings().with_profile(Profile("lab", "Lab", address))
    holder = SettingsHolder(replace(settings, default_profile="lab"), save=lambda _settings: None)

    async def no_blobs(_sha256: str) -> bytes:
        raise AssertionError("a list of models needs no picture")

    async def no_demo() -> str:
        raise AssertionError("the demo was not asked for")

    def make(_profile: Profile, where: str, key: str | None, network: Network) -> ChatService:
        return ChatApi(where, key, no_blobs, network=network)

    connections = Connections(
        settings=holder,
        keys=Keys(lab="sk-wrong"),
        make_service=make,
        demo_address=no_demo,
        environ={},
    )
    status = await connections.test("lab")
    assert status.check is Check.FAILED
    assert isinstance(status.error, ServiceError)
    assert status.error.failure.kind is FailureKind.AUTH
    assert sentence(status.error).startswith("The key was refused (401): key not recognised.")
    listed: list[tuple[str, bool | None]] = []
    connections.connection_tested.connect(
        lambda _profile, models: listed.extend((m.id, m.can(Capability.VISION)) for m in models)
    )
    await connections.keep_key("lab", "sk-good-1")
    status = await connections.test("lab")
    assert (status.check, status.models) == (Check.PASSED, 2)
    assert dict(listed)["sees/two"] is True
    lab = holder.value.profile("lab")
    assert lab is not None
    assert (lab.text_model, lab.picture_model) == ("text/one", "sees/two")
    await connections.close()
