"""Patterns of paths with forward slashes: `*` and `?` within a name, `**` over any folders.

A pattern that names a folder means all that is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import re2


def matches(pattern: str, path: str) -> bool:
    """Whether a relative path, or a folder above it, fits the pattern."""
    return _compiled(pattern).fullmatch(path.encode("utf-8", "replace").decode()) is not None


def files(folder: Path, pattern: str) -> Iterator[Path]:
    """The files below a folder that fit the pattern, and the folders that may not be looked into
    where some could stand. Hidden folders are entered only by name."""
    start = folder.joinpath(*_fixed(pattern))
    if start.is_file():
        yield start
        return
    closed: list[OSError] = []
    for root, folders, names in os.walk(start, onerror=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inside = Path(root).relative_to(folder).parts
        for name in names:
            if matches(pattern, "/".join((*inside, name))):
                yield Path(root, name)
    for path in (Path(error.filename) for error in closed):
        if path.is_dir() and (
            "**" in pattern or matches(pattern, path.relative_to(folder).as_posix())
        ):
            yield path


def _fixed(pattern: str) -> list[str]:
    """The leading names of a pattern that stand for themselves."""
    names: list[str] = []
    for name in pattern.removeprefix("./").split("/"):
        if "*" in name or "?" in name:
            break
        names.append(name)
    return names


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    parts = [_name(name) for name in pattern.removeprefix("./").rstrip("/").split("/")]
    whole = "/".join(parts).replace("**/", "(?:.*/)?").replace("/**", "(?:/.*)?")
    return re2.compile(f"(?s){whole.replace('**', '.*')}(?:/.*)?")


def _name(name: str) -> str:
    """One name of a pattern for RE2; `**` stays, for the whole pattern to resolve."""
    if name == "**":
        return name
    characters = {"*": "[^/]*", "?": "[^/]"}
    return "".join(characters.get(character) or re2.escape(character) for character in name)
