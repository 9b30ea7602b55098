"""Connections to DuckDB that stay on this machine, within memory, and in UTC."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linter.log.columns import literal

MEMORY = "850MB"
"""A process has some 50 MB more than this limit."""


def connect(
    folder: Path | None = None, memory: str | None = None, threads: int | None = None
) -> Any:
    """A connection in memory; what does not fit is spilled to `folder`."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory or MEMORY,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if folder is not None:
        config["temp_directory"] = str(folder)
    if threads is not None:
        config["threads"] = str(threads)
    connection = duckdb.connect(config=config)
    for name, value in (("enable_progress_bar", False), ("timezone", "UTC")):
        connection.execute(f"set {name} = {literal(value)}")
    return connection
