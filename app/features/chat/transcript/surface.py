"""What boxes are drawn with: theme, fonts, icons, pictures, words for failures, live documents."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from app.core.message import Message
from app.core.settings import ReasoningFold
from app.kit.icons import Icons
from app.kit.markdown.formulas import Formulas
from app.kit.markdown.look import Look
from app.kit.markdown.parser import MarkdownParser
from app.kit.theme import Theme, Tokens

if TYPE_CHECKING:
    from app.features.chat.transcript.box import Box
    from app.features.chat.transcript.part_kinds import PartKinds
    from app.features.chat.transcript.stage import Stage

DOCUMENTS = 300
"""Documents kept laid out, about 21 kB each; the rest are made again when they are seen."""


class Surface:
    """Owned by one view; its boxes read it when they lay out and paint."""

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        blob_pixmap: Callable[[str], QPixmap | None],
        describe: Callable[[Message], str],
        clock: Callable[[], float],
        kinds: PartKinds,
        formulas: Formulas | None = None,
        footers: bool = True,
    ) -> None:
        self.theme = theme
        self.footers = footers
        self.formulas = formulas
        self.icons = icons
        self.blob_pixmap = blob_pixmap
        self.describe = describe
        self.clock = clock
        self.kinds = kinds
        self.stage: Stage | None = None
        """Where boxes have their widgets, once there is a view."""
        self.has_pictures = False
        """Whether pictures are among what is shown."""
        self.parser = MarkdownParser()
        self.look = Look(theme, formulas)
        self.fold = ReasoningFold.WHEN_DONE
        self._laid_out: OrderedDict[Box, None] = OrderedDict()
        self._later: deque[Iterator[None]] = deque()

    @property
    def tokens(self) -> Tokens:
        return self.theme.tokens

    def restyle(self) -> None:
        """The theme changed: new formats; documents made with the old ones are dropped."""
        self.look = Look(self.theme, self.formulas)
        self.release_all()

    def use(self, box: Box) -> None:
        """A box has a document and is used now; those not used for long lose theirs."""
        self._laid_out[box] = None
        self._laid_out.move_to_end(box)
        while len(self._laid_out) > DOCUMENTS:
            self._laid_out.popitem(last=False)[0].release()

    def laid_out(self) -> tuple[Box, ...]:
        """The boxes that have a document."""
        return tuple(self._laid_out)

    def do_later(self, work: Iterator[None]) -> None:
        """Have work done when nothing else is to do, a step (of a few milliseconds) at a time."""
        self._later.append(work)

    def work(self, until: float) -> bool:
        """Do what was left for later, up to a time (`perf_counter`); whether there was any."""
        worked = bool(self._later)
        while self._later and perf_counter() < until:
            if next(self._later[0], self) is self:
                self._later.popleft()
        return worked

    def release_all(self) -> None:
        for box in self._laid_out:
            box.release()
        self._laid_out.clear()

    def forget(self, box: Box) -> None:
        """A box is gone for good."""
        if box in self._laid_out:
            del self._laid_out[box]
        box.release()

    @property
    def live_documents(self) -> int:
        return len(self._laid_out)
