"""What tools lack, what they are called for models, and what is wrong with a list, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.core.own_tool import LONGEST_DESCRIPTION, LONGEST_NAME, MOST_TOOLS, Lack, OwnTool, as_tool
from app.core.schema_verdict import SchemaFault
from app.core.tool import Tool
from app.core.tool_list import MOST_BYTES, ToolListError, ToolListProblem
from app.core.tool_names import named
from app.core.visible_text import visible_line

translate = QCoreApplication.translate


def lack_words(lack: Lack | None) -> str:
    """What a tool needs before it can be switched on; empty where it needs nothing."""
    match lack:
        case Lack.NO_NAME:
            return translate("ToolWords", "It needs a name.")
        case Lack.NO_ACTION:
            return translate("ToolWords", "A draft: say above what is done on a call.")
        case Lack.NO_PROGRAM:
            return translate("ToolWords", "It needs the program to run.")
        case Lack.BAD_URL:
            return translate("ToolWords", "It needs an address that begins with http or https.")
        case Lack.BAD_HEADER:
            return translate(
                "ToolWords", "A header's name or value has characters that cannot be sent."
            )
        case Lack.BAD_VARIABLE:
            return translate("ToolWords", "The name of a variable cannot be one.")
        case Lack.REFERS_AWAY:
            return translate("ToolWords", "Its schema refers to another one, which is not fetched.")
        case None:
            return ""


def name_words(tool: OwnTool, others: Iterable[Tool]) -> str:
    """Under which name models know it, where that is another one; empty where it is its own."""
    mine = as_tool(tool)
    known = named([*(other for other in others if other.id != mine.id), mine])
    told = next(name for name, one in known.items() if one.id == mine.id)
    if told == tool.name or not tool.name:
        return ""
    if any(other.name == tool.name and other.id != mine.id for other in others):
        text = translate("ToolWords", "Another tool has this name; models know this one as %1.")
    else:
        text = translate(
            "ToolWords",
            "Models know it as %1: services take names of 64 letters, digits, _ and - at most.",
        )
    return text.replace("%1", told)


def fault_words(fault: SchemaFault) -> str:
    """What is wrong with a schema."""
    if fault.away:
        text = translate("ToolWords", "It refers to %1. Nothing outside a schema is fetched.")
        text = text.replace("%1", visible_line(fault.away))
    elif fault.endless:
        text = translate("ToolWords", "It refers to itself and says nothing else.")
    else:
        said = visible_line(fault.said)
        text = translate("ToolWords", "This is no schema that can be followed: %1")
        text = text.replace("%1", said) if said else text.partition(":")[0]
    if fault.line:
        line = translate("ToolWords", "Line %1.")
        text = f"{line.replace('%1', str(fault.line))} {text}"
    return text


def list_words(error: ToolListError) -> str:
    """What is wrong with a list of tools, where, and that nothing was changed by it."""
    kept = translate("ToolWords", "Nothing was imported, and your tools are as before.")
    return f"{_what(error.problem).replace('%1', str(error.place))} {kept}"


def _what(problem: ToolListProblem) -> str:
    match problem:
        case ToolListProblem.TOO_LARGE:
            text = translate("ToolWords", "The list is larger than %2 MB.")
            return text.replace("%2", str(MOST_BYTES // 1_000_000))
        case ToolListProblem.NOT_JSON:
            return translate("ToolWords", "This is not JSON, or holds what JSON cannot.")
        case ToolListProblem.NO_TOOLS:
            return translate("ToolWords", "There are no functions for models in it.")
        case ToolListProblem.TOO_MANY:
            text = translate("ToolWords", "There are more than %2 tools in it.")
            return text.replace("%2", str(MOST_TOOLS))
        case ToolListProblem.BAD_NAME:
            text = translate("ToolWords", "Tool %1 has no name of up to %2 characters.")
            return text.replace("%2", str(LONGEST_NAME))
        case ToolListProblem.BAD_DESCRIPTION:
            text = translate("ToolWords", "Tool %1 has no description of up to %2 characters.")
            return text.replace("%2", f"{LONGEST_DESCRIPTION:,}")
        case ToolListProblem.BAD_SCHEMA:
            return translate("ToolWords", "The parameters of tool %1 are no schema to work with.")
