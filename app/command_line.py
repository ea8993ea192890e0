"""The command line as a whole: what stands before and after `ask` and `models`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.ask_parser import new_parser

COMMANDS = ("ask", "models")


def parse(args: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; `command` is empty for the window. Raises WrongUse."""
    # Without a command the rest are files, which argparse's sub-commands would refuse.
    if _command(args):
        return _with_commands().parse_args(list(args))
    parser = _general(new_parser(prog="porthole", epilog="Also: porthole ask …, porthole models"))
    parser.add_argument("files", nargs="*", help="pictures and text files to open")
    parser.add_argument("--version", action="store_true", help="print the version")
    parser.add_argument("--demo", action="store_true", help="talk with the service inside")
    parser.add_argument(
        "--tour", metavar="DIR", default="", help="walk through the main job, with pictures in DIR"
    )
    for wish, what in (
        ("capture", "take a region of the screen into the conversation in front"),
        ("ask", "take a region of the screen, and ask about it in a card beside it"),
    ):
        parser.add_argument(
            f"--{wish}", dest="wish", action="store_const", const=wish, default="open", help=what
        )
    given = parser.parse_args(list(args))
    given.command = ""
    return given


def _command(args: Sequence[str]) -> str:
    """The first word that is no option, if it is a command."""
    rest = iter(args)
    for arg in rest:
        if arg == "--data-dir":
            next(rest, None)
        elif not arg.startswith("-"):
            return arg if arg in COMMANDS else ""
    return ""


def _general(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--data-dir", metavar="DIR", default="", help="where all data lie (also PORTHOLE_DATA_DIR)"
    )
    return parser


def _with_commands() -> argparse.ArgumentParser:
    # A window's start has no use for these.
    from app.ask_args import add_ask_arguments, add_models_arguments

    parser = _general(new_parser(prog="porthole"))
    parser.set_defaults(version=False, tour="", files=[])
    commands = parser.add_subparsers(dest="command", required=True)
    add_ask_arguments(commands.add_parser("ask", help="ask one question", allow_abbrev=False))
    add_models_arguments(commands.add_parser("models", help="list the models", allow_abbrev=False))
    return parser
