"""What batches stand on, joined: services, prices, actions, models to choose, places to save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.adapters.batch_db import BatchFile
from app.adapters.disk import storage_error, write_whole
from app.adapters.folders import find_files
from app.adapters.sheet import xlsx_bytes
from app.batch_files import BatchFiles
from app.blobs_in_hand import BlobsInHand
from app.core.batch import MOST_FILES, Batch, BatchAction
from app.core.batch_table import TableFormat, csv_text, jsonl_text, markdown_text, table_of
from app.core.conversation import ConversationInfo
from app.core.message import Message
from app.core.picture_action import PictureAction
from app.core.ports import ImageCodec
from app.core.request import ChatRequest
from app.features.actions.picture_actions import PictureActions
from app.features.batch.world import BatchWorld, FoundFiles, ModelField
from app.features.chat.asking import Asking
from app.features.connection.connections import Connections
from app.features.images.tokens import estimated_tokens
from app.features.models.catalogue import Catalogue
from app.features.models.model_picker import ModelPicker
from app.kit.dialogs import ask_save_path
from app.kit.notices import Notice, Notices
from app.kit.tasks import TaskScope, in_thread
from app.model_knowledge import ModelKnowledge
from app.program_parts import ProgramParts


@dataclass(frozen=True, slots=True)
class BatchParts:
    """What the program hands in."""

    parts: ProgramParts
    connections: Connections
    catalogue: Catalogue
    models: ModelKnowledge
    actions: PictureActions
    codec: ImageCodec
    blobs: BlobsInHand
    notices: Notices
    tasks: TaskScope


def batch_world(given: BatchParts) -> BatchWorld:
    """The world of the program's batches, over the file in its data directory."""
    asking = Asking(given.models)
    store = BatchFile(given.parts.directory)
    files = BatchFiles(given.codec)
    return BatchWorld(
        store=store,
        services=given.connections,
        ready=files.ready,
        request=lambda batch, message: _request(asking, batch, message),
        settled=lambda batch, reply: _settled(asking, batch, reply),
        hold=given.blobs.hold,
        count=given.parts.store.count,
        tokens=estimated_tokens,
        model_info=given.models.info,
        find_files=_found,
        actions=lambda: batch_actions(given.actions.all),
        new_for=lambda: _new_for(given.connections),
        model_field=lambda batch: _model_field(given, batch),
        export=lambda batch, form: _export(given, store, batch, form),
        close=files.close,
    )


def batch_actions(actions: Sequence[PictureAction]) -> Sequence[BatchAction]:
    """The quick actions as a batch takes them; one without words asks nothing of a file."""
    return tuple(
        BatchAction(a.name, a.prompt, a.id, model=a.model, parameters=dict(a.parameters))
        for a in actions
        if a.prompt.strip()
    )


def _request(asking: Asking, batch: Batch, message: Message) -> ChatRequest:
    action = batch.action
    info = ConversationInfo(
        profile=batch.profile,
        model=batch.model,
        system_prompt=action.system_prompt,
        parameters=action.parameters,
    )
    parameters = asking.parameters(info, batch.model, begun=False)
    info = ConversationInfo(
        profile=batch.profile, system_prompt=action.system_prompt, parameters=parameters
    )
    return asking.request(info, (message,), batch.model)


def _settled(asking: Asking, batch: Batch, reply: Message) -> Message:
    asking.learn(batch.profile, batch.model, reply)
    return asking.priced(batch.profile, batch.model, reply)


def _found(paths: Sequence[str]) -> FoundFiles:
    """Blocks. A single folder gives the batch its name."""
    found = find_files(paths, MOST_FILES)
    first = Path(paths[0]) if paths else Path()
    folder = first if first.is_dir() else first.parent
    title = folder.name or str(folder)
    return FoundFiles(title, tuple(found.paths), found.beyond, found.others)


def _new_for(connections: Connections) -> tuple[str, str]:
    profile_id, model = connections.for_new()
    profile = connections.profile(profile_id)
    return profile_id, (profile.picture_model if profile is not None else "") or model


def _model_field(given: BatchParts, batch: Batch) -> tuple[ModelField, QWidget]:
    picker = ModelPicker(theme=given.parts.theme, icons=given.parts.icons)
    offered = _Offered(picker, given, batch.profile)
    given.catalogue.changed.connect(offered.show)
    given.catalogue.recall(batch.profile)
    offered.show(batch.profile)
    return picker, picker


class _Offered(QObject):
    """Keeps a picker in step with what a service offers; goes with the picker."""

    def __init__(self, picker: ModelPicker, given: BatchParts, profile: str) -> None:
        super().__init__(picker)
        self._picker, self._given, self._profile = picker, given, profile
        picker.opened.connect(lambda: given.catalogue.refresh(profile))
        picker.favourite_toggled.connect(
            lambda model, on: given.models.set_favourite(profile, model, on)
        )

    def show(self, changed: str) -> None:
        """Show the models there are, if they are this service's that changed."""
        if changed != self._profile:
            return
        catalogue = self._given.catalogue
        self._picker.set_models(
            catalogue.models(changed),
            refreshing=catalogue.refreshing(changed),
            loaded_at=catalogue.loaded_at(changed),
        )
        self._picker.set_notes(self._given.models.of_profile(changed))


def _export(given: BatchParts, store: BatchFile, batch: Batch, form: TableFormat) -> None:
    translate = QCoreApplication.translate

    async def save() -> None:
        title = translate("Batches", "Save results")
        name = f"{batch.title.replace('/', ' ') or 'batch'}.{form.value}"
        path = await ask_save_path(given.parts.window, title, name)
        if not path:
            return
        results = await store.results(batch.id)

        def write() -> None:
            table = table_of(results)
            match form:
                case TableFormat.XLSX:
                    data = xlsx_bytes(table)
                case TableFormat.JSONL:
                    data = _bytes(jsonl_text(results))
                case TableFormat.MARKDOWN:
                    data = _bytes(markdown_text(table))
                case TableFormat.CSV:
                    # With its mark, for spreadsheets that would else not take it for UTF-8.
                    data = b"\xef\xbb\xbf" + _bytes(csv_text(table))
            try:
                write_whole(Path(path), data)
            except OSError as error:
                raise storage_error(error, Path(path)) from error

        await in_thread(write)
        said = translate("Batches", "Saved the results to %1.").replace("%1", path)
        given.notices.post(Notice(said))

    given.tasks.start(save(), name="export batch")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
