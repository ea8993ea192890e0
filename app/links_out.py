"""Links on their way out: asked about once for each host, then opened in the browser."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QWidget

from app.core.settings import TRUSTED_HOSTS
from app.kit.ask_link import ask_link
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.open_url import ascii_host, open_url, safe_url
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope


class LinksOut(QObject):
    """Remembers for this run which hosts were agreed to; in the settings, where that was ticked."""

    def __init__(
        self,
        *,
        window: QWidget,
        settings: SettingsHolder,
        notices: Notices,
        scope: TaskScope,
        open_address: Callable[[str], bool] = open_url,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._notices = notices
        self._scope = scope
        self._open_address = open_address
        self._agreed: set[str] = set()
        self._asking = False

    def open(self, address: str) -> None:
        """Open a link that was clicked, after asking where that was not done before."""
        url = safe_url(address)
        if url is None:
            text = self.tr("This link was not opened: its address is not one of the web.")
            self._notices.post(Notice(text, NoticeKind.WARNING))
            return
        host = host_of(url)
        if host in self._agreed or host in self._settings.value.trusted_hosts:
            self._go(address)
        elif not self._asking:
            self._asking = True
            self._scope.start(self._ask(address, host), name="open link")

    async def _ask(self, address: str, host: str) -> None:
        try:
            answer = await ask_link(self._window, address, host)
        finally:
            self._asking = False
        if not answer.opens:
            return
        self._agreed.add(host)
        if answer.trusts:
            known = self._settings.value.trusted_hosts
            kept = tuple(h for h in known if h != host)[-(TRUSTED_HOSTS - 1) :]
            self._settings.replace(trusted_hosts=(*kept, host))
        self._go(address)

    def _go(self, address: str) -> None:
        if not self._open_address(address):
            text = self.tr("No program could be started for this link.")
            self._notices.post(Notice(text, NoticeKind.WARNING))


def host_of(url: QUrl) -> str:
    """Whom to ask about: where an address leads, or for mail to whom."""
    return ascii_host(url) or "mail"
