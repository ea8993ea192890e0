"""Settings come back as they were saved; whatever the file holds, loading does not fail."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.adapters.settings_file import SettingsFile
from app.core.errors import StorageError, StorageProblem
from app.core.settings import Profile, Settings, ThemeChoice


def test_settings_come_back(data_dir: Path) -> None:
    file = SettingsFile(data_dir)
    assert file.load() == Settings()
    chosen = replace(
        Settings().with_profile(Profile("mine", "我的 \ud800", "http://127.0.0.1:1/v1")),
        theme=ThemeChoice.DARK,
        zoom_percent=150,
    )
    file.save(Settings())
    file.save(chosen)
    assert file.load() == chosen
    path = data_dir / "settings.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "我的" in path.read_text("utf-8")
    assert [entry.name for entry in data_dir.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_set_aside(data_dir: Path, content: bytes) -> None:
    data_dir.mkdir()
    (data_dir / "settings.json").write_bytes(content)
    assert SettingsFile(data_dir).load() == Settings()
    (aside,) = data_dir.iterdir()
    assert aside.name.startswith("settings.json.broken-")
    assert aside.read_bytes() == content


def test_what_cannot_be_read_gives_the_defaults(data_dir: Path) -> None:
    (data_dir / "settings.json").mkdir(parents=True)
    assert SettingsFile(data_dir).load() == Settings()


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
_names = st.sampled_from(sorted(Settings.__dataclass_fields__))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(_names, _json))
def test_odd_values_are_passed_over(data_dir: Path, data: dict[str, object]) -> None:
    data_dir.mkdir(exist_ok=True)
    (data_dir / "settings.json").write_text(json.dumps(data), "utf-8")
    assert isinstance(SettingsFile(data_dir).load(), Settings)


def test_a_place_that_cannot_be_written_is_named(data_dir: Path) -> None:
    data_dir.parent.mkdir(exist_ok=True)
    data_dir.write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageError) as caught:
        SettingsFile(data_dir).save(Settings())
    assert caught.value.problem is StorageProblem.FAILED
    assert caught.value.path == str(data_dir / "settings.json")
