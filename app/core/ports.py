"""What the core and the features ask of the world. Adapters fulfil these; bootstrap hands them in.

Every coroutine here may be awaited on the UI's event loop: whoever fulfils it keeps blocking work
off that thread. Each raises only the error its docstring names (see `app.core.errors`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.conversation import Conversation, ConversationInfo, Draft, TabState
from app.core.cost import UsageEntry, UsageRow
from app.core.events import StreamEvent
from app.core.exchange import Exchange
from app.core.message import Message
from app.core.model_info import ModelInfo
from app.core.picture import NO_EDITS, SHARP, Edits, Preparation
from app.core.request import ChatRequest


class ChatService(Protocol):
    """One service at one address with one key."""

    def stream(self, request: ChatRequest) -> AsyncIterator[StreamEvent]:
        """Ask, and yield what comes; ends in exactly one `Ended` or `Failed`. Raises nothing else.

        One call is one POST. Cancelling the task that iterates closes the connection.
        """
        ...

    async def models(self) -> Sequence[ModelInfo]:
        """The catalogue. Raises ServiceError."""
        ...

    async def close(self) -> None: ...


class ServiceSource(Protocol):
    """Where a conversation gets the service it talks with."""

    async def chat_service(self, profile_id: str) -> ChatService:
        """That profile's service, with its key. Raises ServiceError (no key, unknown profile)."""
        ...


@dataclass(frozen=True, slots=True)
class TextLine:
    """A recognised line: its text, how sure (0–1), and its box in pixels."""

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that holds what was looked for. `snippet` is plain text around the first place.

    `in_picture`: only what was read in its picture, on this machine, holds it.
    """

    conversation: str
    title: str
    message: str
    snippet: str
    created_at: float
    in_picture: bool = False


@dataclass(frozen=True, slots=True)
class StartState:
    """All that the first paint needs from the store."""

    conversations: tuple[ConversationInfo, ...]
    tabs: tuple[TabState, ...]
    current: int
    interrupted: int
    """How many replies an earlier run left unfinished; they are marked, and kept."""


class HistoryStore(Protocol):
    """Conversations, drafts, tabs and attachments on disk. Raises StorageError throughout."""

    def start_state(self) -> StartState:
        """Read on the calling thread: the one blocking call, made before the first paint."""
        ...

    async def conversations(self) -> Sequence[ConversationInfo]:
        """Those with at least one message: pinned first, then the latest first."""
        ...

    async def load(self, conversation_id: str) -> Conversation | None:
        """The conversation, or None if there is none of that id."""
        ...

    async def open(self, conversation_id: str, at: str | None = None) -> Conversation | None:
        """The conversation by its outlines, with the words of the messages that are seen first:
        those around message `at`, or the last ones of its branch."""
        ...

    async def messages(self, message_ids: Sequence[str]) -> Sequence[Message]:
        """Those messages; one that is not there is left out."""
        ...

    async def save_info(self, info: ConversationInfo) -> None:
        """Create or update the heading."""
        ...

    async def append(self, info: ConversationInfo, messages: Sequence[Message]) -> None:
        """Add messages and update the heading in one commit, on the disk when this returns."""
        ...

    async def update(self, message: Message, *, durable: bool = True) -> None:
        """Replace a message's content. Not durable: a checkpoint that a power cut may lose."""
        ...

    async def delete(self, conversation_id: str) -> None:
        """Hide it; `restore` brings it back until it is purged at a later start."""
        ...

    async def restore(self, conversation_id: str) -> None: ...

    async def save_draft(self, info: ConversationInfo, draft: Draft) -> None:
        """Keep what is unsent (an empty draft forgets it). Creates the heading if it is new."""
        ...

    async def save_tabs(self, tabs: Sequence[TabState], current: int) -> None: ...

    async def put_blob(self, data: bytes) -> str:
        """Keep bytes; answers their SHA-256 in hex."""
        ...

    async def blob(self, sha256: str) -> bytes: ...

    async def drop_blob(self, sha256: str) -> None:
        """Whoever put these bytes does not want them any more: they are removed from the disk as
        soon as no message and no draft names them, if all dropped them who put them."""
        ...

    async def put_text_layer(self, sha256: str, lines: Sequence[TextLine]) -> None:
        """Keep what was read in a message's picture, in place of what was; gone with its blob."""
        ...

    async def text_layer(self, sha256: str) -> Sequence[TextLine] | None:
        """What was read in a picture, in reading order; None if it was not read yet."""
        ...

    async def read_pictures(self, conversation_id: str) -> Mapping[str, Sequence[str]]:
        """Of each of its messages the blobs of pictures that were read; others are left out."""
        ...

    async def unread_pictures(self, limit: int) -> Sequence[str]:
        """Blobs of pictures in messages that were not read yet, the latest first."""
        ...

    async def search(self, query: str, limit: int = 50) -> Sequence[SearchHit]: ...

    async def find_in(self, conversation_id: str, query: str) -> Sequence[str]:
        """The ids of its messages whose source has what tells of the query, in sequence.

        All that hold the query are among them (see `core.find_text`), and others.
        """
        ...

    async def save_exchange(self, message_id: str, exchange: Exchange) -> None:
        """Keep what went over the wire for a reply that is stored; replaces what was kept."""
        ...

    async def exchange(self, message_id: str) -> Exchange | None: ...

    async def usage(self, since: float, conversation: str = "") -> Sequence[UsageRow]:
        """What was asked since then (seconds since the epoch), by day, service and model: in all
        conversations, or in one.

        Replies of deleted conversations stay counted.
        """
        ...

    async def count(self, entry: UsageEntry) -> None:
        """Count an answer that no conversation holds; once, however often it is told."""
        ...

    async def purge(self) -> None:
        """Remove for good what earlier runs deleted; for an idle moment."""
        ...

    async def close(self) -> None:
        """Finish what is queued, then close."""
        ...


BlobReader = Callable[[str], Awaitable[bytes]]
"""Gives the bytes of a blob by its SHA-256. Raises StorageError."""


class ModelCache(Protocol):
    """Catalogues as last loaded, on disk. Never raises: what cannot be read is not there.

    `address` is the service's normalised one: a list of another address is not there either.
    """

    async def load(self, profile_id: str, address: str) -> tuple[Sequence[ModelInfo], float] | None:
        """The models, and when they were loaded (seconds since the epoch)."""
        ...

    async def save(
        self, profile_id: str, address: str, models: Sequence[ModelInfo], loaded_at: float
    ) -> None: ...

    async def forget(self, profile_id: str) -> None: ...


class KeyStore(Protocol):
    """API keys, by profile; proxies' passwords, by `network.password_id`. Raises KeyStoreError."""

    async def get(self, profile_id: str) -> str | None: ...

    async def set(self, profile_id: str, key: str) -> bool:
        """Keep the key. True: in the system keyring. False: for this session only."""
        ...

    async def forget(self, profile_id: str) -> None: ...

    async def usable(self) -> bool:
        """Whether a real keyring is there."""
        ...


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A picture ready to send: re-encoded, upright, without metadata.

    `original_width` and `original_height` are those of the whole upright picture as it came.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    original_width: int
    original_height: int
    thumbnail: bytes
    """A small PNG, at most 256 pixels a side."""
    frames: int = 1
    """How many pictures the file holds; the first of them is taken."""


class ImageCodec(Protocol):
    """Decodes and re-encodes pictures in a process of its own. Raises ImageError.

    The type of picture comes from the bytes; `name` is for the error alone. What comes back is
    upright and holds nothing but pixels.
    """

    async def prepare(
        self, data: bytes, name: str, how: Preparation = SHARP, edits: Edits = NO_EDITS
    ) -> PreparedImage:
        """Ready to send, as one picture: tiles that were wished for are kept in one piece."""
        ...

    async def tiles(
        self, data: bytes, name: str, edits: Edits = NO_EDITS
    ) -> Sequence[PreparedImage]:
        """Ready to send in pieces from top to bottom, or from left to right if it is broader
        than tall: cut where no line of text is split; together they are all of the picture.
        """
        ...

    async def edited(self, data: bytes, name: str, edits: Edits) -> PreparedImage:
        """With what is blacked out replaced, cut off and turned; its pixels else as they were."""
        ...

    async def read_file(self, path: str) -> tuple[str, bytes]:
        """A file's name and bytes; refuses what is too large or no plain file."""
        ...


class TextReader(Protocol):
    """Reads the text in a picture on this machine. Raises ReadingError."""

    @property
    def available(self) -> bool:
        """Whether the engine is installed; costs no import of it."""
        ...

    async def read(self, image: bytes) -> Sequence[TextLine]:
        """Lines in reading order."""
        ...

    async def close(self) -> None: ...


FORMULA_SIZE = 24
FORMULA_INK = "#010203"
"""Formulas are set for text of this size in pixels, and in this colour where they name none;
whoever shows a picture scales it, and puts the colour there that stands around it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to be set: LaTeX without delimiters.

    `display`: with large operators, for a line of its own.
    """

    tex: str
    display: bool


@dataclass(frozen=True, slots=True)
class FormulaLetter:
    """A character that the picture leaves to whoever shows it: `y` is its baseline."""

    text: str
    x: float
    y: float
    size: float
    color: str


@dataclass(frozen=True, slots=True)
class FormulaPicture:
    """A formula set: sizes in pixels; `depth` is how far it reaches below the baseline.

    `svg` has outlines, bars and boxes only. Letters count from the top left corner.
    """

    svg: bytes
    width: float
    height: float
    depth: float
    letters: tuple[FormulaLetter, ...] = ()


class FormulaSetter(Protocol):
    """Sets LaTeX formulas in a process of its own. Never raises."""

    async def typeset(self, formulas: Sequence[Formula]) -> Sequence[FormulaPicture | None]:
        """A picture of each, in order; None of those that cannot be set."""
        ...

    async def close(self) -> None: ...
