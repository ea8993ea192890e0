"""Who keeps the quick actions: order, keys, words of one's own, and nothing lost."""

from __future__ import annotations

from app.core.built_in_actions import BUILT_IN, default_actions
from app.core.picture_action import KEYS, MOST_ACTIONS, PictureAction, ResultKind
from app.core.settings import Settings, from_json, to_json
from app.features.actions.picture_actions import PictureActions
from app.kit.settings_holder import SettingsHolder


class Kept:
    def __init__(self, settings: Settings | None = None) -> None:
        self.language = "en"
        self.holder = SettingsHolder(settings or Settings(), save=lambda _s: None)
        self.actions = PictureActions(self.holder, lambda: self.language)
        self.told = 0
        self.actions.changed.connect(self._count)

    def _count(self) -> None:
        self.told += 1

    @property
    def names(self) -> list[str]:
        return [a.name for a in self.actions.all]

    @property
    def ids(self) -> list[str]:
        return [a.id for a in self.actions.all]

    @property
    def on_drop(self) -> str:
        action = self.actions.on_drop
        return action.id if action is not None else ""

    def after_restart(self) -> Kept:
        return Kept(from_json(to_json(self.holder.value)))


def test_words_follow_the_language_until_one_is_edited() -> None:
    kept = Kept()
    kept.actions.change("describe", model="m")
    kept.actions.change("extract", prompt="Mine")
    kept.language = "zh_CN"
    assert kept.names[:3] == ["描述", "Extract text", "表格 → Markdown"]
    assert kept.actions.all[0].model == "m"
    assert kept.actions.is_edited("extract")
    assert not kept.actions.is_edited("describe")
    again = kept.after_restart()
    again.language = "zh_CN"
    assert again.actions.all == kept.actions.all
    undo = kept.actions.restore("extract")
    assert kept.names[1] == "提取文字"
    undo()
    assert kept.actions.all[1].prompt == "Mine"
    kept.actions.restore("describe")()
    assert kept.told == 4


def test_each_field_that_is_words_makes_it_ones_own() -> None:
    for change in ({"name": "n"}, {"parameters": {"seed": 1}}, {"result": ResultKind.JSON}):
        kept = Kept()
        kept.actions.change("describe", **change)
        assert kept.actions.is_edited("describe")
        assert kept.actions.all[0].prompt.startswith("Describe")
    kept = Kept()
    kept.actions.change("describe", name="Describe")
    kept.actions.change("gone", name="x")
    assert kept.told == 0


def test_a_key_has_one_action() -> None:
    kept = Kept()
    kept.actions.change("translate", key="Alt+1")
    keys = {a.id: a.key for a in kept.actions.all}
    assert (keys["translate"], keys["describe"]) == ("Alt+1", "")
    assert kept.actions.name_of_key("Alt+1") == "Translate"
    assert kept.actions.name_of_key("") == ""
    made = kept.actions.add("New")
    assert made is not None
    assert made.key == "Alt+5"
    for _ in KEYS:
        kept.actions.add("New")
    assert kept.names[6:8] == ["New", "New 2"]
    assert kept.actions.all[-1].key == ""


def test_order_by_steps_and_by_dragging() -> None:
    kept = Kept()
    kept.actions.move("describe", 2)
    assert kept.ids[:3] == ["extract", "table", "describe"]
    kept.actions.move("describe", -9)
    kept.actions.move("explain", 1)
    assert kept.ids == list(BUILT_IN)
    kept.actions.order(["table", "explain", "no such"])
    assert kept.ids == ["table", "explain", "describe", "extract", "fields", "translate"]
    kept.actions.move("no such", 1)


def test_what_is_deleted_comes_back_to_its_place_and_use() -> None:
    kept = Kept(Settings(drop_action="table"))
    assert kept.on_drop == "table"
    restore = kept.actions.remove("table")
    assert "table" not in kept.ids
    assert kept.on_drop == ""
    assert kept.holder.value.drop_action == ""
    assert kept.actions.missing == ("table",)
    kept.actions.change("explain", key="Alt+3")
    restore()
    restore()
    assert kept.ids == list(BUILT_IN)
    assert kept.on_drop == "table"
    assert kept.actions.all[2].key == ""  # somebody has it now
    kept.actions.remove("no such")()
    kept.actions.remove("fields")
    kept.actions.remove("describe")
    kept.actions.restore_missing()
    assert kept.ids[-2:] == ["describe", "fields"]
    assert set(kept.ids) == set(BUILT_IN)


def test_copies_are_ones_own() -> None:
    kept = Kept()
    copy = kept.actions.duplicate("fields")
    assert copy is not None
    assert kept.ids.index(copy.id) == 4
    assert (copy.name, copy.key, copy.built_in) == ("Fields → JSON 2", "Alt+7", False)
    assert copy.parameters == kept.actions.all[3].parameters
    assert kept.actions.duplicate("no such") is None


def test_what_is_brought_changes_nothing_that_was_there() -> None:
    kept = Kept()
    before = kept.actions.all
    same = PictureAction(before[0].name, before[0].prompt, id="other", key="Alt+9")
    other = PictureAction("Describe", "Otherwise", key="Alt+1")
    third = PictureAction("Third", key="Alt+9")
    count, undo = kept.actions.bring([same, other, other, third])
    assert count == 2
    assert kept.actions.all[:6] == before
    assert [(a.name, a.key) for a in kept.actions.all[6:]] == [
        ("Describe 2", ""),
        ("Third", "Alt+9"),
    ]
    kept.actions.set_on_drop(kept.actions.all[7].id)
    undo()
    assert kept.actions.all == before
    assert kept.holder.value.drop_action == ""


def test_there_are_never_too_many() -> None:
    full = tuple(PictureAction(str(n), id=str(n)) for n in range(MOST_ACTIONS))
    kept = Kept(Settings(picture_actions=full))
    assert kept.actions.is_full
    assert kept.actions.add("x") is None
    assert kept.actions.duplicate("1") is None
    assert kept.actions.bring([PictureAction("y")])[0] == 0
    kept.actions.restore_missing()
    assert len(kept.actions.all) == MOST_ACTIONS
    assert kept.actions.missing == tuple(a.id for a in default_actions())
