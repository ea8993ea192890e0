"""What servers offered when they last ran, on the disk: their tools are known without a start."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from app.core.mcp import McpServer

LARGEST = 32 * 1024 * 1024


class OfferCache:
    """One file a server in `folder`, bound to its fingerprint. Blocking: for threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, server: McpServer) -> Any:
        """The offer's JSON; None where there is none of this very server."""
        place = self._place(server.id)
        try:
            if place.stat().st_size > LARGEST:
                return None
            data = json.loads(place.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(data, dict) or data.get("fingerprint") != server.fingerprint:
            return None
        return data.get("offer")

    def write(self, server: McpServer, offer: Any) -> None:
        """Keep it; that it could not be kept costs a start later on, and no more."""
        place = self._place(server.id)
        part = place.with_suffix(".part")
        text = json.dumps({"fingerprint": server.fingerprint, "offer": offer})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(text, encoding="utf-8")
            os.replace(part, place)
        except OSError:
            return

    def forget(self, server_id: str) -> None:
        try:
            self._place(server_id).unlink(missing_ok=True)
        except OSError:
            return

    def _place(self, server_id: str) -> Path:
        name = hashlib.sha256(server_id.encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"
