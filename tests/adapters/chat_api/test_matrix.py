"""The network matrix: however the world misbehaves, one request is one POST and truly told."""

from __future__ import annotations

import pytest

from app.adapters.chat_api.client import ChatApi
from tests.faults.certificates import Certificates, make_certificates
from tests.faults.matrix import ROWS
from tests.faults.matrix_row import Limits
from tests.faults.matrix_ways import KEY, directly, impatiently, patiently, scene

SHORT: Limits = {"first_token_limit_s": 0.3, "idle_limit_s": 0.06, "connect_limit_s": 0.05}


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


async def no_blob(sha256: str) -> bytes:
    raise AssertionError("no picture was sent")


@pytest.mark.parametrize("name", ROWS)
async def test_one_request_is_one_post_and_truly_told(
    name: str, certificates: Certificates
) -> None:
    row = ROWS[name]
    with scene(row, certificates) as where:
        api = ChatApi(where.address, KEY, no_blob, **row.limits(SHORT))
        try:
            assert not (await directly(where, api)).wrong
            assert not (await patiently(where, api)).wrong
            if row.further:
                assert not (await impatiently(where, api)).wrong
        finally:
            await api.close()
