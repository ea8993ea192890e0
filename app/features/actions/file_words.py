"""What is wrong with a file of quick actions, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.action_file import MOST_BYTES, ActionFileError, ActionFileProblem
from app.core.picture_action import LONGEST_NAME, LONGEST_PROMPT, MOST_ACTIONS

translate = QCoreApplication.translate


def file_words(error: ActionFileError) -> str:
    """What is wrong, where, and that nothing was changed by it."""
    kept = translate("ActionFile", "Nothing was imported, and your quick actions are as before.")
    return f"{_what(error.problem).replace('%1', str(error.place))} {kept}"


def _what(problem: ActionFileProblem) -> str:
    match problem:
        case ActionFileProblem.TOO_LARGE:
            text = translate("ActionFile", "The file is larger than %2 MB.")
            return text.replace("%2", str(MOST_BYTES // 1_000_000))
        case ActionFileProblem.NOT_JSON:
            return translate("ActionFile", "The file is not JSON, or holds what JSON cannot.")
        case ActionFileProblem.OTHER_FILE:
            return translate("ActionFile", "The file holds no quick actions of Porthole.")
        case ActionFileProblem.NEWER:
            return translate("ActionFile", "The file is of another version of Porthole.")
        case ActionFileProblem.EMPTY:
            return translate("ActionFile", "There are no quick actions in the file.")
        case ActionFileProblem.TOO_MANY:
            text = translate("ActionFile", "There are more than %2 quick actions in the file.")
            return text.replace("%2", str(MOST_ACTIONS))
        case ActionFileProblem.BAD_NAME:
            text = translate("ActionFile", "Quick action %1 has no name of up to %2 characters.")
            return text.replace("%2", str(LONGEST_NAME))
        case ActionFileProblem.BAD_PROMPT:
            text = translate("ActionFile", "Quick action %1 has no prompt of up to %2 characters.")
            return text.replace("%2", f"{LONGEST_PROMPT:,}")
        case ActionFileProblem.BAD_MODEL:
            return translate("ActionFile", "The model of quick action %1 is no model's name.")
        case ActionFileProblem.BAD_PARAMETERS:
            return translate(
                "ActionFile", "The parameters of quick action %1 are not what can be sent."
            )
