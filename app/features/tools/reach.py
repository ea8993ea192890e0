"""What tools may reach: folders and files that the person picked, and hosts of private networks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.visible_text import visible_line
from app.features.tools.lines_edit import LinesEdit
from app.kit.settings_holder import SettingsHolder
from app.kit.style import set_kind
from app.kit.theme import Theme
from app.kit.widgets.plain_label import PlainLabel, plain_tip


class ReachFields(QWidget):
    """Whoever hears of `folder_wanted` or `file_wanted` lets the person pick one."""

    folder_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, *, settings: SettingsHolder, theme: Theme) -> None:
        super().__init__()
        self._settings = settings
        self._about, self._hosts_about = PlainLabel(), PlainLabel()
        self._folder, self._file = QPushButton(), QPushButton()
        self._hosts = LinesEdit(theme=theme, least=1, most=6)
        self._rows: list[QWidget] = []
        self._known: tuple[str, ...] | None = None
        for label in (self._about, self._hosts_about):
            set_kind(label, "caption")
            label.setWordWrap(True)
        line = QHBoxLayout()
        for button in (self._folder, self._file):
            set_kind(button, "ghost")
            line.addWidget(button)
        line.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._about)
        self._column.addLayout(line)
        self._column.addWidget(self._hosts_about)
        self._column.addWidget(self._hosts)
        self._folder.clicked.connect(self.folder_wanted)
        self._file.clicked.connect(self.file_wanted)
        self._hosts.textChanged.connect(self._keep_hosts)
        settings.changed.connect(lambda _settings: self._follow())
        self._retranslate()

    def _keep_hosts(self) -> None:
        hosts = (line.strip().lower() for line in self._hosts.lines())
        self._settings.replace(tool_private_hosts=tuple(dict.fromkeys(h for h in hosts if h)))

    def _drop(self, path: str) -> None:
        kept = tuple(one for one in self._settings.value.tool_folders if one != path)
        self._settings.replace(tool_folders=kept)

    def _follow(self) -> None:
        if self._settings.value.tool_folders != self._known:
            self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._known = self._settings.value.tool_folders
        self._rows = [self._row(path) for path in self._known]
        for place, row in enumerate(self._rows, 1):
            self._column.insertWidget(place, row)
        self._about.setText(
            self.tr("Tools read these folders and files and what is in them, and nothing else.")
        )
        self._folder.setText(self.tr("Add a folder…"))
        self._file.setText(self.tr("Add a file…"))
        self._hosts_about.setText(
            self.tr(
                "Hosts of your own network that tools may read pages of, one a line, such as "
                "nas.local:8080; all others there are refused."
            )
        )
        self._hosts.setAccessibleName(self.tr("Hosts of your own network"))
        if not self._hosts.hasFocus():
            self._hosts.show_text("\n".join(self._settings.value.tool_private_hosts))

    def _row(self, path: str) -> QWidget:
        label, button = PlainLabel(visible_line(path, 90)), QPushButton(self.tr("Remove"))
        label.setWordWrap(True)
        label.setToolTip(plain_tip(visible_line(path, 1000)))
        set_kind(button, "ghost")
        button.setAccessibleName(self.tr("Remove %1").replace("%1", visible_line(path, 90)))
        button.clicked.connect(lambda: self._drop(path))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
