"""Sums of money are short, exact enough, and never nothing where they are only small."""

import math

import pytest
from PySide6.QtWidgets import QApplication

from app.kit.money import money_text
from tests.chinese import chinese


@pytest.mark.parametrize(
    ("usd", "words"),
    [
        (12.84, "$12.84"),
        (1204.0, "$1,204.00"),
        (1.0, "$1.00"),
        (0.314, "$0.31"),
        (0.1, "$0.10"),
        (0.09999, "$0.10"),
        (0.05, "$0.05"),
        (0.0312, "$0.0312"),
        (0.0031, "$0.0031"),
        (0.003, "$0.003"),
        (0.0001, "$0.0001"),
        (0.00009, "< $0.0001"),
        (5e-324, "< $0.0001"),
        (0.0, "$0.00"),
        (-0.5, "−$0.50"),
        (None, "unknown"),
        (math.nan, "unknown"),
        (math.inf, "unknown"),
    ],
)
def test_a_sum_in_words(qapp: QApplication, usd: float | None, words: str) -> None:
    assert money_text(usd) == words


def test_a_sum_in_chinese(qapp: QApplication) -> None:
    with chinese("kit"):
        assert money_text(None) == "未知"
        assert money_text(0.0031) == "$0.0031"
