"""The transcript's sentences and figures, in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.errors import Failure
from app.core.fixes import Fix, FixKind
from app.core.message import Message, MessageState
from app.core.request import FormatKind
from app.features.chat.transcript.token_guess import guess_tokens
from app.kit.error_text import failure_sentence
from app.kit.money import money_text

translate = QCoreApplication.translate

SAID_LIMIT = 300
"""Characters of a service's words that are shown while it is waited for."""
NAME_LIMIT = 48
AT_ONCE_S = 0.05
"""What takes no longer than this to arrive was not streamed: it has no speed."""


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


def thought_tokens(message: Message, *, pieces: int) -> str:
    """How many tokens a reply's reasoning was, which stands in so many pieces; may be empty.

    Guessed where the service does not say, and then said to be a guess.
    """
    said = message.usage.reasoning_tokens if message.usage is not None else None
    count = said or guess_tokens(message.reasoning)
    if not count:
        return ""
    if said:
        one = translate("Transcript", "%1 tokens")
        all_of_it = translate("Transcript", "%1 tokens in all")
    else:
        one = translate("Transcript", "about %1 tokens")
        all_of_it = translate("Transcript", "about %1 tokens in all")
    return (one if pieces == 1 else all_of_it).replace("%1", number(count))


def waiting(silent: int | None, *, opened: bool, tries: int) -> str:
    """What is said while nothing of the answer is there. `silent`: seconds, once they count."""
    if silent is not None:
        if opened:
            still = translate("Transcript", "Still waiting for the first words — %1 s")
        else:
            still = translate("Transcript", "Still waiting for the answer — %1 s")
        words = still.replace("%1", str(silent))
    else:
        words = translate("Transcript", "Waiting for the answer…")
    if tries == 1:
        return words
    return f"{_which_try(tries)} · {words}"


def _which_try(tries: int) -> str:
    match tries:
        case 2:
            return translate("Transcript", "Second try")
        case 3:
            return translate("Transcript", "Third try")
        case 4:
            return translate("Transcript", "Fourth try")
    return translate("Transcript", "Try %1").replace("%1", str(tries))


def silent(seconds_: int) -> str:
    """An answer that began, and then stopped coming."""
    words = translate("Transcript", "Nothing more has come for %1 s; still waiting")
    return words.replace("%1", str(seconds_))


def busy(failure: Failure, left: int) -> str:
    """A service that is asked again in `left` seconds."""
    if failure.status == 429:
        happened = translate("Transcript", "The service is busy (429).")
    else:
        happened = translate("Transcript", "The service is not available (%1).")
        happened = happened.replace("%1", str(failure.status or "?"))
    if left:
        again = translate("Transcript", "Trying again in %1 s.").replace("%1", str(left))
    else:
        again = translate("Transcript", "Trying again now.")
    pair = translate("Transcript", "%1 %2", "two sentences, one after the other")
    return pair.replace("%1", happened).replace("%2", again)


def fell_back(to: str) -> str:
    """That the model refused a response format, and what was done; empty where it did not."""
    if to == FormatKind.JSON_OBJECT.value:
        return translate(
            "Transcript",
            "This model does not take a JSON schema: asked for a JSON object instead.",
        )
    if to == FormatKind.TEXT.value:
        return translate(
            "Transcript",
            "This model does not take an output format: it was asked for in the prompt instead.",
        )
    return ""


def fix(change: Fix) -> str:
    """What a click changes before the question is asked once more."""
    match change.kind:
        case FixKind.WITHOUT:
            words = translate("Transcript", "Send without %1")
            return words.replace("%1", one_line(change.name, NAME_LIMIT))
        case FixKind.MAX_COMPLETION_TOKENS:
            return translate("Transcript", "Use max_completion_tokens")
        case FixKind.SYSTEM_AS_USER:
            return translate("Transcript", "Send the system prompt as part of the question")
        case FixKind.NO_REASONING_BACK:
            return translate("Transcript", "Send without earlier reasoning")
        case FixKind.SMALLER_PICTURES:
            return translate("Transcript", "Send smaller pictures")


def remembered_for(model: str) -> str:
    words = translate("Transcript", "remembered for %1")
    return words.replace("%1", one_line(model, NAME_LIMIT))


def one_line(text: str, limit: int = SAID_LIMIT) -> str:
    """Foreign words made fit for a line: no line ends, no control characters, bounded."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def description(message: Message) -> str:
    """How a reply failed, in words."""
    if message.failure is None:
        return ending(message)
    return failure_sentence(message.failure, kept=True)


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
    """What is known of a reply's making: tokens, times, cost, model."""
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
    if cost := _cost(message):
        made.append(cost)
    if message.model:
        made.append(message.model)
    return tuple(made)


def _cost(message: Message) -> str:
    """The cost; said to be unknown where tokens were counted and have no price, left out if 0."""
    usage = message.usage
    if message.cost is not None:
        return money_text(message.cost) if message.cost else ""
    counted = usage is not None and (usage.prompt_tokens or usage.completion_tokens)
    return translate("Transcript", "cost unknown") if counted else ""


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
    """Tokens a second once the first had come; of an answer that came all at once there is none."""
    usage = message.usage
    if usage is None or usage.completion_tokens is None:
        return None
    if message.took is None or message.first_token_after is None:
        return None
    streaming = message.took - message.first_token_after
    return usage.completion_tokens / streaming if streaming > AT_ONCE_S else None
