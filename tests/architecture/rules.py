"""The rules of the house, each a function from a source file to its breaches (with lines)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator

from tests.architecture.source import Source, layer_of_file

MAY_IMPORT = {
    "core": {"core"},
    "adapters": {"adapters", "core"},
    "kit": {"kit", "core"},
    "features": {"features", "kit", "core"},
    "shell": {"shell", "features", "kit", "core"},
    "demo": {"demo", "adapters", "core"},
    "ask": {"ask", "adapters", "core", "demo", "kit.i18n", "kit.error_text"},
    "top": {"top", "ask", "shell", "features", "kit", "adapters", "demo", "core"},
}

# A library → the only places that may import it. What uses it is a matter of that place alone.
HOMES = {
    "openai": ("app/adapters/chat_api/",),
    "httpx": ("app/adapters/chat_api/",),
    "httpx2": ("app/adapters/chat_api/", "app/adapters/mcp/", "app/adapters/own_tools/"),
    "mcp": ("app/adapters/mcp/",),
    "mcp_types": ("app/adapters/mcp/",),
    "anyio": ("app/adapters/mcp/",),
    "apsw": ("app/adapters/sqlite/", "app/adapters/history_db/", "app/adapters/batch_db/"),
    "sqlite3": ("app/adapters/sqlite/",),
    "keyring": ("app/adapters/keys.py",),
    "jsonschema": ("app/adapters/json_schema.py",),
    "PIL": ("app/adapters/images/", "app/demo/pictures.py"),
    "pypdfium2": ("app/adapters/documents/",),
    "rapidocr": ("app/adapters/ocr/",),
    "onnxruntime": ("app/adapters/ocr/",),
    "xlsxwriter": ("app/adapters/sheet.py",),
    "simpleeval": ("app/adapters/tools/arithmetic.py",),
    "markdown_it": ("app/kit/markdown/",),
    "pygments": ("app/kit/markdown/",),
}
QT = {"PySide6", "shiboken6", "qasync"}
WITHOUT_QT = {"core", "adapters", "demo"}
# Import costs of tens to hundreds of milliseconds: never on the way to the first paint.
HEAVY = set(HOMES) - {"apsw", "sqlite3"} | {"mcp", "jsonschema", "pydantic", "numpy", "cv2"}
TASK_MAKERS = {"create_task", "ensure_future", "TaskGroup", "run_coroutine_threadsafe"}
NESTED_LOOPS = {"exec", "exec_", "processEvents"}
# Shown before there is a loop that it could starve: the program cannot start, and asks what to do.
BEFORE_THE_LOOP = (
    ("app/shell/start_problem.py", "app", "exec"),
    ("app/opening.py", "QApplication", "processEvents"),
)
MODAL_DIALOGS = {"QMessageBox", "QFileDialog", "QInputDialog", "QColorDialog", "QFontDialog"}
MODAL_CALLS = ("get", "question", "information", "warning", "critical", "about")
PLAIN_LABEL = "app/kit/widgets/plain_label.py"
VAGUE_NAMES = ("Manager", "Helper", "Helpers", "Utils", "Util", "Base", "Controller")
LONGEST = 400

Rule = Callable[[Source], Iterator[str]]


def _root(module: str) -> str:
    return module.split(".", 1)[0]


def _layer_of_module(name: str) -> str:
    """The layer of `app.<name>`: a folder is one; single files are `ask` or `top`."""
    return name if name in MAY_IMPORT else layer_of_file(name)


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in source.nodes if isinstance(node, ast.Call))


def layers(source: Source) -> Iterator[str]:
    """Strictly downward: core knows nobody, features and adapters do not know each other."""
    allowed = MAY_IMPORT.get(source.layer, set())
    for found in source.imports():
        if _root(found.module) != "app":
            continue
        parts = found.module.split(".")[1:]
        target = _layer_of_module(parts[0])
        if target not in allowed and ".".join(parts[:2]) not in allowed:
            yield f"{source.path}:{found.line} {source.layer} imports {found.module}"


def features_apart(source: Source) -> Iterator[str]:
    """What a feature needs of another comes through core or bootstrap."""
    for found in source.imports():
        parts = found.module.split(".")
        to_a_feature = source.layer == "features" and parts[:2] == ["app", "features"]
        if to_a_feature and parts[2:3] != [source.feature]:
            yield f"{source.path}:{found.line} imports {found.module}"


def core_is_plain(source: Source) -> Iterator[str]:
    """Core stands on the standard library alone."""
    for found in source.imports():
        root = _root(found.module)
        if source.layer == "core" and root != "app" and root not in sys.stdlib_module_names:
            yield f"{source.path}:{found.line} core imports {found.module}"


def library_homes(source: Source) -> Iterator[str]:
    """Each library has one home, where its exceptions end."""
    for found in source.imports():
        homes = HOMES.get(_root(found.module))
        if homes and not source.path.startswith(homes):
            yield f"{source.path}:{found.line} imports {found.module}, at home in {homes[0]}"


def qt_above(source: Source) -> Iterator[str]:
    """No Qt where there is no window."""
    for found in source.imports():
        if source.layer in WITHOUT_QT and _root(found.module) in QT:
            yield f"{source.path}:{found.line} {source.layer} imports {found.module}"


def heavy_deferred(source: Source) -> Iterator[str]:
    """What is slow to import is imported by the function that needs it."""
    for found in source.imports():
        if not found.deferred and _root(found.module) in HEAVY:
            yield f"{source.path}:{found.line} imports {found.module} while loading"


def tasks_have_owners(source: Source) -> Iterator[str]:
    """Only TaskScope makes asyncio tasks."""
    if source.path == "app/kit/tasks.py":
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in TASK_MAKERS:
            yield f"{source.path}:{node.lineno} {node.attr}"
        elif isinstance(node, ast.Name) and node.id in TASK_MAKERS:
            yield f"{source.path}:{node.lineno} {node.id}"


def no_nested_loops(source: Source) -> Iterator[str]:
    """Nested event loops starve running tasks. QDrag.exec() is the one way Qt offers to drag."""
    for call in _calls(source):
        if not isinstance(call.func, ast.Attribute):
            continue
        owner, name = ast.unparse(call.func.value), call.func.attr
        dialog = owner in MODAL_DIALOGS and name.startswith(MODAL_CALLS)
        loop = name in NESTED_LOOPS and not (name == "exec" and owner.split(".")[-1] == "drag")
        if (dialog or loop) and (source.path, owner, name) not in BEFORE_THE_LOOP:
            yield f"{source.path}:{call.lineno} {owner}.{name}()"


def labels_are_plain(source: Source) -> Iterator[str]:
    """Qt's own label takes a text for markup, and loads what it names; its rich views do too."""
    if source.path == PLAIN_LABEL:
        return
    for node in ast.walk(source.tree):
        made = [node.func] if isinstance(node, ast.Call) else []
        made += node.bases if isinstance(node, ast.ClassDef) else []
        for one in made:
            name = ast.unparse(one).split(".")[-1]
            if name in ("QLabel", "QTextBrowser"):
                yield f"{source.path}:{one.lineno} {name}"


def no_reaching_up(source: Source) -> Iterator[str]:
    """Nobody walks up the widget tree to somebody else's things."""
    up = ("parent", "parentWidget")
    for call in _calls(source):
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr in up and isinstance(func.value, ast.Call):
            inner = func.value.func
            if isinstance(inner, ast.Attribute) and inner.attr in up:
                yield f"{source.path}:{call.lineno} {ast.unparse(call)}"


def no_globals(source: Source) -> Iterator[str]:
    """State has an owner that was made by bootstrap."""
    for node in source.nodes:
        if isinstance(node, ast.Global):
            yield f"{source.path}:{node.lineno} global {', '.join(node.names)}"


def one_door_out(source: Source) -> Iterator[str]:
    """Links leave through kit/open_url.py alone, after its parse; settings are plain JSON."""
    for found in source.imports():
        name = found.module.rsplit(".", 1)[-1]
        if name == "QDesktopServices" and source.path != "app/kit/open_url.py":
            yield f"{source.path}:{found.line} imports {name}"
        if name == "QSettings" or _root(found.module) in ("pickle", "marshal", "shelve"):
            yield f"{source.path}:{found.line} imports {found.module}"


def opens_with_docstring(source: Source) -> Iterator[str]:
    """The first line says what lives here; it goes into the file map."""
    text = ast.get_docstring(source.tree)
    if not text or not text.splitlines()[0].strip():
        yield f"{source.path}:1 no docstring"


def not_too_long(source: Source) -> Iterator[str]:
    """One idea a file."""
    if (lines := source.text.count("\n")) > LONGEST:
        yield f"{source.path}:{lines} longer than {LONGEST} lines"


def telling_names(source: Source) -> Iterator[str]:
    """The field's words; no word that fits everything."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and node.name.endswith(VAGUE_NAMES):
            yield f"{source.path}:{node.lineno} class {node.name}"


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        layers,
        features_apart,
        core_is_plain,
        library_homes,
        qt_above,
        heavy_deferred,
        tasks_have_owners,
        no_nested_loops,
        labels_are_plain,
        labels_are_plain,
        no_reaching_up,
        no_globals,
        one_door_out,
        opens_with_docstring,
        not_too_long,
        telling_names,
    )
}
