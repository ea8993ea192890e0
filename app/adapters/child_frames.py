"""What goes through the pipes between us and a child process: a JSON header and raw bytes.

A frame is two lengths (4 and 8 bytes, big end first), the header as JSON in UTF-8, and the body.
Nothing in it is ever executed or unpickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

LENGTHS = struct.Struct(">IQ")
HEADER_LIMIT = 64 * 1024 * 1024
BODY_LIMIT = 256 * 1024 * 1024

Header = dict[str, Any]


class FrameError(Exception):
    """The pipe ended, or what came is no frame."""


def write_frame(pipe: IO[bytes], header: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one frame. Raises OSError when nobody reads any more."""
    text = json.dumps(header, ensure_ascii=True).encode()
    pipe.write(LENGTHS.pack(len(text), len(body)) + text)
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[Header, bytes]:
    """Read one frame, waiting for it. Raises FrameError."""
    header_length, body_length = LENGTHS.unpack(_exactly(pipe, LENGTHS.size))
    if header_length > HEADER_LIMIT or body_length > BODY_LIMIT:
        raise FrameError("too large")
    text = _exactly(pipe, header_length)
    body = _exactly(pipe, body_length)
    try:
        header = json.loads(text)
    except ValueError as error:
        raise FrameError("no JSON") from error
    if not isinstance(header, dict):
        raise FrameError("no object")
    return header, body


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    try:
        data = pipe.read(length) if length else b""
    except (OSError, ValueError) as error:
        raise FrameError("closed") from error
    if data is None or len(data) != length:
        raise FrameError("ended")
    return data
