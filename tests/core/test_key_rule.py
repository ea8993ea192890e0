"""A key never leaves the host it was given for."""

from __future__ import annotations

import pytest

from app.core.key_rule import key_for
from app.core.settings import Profile

JIEKOU = Profile("jiekou", "接口AI", "https://api.jiekou.ai/openai")


class Keys:
    async def get(self, profile_id: str) -> str | None:
        return "stored" if profile_id == "jiekou" else None

    async def set(self, profile_id: str, key: str) -> bool:
        return False

    async def forget(self, profile_id: str) -> None:
        return None

    async def usable(self) -> bool:
        return False


@pytest.mark.parametrize(
    ("profile", "where", "environ", "key"),
    [
        (JIEKOU, "https://api.jiekou.ai/openai/v1", {}, "stored"),
        (JIEKOU, "https://api.jiekou.ai/openai/v1", {"JIEKOU_API_KEY": "env"}, "stored"),
        (JIEKOU, "https://evil.example/v1", {"JIEKOU_API_KEY": "env"}, None),
        (JIEKOU, "http://api.jiekou.ai/openai/v1", {"JIEKOU_API_KEY": "env"}, None),
        (Profile("new", "", ""), "https://api.jiekou.ai/openai/v1", {"JIEKOU_API_KEY": "e"}, "e"),
        (Profile("new", "", ""), "https://api.jiekou.ai/v1", {"OPENAI_API_KEY": "e"}, None),
        (Profile("o", "", ""), "https://api.openai.com/v1", {"OPENAI_API_KEY": "e"}, "e"),
        (
            Profile("jiekou", "", "https://evil.example", key_origin="https://api.jiekou.ai"),
            "https://evil.example/v1",
            {},
            None,
        ),
    ],
)
async def test_key_for(
    profile: Profile, where: str, environ: dict[str, str], key: str | None
) -> None:
    assert await key_for(profile, where, Keys(), environ) == key
