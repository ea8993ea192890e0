"""Porthole without a window: `ask` puts one question, `models` lists the catalogue.

They go the same way as the window: the same values, the same adapters, the same wording. Nothing
is written to the history.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.adapters.chat_api.client import ChatApi
from app.adapters.images.codec import ChildImageCodec
from app.adapters.keys import SystemKeys
from app.adapters.ocr.reader import ChildTextReader
from app.adapters.settings_file import SettingsFile
from app.ask_args import AskOptions
from app.ask_parser import WrongUse
from app.ask_print import (
    announcing,
    calls_in,
    complain,
    cut_sentence,
    model_entry,
    print_json,
    printer,
    result,
    words_for,
    wrong_use,
)
from app.core import address
from app.core.again import ask_again
from app.core.errors import Failure, FailureKind, KeyStoreError, PortholeError, ServiceError
from app.core.events import Ended, Failed, StreamEvent
from app.core.key_rule import key_for, origin_of
from app.core.message import ImagePart, Message, MessageState, Part, Role, TextPart
from app.core.network import BY_THE_SYSTEM, Network
from app.core.network_rule import choice_for, network_for
from app.core.ports import KeyStore
from app.core.reply import ReplyBuilder
from app.core.request import ChatRequest
from app.core.settings import Profile, Settings
from app.demo.model import MODEL as DEMO_MODEL
from app.demo.service import DemoService
from app.kit import error_text

COMPLETE, WRONG_USE, SERVICE_ERROR, CUT_SHORT = 0, 2, 3, 4
DEFAULT_MAX_TOKENS = 4096


@dataclass(slots=True)
class _Blobs:
    """The pictures of this one question, by hash."""

    held: dict[str, bytes] = field(default_factory=dict)

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.held[name] = data
        return name

    async def read(self, sha256: str) -> bytes:
        return self.held[sha256]


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to ask: the address in its normal form, the key, and the profile that it belongs to."""

    address: str
    key: str | None
    profile: Profile | None = None


def ask(options: AskOptions, data_dir: Path) -> int:
    """Ask, print, and answer the exit status: 0, 3 or 4, or 2 where a picture cannot be sent."""
    return asyncio.run(_ask(options, data_dir))


def models(base_url: str, data_dir: Path, *, demo: bool, as_json: bool) -> int:
    """Print the catalogue; answers the exit status."""
    return asyncio.run(_models(base_url, data_dir, demo=demo, as_json=as_json))


async def _ask(options: AskOptions, data_dir: Path) -> int:
    blobs = _Blobs()
    try:
        message = await _question(options, blobs)
        async with _service(options.base_url, options.demo, data_dir, blobs) as (api, target):
            request = _request(options, message, target)
            show = announcing(printer(options.as_json))
            builders = await _stream(api, request, show, wait=options.wait)
    except ServiceError as error:
        if options.as_json:
            print_json(result([ReplyBuilder()], error.failure))
        else:
            complain(words_for(error))
        return SERVICE_ERROR
    except (PortholeError, WrongUse) as error:
        text = error_text.sentence(error) if isinstance(error, PortholeError) else str(error)
        if options.as_json:
            print_json(wrong_use(text))
        else:
            complain(text)
        return WRONG_USE
    return _conclude(builders, options)


def _conclude(builders: list[ReplyBuilder], options: AskOptions) -> int:
    failure = builders[0].failure
    if options.as_json:
        print_json(result(builders, failure))
    else:
        for call in (call for b in builders for call in calls_in(b)):
            print(
                json.dumps(
                    {"id": call.id, "name": call.name, "arguments": call.arguments},
                    ensure_ascii=False,
                )
            )
        print()
        if failure is not None:
            complain(error_text.failure_sentence(failure))
    if failure is not None:
        return SERVICE_ERROR
    if all(builder.state is MessageState.COMPLETE for builder in builders):
        return COMPLETE
    if not options.as_json:
        complain(cut_sentence(builders[0].finish_reason))
    return CUT_SHORT


async def _question(options: AskOptions, blobs: _Blobs) -> Message:
    parts: list[Part] = []
    codec = ChildImageCodec()
    try:
        for place in options.images:
            image = await _image(place, codec, blobs)
            parts.append(replace(image, detail=options.detail))
    finally:
        await codec.close()
    if options.question.strip():
        parts.append(TextPart(options.question))
    return Message(Role.USER, tuple(parts))


async def _image(place: str, codec: ChildImageCodec, blobs: _Blobs) -> ImagePart:
    if place.startswith(("http://", "https://")):
        return ImagePart(name=place.rsplit("/", 1)[-1] or place, url=place)
    if place.startswith("data:"):
        name, data = "image", _data_url(place)
    else:
        name, data = await codec.read_file(place)
    ready = await codec.prepare(data, name)
    return ImagePart(
        name=name,
        media_type=ready.media_type,
        blob=blobs.put(ready.data),
        width=ready.width,
        height=ready.height,
        original_width=ready.original_width,
        original_height=ready.original_height,
    )


def _data_url(text: str) -> bytes:
    head, _, body = text.partition(",")
    if not head.endswith(";base64"):
        raise WrongUse("--image: only base64 data URLs can be sent")
    try:
        return base64.b64decode(body, validate=True)
    except ValueError as error:
        raise WrongUse("--image: the data URL is not base64") from error


def _request(options: AskOptions, message: Message, target: _Target) -> ChatRequest:
    messages: tuple[Message, ...] = (message,)
    if options.system:
        messages = (Message(Role.SYSTEM, (TextPart(options.system),)), message)
    model = options.model
    if not model and target.profile is not None:
        pictures = target.profile.picture_model or target.profile.text_model
        model = pictures if message.images else target.profile.text_model
    return ChatRequest(
        model=model,
        messages=messages,
        parameters=options.parameters,
        tools=options.tools,
        tool_choice=options.tool_choice,
        response_format=options.response_format,
        stream=options.stream,
    )


async def _stream(
    api: ChatApi, request: ChatRequest, show: Callable[[StreamEvent], None], *, wait: bool
) -> list[ReplyBuilder]:
    async def pause(seconds: float) -> bool:
        await asyncio.sleep(seconds)
        return True

    if not request.model:
        found = await api.models()
        if not found:
            raise WrongUse("name a model with --model: the service lists none")
        request = replace(request, model=found[0].id)
    wanted = request.parameters.get("n")
    count = wanted if isinstance(wanted, int) and 1 < wanted <= 128 else 1
    lead = ReplyBuilder()
    by_choice: dict[int, ReplyBuilder] = {}
    async with aclosing(ask_again(api, request, pause if wait else None)) as events:
        async for event in events:
            choice = getattr(event, "choice", None)
            if choice is None:
                ends = isinstance(event, Ended | Failed)
                concerned = {id(b): b for b in (lead, *(by_choice.values() if ends else ()))}
            else:
                concerned = {0: _builder_of(choice, lead, by_choice)}
            for builder in concerned.values():
                builder.add(event)
            show(event)
    while by_choice and len(by_choice) < count:
        # Asked for, and never begun: no whole answer.
        number = max(by_choice) + 1
        by_choice[number] = lead.beside(number)
        by_choice[number].add(Ended())
    return [by_choice[choice] for choice in sorted(by_choice)] if by_choice else [lead]


def _builder_of(
    choice: int, lead: ReplyBuilder, by_choice: dict[int, ReplyBuilder]
) -> ReplyBuilder:
    """That choice's builder. The first one that says something leads, whatever its number."""
    if choice not in by_choice:
        by_choice[choice] = lead.beside(choice) if by_choice else lead
        by_choice[choice].choice = choice
    return by_choice[choice]


async def _models(base_url: str, data_dir: Path, *, demo: bool, as_json: bool) -> int:
    try:
        async with _service(base_url, demo, data_dir, _Blobs()) as (api, _target):
            found = await api.models()
    except ServiceError as error:
        if as_json:
            failure = error.failure
            print_json(
                {
                    "error": {
                        "kind": failure.kind.value,
                        "status": failure.status,
                        "message": failure.message or error_text.sentence(error),
                        "request_id": failure.request_id or None,
                    }
                }
            )
        else:
            complain(error_text.sentence(error))
        return SERVICE_ERROR
    if as_json:
        print_json([model_entry(info) for info in found])
    else:
        for info in found:
            print(info.id)
    return COMPLETE


@asynccontextmanager
async def _service(
    base_url: str, demo: bool, data_dir: Path, blobs: _Blobs
) -> AsyncIterator[tuple[ChatApi, _Target]]:
    """The service to ask, closed afterwards. Raises ServiceError."""
    reader = ChildTextReader()
    inner: DemoService | None = None
    settings = SettingsFile(data_dir).load()
    if demo:
        inner = DemoService(reader)
        profile = Profile("demo", "Demo", "", text_model=DEMO_MODEL, picture_model=DEMO_MODEL)
        target = _Target(await inner.start(), None, profile)
        network = BY_THE_SYSTEM
    else:
        keys = SystemKeys()
        target = await find_target(base_url, settings, keys, os.environ)
        network = await find_network(target, settings, keys)
    always = DEFAULT_MAX_TOKENS if target.profile and target.profile.always_max_tokens else None
    api = ChatApi(
        target.address,
        target.key,
        blobs.read,
        first_token_limit_s=settings.first_token_limit_s,
        idle_limit_s=settings.idle_limit_s,
        always_max_tokens=always,
        network=network,
    )
    try:
        yield api, target
    finally:
        await api.close()
        if inner is not None:
            await inner.close()
        await reader.close()


async def find_network(target: _Target, settings: Settings, keys: KeyStore) -> Network:
    """The way there that was chosen; with no password where the keyring will not open."""
    try:
        return await network_for(target.profile, target.address, settings, keys)
    except KeyStoreError:
        return Network(choice_for(target.profile, settings))


async def find_target(
    base_url: str, settings: Settings, keys: KeyStore, environ: Mapping[str, str]
) -> _Target:
    """Where a question goes, and with which key. Raises ServiceError: bad address, or no key.

    A key goes only to the address it belongs to: a profile's to that profile's, JIEKOU_API_KEY to
    接口AI, PORTHOLE_API_KEY to whatever `base_url` names. A keyring that will not open counts as
    one without a key.
    """
    key: str | None = None
    if base_url:
        where = address.normalise(base_url)
        origin = address.origin(where)
        profile = next((p for p in settings.profiles if origin_of(p) == origin), None)
        key = environ.get("PORTHOLE_API_KEY", "").strip() or None
    else:
        profile = settings.profile(settings.default_profile) or settings.profiles[0]
        where = address.normalise(profile.address)
    if key is None:
        asked = profile or Profile("", "", base_url)
        with suppress(KeyStoreError):
            key = await key_for(asked, where, keys, environ)
    if key is None and not address.is_loopback(where):
        raise ServiceError(Failure(FailureKind.NO_KEY, host=address.host(where)))
    return _Target(where, key, profile)
