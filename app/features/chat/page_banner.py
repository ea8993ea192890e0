"""Gathers what the band above a conversation's composer goes by, and shows it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.message import Role, sends_pictures
from app.core.model_info import Capability, ModelInfo
from app.features.chat.banners import Facts, Ways, banner
from app.features.chat.composer import Composer
from app.features.chat.editing import Editing
from app.features.chat.page_parts import PageParts
from app.features.chat.session import ChatSession

UNANSWERED = (Role.USER, Role.TOOL)


class PageBanner:
    def __init__(
        self,
        session: ChatSession,
        composer: Composer,
        editing: Editing,
        parts: PageParts,
        *,
        add_key: Callable[[], None],
    ) -> None:
        self._session = session
        self._composer = composer
        self._editing = editing
        self._parts = parts
        self._add_key = add_key

    def show(self, model: str, models: Mapping[str, ModelInfo]) -> None:
        """`model` would answer what stands in the composer; `models` are those that are known."""
        session, calling = self._session, self._session.calling
        known, last = models.get(model), session.last()
        pictures = sends_pictures(self._composer.draft().parts)
        waits = last is not None and last.role in UNANSWERED and not session.busy
        facts = Facts(
            editing=bool(self._editing),
            unanswered=last.role if last is not None and waits else None,
            profile=session.info.profile,
            model=model,
            blind=pictures and known is not None and known.can(Capability.VISION) is False,
            seeing_model=self._parts.picture_model(session.info.profile),
            rounds=calling.rounds_asked,
        )
        ways = Ways(
            end_editing=self._editing.end,
            answer_last=session.answer_last,
            add_key=self._add_key,
            use_model=session.set_model,
            go_on=calling.answer_go_on,
            read_here=self._parts.attachments.way_to_read(),
        )
        self._composer.set_banner(*banner(facts, ways))
        if facts.blind or facts.unanswered or facts.editing:
            self._composer.ask_nothing_by_itself()
