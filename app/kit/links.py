"""Where a service's own pages are: catalogue, documentation, console. None for unknown services."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

JIEKOU_HOME = "https://jiekou.ai"
JIEKOU_DOCS = "https://jiekou.ai/docs/models/reference-llm-create-chat-completion"


@dataclass(frozen=True, slots=True)
class Link:
    """Something to open in the browser: its label in the reader's language, and where it leads."""

    label: str
    url: str


def is_jiekou(host: str) -> bool:
    """Whether a host name (a port may follow) belongs to 接口AI."""
    name = host.lower().partition(":")[0].rstrip(".")
    return name == "jiekou.ai" or name.endswith(".jiekou.ai")


def service_links(host: str) -> tuple[Link, ...]:
    """The pages of the service at that host: model catalogue, documentation, console and limits."""
    if not is_jiekou(host):
        return ()
    translate = QCoreApplication.translate
    return (
        Link(translate("Links", "Model catalogue"), JIEKOU_HOME),
        Link(translate("Links", "Documentation"), JIEKOU_DOCS),
        Link(translate("Links", "Console and limits"), JIEKOU_HOME),
    )
