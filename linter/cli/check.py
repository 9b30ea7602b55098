"""`replylint check`: lint reply files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linter.cli import reporting
from linter.cli.common import config_option, fail, guarded, known_rules, lang_option, stdin_option
from linter.model import Finding
from linter.reporters import REPORTERS


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--policy", "-p", "policies", multiple=True, help="A shipped policy's name or a policy file."
)
@config_option
@reporting.report_options(REPORTERS)
@lang_option
@stdin_option
@click.option(
    "--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, help="Processes to use."
)
@click.option("--no-cache", is_flag=True, help="Do not use or write the cache.")
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
    from linter.runner import known_rules as rules_of

    settings = policy_files.settings(config)
    targets = reporting.targets(formats, output)
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
    known_rules((*select, *ignore), rules_of(resources))
    stdin = paths == ("-",)
    files = [] if stdin else selection.files(paths, settings, selection.own_files(resources))
    cache = None if no_cache or stdin else selection.cache(settings)
    if cache is not None:
        click.get_current_context().call_on_close(cache.close)
    if cache is None or cache.get(resources.digest) is None:
        verify(resources.policies, resources.make)
        if cache is not None:
            cache.put(resources.digest, [], Tally())
    progress = reporting.Progress()

    def done(read: int, replies: int) -> None:
        progress.show(
            lambda seconds: (
                f"{read:,} of {len(files):,} files, "
                f"{replies:,} replies ({replies / seconds:,.0f} a second)"
            )
        )

    runner = Runner(plan, resources, cache, min(jobs, max(1, len(files))), done)
    if not runner.rules:
        fail("there is no rule to check replies by: every one is left out, or is for logs")
    findings = (
        runner.data(sys.stdin.buffer.read(), stdin_filename) if stdin else runner.files(files)
    )
    worst = reporting.Worst()
    run = selection.run(
        "check",
        resources,
        runner.summary,
        statistics=statistics,
        redact=redact,
        quiet=quiet,
        verbose=verbose,
    )
    watched = worst.watch(progress.watch(findings))
    try:
        # One report is written straight from the stream, several from a list that all read.
        held: list[Finding] | None = list(watched) if len(targets) > 1 else None
        reporting.report(targets, run, lambda: watched if held is None else iter(held), colour)
    finally:
        progress.clear()
    sys.exit(
        reporting.code(
            runner.summary(),
            worst.seen,
            fail_level or settings.fail_level or "error",
            partial_ok=reporting.given(allow_partial, settings.allow_partial),
            strict=reporting.given(strict, settings.strict),
        )
    )
