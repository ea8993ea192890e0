"""Which preset a conversation's values are, and how presets are kept in the settings."""

from __future__ import annotations

from app.core.preset import Preset
from app.core.settings import Settings, from_json, to_json
from app.features.parameters.presets import Presets, fits, is_blank, preset_of, taken_on
from app.kit.settings_holder import SettingsHolder

REVIEW = Preset("Review", "Be strict.", {"temperature": 0.2}, "review")
THINKER = Preset("Think", "Be strict.", {"temperature": 0.2, "reasoning_effort": "high"}, "think")
PLAIN = Preset("Plain", "", {"top_p": 0.5}, "plain")


def kept(*presets: Preset) -> tuple[Presets, SettingsHolder]:
    holder = SettingsHolder(Settings(presets=presets), save=lambda _settings: None)
    return Presets(holder), holder


def names(presets: Presets) -> list[str]:
    return [preset.name for preset in presets.all]


def test_a_preset_is_known_by_its_values_in_any_order() -> None:
    preset = Preset("x", "p", {"top_p": 0.5, "temperature": 1})
    assert fits(preset, "p", {"temperature": 1, "top_p": 0.5})
    assert not fits(preset, "p ", {"temperature": 1, "top_p": 0.5})
    assert not fits(preset, "p", {"temperature": 1})
    assert not fits(Preset("x", "", {"n": 1}), "", {"n": True}), "true is not 1 on the wire"


def test_switches_belong_to_the_model_unless_the_preset_has_some() -> None:
    values = {"temperature": 0.2, "reasoning_effort": "high"}
    assert fits(REVIEW, "Be strict.", values)
    assert fits(THINKER, "Be strict.", values)
    assert not fits(THINKER, "Be strict.", {"temperature": 0.2})
    assert preset_of((REVIEW, THINKER), "Be strict.", values) == THINKER
    assert preset_of((REVIEW, THINKER), "Be strict.", values, "review") == REVIEW
    assert preset_of((PLAIN,), "Be strict.", values) is None


def test_taking_a_preset_on_replaces_all_but_what_is_the_models() -> None:
    values = {"enable_thinking": True, "top_p": 0.9, "user": "me"}
    assert taken_on(REVIEW, values) == {"temperature": 0.2, "enable_thinking": True}
    assert taken_on(THINKER, values) == {"temperature": 0.2, "reasoning_effort": "high"}
    assert taken_on(None, values) == {"enable_thinking": True}
    assert is_blank("", {"enable_thinking": True})
    assert not is_blank("", values)


def test_names_stay_apart_and_copies_stand_beside_their_originals() -> None:
    presets, _holder = kept(REVIEW, PLAIN)
    heard: list[bool] = []
    presets.changed.connect(lambda: heard.append(True))
    assert presets.add("Review").name == "Review 2"
    copy = presets.duplicate("review")
    assert copy is not None
    assert copy.id != "review"
    assert copy.parameters == REVIEW.parameters
    assert names(presets) == ["Review", "Review 3", "Plain", "Review 2"]
    assert presets.duplicate("gone") is None
    assert len(heard) == 2


def test_presets_are_moved_within_the_list() -> None:
    presets, _holder = kept(REVIEW, THINKER, PLAIN)
    presets.move("review", 1)
    assert names(presets) == ["Think", "Review", "Plain"]
    presets.move("review", -1)
    presets.move("review", -1)
    presets.move("plain", 5)
    presets.move("gone", 1)
    assert names(presets) == ["Review", "Think", "Plain"]


def test_a_deleted_preset_comes_back_to_its_place_once() -> None:
    presets, _holder = kept(REVIEW, THINKER, PLAIN)
    restore = presets.remove("think")
    assert names(presets) == ["Review", "Plain"]
    restore()
    restore()
    assert names(presets) == ["Review", "Think", "Plain"]
    assert presets.get("think") == THINKER


def test_a_preset_that_is_gone_is_not_changed_back_into_being() -> None:
    presets, holder = kept(REVIEW)
    presets.change("review", name="Strict", parameters={"n": 2})
    assert presets.all == (Preset("Strict", "Be strict.", {"n": 2}, "review"),)
    presets.remove("review")
    presets.change("review", name="Again")
    assert names(presets) == []
    assert not holder.value.presets


def test_other_settings_do_not_stir_it() -> None:
    presets, holder = kept(REVIEW)
    heard: list[bool] = []
    presets.changed.connect(lambda: heard.append(True))
    holder.replace(zoom_percent=150)
    assert heard == []


def test_presets_come_back_as_they_were_kept() -> None:
    _presets, holder = kept(REVIEW, THINKER)
    again = from_json(to_json(holder.value))
    assert again.presets == (REVIEW, THINKER)
