"""Arithmetic expressions worked out by `simpleeval`, with fractions for numbers and nothing else.

simpleeval (MIT, kept up) walks the syntax tree that Python's own parser makes; no code is made or
run. Of what it knows only arithmetic is left in, and each number stays below a bound of size.
"""

from __future__ import annotations

import ast
import decimal
import re
import warnings
from typing import Any

from app.adapters.tools.exact import (
    CONSTANTS,
    FUNCTIONS,
    OPERATORS,
    ArithmeticFault,
    Number,
    factorial,
    literal,
    percent,
    shown,
)

__all__ = ["ArithmeticFault", "calculate"]

_SIGNS = str.maketrans(
    dict(zip("×·⋅÷−–（），％＋＝！０１２３４５６７８９．", "***/--(),%+=!0123456789.", strict=True))
    | {"^": "**", "π": "pi"}
)
_OF = re.compile(r"%\s*of\b", re.IGNORECASE)
# A per cent sign with an operand behind it asks for the remainder.
_POSTFIX = re.compile(
    r"(?P<number>(?<![\w.])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|\))"
    r"\s*(?P<sign>%(?!\s*[\w(.])|!(?!=))"
)
_NAMES = {"%": "percent", "!": "factorial"}
_AFTER = {"percent": percent, "factorial": factorial}


def calculate(expression: str) -> str:
    """The value, as text: exact where it can be. Raises ArithmeticFault."""
    from simpleeval import InvalidExpression

    text = " ".join(expression.translate(_SIGNS).split()).removesuffix("=").strip()
    # What stands behind its operand binds first, as attributes do in Python.
    text = _POSTFIX.sub(_as_attribute, _OF.sub("% *", text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parser's advice on odd code
            tree = ast.parse(text, mode="eval")
        value = _evaluator(text).eval(text, previously_parsed=tree.body)
    except (SyntaxError, MemoryError, RecursionError):
        raise ArithmeticFault("This is no arithmetic expression, or nested too deeply.") from None
    except InvalidExpression as error:
        raise ArithmeticFault(_plainly(error)) from None
    except ZeroDivisionError:
        raise ArithmeticFault("This divides by zero.") from None
    except (decimal.Overflow, OverflowError):
        raise ArithmeticFault("A number in this is too large.") from None
    except (ValueError, decimal.DecimalException):
        raise ArithmeticFault("This has no value among the real numbers.") from None
    except (TypeError, AttributeError):
        raise ArithmeticFault("A function is called with what it does not take.") from None
    if not isinstance(value, Number):
        raise ArithmeticFault("This is no number.")
    return shown(value)


def _as_attribute(found: re.Match[str]) -> str:
    number, name = found["number"], _NAMES[found["sign"]]
    return f"{number}.{name}" if number == ")" else f"({number}).{name}"


def _evaluator(text: str) -> Any:
    """An evaluator that knows these nodes alone."""
    from simpleeval import SimpleEval

    made = SimpleEval(operators=OPERATORS, functions=FUNCTIONS, names=CONSTANTS)

    def constant(node: ast.Constant) -> Number:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise ArithmeticFault("Only numbers can be calculated with.")
        # As it was written: a float would have lost digits.
        return literal(ast.get_source_segment(text, node) or "")

    def attribute(node: ast.Attribute) -> Number:
        if node.attr not in _AFTER:
            raise ArithmeticFault("Only numbers can be calculated with.")
        return _AFTER[node.attr](made.eval(text, previously_parsed=node.value))

    kept = (ast.UnaryOp, ast.BinOp, ast.Call, ast.Name)
    made.nodes = {kind: made.nodes[kind] for kind in kept}
    made.nodes |= {ast.Constant: constant, ast.Attribute: attribute}
    return made


def _plainly(error: Exception) -> str:
    """What simpleeval does not know, in our own words."""
    name = getattr(error, "func_name", None) or getattr(error, "name", None)
    if isinstance(name, str):
        known = ", ".join([*sorted(FUNCTIONS), *CONSTANTS])
        return f"{name[:40]!r} is not known here. Known are {known}."
    return (
        "This holds something other than arithmetic: write numbers without thousands separators, "
        "units and words."
    )
