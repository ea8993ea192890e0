"""However narrow a row is, and however long its name, its price can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from app.core.model_info import ModelInfo
from app.features.models.model_row_delegate import MARGIN, ModelRowDelegate
from app.features.models.model_rows import ModelRowsListModel
from tests.look import dressed


@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("width", [320, 430, 900])
def test_the_price_is_never_dropped_for_a_name(qapp: QApplication, width: int, zoom: int) -> None:
    theme, icons = dressed(qapp, zoom=zoom)
    delegate = ModelRowDelegate(theme, icons)
    long = "baidu/ernie-x-with-a-name-that-is-much-too-long-for-any-window-there-is-instruct"
    priced = ModelInfo(long, context_size=128_000, input_price=0.075, output_price=12.25)

    def drawn(model: ModelInfo) -> QImage:
        rows = ModelRowsListModel()
        rows.set_models([model])
        rows.set_notes({})
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, theme.px(37))
        image = QImage(width, theme.px(37), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        delegate.paint(painter, option, rows.index(0, 0))
        painter.end()
        return image

    assert drawn(priced) != drawn(replace(priced, input_price=5.5))
    assert drawn(priced) != drawn(replace(priced, output_price=5.5))
    assert drawn(priced).copy(width - MARGIN, 0, MARGIN, 20) == drawn(ModelInfo("a")).copy(
        width - MARGIN, 0, MARGIN, 20
    )
