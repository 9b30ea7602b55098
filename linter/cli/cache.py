"""`replylint cache`: the results that are kept between runs."""

from __future__ import annotations

from pathlib import Path

import click

from linter.cli.common import config_option, fail, guarded, say
from linter.reporters.safe import visible


@click.group("cache")
def command() -> None:
    """Show or remove the results that `check` keeps between runs.

    Example: replylint cache clean
    """


@command.command("info")
@config_option
@guarded
def info(config: str | None) -> None:
    """Show where results are kept, and how many."""
    from linter.cache import entries

    path = _path(config)
    size = path.stat().st_size if path.exists() else 0
    say(f"{visible(str(path))}: {entries(path):,} files' results, {size:,} bytes")


@command.command("clean")
@config_option
@guarded
def clean(config: str | None) -> None:
    """Remove all results that are kept."""
    path = _path(config)
    removed = [file for file in path.parent.glob(f"{path.name}*") if file.is_file()]
    for file in removed:
        file.unlink()
    shown = visible(str(path))
    say(f"removed {shown}" if removed else f"{shown}: nothing was kept")


def _path(config: str | None) -> Path:
    from linter.cache import NAME
    from linter.cli.policies import settings

    folder = settings(config).cache
    if folder is None:
        fail("the configuration switches the cache off")
    return folder / NAME
