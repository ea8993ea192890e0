"""A request as a command for a POSIX shell; the key stays in a variable of its environment."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.address import origin
from app.core.errors import ServiceError
from app.core.key_rule import ENVIRONMENT_KEYS
from app.kit.links import is_jiekou

OTHER_KEY = "API_KEY"


def key_variable(url: str) -> str:
    """The environment variable that stands for the key of the service at `url`."""
    try:
        where = origin(url)
    except (ServiceError, ValueError):
        return OTHER_KEY
    if is_jiekou(where.partition("://")[2]):
        return "JIEKOU_API_KEY"
    return ENVIRONMENT_KEYS.get(where, OTHER_KEY)


def curl(url: str, body: str, request: Mapping[str, object]) -> str:
    """The command that posts `body`, a JSON object, to `url`. `request` says if it streams.

    The body stands in a here-document that nothing is replaced in, so that its length is not bound
    by what a shell allows an argument.
    """
    streams = request.get("stream") is not False and "stream" in request
    lines = [
        f"curl {quoted(url)}" + (" --no-buffer" if streams else ""),
        f'  -H "Authorization: Bearer ${key_variable(url)}"',
        "  -H 'Content-Type: application/json'",
        "  --data-binary @- <<'BODY'",
    ]
    return " \\\n".join(lines) + f"\n{body}\nBODY\n"


def quoted(text: str) -> str:
    """One argument for a shell, whatever stands in it."""
    return "'" + text.replace("'", "'\\''") + "'"
