"""`replylint audit`: judge a log of past conversations and decisions."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from linter.cli import logs, reporting
from linter.cli.common import config_option, fail, guarded, say
from linter.model import Finding, Summary
from linter.reporters import REPORTERS, Run
from linter.reporters.safe import cell, json_text

if TYPE_CHECKING:
    from linter.log.audit import Audit
    from linter.log.pseudonyms import Pseudonyms
    from linter.log.store import Store

FORMATS = ("text", "json", "jsonl", "csv", "sarif", "html")
_ROWS = 1_000


@click.command("audit")
@click.argument("paths", nargs=-1, metavar="LOG...")
@click.option(
    "--policy",
    "-p",
    "policies",
    multiple=True,
    help="A shipped policy's name or a policy file; versions of one policy by their `effective`.",
)
@config_option
@reporting.report_options(FORMATS)
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False),
    help="Write the rows that could not be read to this file, a .csv or .jsonl.",
)
@click.option(
    "--pseudonymise",
    is_flag=True,
    help="Show pseudonyms of moderators and authors; names inside texts stay: add --redact.",
)
@click.option(
    "--pseudonym-key",
    type=click.Path(exists=True, dir_okay=False),
    help="A file with the key of the pseudonyms, so that they are the same in each run.",
)
@logs.log_options
@click.option(
    "--runner",
    type=click.Choice(("embedded", "spark")),
    default="embedded",
    show_default=True,
    help="Where rows are judged and texts are read.",
)
@click.option("--master", help="Spark's master, such as local[2]. [default: spark-submit's]")
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
    allow_partial: bool | None,
    strict: bool | None,
    redact: bool,
    statistics: bool,
    quiet: int,
    verbose: int,
    colour: str,
    rejects: str | None,
    pseudonymise: bool,
    pseudonym_key: str | None,
    runner: str,
    master: str | None,
    asked: logs.Asked,
) -> None:
    """Judge a log of past conversations and decisions by policies.

    LOG are files of a platform's export, or of an event log (`replylint schema event`): JSON Lines,
    CSV or Parquet, also compressed; patterns such as logs/*.jsonl.gz are files too.

    \b
    Example: replylint audit log.jsonl --policy handling-negative-comments
             replylint audit export.csv --source discourse -f html=audit.html --pseudonymise
    """
    from linter.cli.policies import settings as settings_of
    from linter.log import audit as auditing

    wanted = reporting.targets(formats, output, FORMATS)
    settings = settings_of(config)
    _usable(paths, rejects, wanted)
    if master is not None and runner != "spark":
        fail("--master is for --runner spark")
    names = _pseudonyms(pseudonymise, pseudonym_key)
    chosen = policies or tuple(settings.policies)
    if not chosen:
        fail("no policy: name one with --policy or in a configuration; `replylint init` writes one")
    base = Path() if policies else settings.folder
    job = logs.job(asked, paths, chosen, base, settings, select, ignore)
    rules = auditing.rules_of(job)
    logs.known_rules(job, rules)
    progress = logs.Progress()
    with ExitStack() as stack:
        store = stack.enter_context(logs.store(stack, settings, asked))
        audit = auditing.Audit(job, rules, store)
        if runner == "spark":
            _on_spark(stack, audit, master, store)
        stack.callback(audit.close)
        try:
            audit.run(progress.tell)
        finally:
            progress.clear()
        if verbose:
            _say_done(audit)
        run = _run(audit, redact=redact, statistics=statistics, quiet=quiet, verbose=verbose)
        summary = audit.summary()
        _write_rejects(audit, rejects, words=not (redact or names))
        writers = _Writers(audit, names)
        reporting.report(wanted, run, lambda: audit.findings(names, redact), colour, writers.of)
        seen = [level for level, count in summary.findings.items() if count]
        sys.exit(
            reporting.code(
                summary,
                seen,
                fail_level or settings.fail_level or "error",
                partial_ok=reporting.given(allow_partial, settings.allow_partial),
                strict=reporting.given(strict, settings.strict),
            )
        )


def _usable(paths: tuple[str, ...], rejects: str | None, wanted: list[reporting.Target]) -> None:
    """End with an error for files that cannot be meant."""
    if rejects is not None and Path(rejects).suffix not in (".csv", ".jsonl"):
        fail(f"{rejects}: rejected rows are written to a .csv or .jsonl file")
    files = {Path(path).resolve() for _, path in wanted if path is not None}
    if rejects is not None and Path(rejects).resolve() in files:
        fail("a report and the rejected rows cannot go to one file")
    written = files | ({Path(rejects).resolve()} if rejects is not None else set())
    if written & {Path(name).resolve() for name in paths}:
        fail("what is written cannot take the place of a log that it is about")


def _pseudonyms(wanted: bool, key: str | None) -> Pseudonyms | None:
    """What gives pseudonyms, if some are wanted. Ends with an error for a key that is none."""
    from linter.log.pseudonyms import Pseudonyms

    if key is None:
        return Pseudonyms() if wanted else None
    if not wanted:
        fail("--pseudonym-key is for --pseudonymise")
    written = Path(key).read_bytes().strip()
    if len(written) < 16:
        fail(f"{key}: a key of pseudonyms has at least 16 bytes")
    return Pseudonyms(written)


def _on_spark(stack: ExitStack, audit: Audit, master: str | None, store: Store) -> None:
    """Have Spark judge the rows and read the texts."""
    from linter.log import spark

    stack.enter_context(_failing(spark.SparkError))
    settings = spark.Settings(master, audit.job.memory)
    cluster = stack.enter_context(spark.cluster(settings))
    # The workers run in folders of their own.
    audit.job = replace(audit.job, base=audit.job.base.absolute())
    audit.judging = lambda con, plan, events: cluster.judge(con, plan, [spark.shared(events)])
    audit.spreading = lambda maker, batches, jobs: cluster.spread(maker, batches, store.scratch)


@contextmanager
def _failing(error: type[Exception]) -> Iterator[None]:
    """Ends the command with what an error says."""
    try:
        yield
    except error as found:
        fail(str(found))


# --- what comes of it ----------------------------------------------------------------------------


def _say_done(audit: Audit) -> None:
    counts = audit.counts
    if counts is None:
        return
    say(
        f"log {'read' if counts.ingested else 'as kept'}; {counts.texts:,} texts and "
        f"{counts.replies:,} replies read, others as kept; "
        f"events {'judged' if counts.judged else 'as judged before'}",
        err=True,
    )


def _run(audit: Audit, **options: bool | int) -> Run:
    from linter import __version__
    from linter.cli.select import policy_info, rule_info

    policies = audit.rules.policies
    guidelines = {each.id: each.text for policy in policies for each in policy.guidelines}
    return Run(
        version=__version__,
        command="audit",
        policies=tuple(map(policy_info, policies)),
        rules={id_: rule_info(rule, guidelines) for id_, rule in audit.rules.by_id.items()},
        summary=audit.summary,
        **options,  # type: ignore[arg-type]
    )


class _Writers:
    """What writes each format; the page is made from the audit's tables."""

    def __init__(self, audit: Audit, names: Pseudonyms | None) -> None:
        self._audit = audit
        self._names = names

    def of(self, name: str) -> reporting.Writer:
        return self._page if name == "html" else REPORTERS[name].write

    def _page(self, run: Run, findings: Iterator[Finding], out: TextIO) -> None:
        from linter.log.report import page
        from linter.log.report.model import About, Count
        from linter.log.report.statistics import statistics
        from linter.reporters import redaction, wording

        audit, summary = self._audit, redaction.summary(run)
        log = summary.log
        about = About(
            run.version,
            run.policies,
            rows=None if log is None else log.rows,
            ignored=() if log is None else tuple(Count(*item) for item in log.ignored.items()),
            notes=tuple(wording.not_checked(_unlisted(summary))),
        )
        report = statistics(audit.con, audit.rules.entries, run.rules, about)
        page.write(report, out, redact=run.redact, pseudonyms=self._names)


def _unlisted(summary: Summary) -> Summary:
    """What of a summary the page does not list itself."""
    kept = [each for each in summary.not_checked if each.kind in ("language", "not in force")]
    log = None if summary.log is None else replace(summary.log, ignored={})
    return replace(summary, not_checked=tuple(kept), log=log)


def _write_rejects(audit: Audit, path: str | None, *, words: bool) -> None:
    """Write the rejected rows where it is asked for, or say how to get them. `words`: with what
    stands in the row."""
    from linter.reporters import redaction

    ingested = audit.ingested
    if ingested is None or not (ingested.rejected or path):
        return
    if path is None:
        rows = "row was" if ingested.rejected == 1 else "rows were"
        say(
            f"{ingested.rejected:,} {rows} rejected; --rejects FILE writes them to a file",
            err=True,
        )
        return
    with reporting.whole(Path(path)) as out, closing(audit.con.cursor()) as cursor:
        cursor.execute("select file, row, id, reason, raw from rejects order by all")
        names = ("file", "row", "id", "reason", "raw")
        table = csv.writer(out, lineterminator="\n") if path.endswith(".csv") else None
        if table:
            table.writerow(names)
        while rows := cursor.fetchmany(_ROWS):
            for row in rows:
                shown = row if words else (*row[:3], redaction.without_quotes(row[3]), None)
                if table:
                    table.writerow(["" if each is None else cell(str(each)) for each in shown])
                else:
                    out.write(json_text(dict(zip(names, shown, strict=True))) + "\n")
