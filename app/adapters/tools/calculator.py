"""The tool that calculates: exactly wherever numbers are fractions, in bounds of size and time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.adapters.threads import in_daemon_thread
from app.adapters.tools.arithmetic import ArithmeticFault, calculate
from app.adapters.tools.own_tool import SOURCE, OwnTool, ToolFault, schema
from app.core.tool import CallContext, Effect, Tool, ToolOutcome

LONGEST = 1000
CALCULATOR = Tool(
    "own:calculator",
    "calculate",
    SOURCE,
    "Calculates an arithmetic expression. Decimals and fractions are exact (0.1 + 0.2 is 0.3); "
    "roots and the like are marked ≈. Use it for every calculation that is not trivial. "
    "Operators: + - * / // ** (or ^), 17 % 5 for the remainder, 5! and 15% (that is 0.15; also "
    "15% of 80). Functions: abs, round(x, digits), floor, ceil, trunc, mod, min, max, sum, mean, "
    "median, gcd, lcm, factorial, comb, perm, sqrt, cbrt, exp, ln, log(x, base), log10, log2, "
    "sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh, degrees, radians, "
    "hypot. Angles are in radians. Constants: pi, e, tau.",
    schema(
        ("expression",),
        expression={
            "type": "string",
            "maxLength": LONGEST,
            "description": 'For example "(1250 * 1.19 - 80) / 3" or "sqrt(2) * 10^3". No '
            "thousands separators, units or variables.",
        },
    ),
    Effect.COMPUTES,
    reads_only=True,
)


def calculator() -> OwnTool:
    return OwnTool(CALCULATOR, _answer)


async def _answer(arguments: Mapping[str, Any], _context: CallContext) -> ToolOutcome:
    return ToolOutcome(await in_daemon_thread(_calculated, arguments["expression"]))


def _calculated(expression: str) -> str:
    try:
        return calculate(expression)
    except ArithmeticFault as fault:
        raise ToolFault(str(fault)) from None
