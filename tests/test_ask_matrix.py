"""`porthole ask --json` through rows of the network matrix: one POST, unless it announces more."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from tests.faults.certificates import Certificates, make_certificates
from tests.faults.matrix import ROWS
from tests.faults.matrix_ask import arguments, judge
from tests.faults.matrix_ways import KEY, scene

pytestmark = pytest.mark.usefixtures("qapp")

CHOSEN = [
    *("connect_refused", "tls_self_signed", "tls_expired", "reset_before_request"),
    *("reset_after_request", "redirect_301_other_host", "redirect_307_same_host", "400", "401"),
    *("408", "409", "413", "429", "429_once", "429_seconds", "503", "502_page", "504"),
    *("drop_rst", "drop_fin", "length_too_long", "done_without_finish", "gzip_cut", "gzip_broken"),
    *("error_in_stream_unwrapped_429", "error_first_string", "html_200", "empty_200"),
    *("garbage_200", "json_for_stream", "json_cut_by_length", "unstreamed_drops"),
    *(name for name, row in ROWS.items() if row.format),
]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("name", CHOSEN)
def test_ask_sends_once_and_tells_truly(
    name: str,
    certificates: Certificates,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PORTHOLE_API_KEY", KEY)
    with scene(ROWS[name], certificates) as where:
        status = main(arguments(where, tmp_path))
        said = capsys.readouterr()
        assert not judge(where, status, said.out, said.err).wrong
