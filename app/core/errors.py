"""What can go wrong in the world, as codes and facts. Wording for people is `app.kit.error_text`.

    PortholeError
    ├── ServiceError     the service, or the way to it (carries a `Failure`)
    ├── StorageError     history and settings on disk
    ├── ImageError       a picture or file that cannot be taken
    ├── KeyStoreError    the system keyring
    ├── ReadingError     on-device text recognition
    └── CaptureError     pictures of the screen

A `PortholeError` is the world's failure and is worded for the reader; any other exception is our
own bug and is shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """Why a request gave no answer, or not a whole one."""

    NO_KEY = "no_key"
    KEYRING_LOCKED = "keyring_locked"
    """The key could not be read; nothing was sent."""
    BAD_KEY = "bad_key"
    """The key holds characters that cannot go into a header; nothing was sent."""
    BAD_ADDRESS = "bad_address"
    NO_SERVICE = "no_service"
    """The service that the conversation talks with was removed; nothing was sent."""
    BAD_NETWORK = "bad_network"
    """A proxy's address or a file of certificates cannot be used; `message` says why."""
    PROXY = "proxy"
    """The proxy refused, wants another password (`status` 407), or cannot be reached."""
    NOT_RESOLVED = "not_resolved"
    """The host's name is unknown: no network, or a typo."""
    NOT_CONNECTED = "not_connected"
    """Refused, unreachable, or no answer to the connect within its limit."""
    TLS = "tls"
    REDIRECTED = "redirected"
    """The service points elsewhere; the key does not follow. `message` holds the target."""
    NOT_SENT = "not_sent"
    """The request could not be made of what was set: `message` names a parameter or a picture."""
    BAD_REQUEST = "bad_request"
    AUTH = "auth"
    """401: the key is wrong."""
    FORBIDDEN = "forbidden"
    """403: no balance, no access, or a rate limit in disguise."""
    NOT_FOUND = "not_found"
    """404: model or address unknown."""
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    """503, 502, 504."""
    SERVER = "server"
    """Any other status that is no success."""
    TIMEOUT_FIRST = "timeout_first"
    """Nothing came within the limit for the first token."""
    TIMEOUT_IDLE = "timeout_idle"
    """The stream fell silent for longer than the idle limit."""
    CONNECTION_LOST = "connection_lost"
    """The connection broke before the answer's end."""
    NOT_JSON = "not_json"
    """A success whose body is HTML or junk: a captive portal, a proxy, a wrong address."""
    EMPTY = "empty"
    """A success with nothing in it."""
    IN_STREAM = "in_stream"
    """The service reported an error inside a stream that had begun."""
    OWN_FAULT = "own_fault"
    """A bug of ours ended it, not the service nor the network; `message` names the exception."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The facts of a failed request. `message` is the service's own words where it had any.

    `body` is the start of what was received, for "Details"; the key never stands in it.
    `retry_after` is in seconds, where the service named it.
    """

    kind: FailureKind
    message: str = ""
    status: int | None = None
    code: str = ""
    request_id: str = ""
    body: str = ""
    retry_after: float | None = None
    host: str = ""
    whole: bool = True
    """Whether the refusal itself came to its end."""
    parameter: str = ""
    """What of the request the service blamed: a parameter's name, `system` for the role, or
    `reasoning_content` for reasoning that was sent back."""


class PortholeError(Exception):
    """Something in the world failed; see the tree above."""


class ServiceError(PortholeError):
    """A request to a service failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind.value)
        self.failure = failure


class StorageProblem(StrEnum):
    READ_ONLY = "read_only"
    FULL = "full"
    NEWER = "newer"
    """The database was written by a newer version; it stays untouched."""
    DAMAGED = "damaged"
    IN_USE = "in_use"
    """Another running Porthole writes here."""
    FAILED = "failed"


class StorageError(PortholeError):
    """History or settings could not be read or written. `path` says where."""

    def __init__(self, problem: StorageProblem, path: str = "", detail: str = "") -> None:
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value)
        self.problem = problem
        self.path = path
        self.detail = detail


class ImageProblem(StrEnum):
    NOT_SUPPORTED = "not_supported"
    """Neither a picture we read nor text."""
    HEIF = "heif"
    """A picture of a kind that no freely licensed library reads."""
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    """More pixels or bytes than the limit."""
    TOO_SLOW = "too_slow"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    """Gone, a folder, or no leave to read it."""
    ARCHIVE = "archive"
    VIDEO = "video"
    AUDIO = "audio"
    PROGRAM = "program"
    FONT = "font"
    DATABASE = "database"
    OLD_OFFICE = "old_office"
    """Word, Excel or PowerPoint in their kinds before 2007, or protected with a password."""
    OTHER_DOCUMENT = "other_document"
    """Slides, OpenDocument, an electronic book: a document of a kind that is not read."""
    PROTECTED = "protected"
    """A PDF that opens with a password only."""
    BROKEN_DOCUMENT = "broken_document"
    LARGE_DOCUMENT = "large_document"
    """Too many pages, or it unpacks to more than can be opened safely."""
    SLOW_DOCUMENT = "slow_document"
    NO_TEXT = "no_text"
    """A document with no text in it."""
    NOT_FETCHED = "not_fetched"
    """Nothing came from the address it was to be fetched from, or no whole answer in time."""
    PRIVATE_ADDRESS = "private_address"
    """It is to be fetched from inside a private network; `name` is the host."""


class ImageError(PortholeError):
    """A file that cannot go with a message. `name` is what the person calls it."""

    def __init__(self, problem: ImageProblem, name: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.name = name


class KeyStoreProblem(StrEnum):
    NONE = "none"
    """No usable keyring on this system: keys live for this session only."""
    LOCKED = "locked"
    """The keyring did not open within its limit, or the person said no."""
    REFUSED = "refused"
    """The keyring would not take this value (too long, for one)."""


class KeyStoreError(PortholeError):
    """The system keyring could not be used."""

    def __init__(self, problem: KeyStoreProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class ReadingProblem(StrEnum):
    NOT_INSTALLED = "not_installed"
    """The `ocr` extra is missing."""
    FAILED = "failed"
    TOO_SLOW = "too_slow"


class ReadingError(PortholeError):
    """Text could not be read from a picture on this machine."""

    def __init__(self, problem: ReadingProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class CaptureProblem(StrEnum):
    NO_PICTURE = "no_picture"
    """The system gave nothing, as it does to programs that may not see the screen."""
    NO_PORTAL = "no_portal"
    """The desktop has no portal that gives pictures of the screen."""
    REFUSED = "refused"
    """The portal answered without a picture, and the person had not left it."""
    TOO_SLOW = "too_slow"
    """The portal did not answer."""


class CaptureError(PortholeError):
    """No picture of the screen could be had."""

    def __init__(self, problem: CaptureProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
