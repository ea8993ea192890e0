"""What is said of MCP servers: how one stands, why it does not run, what is wrong in a paste."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from app.core.mcp import Http, McpFailure, McpState, McpStatus, Stdio
from app.core.mcp_paste import PasteError, PasteProblem
from app.core.visible_text import visible, visible_line

translate = QCoreApplication.translate
DETAIL = 300


def state_word(status: McpStatus) -> str:
    """One word or two, for the list."""
    return {
        McpState.OFF: lambda: translate("Mcp", "Off"),
        McpState.STARTING: lambda: translate("Mcp", "Starting…"),
        McpState.READY: lambda: translate("Mcp", "Ready"),
        McpState.FAILED: lambda: translate("Mcp", "Failed"),
        McpState.ENDED: lambda: translate("Mcp", "Ended"),
    }[status.state]()


def trouble(status: McpStatus) -> str:
    """Why it does not run, with its own words where it had any; empty where nothing is wrong."""
    if status.state is McpState.ENDED and status.failure in (None, McpFailure.EXITED):
        said = translate("Mcp", "The server ended by itself. Start it again, or look at its log.")
    elif status.failure is not None:
        said = _FAILURES[status.failure]()
    else:
        return ""
    return f"{said} ({visible_line(status.detail, DETAIL)})" if status.detail else said


def paste_sentence(error: PasteError) -> str:
    """What is wrong in what was pasted, and where."""
    said = _PASTES[error.problem]()
    if error.server:
        in_it = translate("Mcp", "“%1”: %2", "a server's name, what is wrong with it")
        said = in_it.replace("%1", visible_line(error.server, 80)).replace("%2", said, 1)
    return f"{said} ({visible_line(error.detail, DETAIL)})" if error.detail else said


def exact_words(text: str) -> str:
    """Foreign text in one line, each character that is not seen in it by its number."""
    return visible(text).replace("\n", "⟨U+000A⟩").replace("\t", "⟨U+0009⟩")


def exact_argument(text: str) -> str:
    """The same; in quotes where its ends would not be seen."""
    shown = exact_words(text)
    plain = text and not any(c.isspace() or c in "\"'\\" for c in text)
    return shown if plain else json.dumps(shown, ensure_ascii=False)


def command_line(way: Stdio | Http) -> str:
    """How the server is reached, in one line."""
    if isinstance(way, Http):
        return exact_words(way.url)
    return " ".join(exact_argument(part) for part in way.command)


_FAILURES: Mapping[McpFailure, Callable[[], str]] = {
    McpFailure.NOT_FOUND: lambda: translate(
        "Mcp", "The program, or the folder it should start in, was not found."
    ),
    McpFailure.NOT_RUNNABLE: lambda: translate("Mcp", "The program cannot be run."),
    McpFailure.EXITED: lambda: translate(
        "Mcp", "The program ended before it was ready. Its log may say why."
    ),
    McpFailure.TOO_SLOW: lambda: translate("Mcp", "The server did not answer in time."),
    McpFailure.NO_PROTOCOL: lambda: translate(
        "Mcp", "What it says is not MCP. Is it the right command or address?"
    ),
    McpFailure.FLOODS: lambda: translate("Mcp", "The server said far too much and was ended."),
    McpFailure.TOO_LONG: lambda: translate(
        "Mcp", "The server sent a message beyond all bounds and was ended."
    ),
    McpFailure.REFUSED: lambda: translate("Mcp", "The server answered with an error."),
    McpFailure.UNREACHABLE: lambda: translate("Mcp", "The address cannot be reached."),
    McpFailure.NEEDS_SIGN_IN: lambda: translate(
        "Mcp",
        "The server wants a key. Add the header that it asks for; signing in by OAuth is not "
        "supported.",
    ),
    McpFailure.REDIRECTS: lambda: translate(
        "Mcp", "The server points to another address. Nothing was sent there."
    ),
    McpFailure.SECRET_MISSING: lambda: translate(
        "Mcp", "A secret that it needs is not in the keyring. Edit the server and enter it."
    ),
    McpFailure.NOT_ALLOWED: lambda: translate("Mcp", "You have not allowed it to run yet."),
    McpFailure.HOST: lambda: translate(
        "Mcp", "The process that runs MCP servers ended. Start the server again."
    ),
}

_PASTES: Mapping[PasteProblem, Callable[[], str]] = {
    PasteProblem.NO_JSON: lambda: translate("Mcp", "This is not JSON."),
    PasteProblem.NO_SERVERS: lambda: translate(
        "Mcp", "There are no servers in it: an object “mcpServers” is looked for."
    ),
    PasteProblem.TOO_MANY: lambda: translate("Mcp", "There is too much in it."),
    PasteProblem.NO_OBJECT: lambda: translate("Mcp", "This is no object."),
    PasteProblem.NEITHER: lambda: translate("Mcp", "It has neither a command nor an address."),
    PasteProblem.BOTH: lambda: translate("Mcp", "It has both a command and an address."),
    PasteProblem.BAD_COMMAND: lambda: translate(
        "Mcp", "Its command, arguments or folder are not plain text."
    ),
    PasteProblem.BAD_ENV: lambda: translate(
        "Mcp", "Its variables or headers are not names with plain text."
    ),
    PasteProblem.BAD_ADDRESS: lambda: translate(
        "Mcp", "The address must be http or https, without a name and password in it."
    ),
    PasteProblem.OLD_SSE: lambda: translate(
        "Mcp",
        "It uses the old SSE transport. Ask its maker for the address for streamable HTTP.",
    ),
    PasteProblem.UNKNOWN_TYPE: lambda: translate(
        "Mcp", "Servers of this type are not known; “stdio” and “http” are."
    ),
    PasteProblem.ENV_FILE: lambda: translate(
        "Mcp", "It reads variables from a file (envFile). Put them into “env” instead."
    ),
    PasteProblem.HOLES: lambda: translate(
        "Mcp", "A ${…} in the command, folder or address is not filled in here. Write it out."
    ),
}
