"""Models to choose from, and the parts of the list that is open in a window."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from app.core.model_info import Capability, ModelInfo
from app.features.models.model_popup import ModelPopup
from app.features.models.model_rows import RowRole

DEEPSEEK = ModelInfo(
    "deepseek/deepseek-v3.2",
    context_size=163_840,
    input_price=0.27,
    output_price=0.4,
    capabilities=frozenset({Capability.REASONING, Capability.TOOLS}),
)
QWEN = ModelInfo(
    "qwen/qwen2-vl-72b-instruct",
    context_size=32_768,
    capabilities=frozenset({Capability.VISION}),
)
OLD = ModelInfo("old/model", retired=True, context_size=4096)
PLAIN = ModelInfo("plain-model")


def parts(window: QWidget) -> tuple[ModelPopup, QLineEdit, QListView]:
    (popup,) = window.findChildren(ModelPopup)
    (field,) = popup.findChildren(QLineEdit)
    (view,) = popup.findChildren(QListView)
    return popup, field, view


def shown(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data(RowRole.ID) for row in range(model.rowCount())]
