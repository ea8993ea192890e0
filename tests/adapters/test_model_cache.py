"""Lists of models are kept privately and whole, and whatever a file holds, nothing is raised."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from app.adapters.model_cache import LARGEST, ModelCacheFiles
from app.core.model_info import Capability, ModelInfo

AT = "https://api.jiekou.ai/openai/v1"
MODELS = [
    ModelInfo("a/b", "名", input_price=0.0, capabilities=frozenset({Capability.TOOLS})),
    ModelInfo("lone \ud83d"),
]


async def kept(directory: Path) -> Path:
    """A directory in which a list is kept; answers its file."""
    await ModelCacheFiles(directory).save("jiekou", AT, MODELS, 1e9)
    [path] = (directory / "models").iterdir()
    return path


async def test_a_list_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = await kept(tmp_path)
    cache = ModelCacheFiles(tmp_path)
    assert await cache.load("jiekou", AT) == (MODELS, 1e9)
    assert await cache.load("other", AT) is None
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_list_of_another_address_is_not_there(tmp_path: Path) -> None:
    await kept(tmp_path)
    assert await ModelCacheFiles(tmp_path).load("jiekou", "https://other.example/v1") is None


async def test_a_list_is_replaced_and_forgotten(tmp_path: Path) -> None:
    await kept(tmp_path)
    cache = ModelCacheFiles(tmp_path)
    await cache.save("jiekou", AT, [], 2e9)
    assert await cache.load("jiekou", AT) == ([], 2e9)
    await cache.forget("jiekou")
    await cache.forget("jiekou")
    assert await cache.load("jiekou", AT) is None
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("profile", ["../../x", "a/b", "C:\\x", "NUL", "", "é" * 500, "\ud800"])
async def test_any_profile_has_a_file_in_the_folder(tmp_path: Path, profile: str) -> None:
    cache = ModelCacheFiles(tmp_path)
    await cache.save(profile, AT, MODELS, 1e9)
    assert await cache.load(profile, AT) == (MODELS, 1e9)
    assert len(os.listdir(tmp_path / "models")) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000, b" " * (LARGEST + 1), b"1" * 5000],
    ids=["empty", "cut", "bytes", "list", "deep", "large", "number"],
)
async def test_what_is_no_record_is_no_list(tmp_path: Path, content: bytes) -> None:
    path = await kept(tmp_path)
    path.write_bytes(content)
    assert await ModelCacheFiles(tmp_path).load("jiekou", AT) is None


@pytest.mark.parametrize(
    ("written", "odd"),
    [
        ('"version": 1', '"version": 2'),
        (f'"address": "{AT}"', '"address": null'),
        ('"models": [', '"models": {"a": ['),
        ('"loaded_at": 1000000000.0', '"loaded_at": "yesterday"'),
        ('"loaded_at": 1000000000.0', f'"loaded_at": 1{"0" * 400}'),
        ('"loaded_at": 1000000000.0', '"loaded_at": -5'),
        ('"loaded_at": 1000000000.0', '"loaded_at": NaN'),
    ],
)
async def test_an_odd_record_is_no_list(tmp_path: Path, written: str, odd: str) -> None:
    path = await kept(tmp_path)
    text = path.read_text()
    assert written in text
    path.write_text(text.replace(written, odd))
    assert await ModelCacheFiles(tmp_path).load("jiekou", AT) is None


async def test_odd_models_are_left_out(tmp_path: Path) -> None:
    path = await kept(tmp_path)
    record = json.loads(path.read_bytes())
    record["models"] = [None, {"id": 5}, {"id": "good", "context_size": "big"}]
    path.write_text(json.dumps(record))
    assert await ModelCacheFiles(tmp_path).load("jiekou", AT) == ([ModelInfo("good")], 1e9)


async def test_what_cannot_be_written_or_read_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    cache = ModelCacheFiles(tmp_path)
    await cache.save("jiekou", AT, MODELS, 1e9)
    assert await cache.load("jiekou", AT) is None
    await cache.forget("jiekou")
