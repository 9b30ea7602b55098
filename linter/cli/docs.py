"""`replylint docs`: the reference, made from checks, policies, lexicons and commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from linter.cli.common import Exit, fail, guarded, say
from linter.reporters.safe import visible


@click.command("docs")
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a page is not fresh.")
@guarded
def command(output: Path, check: bool) -> None:
    """Write the reference: checks, policies, acts, conditions and commands, as Markdown.

    Example: replylint docs --check
    """
    from linter.cli import manual

    pages = {output / name: text for name, text in manual.pages().items()}
    stale = [path for path, text in pages.items() if _read(path) != text]
    left_over = sorted(
        path
        for path in output.rglob("*.md")
        if path not in pages and (_read(path) or "").startswith(manual.MADE)
    )
    if check:
        _report(stale, left_over)
        return
    _write({path: pages[path] for path in stale})
    for path in left_over:
        path.unlink()
        say(f"removed {visible(str(path))}")
    if not stale and not left_over:
        say(f"{len(pages)} pages in {output} are fresh")


def _report(stale: list[Path], left_over: list[Path]) -> None:
    for path in stale:
        say(f"{visible(str(path))}: is not what `replylint docs` writes")
    for path in left_over:
        say(f"{visible(str(path))}: `replylint docs` does not write it any more")
    sys.exit(Exit.FINDINGS if stale or left_over else Exit.CLEAN)


def _write(pages: Mapping[Path, str]) -> None:
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        say(f"wrote {path}")


def _read(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        fail(f"{path}: not UTF-8")
