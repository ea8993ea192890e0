"""What happened and what to do, in words, for each way in which a service may fail to answer.

A sentence's parts: `error_text` joins them with the facts. `%1` is the host.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from app.core.errors import FailureKind

translate = QCoreApplication.translate

Words = Callable[[], str]

HAPPENED: Mapping[FailureKind, Words] = {
    FailureKind.NO_KEY: lambda: translate("ErrorText", "There is no API key for this service"),
    FailureKind.KEYRING_LOCKED: lambda: translate(
        "ErrorText", "The system keyring did not open, so the key could not be read"
    ),
    FailureKind.BAD_KEY: lambda: translate(
        "ErrorText", "The API key holds characters that no key has; nothing was sent"
    ),
    FailureKind.BAD_ADDRESS: lambda: translate(
        "ErrorText", "This is no address a request can be sent to"
    ),
    FailureKind.NO_SERVICE: lambda: translate(
        "ErrorText", "The service of this conversation was removed, so nothing was sent"
    ),
    FailureKind.BAD_NETWORK: lambda: translate(
        "ErrorText", "The network settings cannot be used, so nothing was sent"
    ),
    FailureKind.PROXY: lambda: translate(
        "ErrorText", "A proxy on the way to %1 did not let the request through"
    ),
    FailureKind.NOT_RESOLVED: lambda: translate("ErrorText", "%1 was not found"),
    FailureKind.NOT_CONNECTED: lambda: translate("ErrorText", "No connection to %1"),
    FailureKind.TLS: lambda: translate("ErrorText", "The connection to %1 could not be secured"),
    FailureKind.REDIRECTED: lambda: translate(
        "ErrorText", "%1 points to another address, and the key does not follow it"
    ),
    FailureKind.NOT_SENT: lambda: translate(
        "ErrorText", "The request could not be made, so nothing was sent"
    ),
    FailureKind.BAD_REQUEST: lambda: translate("ErrorText", "The service rejected the request"),
    FailureKind.AUTH: lambda: translate("ErrorText", "The key was refused"),
    FailureKind.FORBIDDEN: lambda: translate("ErrorText", "The service does not allow this"),
    FailureKind.NOT_FOUND: lambda: translate("ErrorText", "The model or address was not found"),
    FailureKind.TOO_LARGE: lambda: translate(
        "ErrorText", "The request is too large for the service"
    ),
    FailureKind.RATE_LIMITED: lambda: translate("ErrorText", "The service's limit is reached"),
    FailureKind.UNAVAILABLE: lambda: translate("ErrorText", "The service is not available"),
    FailureKind.SERVER: lambda: translate("ErrorText", "The service reported an error"),
    FailureKind.TIMEOUT_FIRST: lambda: translate("ErrorText", "No answer came in time"),
    FailureKind.TIMEOUT_IDLE: lambda: translate("ErrorText", "The answer stopped coming"),
    FailureKind.CONNECTION_LOST: lambda: translate(
        "ErrorText", "The connection was lost before the answer's end"
    ),
    FailureKind.NOT_JSON: lambda: translate(
        "ErrorText", "What came back is a web page or something else, not an answer"
    ),
    FailureKind.EMPTY: lambda: translate("ErrorText", "The service's answer was empty"),
    FailureKind.IN_STREAM: lambda: translate(
        "ErrorText", "The service reported an error while answering"
    ),
    FailureKind.OWN_FAULT: lambda: translate("ErrorText", "Porthole itself made a mistake"),
}

ADVICE: Mapping[FailureKind, Words] = {
    FailureKind.NO_KEY: lambda: translate("ErrorText", "Add one in Settings, under Services."),
    FailureKind.KEYRING_LOCKED: lambda: translate("ErrorText", "Unlock it, then try again."),
    FailureKind.BAD_KEY: lambda: translate(
        "ErrorText", "Copy the key again from the service's console."
    ),
    FailureKind.BAD_ADDRESS: lambda: translate(
        "ErrorText", "It should look like https://api.jiekou.ai/openai."
    ),
    FailureKind.NO_SERVICE: lambda: translate(
        "ErrorText", "Choose a model of another service for this conversation."
    ),
    FailureKind.BAD_NETWORK: lambda: translate("ErrorText", "Correct them in Settings."),
    FailureKind.PROXY: lambda: translate("ErrorText", "Check the proxy in Settings."),
    FailureKind.NOT_RESOLVED: lambda: translate(
        "ErrorText", "Check the network and the service's address."
    ),
    FailureKind.NOT_CONNECTED: lambda: translate(
        "ErrorText", "Check the network, and that the service is running there."
    ),
    FailureKind.TLS: lambda: translate(
        "ErrorText", "Check the computer's clock, its certificates and any proxy between."
    ),
    FailureKind.REDIRECTED: lambda: translate(
        "ErrorText", "If you trust that address, enter it in Settings, under Services."
    ),
    FailureKind.NOT_SENT: lambda: translate(
        "ErrorText", "Change or remove what it names, then try again."
    ),
    FailureKind.BAD_REQUEST: lambda: translate(
        "ErrorText", "Change what it names, then try again."
    ),
    FailureKind.AUTH: lambda: translate(
        "ErrorText", "Check the key in Settings, under Services, then try again."
    ),
    FailureKind.FORBIDDEN: lambda: translate(
        "ErrorText",
        "Check the balance, the key and its access to this model; "
        "at times it is a rate limit that passes by itself.",
    ),
    FailureKind.NOT_FOUND: lambda: translate(
        "ErrorText", "Choose another model, or check the address in Settings, under Services."
    ),
    FailureKind.TOO_LARGE: lambda: translate(
        "ErrorText", "Send fewer or smaller pictures, or less text."
    ),
    FailureKind.RATE_LIMITED: lambda: translate("ErrorText", "Wait a moment, then try again."),
    FailureKind.UNAVAILABLE: lambda: translate("ErrorText", "Try again in a little while."),
    FailureKind.SERVER: lambda: translate(
        "ErrorText", "Try again; if it stays, ask the service with the request id in Details."
    ),
    FailureKind.TIMEOUT_FIRST: lambda: translate(
        "ErrorText", "Try again, or choose a faster model."
    ),
    FailureKind.TIMEOUT_IDLE: lambda: translate(
        "ErrorText", "What arrived is kept. Continue, or try again."
    ),
    FailureKind.CONNECTION_LOST: lambda: translate(
        "ErrorText", "What arrived is kept; nothing is sent again by itself."
    ),
    FailureKind.NOT_JSON: lambda: translate(
        "ErrorText", "Check the address, and whether the network asks you to sign in first."
    ),
    FailureKind.EMPTY: lambda: translate("ErrorText", "Try again."),
    FailureKind.IN_STREAM: lambda: translate(
        "ErrorText", "What arrived is kept. Continue, or try again."
    ),
    FailureKind.OWN_FAULT: lambda: translate(
        "ErrorText", "What arrived is kept. If it happens again, please report it."
    ),
}
