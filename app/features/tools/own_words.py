"""What Porthole's own tools are called, and what each does, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.core.tool import Effect

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A title of a few words, and a sentence."""

    title: str
    sentence: str


def own_words(tool_id: str) -> OwnWords | None:
    """The words for a tool by its id, in the language of now; None for a tool of somebody else."""
    return _all().get(tool_id)


def effect_words(effect: Effect) -> str:
    """Whether the person is asked before a call, and why."""
    match effect:
        case Effect.COMPUTES:
            return translate("OwnTools", "Does not ask: it only works something out.")
        case Effect.READS:
            return translate("OwnTools", "Does not ask: it only reads what you gave it to read.")
        case Effect.LEAVES:
            return translate("OwnTools", "Asks first: something leaves this computer.")
        case Effect.CHANGES:
            return translate("OwnTools", "Asks first: it may change something.")
        case Effect.RUNS:
            return translate("OwnTools", "Asks each time: it runs code on this computer.")


def _all() -> dict[str, OwnWords]:
    return {
        "own:clock": OwnWords(
            translate("OwnTools", "Date and time"),
            translate("OwnTools", "The current date and time, here or in other time zones."),
        ),
        "own:calculator": OwnWords(
            translate("OwnTools", "Calculator"),
            translate("OwnTools", "Works out arithmetic exactly, instead of guessing."),
        ),
        "own:web_page": OwnWords(
            translate("OwnTools", "Read a web page"),
            translate("OwnTools", "The text of a page or PDF on the web, by its address."),
        ),
        "own:weather": OwnWords(
            translate("OwnTools", "Weather"),
            translate(
                "OwnTools",
                "The weather of a place, from Open-Meteo.com (free for non-commercial use).",
            ),
        ),
        "own:history": OwnWords(
            translate("OwnTools", "Search your history"),
            translate("OwnTools", "Finds words in your other conversations."),
        ),
        "own:folder": OwnWords(
            translate("OwnTools", "List a folder"),
            translate("OwnTools", "The names of the files in folders that you picked."),
        ),
        "own:file": OwnWords(
            translate("OwnTools", "Read a file"),
            translate("OwnTools", "Text, documents and pictures in folders that you picked."),
        ),
        "own:python": OwnWords(
            translate("OwnTools", "Run Python"),
            translate("OwnTools", "Runs a Python script that the model wrote, on this computer."),
        ),
        "own:command": OwnWords(
            translate("OwnTools", "Run a command"),
            translate("OwnTools", "Runs a shell command that the model wrote, on this computer."),
        ),
    }
