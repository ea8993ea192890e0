"""The demo's one model, as its catalogue describes it: only what works is claimed."""

from __future__ import annotations

from typing import Any

from app.core.ports import TextReader

MODEL = "demo/porthole-demo"
CONTEXT = 128_000


def model_entry(reader: TextReader) -> dict[str, Any]:
    features = ["function-calling", "structured-outputs", "reasoning"]
    seeing = ["image"] if reader.available else []
    return {
        "id": MODEL,
        "object": "model",
        "title": "Porthole demo",
        "description": "A small program inside this app; reads pictures on this computer.",
        "context_size": CONTEXT,
        "is_free": True,
        "features": features,
        "input_modalities": ["text", *seeing],
        "output_modalities": ["text"],
    }
