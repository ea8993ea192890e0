"""Code as it is copied: commands without the prompts that they were shown with."""

from __future__ import annotations

import re

_SHELL = re.compile(r"[\w.@:~/-]*\$ (.*)")
_PYTHON = re.compile(r"(?:>>>|\.\.\.)(?: (.*))?")
_PROMPTS = {
    **dict.fromkeys(("console", "shell", "sh", "bash", "zsh", "shell-session"), _SHELL),
    **dict.fromkeys(("pycon", "python", "py", "python3"), _PYTHON),
}


def without_prompts(text: str, language: str) -> str:
    """The commands of a session (`$ ls`, `>>> len(x)`), without what they answered.

    Code that does not begin with a prompt stays as it is.
    """
    prompt = _PROMPTS.get(language.lower())
    lines = text.split("\n")
    if prompt is None or not prompt.fullmatch(lines[0]) or lines[0].startswith("..."):
        return text
    said: list[str] = []
    for line in lines:
        if match := prompt.fullmatch(line):
            said.append(match[1] or "")
        elif said[-1].endswith("\\"):
            said.append(line.removeprefix("> "))
    return "\n".join(said)
