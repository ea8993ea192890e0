"""The lines of code as the rows they are laid out in: a line that is far too long is several.

Laid out whole, a line of a megabyte would hold up the window. What is copied and saved knows
nothing of it.
"""

from __future__ import annotations

from app.kit.markdown.blocks import CodeText

LONGEST = 1000
"""Characters of a line that is one row."""
ROW = 500
"""Characters in the rows of a line that is several."""

_BEGINS, _GOES_ON = -1, -2


class CodeRows:
    """The rows of one block, which grows: those that are whole, and `arriving`, the last."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.arriving = ""
        self._lines: list[int] = []
        self._seen = 0
        self._open = 0
        """Rows before those of the line that is arriving."""

    def take(self, code: CodeText) -> None:
        """Take the lines that came, and the one that is arriving."""
        del self.texts[self._open :], self._lines[self._open :]
        for number in range(self._seen, len(code.lines)):
            line = code.lines[number]
            if len(line) <= LONGEST:
                self.texts.append(line)
                self._lines.append(number)
            else:
                self._cut(line, len(line))
        self._seen, self._open = len(code.lines), len(self.texts)
        self.arriving = partial = code.partial
        if len(partial) > LONGEST:
            # Its last row may still grow.
            whole = (len(partial) - 1) // ROW * ROW
            self._cut(partial, whole)
            self.arriving = partial[whole:]

    def _cut(self, line: str, end: int) -> None:
        for start in range(0, end, ROW):
            self.texts.append(line[start : start + ROW])
            self._lines.append(_GOES_ON if start else _BEGINS)

    def __len__(self) -> int:
        return len(self.texts)

    def goes_on(self, row: int) -> bool:
        """Whether a row, or the one behind the last, goes on with the line of the row above."""
        if row < len(self._lines):
            return self._lines[row] == _GOES_ON
        return len(self._lines) > self._open

    def line_of(self, row: int) -> int:
        """Which line a row is; negative for a part of one."""
        return self._lines[row]

    def joined(self, texts: list[str], first: int) -> str:
        """The texts of rows from `first` on as the lines that they are of."""
        made: list[str] = []
        for number, text in enumerate(texts, first):
            if number > first and not self.goes_on(number):
                made.append("\n")
            made.append(text)
        return "".join(made)
