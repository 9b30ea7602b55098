"""`replylint cache`: the results that are kept between runs."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import click

from linter.cli.common import config_option, fail, guarded, say
from linter.reporters.safe import visible


@click.group("cache")
def command() -> None:
    """Show or remove the results that `check` and `audit` keep between runs.

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
    if (audits := _audits(path)).is_dir():
        size = sum(file.stat().st_size for file in audits.rglob("*") if file.is_file())
        say(f"{visible(str(audits))}: the results of audits, {size:,} bytes")


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
    if (audits := _audits(path)).is_dir():
        rmtree(audits)
        say(f"removed {visible(str(audits))}")


def _audits(path: Path) -> Path:
    """The folder with what audits keep."""
    from linter.log.store import FOLDER

    return path.parent / FOLDER


def _path(config: str | None) -> Path:
    from linter.cache import NAME
    from linter.cli.policies import settings

    folder = settings(config).cache
    if folder is None:
        fail("the configuration switches the cache off")
    return folder / NAME
