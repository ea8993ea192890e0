"""What goes wrong, said once and in the right words: the world's failures, and our own bugs."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from app.core.errors import PortholeError, StorageError
from app.kit import error_text
from app.kit.notices import Notice, NoticeKind, Notices

LOG = logging.getLogger("porthole")
STORAGE = "storage"


class Reports:
    """Posts notices; what was wrong with saving stays until it is put right or dismissed."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices

    def report(self, error: BaseException) -> None:
        """Say what went wrong; a fault of our own goes to the log as well."""
        if isinstance(error, StorageError):
            text = error_text.sentence(error)
            self._notices.post(Notice(text, NoticeKind.ERROR, stays=True, topic=STORAGE))
        elif isinstance(error, PortholeError):
            self._notices.post(Notice(error_text.sentence(error), NoticeKind.ERROR))
        else:
            LOG.error("a fault of our own", exc_info=error)
            self._notices.post(Notice(error_text.bug_sentence(error), NoticeKind.ERROR))

    def saved_again(self) -> None:
        """What could not be saved is on the disk now."""
        text = QCoreApplication.translate("Reports", "Saving works again. Nothing was lost.")
        self._notices.post(Notice(text, topic=STORAGE))
