"""Imports go one way, and what is slow to import is imported only where it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "linter"
# Each room, and the rooms that it may import besides itself and those that its own rooms may.
LAYERS = [
    {"model", "modules", "offsets", "documents", "globs", "shipped"},
    {"language", "logic"},
    {"checks"},
    {"policy"},
    {"config", "readers", "reporters"},
    {"engine"},
    {"cache"},
    {"runner"},
    {"log"},
    {"cli"},
]
SLOW = {"spacy", "duckdb", "jsonschema", "phonenumbers", "stdnum", "numpy", "babel", "py3langid"}
SLOW |= {"holidays", "pyarrow", "pyspark"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def layer(name: str) -> int:
    return next(index for index, rooms in enumerate(LAYERS) if name in rooms)


def imports(path: Path, *, top_level: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level else list(ast.walk(tree))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        return
    others = {
        name.split(".")[1]
        for name in imports(path, top_level=False)
        if name.startswith("linter.") and name.split(".")[1] != "__version__"
    } - {own}
    upward = {other for other in others if layer(other) > layer(own)}
    assert upward == set(), f"{own} imports from above"
    beside = {
        other for other in others if layer(other) == layer(own) and own in {"readers", "reporters"}
    }
    assert beside == set(), f"{own} imports from beside"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_slow_libraries_are_imported_where_they_are_used(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path, top_level=True)} & SLOW == set()


def test_a_check_imports_only_values_and_language() -> None:
    for path in sorted((PACKAGE / "checks").rglob("*.py")):
        rooms = {
            name.split(".")[1]
            for name in imports(path, top_level=False)
            if name.startswith("linter.")
        }
        assert rooms <= {"checks", "language", "logic", "model", "offsets"}, path.name


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "--help"], ["explain", "address-by-name"], ["rules"], ["validate"]],
    ids=" ".join,
)
def test_quick_commands_load_neither_spacy_nor_duckdb(arguments: list[str]) -> None:
    code = (
        "import sys; from linter.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(sorted({'spacy', 'duckdb', 'numpy'} & set(sys.modules)), file=sys.stderr)"
    )
    shop = PACKAGE.parent / "examples" / "shop"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=shop,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "[]"
