"""What a spreadsheet would compute goes there as text; all else goes as it is."""

from __future__ import annotations

import pytest

from app.core.spreadsheet import as_text


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        " =1",
        "\n=1",
        "@SUM(1)",
        "+cmd|' /C calc'!A0",
        "-a",
        "\t1",
        "\rx",
        "＝1",
        "＠x",
        "＋a",
    ],
)
def test_what_would_be_computed_is_marked_as_text(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.50", "+3 %", "-¥56.00", "-", "a=b", "3-1", "海港", ""])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert as_text(cell) == cell
