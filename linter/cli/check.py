"""`replylint check`: lint reply files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click

from linter.cli.common import Exit, config_option, fail, guarded, lang_option, stdin_option
from linter.documents import suggest
from linter.model import LEVELS, Finding, Level, Summary
from linter.reporters import REPORTERS, Run

_LEVELS = ("error", "warning", "note", "none")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--policy", "-p", "policies", multiple=True, help="A shipped policy's name or a policy file."
)
@config_option
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"{', '.join(REPORTERS)}; several may be given, each with a file of its own.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="Write the report to this file."
)
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@click.option(
    "--fail-level", type=click.Choice(_LEVELS), help="The lowest level that fails. [default: error]"
)
@lang_option
@stdin_option
@click.option(
    "--allow-partial",
    is_flag=True,
    default=None,
    help="Exit 0 even if something could not be checked.",
)
@click.option("--strict", is_flag=True, default=None, help="A rule that cannot tell fails as well.")
@click.option(
    "--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, help="Processes to use."
)
@click.option("--no-cache", is_flag=True, help="Do not use or write the cache.")
@click.option("--redact", is_flag=True, help="Show no words of replies or customers.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@click.option("--quiet", "-q", count=True, help="Leave out the summary; -qq the source lines too.")
@click.option("--verbose", "-v", count=True, help="Show the guideline of each finding.")
@click.option(
    "--color", "--colour", "colour", type=click.Choice(("auto", "always", "never")), default="auto"
)
@guarded
def command(  # noqa: PLR0917 - an option a parameter, as click has it
    paths: tuple[str, ...],
    policies: tuple[str, ...],
    config: str | None,
    formats: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_level: str | None,
    lang: str | None,
    stdin_filename: str,
    allow_partial: bool | None,
    strict: bool | None,
    jobs: int,
    no_cache: bool,
    redact: bool,
    statistics: bool,
    quiet: int,
    verbose: int,
    colour: str,
) -> None:
    """Check replies against policies.

    PATHS are files and folders of replies, or - for standard input; without any, those that the
    configuration names under `replies`.

    \b
    Example: replylint check replies/ --policy handling-negative-comments
             replylint check --format text --format sarif=replylint.sarif
    """
    from linter.cli import policies as policy_files
    from linter.cli import select as selection
    from linter.engine import Tally
    from linter.runner import Plan, Runner, load, verify

    settings = policy_files.settings(config)
    targets = _targets(formats, output)
    chosen = policies or tuple(settings.policies)
    if not chosen:
        fail("no policy: name one with --policy or in a configuration; `replylint init` writes one")
    plan = Plan(
        chosen,
        Path() if policies else settings.folder,
        settings,
        frozenset(select),
        frozenset(ignore),
        selection.language(lang),
    )
    resources = load(plan)
    selection.known_rules(resources, (*select, *ignore))
    stdin = paths == ("-",)
    files = [] if stdin else selection.files(paths, settings, selection.own_files(resources))
    cache = None if no_cache or stdin else selection.cache(settings)
    if cache is not None:
        click.get_current_context().call_on_close(cache.close)
    if cache is None or cache.get(resources.digest) is None:
        verify(resources.policies, resources.make)
        if cache is not None:
            cache.put(resources.digest, [], Tally())
    progress = _Progress(len(files))
    runner = Runner(plan, resources, cache, min(jobs, max(1, len(files))), progress.done)
    if not runner.rules:
        fail("there is no rule to check replies by: every one is left out, or is for logs")
    findings = (
        runner.data(sys.stdin.buffer.read(), stdin_filename) if stdin else runner.files(files)
    )
    worst = _Worst()
    run = selection.run(
        "check",
        resources,
        runner.summary,
        statistics=statistics,
        redact=redact,
        quiet=quiet,
        verbose=verbose,
    )
    try:
        _report(targets, run, worst.watch(progress.watch(findings)), colour)
    finally:
        progress.clear()
    sys.exit(
        _code(
            runner.summary(),
            worst,
            fail_level or settings.fail_level or "error",
            partial_ok=_given(allow_partial, settings.allow_partial),
            strict=_given(strict, settings.strict),
        )
    )


def _given(flag: bool | None, setting: bool) -> bool:
    return setting if flag is None else flag


class _Worst:
    """Remembers which levels have been seen."""

    def __init__(self) -> None:
        self.seen: set[Level] = set()

    def watch(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.seen.add(finding.level)
            yield finding


def _code(
    summary: Summary, worst: _Worst, fail_level: str, *, partial_ok: bool, strict: bool
) -> Exit:
    if fail_level != "none" and worst.seen & set(LEVELS[LEVELS.index(fail_level) :]):
        return Exit.FINDINGS
    undone = [item for item in summary.not_checked if strict or item.kind != "cannot tell"]
    if undone and not partial_ok:
        return Exit.INCOMPLETE
    if not summary.replies and not undone:
        fail("no reply was found in the files that were given")
    return Exit.CLEAN


def _targets(formats: tuple[str, ...], output: str | None) -> list[tuple[str, str | None]]:
    """(format, file or None for standard output) for each report that is wanted."""
    targets = []
    for item in formats or ("text",):
        name, _, path = item.partition("=")
        if name not in REPORTERS:
            hint = suggest(name, REPORTERS) or f"; there are {', '.join(REPORTERS)}"
            fail(f'there is no format called "{name}"{hint}')
        targets.append((name, path or None))
    bare = [target for target in targets if target[1] is None]
    if len(bare) > 1:
        fail("only one format can go to one place; write --format NAME=FILE for the others")
    if output is not None:
        if not bare:
            fail("--output needs a format without a file of its own")
        targets = [(name, path or output) for name, path in targets]
    files = [Path(path).resolve() for _, path in targets if path is not None]
    if len(set(files)) < len(files):
        fail("several formats cannot go to one file")
    return targets


def _report(
    targets: list[tuple[str, str | None]], run: Run, findings: Iterator[Finding], colour: str
) -> None:
    """Write the reports: one straight from the stream, several from a list that all read."""
    held = list(findings) if len(targets) > 1 else None
    for name, path in targets:
        source = findings if held is None else iter(held)
        if path is None:
            _write(name, run, source, sys.stdout, colour)
        else:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            with Path(path).open("w", encoding="utf-8", newline="\n") as out:
                _write(name, run, source, out, "always" if colour == "always" else "never")


def _write(name: str, run: Run, findings: Iterator[Finding], out: TextIO, colour: str) -> None:
    from dataclasses import replace

    shown = colour == "always" or (
        colour == "auto" and out.isatty() and "NO_COLOR" not in os.environ
    )
    REPORTERS[name].write(replace(run, colour=shown), findings, out)
    out.flush()


class _Progress:
    """A line on standard error while a long check goes on, if that is a terminal."""

    def __init__(self, total: int) -> None:
        import time

        self._clock = time.monotonic
        self._begun = self._shown = self._clock()
        self._total = total
        self._on = sys.stderr.isatty()
        self._dirty = False

    def done(self, files: int, replies: int) -> None:
        now = self._clock()
        if self._on and now - self._begun > 1 and now - self._shown > 0.2:
            self._shown = now
            rate = replies / (now - self._begun)
            click.echo(
                f"\r\x1b[K{files:,} of {self._total:,} files, "
                f"{replies:,} replies ({rate:,.0f} a second)",
                nl=False,
                err=True,
            )
            self._dirty = True

    def watch(self, findings: Iterator[Finding]) -> Iterator[Finding]:
        for finding in findings:
            self.clear()
            yield finding

    def clear(self) -> None:
        if self._dirty:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._dirty = False
