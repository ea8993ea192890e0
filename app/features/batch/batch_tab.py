"""What stands in a batch's tab: nothing while it is read from the disk, then its page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import PortholeError
from app.features.batch.batch_page import BatchPage
from app.features.batch.batches import Batches
from app.kit.icons import Icons
from app.kit.style import set_kind
from app.kit.tasks import TaskScope
from app.kit.theme import Theme


class BatchTab(QWidget):
    """`opened` carries the batch once it is there, or None: there is none of that id any more."""

    opened = Signal(object)

    def __init__(
        self,
        batch_id: str,
        batches: Batches,
        *,
        theme: Theme,
        icons: Icons,
        service_name: Callable[[str], str],
        on_error: Callable[[BaseException], None],
    ) -> None:
        super().__init__()
        self.page: BatchPage | None = None
        self._scope = scope = TaskScope(on_error)
        set_kind(self, "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

        async def load() -> None:
            try:
                run = await batches.open(batch_id)
            except PortholeError as error:
                on_error(error)
                return
            if run is not None:
                self.page = BatchPage(
                    run,
                    batches.world,
                    theme=theme,
                    icons=icons,
                    scope=scope,
                    service_name=service_name,
                )
                column.addWidget(self.page)
            self.opened.emit(run.batch if run is not None else None)

        scope.start(load(), name="open batch")
        self.destroyed.connect(scope.cancel)

    async def close_scope(self) -> None:
        """End what it still does: the program ends."""
        await self._scope.close()
