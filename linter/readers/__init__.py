"""Readers: from a file of some format to its replies, each with the place of every letter.

A reader is a module with `read(file)`, which yields replies, and an `Unreadable` for each record
that it cannot make one of; it raises `Broken` where nothing (more) of the file can be read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from linter.model import Record, Unreadable
from linter.modules import Modules
from linter.readers.layout import Layout
from linter.readers.source import Broken, File

READERS = Modules[ModuleType](
    __name__,
    {
        ".csv": "csv_",
        ".json": "json_",
        ".jsonl": "jsonl",
        ".markdown": "markdown",
        ".md": "markdown",
        ".ndjson": "jsonl",
        ".tsv": "csv_",
        ".txt": "text",
        ".yaml": "yaml_",
        ".yml": "yaml_",
    },
)

__all__ = ["READERS", "Layout", "read"]


def read(
    path: Path, shown: str, layout: Layout | None = None, data: bytes | None = None
) -> Iterator[Record]:
    """The replies of a file, in its order, and an Unreadable for all of it that is none.

    `shown` is the path as messages name it; `data` is the content, where `path` only names it.
    """
    name = shown.replace(os.sep, "/")
    reader = READERS.get(path.suffix.lower())
    if reader is None and data is None and path.is_dir():
        yield Unreadable(name, "the folder may not be looked into")
        return
    if reader is None:
        kind = f'files ending in "{path.suffix}"' if path.suffix else "files without an ending"
        yield Unreadable(name, f"{kind} are not read; known are {', '.join(READERS)}")
        return
    try:
        yield from reader.read(File(path, name, layout or Layout(), data))
    except Broken as broken:
        yield broken.unreadable(name)
    except OSError as error:
        yield Unreadable(name, f"cannot be read: {error.strerror or error}")
