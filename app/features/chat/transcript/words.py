"""The transcript's sentences and figures, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.message import Message, MessageState

translate = QCoreApplication.translate


def number(value: int) -> str:
    return QLocale(QLocale.Language.English).toString(value)


def seconds(value: float) -> str:
    """A duration: "6.2 s", "48 s", "3 min 20 s"."""
    if value < 10:
        return translate("Transcript", "%1 s").replace("%1", f"{value:.1f}")
    if value < 60:
        return translate("Transcript", "%1 s").replace("%1", f"{value:.0f}")
    minutes, rest = divmod(round(value), 60)
    words = translate("Transcript", "%1 min %2 s")
    return words.replace("%1", str(minutes)).replace("%2", str(rest))


def thinking(elapsed: float) -> str:
    """The head of reasoning that still arrives."""
    return translate("Transcript", "Thinking… %1 s").replace("%1", str(int(elapsed)))


def thought(took: float | None) -> str:
    """The head of reasoning that ended."""
    if took is None:
        return translate("Transcript", "Thought")
    return translate("Transcript", "Thought for %1").replace("%1", seconds(took))


def tokens(count: int) -> str:
    return translate("Transcript", "%1 tokens").replace("%1", number(count))


def ending(message: Message) -> str:
    """What is said of a reply that did not come to its end by itself, if anything."""
    match message.state:
        case MessageState.STOPPED:
            return translate("Transcript", "Stopped")
        case MessageState.INTERRUPTED:
            return translate("Transcript", "Interrupted when Porthole closed")
        case MessageState.CUT_SHORT if message.finish_reason == "length":
            return translate("Transcript", "Cut at max tokens")
        case MessageState.CUT_SHORT:
            return translate("Transcript", "May be cut short")
    return ""


def lost_after(characters: int) -> str:
    words = translate(
        "Transcript",
        "Connection lost after %1 characters. What arrived is kept; "
        "nothing is sent again by itself.",
    )
    return words.replace("%1", number(characters))


def figures(message: Message) -> tuple[str, ...]:
    """What is known of a reply's making: tokens, times, model."""
    made: list[str] = []
    usage = message.usage
    if usage is not None and usage.prompt_tokens is not None:
        made.append(_in(usage.prompt_tokens, usage.cached_tokens))
    if usage is not None and usage.completion_tokens is not None:
        made.append(_out(usage.completion_tokens, usage.reasoning_tokens))
    if message.first_token_after is not None:
        words = translate("Transcript", "first after %1")
        made.append(words.replace("%1", seconds(message.first_token_after)))
    speed = _speed(message)
    if speed is not None:
        made.append(translate("Transcript", "%1 tok/s").replace("%1", f"{speed:.0f}"))
    if message.model:
        made.append(message.model)
    return tuple(made)


def _in(count: int, cached: int | None) -> str:
    words = translate("Transcript", "in %1").replace("%1", number(count))
    if cached:
        extra = translate("Transcript", "%1 cached").replace("%1", number(cached))
        return f"{words} ({extra})"
    return words


def _out(count: int, reasoning: int | None) -> str:
    words = translate("Transcript", "out %1").replace("%1", number(count))
    if reasoning:
        extra = translate("Transcript", "%1 reasoning").replace("%1", number(reasoning))
        return f"{words} ({extra})"
    return words


def _speed(message: Message) -> float | None:
    """Tokens a second, once the first had come."""
    usage = message.usage
    if usage is None or usage.completion_tokens is None or message.took is None:
        return None
    streaming = message.took - (message.first_token_after or 0.0)
    return usage.completion_tokens / streaming if streaming > 0.05 else None
