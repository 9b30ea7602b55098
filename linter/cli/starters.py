"""Files that `init` and `new` write: templates, and what fills them in each language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from linter import documents
from linter.cli.common import fail

FOLDER = Path(__file__).parent / "starter"


def filled(name: str, values: Mapping[str, str]) -> str:
    """A template with its `$names` filled."""
    return Template((FOLDER / name).read_text(encoding="utf-8")).substitute(values)


def words(language: str) -> dict[str, str]:
    """What fills the templates in a language; in English where there is nothing of its own."""
    path = FOLDER / f"{language}.yaml"
    found: dict[str, str] = documents.load(path if path.is_file() else FOLDER / "en.yaml").data
    return found


def languages() -> tuple[str, ...]:
    """The languages that there are words for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("??.yaml")))


def write(files: Mapping[Path, str]) -> None:
    """Write new files, or none: ends with an error if one of them is there already."""
    for path in files:
        if path.exists():
            fail(f"{path}: is there already; nothing was written")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
