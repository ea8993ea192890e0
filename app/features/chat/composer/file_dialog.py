"""The dialog to pick files that go with a message; its filters say which kinds are read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

translate = QCoreApplication.translate

PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.avif"
DOCUMENTS = "*.pdf *.docx *.xlsx"
TEXTS = "*.txt *.md *.csv *.tsv *.json *.jsonl *.log *.xml *.yaml *.yml *.html *.py *.js *.ts *.sql"


def file_dialog(window: QWidget) -> QFileDialog:
    """Not opened yet. All files come first: what a file is, its bytes say, not its name."""
    dialog = QFileDialog(window, translate("FileDialog", "Attach files"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    kinds = (
        (translate("FileDialog", "All files"), "*"),
        (translate("FileDialog", "Pictures"), PICTURES),
        (translate("FileDialog", "PDF, Word and Excel"), DOCUMENTS),
        (translate("FileDialog", "Text, tables and code"), TEXTS),
    )
    dialog.setNameFilters([f"{words} ({names})" for words, names in kinds])
    return dialog
