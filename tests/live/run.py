"""Walks every section of the service's guide against the real service: `make live`.

With JIEKOU_API_KEY set it asks 接口AI, with the cheapest fitting models, prints what held, and
exits 0, or 1 if anything differs. Without a key nothing is asked: it prints "not run" and exits 2.
It writes nothing but its report, and the key nowhere.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence

from app.adapters.chat_api.client import ChatApi
from app.core.address import is_loopback
from app.core.settings import JIEKOU_ADDRESS
from tests.live import sections_actions, sections_limits, sections_plain, sections_rich
from tests.live.walk import Finding, TooDear, Verdict, Walk

HELD, DIFFERS, NOT_RUN = 0, 1, 2
ALWAYS_MAX_TOKENS = 4096
CAP_USD = 0.20
IMAGE_URL = "https://www.python.org/static/community_logos/python-logo-master-v3-TM.png"
TEST_KEY = "no-key-at-all"

Section = Callable[[Walk], Awaitable[None]]
SECTIONS: Mapping[str, Section] = {
    "address": sections_plain.address,
    "models": sections_plain.models,
    "completion": sections_plain.completion,
    "max_tokens": sections_plain.limit,
    "parameters": sections_plain.parameters,
    "effects": sections_plain.effects,
    "tools": sections_rich.tools,
    "formats": sections_rich.formats,
    "reasoning": sections_rich.reasoning,
    "pictures": sections_rich.pictures,
    "actions": sections_actions.actions,
    "errors": sections_limits.errors,
    "limits": sections_limits.limits,
    "cache": sections_limits.cache,
}


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Walk, print, and answer the exit status."""
    parser = argparse.ArgumentParser(prog="make live", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--cap", type=float, default=CAP_USD, help="USD that may be spent")
    # For tests alone: the real key goes to the real service and nowhere else.
    parser.add_argument("--base-url", default="", help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    key = environ.get("JIEKOU_API_KEY", "").strip()
    if given.base_url:
        if not is_loopback(given.base_url):
            parser.error("--base-url is for services on this computer")
        key = TEST_KEY
    if not key:
        print("not run: set JIEKOU_API_KEY to the key of an account at 接口AI")
        return NOT_RUN
    return asyncio.run(_walk(given.base_url or JIEKOU_ADDRESS, key, given.cap))


async def _walk(address: str, key: str, cap: float) -> int:
    pictures: dict[str, bytes] = {}

    async def read(sha256: str) -> bytes:
        return pictures[sha256]

    walk = Walk(
        ChatApi(address, key, read, always_max_tokens=ALWAYS_MAX_TOKENS),
        stranger=lambda other: ChatApi(address, other, read),
        key=key,
        cap=cap,
        image_url=IMAGE_URL,
        say=_say,
        pictures=pictures,
    )
    try:
        for name, section in SECTIONS.items():
            walk.section = name
            try:
                await section(walk)
            except TooDear:
                walk.not_tried("the rest of this section", f"${cap:.2f} are spent")
    finally:
        await walk.close()
    return _conclude(walk)


def _say(finding: Finding) -> None:
    print(finding.line(), flush=True)


def _conclude(walk: Walk) -> int:
    counts = Counter(finding.verdict for finding in walk.findings)
    print()
    print(", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict))
    unknown = f", {walk.unpriced} requests of unknown price" if walk.unpriced else ""
    print(f"{walk.posts} POSTs, about ${walk.spent:.4f}{unknown}")
    return DIFFERS if counts[Verdict.DIFFERS] else HELD


if __name__ == "__main__":
    sys.exit(main())
