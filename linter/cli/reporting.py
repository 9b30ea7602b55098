"""What `check` and `audit` share: options, where reports go, exit codes, signs of progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeVar

import click

from linter.cli.common import Exit, fail
from linter.documents import suggest
from linter.model import LEVELS, Finding, Level, Summary
from linter.reporters import REPORTERS, Run

F = TypeVar("F", bound=Callable[..., object])
Target = tuple[str, str | None]
"""A format, and its file; None is standard output."""
Writer = Callable[[Run, Iterator[Finding], TextIO], None]

_LEVELS = ("error", "warning", "note", "none")


def report_options(formats: Collection[str]) -> Callable[[F], F]:
    """The options that say what is reported, where, and what fails."""
    options = (
        click.option(
            "--format",
            "-f",
            "formats",
            multiple=True,
            metavar="FORMAT[=FILE]",
            help=f"{', '.join(formats)}; several may be given, each with a file of its own.",
        ),
        click.option(
            "--output", "-o", type=click.Path(dir_okay=False), help="Write the report to this file."
        ),
        click.option("--select", multiple=True, metavar="RULE", help="Only these rules."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules."),
        click.option(
            "--fail-level",
            type=click.Choice(_LEVELS),
            help="The lowest level that fails. [default: error]",
        ),
        click.option(
            "--allow-partial",
            is_flag=True,
            default=None,
            help="Exit 0 even if something could not be checked.",
        ),
        click.option(
            "--strict", is_flag=True, default=None, help="A rule that cannot tell fails as well."
        ),
        click.option("--redact", is_flag=True, help="Show no words of replies or customers."),
        click.option(
            "--statistics", is_flag=True, help="Count findings by rule instead of listing them."
        ),
        click.option(
            "--quiet", "-q", count=True, help="Leave out the summary; -qq the source lines too."
        ),
        click.option("--verbose", "-v", count=True, help="Show the guideline of each finding."),
        click.option(
            "--color",
            "--colour",
            "colour",
            type=click.Choice(("auto", "always", "never")),
            default="auto",
        ),
    )

    def add(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return add


def given(flag: bool | None, setting: bool) -> bool:
    """What an option says, or else the configuration."""
    return setting if flag is None else flag


class Worst:
    """Remembers which levels have been seen."""

    def __init__(self) -> None:
        self.seen: set[Level] = set()

    def watch(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.seen.add(finding.level)
            yield finding


def code(
    summary: Summary, seen: Collection[Level], fail_level: str, *, partial_ok: bool, strict: bool
) -> Exit:
    """The exit code of a run. `seen` are the levels of its findings."""
    if fail_level != "none" and set(seen) & set(LEVELS[LEVELS.index(fail_level) :]):
        return Exit.FINDINGS
    kinds = ("unreadable", "language", "not in force", *(("cannot tell",) if strict else ()))
    undone = [item for item in summary.not_checked if item.kind in kinds]
    if undone and not partial_ok:
        return Exit.INCOMPLETE
    things = summary.replies if summary.log is None else summary.log.events
    if not things and not undone:
        what = "reply" if summary.log is None else "event"
        fail(f"no {what} was found in the files that were given")
    return Exit.CLEAN


def targets(
    formats: tuple[str, ...], output: str | None, known: Collection[str] = REPORTERS
) -> list[Target]:
    """Each report that is wanted. Ends with an error for those that cannot be written."""
    wanted: list[Target] = []
    for item in formats or ("text",):
        name, _, path = item.partition("=")
        if name not in known:
            hint = suggest(name, known) or f"; there are {', '.join(known)}"
            fail(f'there is no format called "{name}"{hint}')
        wanted.append((name, path or None))
    bare = [target for target in wanted if target[1] is None]
    if len(bare) > 1:
        fail("only one format can go to one place; write --format NAME=FILE for the others")
    if output is not None:
        if not bare:
            fail("--output needs a format without a file of its own")
        wanted = [(name, path or output) for name, path in wanted]
    files = [Path(path).resolve() for _, path in wanted if path is not None]
    if len(set(files)) < len(files):
        fail("several formats cannot go to one file")
    return wanted


def report(
    wanted: Iterable[Target],
    run: Run,
    findings: Callable[[], Iterator[Finding]],
    colour: str,
    writers: Callable[[str], Writer] = lambda name: REPORTERS[name].write,
) -> None:
    """Write the reports, each with all `findings`. A file is there only when it is whole."""
    for name, path in wanted:
        if path is None:
            _write(writers(name), run, findings(), sys.stdout, colour)
        else:
            with whole(Path(path)) as out:
                always = "always" if colour == "always" else "never"
                _write(writers(name), run, findings(), out, always)


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A text file to write that takes its place only when all of it has been written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        # A pipe or a device has no place to take.
        with path.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    path = path.resolve()
    making = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with making.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        making.replace(path)
    except BaseException:
        with suppress(OSError):
            making.unlink()
        raise


def _write(write: Writer, run: Run, findings: Iterator[Finding], out: TextIO, colour: str) -> None:
    from dataclasses import replace

    shown = colour == "always" or (
        colour == "auto" and out.isatty() and "NO_COLOR" not in os.environ
    )
    write(replace(run, colour=shown), findings, out)
    out.flush()


class Progress:
    """A line on standard error while a long run goes on, if that is a terminal."""

    def __init__(self) -> None:
        import time

        self._clock = time.monotonic
        self.begun = self._shown = self._clock()
        self._on = sys.stderr.isatty()
        self._dirty = False

    def restart(self) -> None:
        """Count the rate from now on."""
        self.begun = self._clock()

    def show(self, line: Callable[[float], str]) -> None:
        """Show a line, if one is due; it is made with the seconds since the beginning."""
        now = self._clock()
        if self._on and now - self.begun > 1 and now - self._shown > 0.2:
            self._shown = now
            click.echo(f"\r\x1b[K{line(now - self.begun)}", nl=False, err=True)
            self._dirty = True

    def watch(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.clear()
            yield finding

    def clear(self) -> None:
        if self._dirty:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._dirty = False
