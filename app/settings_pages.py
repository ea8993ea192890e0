"""The settings tab: a page for each feature that has one, kept in step with what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app import VERSION
from app.features.actions.picture_actions import PictureActions
from app.features.capture.hot_keys import HotKeys
from app.features.connection.connections import Connections
from app.features.mcp.servers import Servers
from app.features.models.catalogue import Catalogue
from app.features.models.model_picker import ModelPicker
from app.features.network.networks import Networks
from app.features.parameters.presets import Presets
from app.kit.notices import Notices
from app.kit.open_url import open_url
from app.kit.settings_holder import SettingsHolder
from app.kit.tasks import TaskScope
from app.program_parts import ProgramParts
from app.tool_box import Toolbox

if TYPE_CHECKING:
    from app.features.actions.actions_page import ActionsPage
    from app.features.connection.services_page import ServicesPage
    from app.features.network.service_network import ServiceNetwork


class SettingsPages(QObject):
    """Makes the tab when it is asked for; it may be closed and made again."""

    def __init__(
        self,
        parts: ProgramParts,
        *,
        settings: SettingsHolder,
        connections: Connections,
        networks: Networks,
        catalogue: Catalogue,
        presets: Presets,
        actions: PictureActions,
        mcp: Servers,
        notices: Notices,
        tasks: TaskScope,
        toolbox: Toolbox,
        hot_keys: HotKeys,
        reads_pictures: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts, self._toolbox = parts, toolbox
        self._theme, self._icons = parts.theme, parts.icons
        self._settings = settings
        self._connections = connections
        self._networks = networks
        self._catalogue = catalogue
        self._presets = presets
        self._actions = actions
        self._mcp = mcp
        self._notices = notices
        self._tasks = tasks
        self._hot_keys = hot_keys
        self._usage = parts.store.usage
        self._directory = str(parts.directory)
        self._reads_pictures = reads_pictures
        self._services: ServicesPage | None = None
        self._actions_page: ActionsPage | None = None
        catalogue.changed.connect(self._models_changed)

    def make(self) -> QWidget:
        """A new settings tab. Its pages are read in when they are first wanted."""
        from app.capture_keys import commands
        from app.features.appearance.appearance_page import AppearancePage
        from app.features.capture.capture_page import CapturePage
        from app.features.connection.services_page import ServicesPage
        from app.features.mcp.servers_page import ServersPage
        from app.features.network.network_page import NetworkPage
        from app.features.parameters.presets_page import PresetsPage
        from app.features.usage.usage_page import UsagePage
        from app.own_tool_page import make_tools_page
        from app.shell.about_page import AboutPage
        from app.shell.settings_tab import SettingsPage, SettingsTab

        services = ServicesPage(
            connections=self._connections,
            theme=self._theme,
            icons=self._icons,
            notices=self._notices,
            tasks=self._tasks,
            make_model_field=self._model_field,
            make_network_field=self._network_field,
            open_url=open_url,
        )
        looks = AppearancePage(
            settings=self._settings,
            theme=self._theme,
            icons=self._icons,
            reads_pictures=self._reads_pictures,
        )
        presets = PresetsPage(
            presets=self._presets, notices=self._notices, theme=self._theme, icons=self._icons
        )
        actions = self._made_actions_page()
        capture = CapturePage(hot_keys=self._hot_keys, commands=commands(self._directory))
        mcp = ServersPage(
            servers=self._mcp, notices=self._notices, theme=self._theme, icons=self._icons
        )
        tools = make_tools_page(
            self._parts, self._settings, self._toolbox, self._notices, self._tasks
        )
        ways = NetworkPage(
            networks=self._networks, theme=self._theme, icons=self._icons, tasks=self._tasks
        )
        usage = UsagePage(
            load=self._usage,
            service_name=self._service_name,
            theme=self._theme,
            icons=self._icons,
            tasks=self._tasks,
        )
        about = AboutPage(version=VERSION, directory=self._directory)
        services.models_wanted.connect(self._catalogue.refresh)
        services.destroyed.connect(self._forget)
        self._services = services
        pages = (
            SettingsPage("services", services.title, services),
            SettingsPage("appearance", looks.title, looks),
            SettingsPage("presets", presets.title, presets),
            SettingsPage("actions", actions.title, actions),
            SettingsPage("capture", capture.title, capture),
            SettingsPage("tools", tools.title, tools),
            SettingsPage("mcp", mcp.title, mcp),
            SettingsPage("network", ways.title, ways),
            SettingsPage("usage", usage.title, usage),
            SettingsPage("about", about.title, about),
        )
        return SettingsTab(pages=pages, theme=self._theme, icons=self._icons)

    def show(self, tab: QWidget, page: str) -> None:
        """Bring the page of that id to the front."""
        from app.shell.settings_tab import SettingsTab

        if isinstance(tab, SettingsTab):
            tab.show_page(page)

    def ask_key(self, tab: QWidget) -> None:
        """Show where the default service's key is entered."""
        from app.shell.settings_tab import SettingsTab

        if isinstance(tab, SettingsTab) and self._services is not None:
            tab.show_page("services")
            self._services.show_service(self._settings.value.default_profile, enter_key=True)

    def _made_actions_page(self) -> ActionsPage:
        from app.action_files import ActionFiles
        from app.features.actions.actions_page import ActionsPage
        from app.features.parameters.form import ParameterForm

        def no_model() -> str:
            return QCoreApplication.translate("SettingsPages", "The conversation's model")

        page = ActionsPage(
            actions=self._actions,
            notices=self._notices,
            theme=self._theme,
            icons=self._icons,
            make_model_field=lambda: ModelPicker(
                theme=self._theme, icons=self._icons, wide=True, none=no_model
            ),
            make_parameters=lambda: ParameterForm(
                theme=self._theme, icons=self._icons, explained=True, with_prompt=False
            ),
        )
        ActionFiles(page, notices=self._notices, tasks=self._tasks)
        page.models_wanted.connect(
            lambda: self._catalogue.refresh(self._settings.value.default_profile)
        )
        page.destroyed.connect(self._forget_actions)
        self._actions_page = page
        self._show_models(page)
        return page

    def _show_models(self, page: ActionsPage) -> None:
        """The default service's models, for an action to be asked of one of them."""
        profile = self._settings.value.default_profile
        refreshing = self._catalogue.refreshing(profile)
        page.set_models(self._catalogue.models(profile), refreshing=refreshing)

    def _service_name(self, profile_id: str) -> str:
        """A service as the person calls it; one that was removed, as it is stored."""
        profile = self._connections.profile(profile_id)
        return profile.name if profile is not None else profile_id

    def _model_field(self) -> ModelPicker:
        return ModelPicker(theme=self._theme, icons=self._icons, wide=True)

    def _network_field(self) -> ServiceNetwork:
        from app.features.network.service_network import ServiceNetwork

        return ServiceNetwork(
            networks=self._networks, theme=self._theme, icons=self._icons, tasks=self._tasks
        )

    def _models_changed(self, profile_id: str) -> None:
        if self._services is not None:
            models = self._catalogue.models(profile_id)
            refreshing = self._catalogue.refreshing(profile_id)
            self._services.set_models(profile_id, models, refreshing=refreshing)

        if self._actions_page is not None:
            self._show_models(self._actions_page)

    def _forget_actions(self) -> None:
        self._actions_page = None

    def _forget(self) -> None:
        self._services = None
