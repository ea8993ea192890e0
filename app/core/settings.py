"""Every option: its type, default, bounds, and in one line what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.core.built_in_actions import default_actions, read_actions
from app.core.network import NetworkChoice, network_from_json, network_to_json
from app.core.picture_action import PictureAction, action_to_json
from app.core.picture_address import LinkedPictures
from app.core.picture_rule import OldPictures, PictureRule

if TYPE_CHECKING:
    from app.core.mcp import McpServer
    from app.core.model_notes import ModelNotes
    from app.core.named_schema import NamedSchema
    from app.core.own_tool import OwnTool
    from app.core.preset import Preset
    from app.core.tool import Grant

JIEKOU_ADDRESS = "https://api.jiekou.ai/openai/v1"
JIEKOU_PROFILE = "jiekou"
DEMO_PROFILE = "demo"
DEMO_MODEL = "demo/porthole-demo"


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class LanguageChoice(StrEnum):
    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class ReasoningFold(StrEnum):
    WHEN_DONE = "when_done"
    OPEN = "open"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Profile:
    """A service: where it is and which models it is asked by default.

    `address` is what the person typed; requests go to its normalised form. The key is never here:
    it lies in the system keyring under the profile's `id`, and `key_origin` (scheme, host, port)
    is where it may go; empty: to `address`. `always_max_tokens` marks a service whose reference
    requires `max_tokens`. `network` None: it is reached like all others.
    """

    id: str
    name: str
    address: str
    text_model: str = ""
    picture_model: str = ""
    always_max_tokens: bool = False
    key_origin: str = ""
    network: NetworkChoice | None = None


def default_profiles() -> tuple[Profile, ...]:
    return (
        Profile(
            JIEKOU_PROFILE,
            "接口AI",
            "https://api.jiekou.ai/openai",
            text_model="deepseek/deepseek-v3.2",
            picture_model="qwen/qwen2-vl-72b-instruct",
            always_max_tokens=True,
        ),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All options. Unknown or ill-typed values in the file fall back to these defaults."""

    profiles: tuple[Profile, ...] = field(default_factory=default_profiles)
    """The services, in the order shown."""
    default_profile: str = JIEKOU_PROFILE
    """The service a new conversation talks with (demo mode aside)."""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    """Follow the system, or pin light or dark."""
    language: LanguageChoice = LanguageChoice.SYSTEM
    """Follow the system, or pin English or 简体中文."""
    zoom_percent: int = 100
    """Text size, 50–300."""
    enter_sends: bool = True
    """Enter sends and Shift+Enter breaks the line; else Ctrl+Enter sends."""
    reasoning_fold: ReasoningFold = ReasoningFold.WHEN_DONE
    """When the reasoning pane folds itself."""
    first_token_limit_s: int = 300
    """How long to wait for an answer's first token, 10–3600 s."""
    idle_limit_s: int = 60
    """How long a stream that has begun may be silent, 5–3600 s."""
    sidebar_shown: bool = True
    inspector_shown: bool = False
    window_geometry: str = ""
    """Where the window stood, as Qt wrote it down (base64)."""
    network: NetworkChoice = field(default_factory=NetworkChoice)
    """How services are reached that have no way of their own."""
    presets: tuple[Preset, ...] = ()
    """System prompts and parameters to take on by name, in the order shown."""
    picture_actions: tuple[PictureAction, ...] = field(default_factory=default_actions)
    """Quick actions for pictures, in the order shown."""
    drop_action: str = ""
    """The id of the one that a dropped picture is asked by itself; empty: none is."""
    schemas: tuple[NamedSchema, ...] = ()
    """Schemas that answers can be asked for, in the order shown."""
    model_notes: tuple[ModelNotes, ...] = ()
    """What is remembered about models: favourites, last use, reasoning switches, refusals."""
    old_pictures: OldPictures = OldPictures.ALL
    """Which pictures of earlier questions go to the service again."""
    old_picture_turns: int = 3
    """Of how many questions, where only the latest pictures go again: 1–50."""
    read_pictures: bool = False
    """Read the text in sent pictures in idle time, so that search finds it. It costs seconds of
    the processor and half a gigabyte of memory for each, so it is off until it is wished for."""
    linked_pictures: LinkedPictures = LinkedPictures.ASK
    """What becomes of pictures that are given by their address on the web."""
    trusted_hosts: tuple[str, ...] = ()
    """Where links are opened without asking, the latest last."""
    tools_on: tuple[str, ...] = ()
    """The ids of the tools that new conversations may use."""
    tool_grants: tuple[Grant, ...] = ()
    """Tools that are always allowed, each as it was when that was said."""
    tool_folders: tuple[str, ...] = ()
    """Folders and files, by their whole paths, that tools may read; none beside and above them."""
    tool_private_hosts: tuple[str, ...] = ()
    """Hosts inside private networks that tools may ask, each as `host` or `host:port`."""
    tool_rounds: int = 20
    """After so many rounds of tool calls in one turn the person is asked, 1–200."""
    own_tools: tuple[OwnTool, ...] = ()
    """Tools that the person defined, in the order shown."""
    mcp_servers: tuple[McpServer, ...] = ()
    """MCP servers, in the order shown. Their secrets are in the keyring."""
    hot_keys: bool = False
    """Whether the desktop is asked for keys that capture whatever is in front."""
    capture_region: str = ""
    """The region of the screen taken last: its left, top, width and height."""

    def profile(self, profile_id: str) -> Profile | None:
        return next((p for p in self.profiles if p.id == profile_id), None)

    def notes(self, profile_id: str, model: str) -> ModelNotes:
        """What is remembered about that model; blank notes where nothing is."""
        from app.core.model_notes import ModelNotes

        found = (n for n in self.model_notes if (n.profile, n.model) == (profile_id, model))
        return next(found, ModelNotes(profile_id, model))

    @property
    def picture_rule(self) -> PictureRule:
        return PictureRule(self.old_pictures, self.old_picture_turns)

    def with_notes(self, notes: ModelNotes) -> Settings:
        """These settings with those notes in place of the ones on the same model."""
        key = (notes.profile, notes.model)
        others = tuple(n for n in self.model_notes if (n.profile, n.model) != key)
        return replace(self, model_notes=(*others, notes))

    def with_profile(self, profile: Profile) -> Settings:
        """These settings with that profile added, or put in place of the one with its id."""
        if self.profile(profile.id) is None:
            return replace(self, profiles=(*self.profiles, profile))
        kept = tuple(profile if p.id == profile.id else p for p in self.profiles)
        return replace(self, profiles=kept)


TRUSTED_HOSTS = 500
"""How many of them are kept."""

LISTS = frozenset({"presets", "schemas", "model_notes", "tool_grants", "own_tools", "mcp_servers"})
"""What `settings_lists` reads and writes, which is loaded only where there is something in them."""

BOUNDS: Mapping[str, tuple[int, int]] = {
    "zoom_percent": (50, 300),
    "first_token_limit_s": (10, 3600),
    "idle_limit_s": (5, 3600),
    "old_picture_turns": (1, 50),
    "tool_rounds": (1, 200),
}


def to_json(settings: Settings) -> dict[str, Any]:
    """The settings as plain JSON values."""
    data: dict[str, Any] = {}
    for option in fields(settings):
        value = getattr(settings, option.name)
        if option.name in LISTS:
            data[option.name] = _list_to_json(option.name, value)
            continue
        write = _WRITERS.get(option.name)
        if write is not None:
            value = write(value)
        data[option.name] = value.value if isinstance(value, StrEnum) else value
    return data


def _list_to_json(name: str, value: tuple[Any, ...]) -> list[Any]:
    if not value:
        return []
    from app.core.settings_lists import WRITERS

    return [WRITERS[name](item) for item in value]


def _profile_to_json(profile: Profile) -> dict[str, Any]:
    item = {f.name: getattr(profile, f.name) for f in fields(profile)}
    network = item.pop("network")
    return item if network is None else {**item, "network": network_to_json(network)}


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "profiles": lambda value: [_profile_to_json(p) for p in value],
    "network": network_to_json,
    "picture_actions": lambda value: [action_to_json(a) for a in value],
    "tools_on": list,
    "tool_folders": list,
    "tool_private_hosts": list,
    "trusted_hosts": list,
}


def from_json(data: Any) -> Settings:
    """Settings from what a file held; anything odd is passed over, never raised."""
    settings = Settings()
    if not isinstance(data, dict):
        return settings
    for option in fields(Settings):
        if option.name not in data:
            continue
        known = _read(option.name, data[option.name], getattr(settings, option.name))
        if known is not None:
            settings = replace(settings, **{option.name: known})
    if settings.profile(settings.default_profile) is None:
        settings = replace(settings, default_profile=settings.profiles[0].id)
    return settings


def _read(name: str, value: Any, default: Any) -> Any:
    if name in LISTS:
        return _read_list(name, value)
    if (read := _READERS.get(name)) is not None:
        return read(value)
    if isinstance(default, StrEnum):
        known = {member.value: member for member in type(default)}
        return known.get(value) if isinstance(value, str) else None
    if isinstance(default, bool):
        return value if isinstance(value, bool) else None
    if isinstance(default, int):
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        low, high = BOUNDS[name]
        return min(max(value, low), high)
    return value if isinstance(value, str) else None


def _read_list(name: str, value: Any) -> tuple[Any, ...] | None:
    if not isinstance(value, list):
        return None
    if not value:
        return ()
    from app.core.settings_lists import READERS

    return READERS[name](value)


def _read_profiles(value: Any) -> tuple[Profile, ...] | None:
    made: dict[str, Profile] = {}
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, dict):
            continue
        given = {f.name: item[f.name] for f in fields(Profile) if f.name in item}
        flag = given.pop("always_max_tokens", False)
        network = network_from_json(given.pop("network", None))
        if not all(isinstance(v, str) for v in given.values()):
            continue
        if not given.get("id") or not given.get("address") or given["id"] == DEMO_PROFILE:
            continue
        given.setdefault("name", given["id"])
        made[given["id"]] = Profile(**given, always_max_tokens=flag is True, network=network)
    return tuple(made.values()) or None


def _read_host(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= 253 else None


def _read_hosts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    hosts = tuple(host for item in value if (host := _read_host(item)) is not None)
    return hosts[-TRUSTED_HOSTS:]


def _read_ids(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(dict.fromkeys(item for item in value if isinstance(item, str) and item))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "profiles": _read_profiles,
    "network": network_from_json,
    "picture_actions": read_actions,
    "tools_on": _read_ids,
    "tool_folders": _read_ids,
    "tool_private_hosts": _read_hosts,
    "trusted_hosts": _read_hosts,
}
