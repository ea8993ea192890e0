"""Wrong use of the command line, and a parser that tells of it rather than ending the program."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn


class WrongUse(Exception):  # noqa: N818  # it is no error of the program
    """The command line does not say what to do; the message is for the person."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongUse(f"{message}\n{self.format_usage()}".strip())


def new_parser(**keywords: Any) -> argparse.ArgumentParser:
    """A parser that raises WrongUse where argparse would end the program."""
    return _Parser(allow_abbrev=False, **keywords)
