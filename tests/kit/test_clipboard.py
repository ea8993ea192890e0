"""A process that put data on the clipboard ends well."""

from __future__ import annotations

import os
import subprocess
import sys

ENDS = """
import sys
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
from app.kit.clipboard import leave_plain_text
app = QApplication(sys.argv)
data = QMimeData()
data.setText("kept")
data.setHtml("<b>kept</b>")
app.clipboard().setMimeData(data)
leave_plain_text()
assert app.clipboard().text() == "kept"
"""


def test_data_on_the_clipboard_does_not_outlive_us() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", ENDS], env=environment, check=True, timeout=60)
