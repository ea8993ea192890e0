"""argv → the window, or one of the ways without a window: `ask`, `models`, the tour.

Nothing heavy is imported before it is known what is wanted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from app import VERSION
from app.packaged import give_back_environment

WRONG_USE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run Porthole; answers the exit status."""
    give_back_environment()
    args = list(sys.argv[1:] if argv is None else argv)
    if args[:1] == ["--child"] and len(args) == 2:
        from app.adapters.child import run_child

        return run_child(args[1])
    from app.ask_parser import WrongUse
    from app.command_line import parse

    try:
        given = parse(args)
    except WrongUse as error:
        return _say_wrong_use(str(error), as_json="--json" in args)
    if given.version:
        print(f"Porthole {VERSION}")
        return 0
    if given.command in ("ask", "models"):
        return _without_window(given)
    if given.tour:
        from app.tour import make_tour

        return make_tour(given.tour)
    if not _has_display():
        from app.windowless import say_no_display

        return say_no_display()
    from app.core.wish import Wish
    from app.opening import run

    return run(given.data_dir, given.files, demo=given.demo, wish=Wish(given.wish))


def _has_display() -> bool:
    """Whether a window can be opened. Where it cannot, Qt ends the process in words of its own."""
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in os.environ:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_window(given: argparse.Namespace) -> int:
    from app.windowless import run

    return run(given)


def _say_wrong_use(text: str, *, as_json: bool) -> int:
    if as_json:
        from app.windowless import print_wrong_use, write_utf8

        write_utf8()
        print_wrong_use(text)
    print(f"porthole: {text}", file=sys.stderr)
    return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
