"""Some hundred pictures broken at random: each is decided, and nobody but the child ever dies."""

from __future__ import annotations

from collections import Counter

from app.adapters.images.codec import ChildImageCodec
from app.core.errors import ImageError
from tests.adapters.images.broken import mutated, originals
from tests.adapters.images.pictures import opened

SEEDS = 300


async def test_broken_pictures_are_each_decided(codec: ChildImageCodec) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(SEEDS):
        try:
            ready = await codec.prepare(mutated(seed), f"{seed}")
        except ImageError as error:
            outcomes[error.problem.value] += 1
        else:
            assert opened(ready.data).size == (ready.width, ready.height)
            outcomes["taken"] += 1
    assert sum(outcomes.values()) == SEEDS
    assert outcomes["taken"] > 10
    assert outcomes["damaged"] > 10
    assert await codec.prepare(originals()[0], "afterwards")
