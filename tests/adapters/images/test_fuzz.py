"""Some hundred pictures broken at random: each is decided, and nobody but the child ever dies."""

from __future__ import annotations

import random
from collections import Counter

from app.adapters.images.codec import ChildImageCodec
from app.core.errors import ImageError
from tests.adapters.images.pictures import (
    corner_marked,
    opened,
    photo,
    saved,
    with_orientation,
)

SEEDS = 300


def originals() -> list[bytes]:
    return [
        saved(corner_marked(), "PNG"),
        saved(photo(64, 48).convert("P"), "PNG"),
        with_orientation(photo(64, 48), 6),
        saved(photo(64, 48), "JPEG", progressive=True),
        saved(photo(64, 48), "WEBP"),
        saved(corner_marked(), "WEBP", lossless=True),
        saved(corner_marked(), "GIF", save_all=True, append_images=[photo(60, 40)]),
    ]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled or cut off; the signature mostly stays."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(8, len(broken)) if len(broken) > 8 else 0
        match chance.randrange(5):
            case 0:
                broken[at] ^= 1 << chance.randrange(8)
            case 1:
                broken[at : at + 4] = chance.randbytes(4)
            case 2:
                del broken[at : at + chance.randint(1, 16)]
            case 3:
                broken[at:at] = broken[at : at + chance.randint(1, 64)]
            case _:
                del broken[max(at, 9) :]
    return bytes(broken)


async def test_broken_pictures_are_each_decided(codec: ChildImageCodec) -> None:
    chance = random.Random(20261123)
    sources = originals()
    outcomes: Counter[str] = Counter()
    for number in range(SEEDS):
        data = mutated(sources[number % len(sources)], chance)
        try:
            ready = await codec.prepare(data, f"{number}")
        except ImageError as error:
            outcomes[error.problem.value] += 1
        else:
            assert opened(ready.data).size == (ready.width, ready.height)
            outcomes["taken"] += 1
    assert sum(outcomes.values()) == SEEDS
    assert outcomes["taken"] > 10
    assert outcomes["damaged"] > 10
    assert await codec.prepare(sources[0], "afterwards")
