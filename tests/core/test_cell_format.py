"""What a spreadsheet would make another value stays as it was written; figures stay figures."""

from __future__ import annotations

import pytest

from app.core.cell_format import TEXT, cell_format
from app.core.result_table import ResultTable, html_text


@pytest.mark.parametrize(
    "cell",
    [
        *("00123", "007", " 007 ", "-01", "0,5", "01.5"),
        *("6222020200112233445", "123456789012", "6222 0202 0011 2233", "6222-0202-0011-2233"),
        *("1E5", "12e4"),
        *("3-1", "1/2", "4/12/2026", "4.12.2026", "1-2-26", "2026-04", "MAR1", "Sept 2", "2-May"),
        *("=1+1", "+86 13800138000", "@x"),
    ],
)
def test_text_stays_text(cell: str) -> None:
    assert cell_format(cell) == TEXT


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        ("1.50", "0.00"),
        ("-12.5", "0.0"),
        ("0.125", "0.000"),
        ("1,024.50", "#,##0.00"),
        *((cell, "") for cell in ("", "0", "42", "-7", "13800138000", "1,024", "12 %", "¥56.00")),
        *(
            (cell, "")
            for cell in ("2026-04-12", "2026/4/12", "12:30", "words", "v1.2.3", "6.02e23")
        ),
        *((cell, "") for cell in ("Mark 1a", "march", "美式咖啡", "3 - 1", "0")),
    ],
)
def test_figures_stay_figures_with_their_decimals(cell: str, shape: str) -> None:
    assert cell_format(cell) == shape


def test_spreadsheets_read_the_format_and_keep_a_cell_whole() -> None:
    html = html_text(ResultTable(("n",), (("00123",), ("1,024.50",), ("one\ntwo",), ("7",))))
    assert 'mso-number-format:\'\\@\'" sdnum="1033;0;@">00123</td>' in html
    assert 'mso-number-format:\'#\\,##0\\.00\'" sdnum="1033;0;#,##0.00">1,024.50</td>' in html
    # Without this Excel would put the second line into a row of its own.
    assert 'one<br style="mso-data-placement:same-cell">two' in html
    assert html.count("mso-number-format") == 2
