"""A service that answers at full speed, run as a program: prints its port, serves until killed.

A question is any POST to `…/chat/completions`; its `model` says how many chunks are to come. Each
chunk is an event of its own, in an HTTP chunk of its own, as services send them.
"""

from __future__ import annotations

import json
import socket
import threading

WORDS = ("The", " light", " house", " stood", " firm", ",", " 海面", " 很", "平静", "。", "\n\n")
BATCH = 500
BEGIN = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
    b"X-Request-Id: bench\r\n\r\n"
)


def event(data: str) -> bytes:
    body = f"data: {data}\n\n".encode()
    return b"%x\r\n%s\r\n" % (len(body), body)


def chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    value = {
        "id": "chatcmpl-7c1f0b5e2a9d4e61",
        "object": "chat.completion.chunk",
        "created": 1763900000,
        "model": "deepseek/deepseek-v3.2",
        "choices": [choice],
        "system_fingerprint": "",
    }
    return event(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def serve(connection: socket.socket) -> None:
    """Answer all questions of one connection."""
    words = b"".join(chunk({"content": WORDS[i % len(WORDS)]}) for i in range(BATCH))
    last = chunk({}, "stop") + event("[DONE]") + b"0\r\n\r\n"
    with connection, connection.makefile("rb") as asking:
        while asking.readline():
            length = 0
            while (line := asking.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            count = int(json.loads(asking.read(length))["model"])
            try:
                connection.sendall(BEGIN)
                for _ in range(count // BATCH):
                    connection.sendall(words)
                connection.sendall(last)
            except OSError:
                return


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
