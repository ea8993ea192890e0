"""`make package`: builds build/package/dist/porthole, and lets the packaged program prove itself.

It must say its version and make the whole tour, from outside the source tree and its venv; then
`tests/packaged` goes over the rest of what it can.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "build" / "package"
PROGRAM = PACKAGE / "dist" / "porthole" / ("porthole.exe" if os.name == "nt" else "porthole")
PASSED_ON = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP")


def build() -> None:
    """Run PyInstaller on porthole.spec. Raises CalledProcessError."""
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(PACKAGE / "dist"), "--workpath", str(PACKAGE / "work")),
            str(ROOT / "packaging" / "porthole.spec"),
        ],
        check=True,
        cwd=ROOT,
    )


def environment(home: Path) -> dict[str, str]:
    """One that knows nothing of the venv, nor of a display."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}


def run(*arguments: str, home: Path) -> str:
    """Run the packaged program; its output."""
    done = subprocess.run(
        [str(PROGRAM), *arguments],
        check=False,
        cwd=home,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )
    sys.stdout.write(done.stdout)
    if done.returncode != 0:
        raise SystemExit(f"{PROGRAM.name} {' '.join(arguments)} ended with {done.returncode}")
    return done.stdout


def check() -> int:
    """Run the checks of tests/packaged; answers pytest's status."""
    # `make test` leaves them out: their names are not those of tests.
    checks = sorted(str(path) for path in (ROOT / "tests" / "packaged").glob("check_*.py"))
    command = [sys.executable, "-m", "pytest", "-q", *checks]
    return subprocess.run(command, check=False, cwd=ROOT).returncode


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    build()
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as home:
        if version not in run("--version", home=Path(home)):
            raise SystemExit(f"the packaged program does not say that it is {version}")
        run("--tour", str(PACKAGE / "tour"), home=Path(home))
    print(f"{PROGRAM.parent}: {size(PROGRAM.parent) / 2**20:.0f} MiB", flush=True)
    return check()


if __name__ == "__main__":
    sys.exit(main())
