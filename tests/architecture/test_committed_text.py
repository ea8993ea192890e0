"""What is committed names no package index's host: where packages come from is set elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.architecture.source import ROOT

# Put together from pieces, so that this file does not name them.
HOSTS = ("py" + "pi.org", "files.python" + "hosted", "registry.npm" + "js", "deb.debian" + ".org")
FOREIGN = re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE)


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
def test_no_index_is_named() -> None:
    found = []
    for name in committed():
        path = ROOT / name
        if path.suffix in (".png", ".qm", ".sqlite3") or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if FOREIGN.search(line):
                found.append(f"{name}:{number} {line.strip()[:120]}")
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_would_be_found(host: str) -> None:
    assert FOREIGN.search(f"--index-url https://{host.upper()}/simple")
