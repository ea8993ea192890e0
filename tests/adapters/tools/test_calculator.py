"""The calculator: exact values, everyday signs, and expressions that would take all day."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.tools.arithmetic import ArithmeticFault, calculate
from app.adapters.tools.calculator import LONGEST, calculator
from tests.adapters.tools.calling import fault, told

THIRD = "0.333333333333333333333333333333"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.1 + 0.2", "0.3"),
        ("1/3*3", "1"),
        ("1/3", f"1/3 ≈ {THIRD}"),
        ("-7/2", "-3.5"),
        ("-7//2", "-4"),
        ("12345678901234567890.123456789 + 0.000000001", "12345678901234567890.12345679"),
        ("2^10", "1024"),
        ("2**-3", "0.125"),
        ("-2**2", "-4"),
        ("0**0", "1"),
        ("1**99999999", "1"),
        ("15% of 80", "12"),
        ("10/5%", "200"),
        ("200 + 10%", "200.1"),
        ("(5+10)%", "0.15"),
        ("50%-3", "-2.5"),
        ("17 % 5", "2"),
        ("mod(-7, 3)", "2"),
        ("5! + (3+2)!", "240"),
        ("１２ × ３ ÷ （４ − 2）＝", "18"),
        ("sqrt(16/9) * 3", "4"),
        ("cbrt(-27)", "-3"),
        ("32^0.4", "4"),
        ("2^0.5", "≈ 1.41421356237309504880168872421"),
        ("π", "≈ 3.14159265358979323846264338328"),
        ("sin(pi)", "≈ 0"),
        ("degrees(atan2(1, 1))", "≈ 45"),
        ("log(8, 2) + log10(0.001)", "0"),
        ("ln(2)", "≈ 0.693147180559945309417232121458"),
        ("round(2.5) + round(-2.675, 2)", "0.32"),
        ("round(123456, -3)", "123000"),
        ("mean(1, 2, 4) + median(1, 2, 3, 10)", f"29/6 ≈ 4.8{'3' * 28}"),
        ("comb(49, 6)", "13983816"),
        ("gcd(12, 18) * lcm(4, 6)", "72"),
        ("0x1f + 1_000", "1031"),
        ("1e-30*3", "0.000000000000000000000000000003"),
        ("exp(5000)", "≈ 2.96762838402366706896629680529E+2171"),
    ],
)
def test_values(expression: str, value: str) -> None:
    assert calculate(expression) == value


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("1/0", "zero"),
        ("0**-1", "zero"),
        ("mod(1, 0)", "zero"),
        ("mean()", "zero"),
        ("sqrt(-1)", "real numbers"),
        ("ln(0)", "above 0"),
        ("asin(2)", "real numbers"),
        ("tan(1e400)", "too large"),
        ("9**9**9", "too large"),
        ("1e999999999", "too large"),
        ("1e-999999999", "too large"),
        ("10**3000 * 10**3000", "too large"),
        ("exp(1e9)", "too large"),
        ("2.5 ** 1e300", "too large"),
        ("1001!", "1000"),
        ("factorial(1e9)", "1000"),
        ("comb(1e9, 5e8)", "1000"),
        ("round(1, 1e9)", "1,000"),
        ("gcd(1.5, 2)", "whole"),
        ("round(1, 1, 1)", "does not take"),
        ("sqrt(sin)", "does not take"),
        ("max()", "no value"),
        ("1,000 + 2", "thousands"),
        ("12 kg", "no arithmetic"),
        ("x + 1", "'x' is not known"),
        ("f(3)", "'f' is not known"),
        ("sin(max=3)", "arithmetic"),
        ("abs(*5)", "arithmetic"),
        ("1 if 2 else 3", "arithmetic"),
        ("lambda: 1", "arithmetic"),
        ("[x for x in (1, 2)]", "arithmetic"),
        ("1; 2", "no arithmetic"),
        ("x = 1", "no arithmetic"),
        ("", "no arithmetic"),
        ("True", "Only numbers"),
        ("'x' * 9", "Only numbers"),
        ("1j", "Only numbers"),
        ("(5).real", "Only numbers"),
        ("().__class__", "Only numbers"),
        ("__import__('os').system('true')", "Only numbers"),
        ("eval('1')", "'eval' is not known"),
        ("abs.__globals__", "Only numbers"),
        ("(" * 400 + "1" + ")" * 400, "nested"),
        ("-" * 900 + "1", "nested"),
        ("+".join(["9**999"] * 100) + "**9", "too large"),
        ("5" * LONGEST + "!", "1000"),
    ],
)
def test_what_is_refused(expression: str, words: str) -> None:
    begun = time.thread_time()
    with pytest.raises(ArithmeticFault, match=words):
        calculate(expression)
    assert time.thread_time() - begun < 0.5


@given(st.text("0123456789.+-*/%!^() eE,", max_size=40))
def test_anything_ends_soon_in_a_value_or_a_fault(expression: str) -> None:
    begun = time.thread_time()
    with suppress(ArithmeticFault):
        assert calculate(expression)
    assert time.thread_time() - begun < 0.5


@given(st.fractions(max_denominator=1000), st.fractions(max_denominator=1000))
def test_fractions_stay_exact(a: object, b: object) -> None:
    assert calculate(f"(({a}) + ({b})) - ({b}) - ({a})") == "0"


async def test_as_a_tool() -> None:
    assert await told(calculator(), expression="6*7") == "42"
    assert "zero" in await fault(calculator(), expression="6/0")
    assert "1000 characters" in await fault(calculator(), expression="1" * 1001)
