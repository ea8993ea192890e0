"""`make translations`: the texts of the program in 简体中文, from source to `.qm`.

update   takes new texts into resources/translations/<area>_zh_CN.ts, drops those that are gone
compile  makes porthole_zh_CN.qm of all areas, and brings Qt's own qtbase_zh_CN.qm
check    says what is missing, unfinished or not compiled; exit 1 if anything is
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
COMPILED = TRANSLATIONS / "porthole_zh_CN.qm"
QT_TOOLS = Path(PySide6.__path__[0])
QT_OWN = QT_TOOLS / "Qt" / "translations" / "qtbase_zh_CN.qm"


def area_of(path: Path) -> str:
    """Which .ts file holds the texts of a source file (relative to `app/`)."""
    if path.parts[0] == "features" and len(path.parts) > 2:
        return path.parts[1]
    if path.parts[0] == "shell" and path.name.startswith(("settings", "about")):
        return "settings"
    if len(path.parts) > 1:
        return "shell" if path.parts[0] == "features" else path.parts[0]
    return "ask" if path.name.startswith("ask") else "shell"


def areas(app: Path) -> dict[str, list[Path]]:
    """Area → its source files, for those that have texts to translate."""
    found: dict[str, list[Path]] = {}
    for path in sorted(app.rglob("*.py")):
        if re.search(r"\b(tr|translate)\(", path.read_text(encoding="utf-8")):
            found.setdefault(area_of(path.relative_to(app)), []).append(path)
    return found


def ts_file(folder: Path, area: str) -> Path:
    return folder / f"{area}_zh_CN.ts"


def update(app: Path, folder: Path) -> None:
    """Bring every area's .ts file up to date with the sources."""
    current = areas(app)
    for area, sources in current.items():
        _qt_tool(
            "lupdate",
            *("-silent", "-no-obsolete", "-locations", "none"),
            *("-source-language", "en", "-target-language", "zh_CN"),
            *(str(path) for path in sources),
            *("-ts", str(ts_file(folder, area))),
        )
    for path in folder.glob("*_zh_CN.ts"):
        if path.name.removesuffix("_zh_CN.ts") not in current:
            path.unlink()


def compile_all(folder: Path, target: Path) -> None:
    """Make one .qm of all areas."""
    sources = [str(path) for path in sorted(folder.glob("*_zh_CN.ts"))]
    _qt_tool("lrelease", "-silent", *sources, "-qm", str(target))


def messages(ts: Path) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Each message of a .ts file as (context, source, comment), and whether it is translated."""
    for context in ET.parse(ts).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            key = (context.findtext("name", ""), *(message.findtext(k, "") for k in _KEYS))
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            texts = [] if translation is None else list(translation.iter())
            yield (key[0], key[1], key[2]), done and all(_said(t) for t in texts)


_KEYS = ("source", "comment")


def _said(element: ET.Element) -> bool:
    return len(element) > 0 or bool((element.text or "").strip())


def faults(app: Path, folder: Path, compiled: Path) -> list[str]:
    """What stands between the reader and a whole translation, one line each."""
    found = []
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory)
        for ts in folder.glob("*_zh_CN.ts"):
            shutil.copy(ts, fresh)
        update(app, fresh)
        for ts in sorted(fresh.glob("*_zh_CN.ts")):
            for (context, source, _), done in messages(ts):
                if not done:
                    found.append(f"{ts.name}: not translated: {context}: {source!r}")
        wanted = {key for ts in fresh.glob("*.ts") for key, _ in messages(ts)}
        held = {key for ts in folder.glob("*.ts") for key, _ in messages(ts)}
        found += [f"no longer in the sources: {key[0]}: {key[1]!r}" for key in held - wanted]
        if not found:
            compile_all(folder, fresh / "now.qm")
            if not compiled.exists() or compiled.read_bytes() != (fresh / "now.qm").read_bytes():
                found.append(f"{compiled.name} is not current: make translations")
    return found


def _qt_tool(name: str, *arguments: str) -> None:
    """Run lupdate or lrelease of the installed PySide6. Raises CalledProcessError."""
    subprocess.run([str(QT_TOOLS / name), *arguments], check=True, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    app = ROOT / "app"
    if not arguments or not set(arguments) <= {"update", "compile", "check"}:
        print(__doc__, file=sys.stderr)
        return 2
    if "update" in arguments:
        TRANSLATIONS.mkdir(exist_ok=True)
        update(app, TRANSLATIONS)
        for ts in sorted(TRANSLATIONS.glob("*_zh_CN.ts")):
            open_texts = [key for key, done in messages(ts) if not done]
            for context, source, _ in open_texts:
                print(f"{ts.name}: to translate: {context}: {source!r}")
    if "compile" in arguments:
        compile_all(TRANSLATIONS, COMPILED)
        shutil.copy(QT_OWN, TRANSLATIONS)
    if "check" in arguments:
        found = faults(app, TRANSLATIONS, COMPILED)
        print("\n".join(found) or "translations are whole and current")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
