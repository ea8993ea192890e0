"""A service that answers at a pace, run as a program: prints its port, serves until killed.

A question's `model` is `<tokens a second>x<tokens>`; the answer is a long text, a token (about four
characters) a chunk, each sent when it is due.
"""

from __future__ import annotations

import json
import socket
import threading
import time

from tests.benchmarks.api_server import BEGIN, chunk, event
from tests.benchmarks.transcript_text import answer

TOKEN = 4


def serve(connection: socket.socket) -> None:
    """Answer all questions of one connection."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as asking:
        while line := asking.readline():
            listed = line.startswith(b"GET")
            length = 0
            while (line := asking.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            body = asking.read(length)
            try:
                if listed:
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                else:
                    rate, _, count = json.loads(body)["model"].partition("x")
                    _answer(connection, int(rate), int(count))
            except OSError:
                return


def _answer(connection: socket.socket, rate: int, count: int) -> None:
    text = answer(count * TOKEN)
    connection.sendall(BEGIN)
    begun = time.monotonic()
    for number in range(count):
        delay = begun + number / rate - time.monotonic()
        if delay > 0:
            time.sleep(delay)
        place = number * TOKEN
        connection.sendall(chunk({"content": text[place : place + TOKEN]}))
    connection.sendall(chunk({}, "stop") + event("[DONE]") + b"0\r\n\r\n")


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
