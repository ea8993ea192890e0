"""Numbers that are fractions, and what can be calculated with them in bounds of size.

A number knows to how many digits it is right: None is exactly, which sums, products and the like
keep. Roots and logarithms are worked out to 40 digits, the functions of angles to 15.
"""

from __future__ import annotations

import ast
import decimal
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

BITS = 10_000
"""Of a numerator or a denominator: some 3,000 digits."""
MOST_FACTORIAL = 1000
_WORKING, _SAID, _FLOAT = 40, 30, 15
_CONTEXT = decimal.Context(
    prec=_WORKING,
    rounding=decimal.ROUND_HALF_EVEN,
    Emax=2900,
    Emin=-2900,
    traps=[decimal.Overflow, decimal.InvalidOperation, decimal.DivisionByZero],
)
_MOST_ROOT = 12


class ArithmeticFault(Exception):  # noqa: N818 - an answer, no error of ours
    """An expression has no value here; says why."""


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    digits: int | None = None

    def __post_init__(self) -> None:
        if max(self.value.numerator.bit_length(), self.value.denominator.bit_length()) > BITS:
            raise ArithmeticFault("A number in this is too large: at most 3,000 digits.")


def literal(text: str) -> Number:
    """A number as it was written."""
    plain = text.replace("_", "")
    if plain[:2].lower() in ("0x", "0o", "0b"):
        return Number(Fraction(int(plain, 0)))
    written = Decimal(plain)
    if written and not -BITS // 4 < written.adjusted() < BITS // 4:
        raise ArithmeticFault("A number in this is too large: at most 3,000 digits.")
    return Number(Fraction(written))


def percent(number: Number) -> Number:
    return Number(number.value / 100, number.digits)


def factorial(number: Number) -> Number:
    count = _whole(number)
    if not 0 <= count <= MOST_FACTORIAL:
        raise ArithmeticFault(f"Factorials go from 0 to {MOST_FACTORIAL}.")
    return Number(Fraction(math.factorial(count)))


def shown(number: Number) -> str:
    """The number as text; ≈ says that digits were left out."""
    value = number.value
    if number.digits is not None:
        return f"≈ {_rounded(value, min(number.digits, _SAID))}"
    if value.denominator == 1:
        return str(value.numerator)
    if (places := _places(value.denominator)) is not None:
        return _placed(value, places)
    fraction = f"{value.numerator}/{value.denominator}"
    near = f"≈ {_rounded(value, _SAID)}"
    return f"{fraction} {near}" if len(fraction) <= _WORKING else near


def _places(denominator: int) -> int | None:
    """How many decimal places say a fraction exactly; None where none or too many do."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    return places if rest == 1 and places <= 60 else None


def _placed(value: Fraction, places: int) -> str:
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:].rstrip('0')}".rstrip(".")


def _rounded(value: Fraction, digits: int) -> str:
    context = _CONTEXT.copy()
    context.prec = digits
    near = context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(context)
    plain = -10 < near.adjusted() < digits
    return format(near, "f") if plain else str(near)


# Operators


def _digits(*numbers: Number) -> int | None:
    return min((n.digits for n in numbers if n.digits is not None), default=None)


def _joined(work: Callable[..., Fraction | int]) -> Callable[..., Number]:
    """Work on exact values, as right as what goes in."""

    def joined(*numbers: Number) -> Number:
        return Number(Fraction(work(*(n.value for n in numbers))), _digits(*numbers))

    return joined


def _power(base: Number, exponent: Number) -> Number:
    value, by = base.value, exponent.value
    if value == 0 and by < 0:
        raise ZeroDivisionError
    if by.denominator == 1:
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if value not in (0, 1, -1) and abs(by.numerator) * (bits - 1) > BITS:
            raise ArithmeticFault("A number in this is too large: at most 3,000 digits.")
        if value in (1, -1):
            by = Fraction(by.numerator % 2)
        elif value == 0:
            by = Fraction(min(by.numerator, 1))
        return Number(value**by.numerator, _digits(base, exponent))
    if value < 0:
        raise ArithmeticFault("A negative number has no such power among the real numbers.")
    if by.denominator <= _MOST_ROOT and (root := _root(value, by.denominator)) is not None:
        return _power(Number(root, base.digits), Number(Fraction(by.numerator), exponent.digits))
    return _near(_CONTEXT.power(_decimal(value), _decimal(by)), base, exponent)


def _root(value: Fraction, degree: int) -> Fraction | None:
    """The root of a fraction that is no less than 0, if it is one."""
    over, under = (_whole_root(part, degree) for part in (value.numerator, value.denominator))
    return Fraction(over, under) if over is not None and under is not None else None


def _whole_root(number: int, degree: int) -> int | None:
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**degree < number else (low, middle)
    return low if low**degree == number else None


OPERATORS: Mapping[type[ast.AST], Callable[..., Number]] = {
    ast.Add: _joined(lambda a, b: a + b),
    ast.Sub: _joined(lambda a, b: a - b),
    ast.Mult: _joined(lambda a, b: a * b),
    ast.Div: _joined(lambda a, b: a / b),
    ast.FloorDiv: _joined(lambda a, b: a // b),
    ast.Mod: _joined(lambda a, b: a % b),
    ast.Pow: _power,
    ast.USub: _joined(lambda a: -a),
    ast.UAdd: _joined(lambda a: a),
}

# Functions


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _near(value: Decimal, *numbers: Number) -> Number:
    return Number(Fraction(value), min(_SAID, _digits(*numbers) or _SAID))


def _by_float(work: Callable[..., float]) -> Callable[..., Number]:
    """A function of the math library: 15 digits."""

    def worked(*numbers: Number) -> Number:
        result = work(*(float(n.value) for n in numbers))
        if abs(result) < 1e-15 and all(abs(n.value) > Fraction(1, 1000) for n in numbers):
            result = 0.0  # sin(pi) is no more than what pi was cut off by
        return Number(Fraction(result), _FLOAT)

    return worked


def _nth_root(degree: int) -> Callable[[Number], Number]:
    def rooted(number: Number) -> Number:
        odd = degree % 2 == 1 and number.value < 0
        size = Number(abs(number.value), number.digits) if odd else number
        root = _power(size, Number(Fraction(1, degree)))
        return Number(-root.value if odd else root.value, root.digits)

    return rooted


def _logarithm(number: Number, base: Number | None = None) -> Number:
    if number.value <= 0 or (base is not None and base.value <= 0):
        raise ArithmeticFault("Only numbers above 0 have a logarithm.")
    result = _CONTEXT.ln(_decimal(number.value))
    if base is None:
        return _near(result, number)
    result = _CONTEXT.divide(result, _CONTEXT.ln(_decimal(base.value)))
    whole = Number(Fraction(round(result)))
    if abs(result - round(result)) < Decimal("1e-30") and _power(base, whole) == number:
        return whole
    return _near(result, number, base)


def _exponential(number: Number) -> Number:
    return _near(_CONTEXT.exp(_decimal(number.value)), number)


def _round(number: Number, places: Number | None = None) -> Number:
    """Halves go away from 0, as people round."""
    count = 0 if places is None else _whole(places)
    if abs(count) > 1000:
        raise ArithmeticFault("Round to at most 1,000 places.")
    scaled = number.value * Fraction(10) ** count
    whole = math.floor(abs(scaled) + Fraction(1, 2))
    return Number(Fraction(whole if scaled >= 0 else -whole) / Fraction(10) ** count)


def _whole(number: Number) -> int:
    if number.value.denominator != 1:
        raise ArithmeticFault("This takes whole numbers only.")
    return number.value.numerator


def _of_whole(work: Callable[..., int]) -> Callable[..., Number]:
    def worked(*numbers: Number) -> Number:
        return Number(Fraction(work(*(_whole(n) for n in numbers))))

    return worked


def _counted(work: Callable[[int, int], int]) -> Callable[[Number, Number], Number]:
    """Ways to choose: of numbers below a bound, as they grow fast."""

    def worked(of: Number, chosen: Number) -> Number:
        if not 0 <= _whole(of) <= MOST_FACTORIAL:
            raise ArithmeticFault(f"This goes up to {MOST_FACTORIAL}.")
        return Number(Fraction(work(_whole(of), _whole(chosen))))

    return worked


def _median(*values: Fraction) -> Fraction:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "abs": _joined(lambda a: abs(a)),
    "round": _round,
    "floor": _joined(lambda a: math.floor(a)),
    "ceil": _joined(lambda a: math.ceil(a)),
    "trunc": _joined(lambda a: math.trunc(a)),
    "mod": _joined(lambda a, b: a % b),
    "min": _joined(lambda *values: min(values)),
    "max": _joined(lambda *values: max(values)),
    "sum": _joined(lambda *values: sum(values)),
    "mean": _joined(lambda *values: sum(values) / len(values)),
    "median": _joined(_median),
    "gcd": _of_whole(math.gcd),
    "lcm": _of_whole(math.lcm),
    "factorial": factorial,
    "comb": _counted(math.comb),
    "perm": _counted(math.perm),
    "pow": _power,
    "sqrt": _nth_root(2),
    "cbrt": _nth_root(3),
    "exp": _exponential,
    "ln": _logarithm,
    "log": _logarithm,
    "log10": lambda number: _logarithm(number, Number(Fraction(10))),
    "log2": lambda number: _logarithm(number, Number(Fraction(2))),
    **{
        name: _by_float(getattr(math, name))
        for name in (
            *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh"),
            *("degrees", "radians", "hypot"),
        )
    },
}
CONSTANTS: Mapping[str, Number] = {
    "pi": Number(Fraction("3.14159265358979323846264338327950288419716939937511"), _SAID),
    "tau": Number(Fraction("6.28318530717958647692528676655900576839433879875021"), _SAID),
    "e": Number(Fraction("2.71828182845904523536028747135266249775724709369996"), _SAID),
}
