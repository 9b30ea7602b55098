"""`replylint replay`: what another policy would have found in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from linter.cli import logs, reporting, words
from linter.cli.common import Exit, config_option, fail, guarded
from linter.logic.conditions import All, AnyOf, Comparison, Not
from linter.model import Summary
from linter.reporters import safe, values, wording

if TYPE_CHECKING:
    from linter.log.audit import Audit, Job, Rules
    from linter.log.replay import Change, Difference, Replay
    from linter.log.store import Store

SCHEMA = "replylint-replay/1"
_SIGNS = {"appears": "+", "vanishes": "-", "changes": "~"}
_PLURALS = {"appears": "appear", "vanishes": "vanish", "changes": "change"}


@click.command("replay")
@click.argument("paths", nargs=-1, metavar="LOG...")
@click.option(
    "--old", multiple=True, required=True, help="The policy as it is; several may be given."
)
@click.option("--new", multiple=True, required=True, help="The policy as it would be.")
@config_option
@click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="Write the report to this file."
)
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not these rules.")
@click.option(
    "--allow-partial", is_flag=True, help="Exit 0 even if something could not be checked."
)
@click.option("--redact", is_flag=True, help="Show no words of replies or customers.")
@click.option("--quiet", "-q", count=True, help="Leave out the findings; only say how many.")
@logs.log_options
@guarded
def command(  # noqa: PLR0917 - an option a parameter, as click has it
    paths: tuple[str, ...],
    old: tuple[str, ...],
    new: tuple[str, ...],
    config: str | None,
    format: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    allow_partial: bool,
    redact: bool,
    quiet: int,
    asked: logs.Asked,
) -> None:
    """Say which findings in a past log appear and vanish with a new policy, and why.

    LOG are the files of a log, as for `audit`. Exits with 0 whatever has changed, and with 3 where
    something could not be checked.

    \b
    Example: replylint replay --old policy.yaml --new draft.yaml logs/2026-*.jsonl
    """
    from linter.cli.policies import settings as settings_of
    from linter.log.audit import rules_of
    from linter.log.replay import Replay

    settings = settings_of(config)
    jobs = [logs.job(asked, paths, names, Path(), settings, select, ignore) for names in (old, new)]
    if output is not None and Path(output).resolve() in {path.resolve() for path in jobs[0].files}:
        fail("what is written cannot take the place of a log that it is about")
    rules = [rules_of(job) for job in jobs]
    logs.known_rules(jobs[0], *rules)
    progress = logs.Progress()
    with ExitStack() as stack:
        store = stack.enter_context(logs.store(stack, settings, asked))
        try:
            kept, before = _old(jobs[0], rules[0], store, progress)
            audit = _ran(stack, jobs[1], rules[1], store, progress)
        finally:
            progress.clear()
        summaries = before, audit.summary()
        replay = Replay(rules[0], kept, audit)
        write = _json if format == "json" else _text
        report = _Report(replay, rules[0], rules[1], summaries, redact, quiet)
        if output is None:
            write(report, sys.stdout)
        else:
            with reporting.whole(Path(output)) as out:
                write(report, out)
    code = reporting.code(summaries[1], (), "none", partial_ok=allow_partial, strict=False)
    older = reporting.code(summaries[0], (), "none", partial_ok=allow_partial, strict=False)
    sys.exit(code if older is Exit.CLEAN else older)


def _old(job: Job, rules: Rules, store: Store, progress: logs.Progress) -> tuple[Path, Summary]:
    """The findings of the old policies as a file, and what was checked."""
    with ExitStack() as stack:
        audit = _ran(stack, job, rules, store, progress)
        kept = store.scratch / "old.parquet"
        audit.export(kept)
        return kept, audit.summary()


def _ran(stack: ExitStack, job: Job, rules: Rules, store: Store, progress: logs.Progress) -> Audit:
    from linter.log.audit import Audit

    audit = Audit(job, rules, store)
    stack.callback(audit.close)
    audit.run(progress.tell)
    return audit


class _Report:
    """What both formats say."""

    def __init__(  # noqa: PLR0917
        self,
        replay: Replay,
        old: Rules,
        new: Rules,
        summaries: tuple[Summary, Summary],
        redact: bool,
        quiet: int,
    ) -> None:
        self.replay = replay
        self.old, self.new = old, new
        self.summaries = summaries
        self.redact = redact
        self.quiet = quiet
        self.tallies = replay.tallies()
        self.why: dict[tuple[str, str], dict[str, int]] = {}

    def differences(self) -> Iterator[Difference]:
        for each in self.replay.differences(self.redact):
            counts = self.why.setdefault((each.finding.rule, each.verb), {})
            reason = _because(each.why)
            counts[reason] = counts.get(reason, 0) + 1
            yield each

    def message(self, difference: Difference) -> str:
        finding = difference.finding
        return finding.message if not self.redact else finding.redacted or ""


def _text(report: _Report, out: TextIO) -> None:
    def say(line: str) -> None:
        out.write(safe.log_line(line) + "\n")

    for each in report.differences():
        if report.quiet:
            continue
        finding = each.finding
        place = f"{safe.visible(finding.path)}:{finding.region.start.line}:"
        message = safe.one_line(report.message(each))
        say(f"{_SIGNS[each.verb]} {place} {finding.level} {finding.rule} {message}")
    for (rule, verb), reasons in sorted(report.why.items()):
        for reason, count in sorted(reasons.items()):
            number = wording.number(count, verb, _PLURALS[verb])
            say(f"{safe.visible(rule)}: {number}: {reason}")
    totals = [
        f"{sum(getattr(tally, name) for tally in report.tallies)} {name}"
        for name in ("appear", "vanish", "change", "stay")
    ]
    say(
        f"{', '.join(totals)}: "
        f"{wording.total(report.summaries[0])} findings with the old policy, "
        f"{wording.total(report.summaries[1])} with the new one."
    )
    before, after = (wording.not_checked(summary) for summary in report.summaries)
    if before == after:
        _lines(say, "Not checked:", after)
    else:
        _lines(say, "Not checked with the old policy:", before)
        _lines(say, "Not checked with the new policy:", after)


def _lines(say: Any, head: str, lines: Sequence[str]) -> None:
    if lines:
        say(head)
    for line in lines:
        say(f"  {line}")


def _because(why: Sequence[Change]) -> str:
    """Why findings of a rule differ, in words."""
    return "; ".join(map(_changed, why)) or "the rule is the same; what it reads has changed"


def _changed(change: Change) -> str:
    if change.part == "rule":
        missing = change.new if change.old == "in force" else change.old
        verb = "removed" if change.old == "in force" else "added"
        return f"rule {verb}" + (f" ({safe.one_line(missing)})" if missing else "")
    return f"{change.part} changed: {_shown(change.old)} → {_shown(change.new)}"


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, All | AnyOf | Not | Comparison):
        return safe.one_line(words.condition(value))
    if isinstance(value, Mapping | list | tuple):
        return safe.one_line(words.options({"x": value})[0].removeprefix("x: "))
    return safe.one_line(str(value))


def _json(report: _Report, out: TextIO) -> None:
    """A member of the document a line, and a difference a line."""
    from linter import __version__
    from linter.cli.select import policy_info

    head: dict[str, object] = {
        "schema": SCHEMA,
        "tool": {"name": "replylint", "version": __version__},
        "redacted": report.redact,
    }
    for name, rules in (("old", report.old), ("new", report.new)):
        infos = map(policy_info, rules.policies)
        head[name] = [
            {"name": each.name, "version": each.version, "sha256": each.sha256} for each in infos
        ]
    out.write("{\n")
    for name, value in head.items():
        out.write(f'  "{name}": {safe.json_text(value)},\n')
    out.write('  "differences": [')
    separator = "\n"
    for each in report.differences():
        out.write(f"{separator}    {safe.json_text(_difference(report, each))}")
        separator = ",\n"
    out.write("],\n" if separator == "\n" else "\n  ],\n")
    rows = [
        {
            "id": each.rule,
            "appear": each.appear,
            "vanish": each.vanish,
            "change": each.change,
            "stay": each.stay,
        }
        for each in report.tallies
    ]
    out.write(f'  "rules": {safe.json_text(rows)},\n')
    old, new = map(values.summary, report.summaries)
    out.write(f'  "summary": {safe.json_text({"old": old, "new": new})}\n}}\n')


def _difference(report: _Report, each: Difference) -> dict[str, object]:
    finding = values.finding(each.finding)
    if report.redact:
        finding |= {"message": report.message(each), "text": "", "replacement": None}
    return {
        "change": each.verb,
        "why": [
            {"part": change.part, "old": _json_value(change.old), "new": _json_value(change.new)}
            for change in each.why
        ],
        "finding": finding,
    }


def _json_value(value: Any) -> Any:
    """A part of a rule as the policy writes it; a condition in words."""
    return words.condition(value) if isinstance(value, All | AnyOf | Not | Comparison) else value
