"""The conversations' pages: each made with what its features give it, and kept in step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.answer_caution import caution
from app.answer_checks import AnswerChecks
from app.core.conversation import Draft
from app.core.message import ImagePart, Message
from app.core.ports import ImageCodec
from app.core.settings import DEMO_PROFILE, Settings
from app.errands import Errands
from app.features.actions.picture_actions import PictureActions
from app.features.chat.composer.earlier_pictures import EarlierPictures
from app.features.chat.page import ChatPage
from app.features.chat.page_parts import PageParts
from app.features.chat.session import ChatSession
from app.features.chat.transcript import TranscriptView
from app.features.connection.connections import Connections
from app.features.images.attachment_strip import AttachmentStrip
from app.features.images.linked import Linked
from app.features.images.quick_actions import QuickActions
from app.features.images.thumbnails import Thumbnails
from app.features.models.catalogue import Catalogue
from app.features.models.describe import endpoint_note
from app.features.models.model_picker import ModelPicker
from app.features.parameters.inspector import Inspector
from app.features.parameters.preset_picker import PresetPicker
from app.features.parameters.presets import Presets
from app.features.tool_choice.tool_button import ToolButton
from app.features.tool_choice.tool_list import ToolList
from app.kit import error_text
from app.kit.markdown.formulas import Formulas
from app.kit.notices import Notice, NoticeKind, Notices
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.links_out import LinksOut
from app.model_knowledge import ModelKnowledge
from app.program_parts import ProgramParts
from app.readers import Readers
from app.reading_here import ReadingHere
from app.reports import Reports
from app.schema_editing import SchemaEditing
from app.services import MAX_TOKENS, fetch_picture
from app.tool_box import Toolbox
from app.tool_menus import ToolMenus

if TYPE_CHECKING:
    from app.answer_beside import AnswerParts
    from app.features.reader.pane import ReaderPane


class Pages(QObject):
    """Makes pages; what a page asks of the program comes up as signals."""

    key_wanted = Signal()
    settings_wanted = Signal(str)  # the page's id
    branch_wanted = Signal(object, str)  # ChatSession, message id
    typing_started = Signal()
    page_went = Signal()
    capture_wanted = Signal()

    def __init__(
        self,
        parts: ProgramParts,
        *,
        settings: SettingsHolder,
        connections: Connections,
        catalogue: Catalogue,
        models: ModelKnowledge,
        tools: Toolbox,
        presets: Presets,
        actions: PictureActions,
        codec: ImageCodec,
        thumbnails: Thumbnails,
        formulas: Formulas,
        errands: Errands,
        reading: ReadingHere,
        links: LinksOut,
        notices: Notices,
        reports: Reports,
        tasks: TaskScope,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._settings = settings
        self._connections = connections
        self._catalogue = catalogue
        self._models = models
        self._tool_menus = ToolMenus(tools, settings, catalogue, models)
        self._presets = presets
        self._actions = actions
        self._codec = codec
        self._thumbnails = thumbnails
        self._formulas = formulas
        self._errands = errands
        self._reading = reading
        self._links = links
        self._notices = notices
        self._reports = reports
        self._tasks = tasks
        self._readers = Readers(parts, settings=settings, errands=errands, links=links, tasks=tasks)
        self._schemas = SchemaEditing(settings, tasks, parts.theme)
        self._linked = Linked(
            choice=lambda: settings.value.linked_pictures,
            remember=lambda choice: settings.replace(linked_pictures=choice),
            fetch=lambda address: fetch_picture(address, settings.value.network),
        )
        self._pages: list[ChatPage] = []
        self._pickers: dict[ChatPage, ModelPicker] = {}
        self._inspectors: dict[ChatPage, Inspector] = {}
        self._strips: dict[ChatPage, AttachmentStrip] = {}
        settings.changed.connect(self._settings_changed)
        catalogue.changed.connect(self._models_changed)
        thumbnails.arrived.connect(self._image_arrived)

    def all(self) -> tuple[ChatPage, ...]:
        return tuple(self._pages)

    def make(self, session: ChatSession) -> ChatPage:
        """A page for a session."""
        parts, errands = self._parts, self._errands
        picker = ModelPicker(theme=parts.theme, icons=parts.icons)
        choosing = self._tool_menus.choosing(session)
        inspector = Inspector(
            theme=parts.theme,
            icons=parts.icons,
            tools=lambda: ToolList(choosing, compact=True, theme=parts.theme),
        )
        choosing.setParent(inspector)
        tools = ToolButton(choosing, theme=parts.theme)
        presets = self._preset_picker(session)
        strip = self._strip(session)
        quick_actions = QuickActions(self._actions)
        given = PageParts(
            attachments=strip,
            quick_actions=quick_actions,
            hints=self._hints,
            earlier_pictures=self._earlier_pictures(session),
            tools=tools,
            picker=picker,
            picker_widget=picker,
            presets=presets,
            presets_widget=presets,
            inspector=inspector,
            inspector_widget=inspector,
            reader=lambda: self._reader(session),
            picture_model=lambda profile: self.default_model(profile, True),
            thumbnail=self._thumbnails.pixmap,
            formulas=self._formulas,
            describe=lambda message: self._describe(session.info.profile, message),
            checker=AnswerChecks(session, parts.store),
            tasks=self._tasks,
        )
        page = ChatPage(session, given, theme=parts.theme, icons=parts.icons)
        picker.model_chosen.connect(session.set_model)
        picker.model_chosen.connect(strip.refresh_prices)
        picker.opened.connect(lambda: self._catalogue.refresh(session.info.profile))
        picker.favourite_toggled.connect(
            lambda model, on: self._models.set_favourite(session.info.profile, model, on)
        )
        picker.service_chosen.connect(lambda profile: self._change_service(page, profile))
        strip.refused.connect(self._warn)
        strip.text_activated.connect(self._reading.show_text)
        self._reading.documents.join(strip, lambda: self._input_price(session))
        strip.picture_activated.connect(partial(errands.edit_picture, strip))
        page.settings_requested.connect(self.key_wanted)
        page.branch_requested.connect(lambda message: self.branch_wanted.emit(session, message))
        page.details_requested.connect(errands.show_details)
        page.raw_requested.connect(lambda message: errands.show_raw(session, message))
        page.smaller_requested.connect(lambda message: errands.send_smaller(session, message))
        page.image_activated.connect(errands.view_image)
        page.link_activated.connect(self._links.open)
        page.answers.save_requested.connect(errands.save_answer)
        for wanted in (page.output_requested, inspector.schema_requested):
            wanted.connect(lambda: self._schemas.open(session, page.window()))
        page.pane.message_read.connect(errands.read_message)
        transcript = page.transcript
        transcript.file_activated.connect(self._reading.documents.show_file)
        transcript.picture_save_requested.connect(errands.save_picture)
        transcript.blob_wanted.connect(lambda blob: errands.lend_picture(transcript, blob))
        page.code_save_requested.connect(errands.save_code)
        page.typing_started.connect(self.typing_started)
        page.capture_requested.connect(self.capture_wanted)
        quick_actions.manage_requested.connect(lambda: self.settings_wanted.emit("actions"))
        tools.manage_requested.connect(lambda: self.settings_wanted.emit("tools"))
        tools.closed.connect(page.focus_composer)
        self._pages.append(page)
        self._pickers[page] = picker
        self._inspectors[page] = inspector
        self._strips[page] = strip
        page.destroyed.connect(lambda: self._forget(page))
        self._show_options(page, self._settings.value)
        self._show_models(page)
        return page

    def answer_parts(self, session: ChatSession) -> AnswerParts:
        """What an answer beside a region of the screen is made with."""
        from app.answer_beside import AnswerParts

        parts = self._parts
        transcript = TranscriptView(
            theme=parts.theme,
            icons=parts.icons,
            blob_pixmap=self._thumbnails.pixmap,
            formulas=self._formulas,
            describe=lambda message: self._describe(session.info.profile, message),
            footers=False,
        )
        transcript.link_activated.connect(self._links.open)
        transcript.file_activated.connect(self._reading.documents.show_file)
        transcript.code_save_requested.connect(self._errands.save_code)
        actions = QuickActions(self._actions)
        actions.manage_requested.connect(lambda: self.settings_wanted.emit("actions"))

        def known_caution(model: str) -> str:
            profile = session.info.profile
            return caution(profile, model, self._catalogue.info(profile, model))

        return AnswerParts(
            self._strip(session), actions, transcript, self._readers.ask, known_caution
        )

    def _strip(self, session: ChatSession) -> AttachmentStrip:
        """What is to go with a conversation's next message."""
        store = self._parts.store
        return AttachmentStrip(
            theme=self._parts.theme,
            icons=self._parts.icons,
            codec=self._codec,
            put_blob=store.put_blob,
            drop_blob=store.drop_blob,
            read_blob=store.blob,
            thumbnails=self._thumbnails,
            describe=error_text.sentence,
            on_fault=self._reports.report,
            price=lambda: self._input_price(session),
            read_text=self._reading.read_text,
            documents=self._reading.documents.reader,
            linked=self._linked,
        )

    def _hints(self) -> QuickActions:
        """The quick actions of an empty conversation."""
        hints = QuickActions(self._actions, centred=True)
        hints.manage_requested.connect(lambda: self.settings_wanted.emit("actions"))
        return hints

    def _earlier_pictures(self, session: ChatSession) -> EarlierPictures:
        """The line about pictures of earlier questions, kept in step with the conversation."""
        earlier = self._reading.earlier
        line = EarlierPictures(session.shown, lambda: self._models.picture_rule(session.info.id))
        for changed in (session.branch_changed, session.message_added, self._settings.changed):
            changed.connect(line.refresh)
        session.reply_ended.connect(line.refresh)
        earlier.changed.connect(line.refresh)
        earlier.follow(session)
        line.kind_chosen.connect(lambda kind: self._settings.replace(old_pictures=kind))
        return line

    def _reader(self, session: ChatSession) -> ReaderPane:
        """The reader of a page, with quick actions of its own to ask on."""
        actions = QuickActions(self._actions)
        actions.manage_requested.connect(lambda: self.settings_wanted.emit("actions"))
        pane = self._readers.make(session, actions)
        actions.chosen.connect(
            lambda action: self._readers.ask(
                session, Draft(action.prompt, asked=action.asked()), pane.pictures
            )
        )
        return pane

    def take_picture(self, page: ChatPage, data: bytes, name: str) -> None:
        """Put a picture among what goes with the next message."""
        self._strips[page].add_bytes(data, name)
        page.focus_composer()

    def _preset_picker(self, session: ChatSession) -> PresetPicker:
        def take_on(system_prompt: str, parameters: dict[str, Any]) -> None:
            session.set_system_prompt(system_prompt)
            session.set_parameters(parameters)

        picker = PresetPicker(
            presets=self._presets,
            notices=self._notices,
            tasks=self._tasks,
            theme=self._parts.theme,
            icons=self._parts.icons,
        )
        picker.values_chosen.connect(take_on)
        picker.manage_requested.connect(lambda: self.settings_wanted.emit("presets"))
        return picker

    def default_model(self, profile_id: str, pictures: bool) -> str:
        """The model that a service is asked by default."""
        profile = self._connections.profile(profile_id)
        if profile is None:
            return ""
        return (profile.picture_model if pictures else "") or profile.text_model

    def _input_price(self, session: ChatSession) -> float | None:
        """USD per million tokens of the model that would be asked about a picture."""
        model = session.model_for((ImagePart(""),))
        info = self._catalogue.info(session.info.profile, model)
        return info.input_price if info is not None else None

    def follow(self, before: str, now: str) -> None:
        """A key came or went: conversations in which nothing was said yet go with it.

        Those that talk with a service of the person's own choice stay.
        """
        for page in self._pages:
            if page.session.info.profile == before and page.session.is_empty:
                page.session.set_profile(now)
                self._show_models(page)
            page.service_changed()

    def _describe(self, profile: str, message: Message) -> str:
        """How a reply failed, and what the catalogue knows of it."""
        if message.failure is None:
            return ""
        sentence = error_text.failure_sentence(message.failure, kept=True)
        info = self._catalogue.info(profile, message.model)
        note = endpoint_note(info) if info is not None else ""
        return f"{sentence} {note}" if note else sentence

    def _show_options(self, page: ChatPage, settings: Settings) -> None:
        page.set_reasoning_fold(settings.reasoning_fold)
        page.set_enter_sends(settings.enter_sends)

    def _show_models(self, page: ChatPage) -> None:
        profile, catalogue = page.session.info.profile, self._catalogue
        error = catalogue.error(profile)
        models = catalogue.models(profile)
        page.set_models(models)
        picker = self._pickers[page]
        picker.set_models(
            models,
            refreshing=catalogue.refreshing(profile),
            loaded_at=catalogue.loaded_at(profile),
            problem=error_text.sentence(error) if error is not None else "",
        )
        self._show_choices(page)

    def _show_choices(self, page: ChatPage) -> None:
        """The services that a conversation may talk with, and what is noted on their models."""
        profile, picker = page.session.info.profile, self._pickers[page]
        picker.set_notes(self._models.of_profile(profile))
        ids = (*(p.id for p in self._settings.value.profiles), DEMO_PROFILE)
        known = [p for key in ids if (p := self._connections.profile(key)) is not None]
        picker.set_services([(p.id, p.name) for p in known], profile)
        own = self._connections.profile(profile)
        always = MAX_TOKENS if own is not None and own.always_max_tokens else None
        info = self._catalogue.info(profile, page.session.model_for())
        if always is not None and info is not None and info.max_output_tokens:
            always = min(always, info.max_output_tokens)
        self._inspectors[page].set_always_max_tokens(always)
        self._strips[page].refresh_prices()

    def _change_service(self, page: ChatPage, profile: str) -> None:
        """The conversation talks with another service from now on."""
        page.session.set_profile(profile)
        page.service_changed()
        self._catalogue.refresh(profile)
        self._show_models(page)

    def _forget(self, page: ChatPage) -> None:
        self._pages.remove(page)
        del self._pickers[page], self._inspectors[page], self._strips[page]
        self.page_went.emit()

    def _settings_changed(self, settings: Settings) -> None:
        for page in self._pages:
            self._show_options(page, settings)
            self._show_choices(page)

    def _models_changed(self, profile_id: str) -> None:
        for page in self._pages:
            if page.session.info.profile == profile_id:
                self._show_models(page)

    def _image_arrived(self, blob: str) -> None:
        for page in self._pages:
            page.transcript.image_arrived(blob)

    def _warn(self, text: str) -> None:
        self._notices.post(Notice(text, NoticeKind.WARNING))
