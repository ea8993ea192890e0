"""A chat service that keeps the bill: which picture it answered how often, busy now and then.

Pictures are told apart by their width. It runs in threads of its own, so that whoever asks may be
killed; it counts a picture as paid when its request is there whole, before it answers.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BUSY_EVERY = 9
ANSWER_S = 0.03


class Bill:
    """What was asked and what was paid, by picture."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.asked = 0
        self.refused = 0
        self.paid: Counter[int] = Counter()
        self.address = ""


@contextmanager
def charging(*, busy_every: int = BUSY_EVERY, answer_s: float = ANSWER_S) -> Iterator[Bill]:
    """Serve on a loopback port until the block ends."""
    bill = Bill()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bill, busy_every, answer_s))
    server.daemon_threads = True
    server.block_on_close = False
    bill.address = f"http://127.0.0.1:{server.server_port}/v1"
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield bill
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def _handler(bill: Bill, busy_every: int, answer_s: float) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(200, "application/json", b'{"data": []}')

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            width = picture_width(body)
            with bill.lock:
                bill.asked += 1
                busy = bill.asked % busy_every == 0
                bill.refused += busy
                bill.paid[width] += not busy
            if busy:
                error = b'{"error": {"message": "slow down", "code": "rate_limit"}}'
                self._send(429, "application/json", error, {"Retry-After": "0.5"})
                return
            time.sleep(answer_s)
            self._send(200, "text/event-stream", answer_of(width))

        def _send(
            self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            length = {"Content-Type": kind, "Content-Length": str(len(body))}
            for name, value in {**length, **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # whoever asked was killed

        def log_message(self, *_words: object) -> None:
            return None

    return Handler


def picture_width(body: bytes) -> int:
    """The width of the PNG in a request."""
    content = json.loads(body)["messages"][-1]["content"]
    url = next(part["image_url"]["url"] for part in content if part["type"] == "image_url")
    png = base64.b64decode(url.partition(",")[2][:64])
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20], "big")


def answer_of(width: int) -> bytes:
    """A stream of events that says which picture it is about."""
    text = json.dumps({"width": width, "merchant": "海港咖啡"}, ensure_ascii=False)
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    events = (
        {"model": "m", "choices": [{"index": 0, "delta": {"content": text}}]},
        {"model": "m", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
        {"model": "m", "choices": [], "usage": usage},
    )
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()
