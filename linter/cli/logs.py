"""What `audit` and `replay` share: which log, read how, with what progress."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from linter.cli import common, reporting
from linter.cli.common import fail

if TYPE_CHECKING:
    from linter.config import Config
    from linter.log.audit import Job, Rules
    from linter.log.store import Store

F = TypeVar("F", bound=Callable[..., Any])
_MEMORY = r"[1-9][0-9]{0,6} ?[KMGT]i?B"
_STAGES = {
    "ingest": "reading the log",
    "read": "reading the log",
    "link": "putting events together",
    "texts": "reading texts",
    "fill": "putting texts to events",
    "replies": "reading replies",
    "judge": "judging",
}
_IN_BYTES = ("read", "link")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say of a log."""

    source: str
    as_of: str | None
    no_replies: bool
    jobs: int
    memory: str | None
    no_cache: bool


def log_options(function: F) -> F:
    """The options that say what a log is and how it is read, given as `asked`."""
    options = (
        click.option(
            "--source",
            "-s",
            default="generic",
            show_default=True,
            metavar="NAME|FILE",
            help="What the log was exported from: a shipped source's name or a mapping's file.",
        ),
        click.option(
            "--as-of", metavar="TIME", help="When the log ends, if not with its last event."
        ),
        click.option("--no-replies", is_flag=True, help="Do not apply the rules on replies."),
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(1),
            default=1,
            show_default=True,
            help="Processes to read texts with.",
        ),
        click.option(
            "--memory", help="How much memory to use for rows, such as 512MB; the rest spills."
        ),
        click.option("--no-cache", is_flag=True, help="Do not use or keep results of other runs."),
    )

    @wraps(function)
    def gathered(**values: Any) -> Any:
        names = Asked.__dataclass_fields__
        asked = Asked(**{name: values.pop(name) for name in names})
        try:
            return function(asked=asked, **values)
        except RuntimeError as error:
            # What becomes of Ctrl-C while DuckDB is at work.
            if "interrupted" not in str(error).lower():
                raise
            raise KeyboardInterrupt from None

    for option in reversed(options):
        gathered = option(gathered)
    return cast(F, gathered)


def job(  # noqa: PLR0917
    asked: Asked,
    paths: tuple[str, ...],
    policies: tuple[str, ...],
    base: Path,
    settings: Config,
    select: Iterable[str],
    ignore: Iterable[str],
) -> Job:
    """What is to be audited. Ends with an error for what cannot be meant."""
    from linter.log.audit import Job
    from linter.log.ingest import expand
    from linter.log.sources import find

    if not paths:
        fail("nothing to audit: name the files of a log")
    if asked.memory is not None and not re.fullmatch(_MEMORY, asked.memory):
        fail(f'"{asked.memory}" is not an amount of memory, such as 512MB or 2GB')
    return Job(
        files=tuple(expand(paths)),
        source=find(asked.source),
        policies=policies,
        base=base,
        config=settings,
        select=frozenset(select),
        ignore=frozenset(ignore),
        reading=not asked.no_replies,
        as_of=None if asked.as_of is None else _time(asked.as_of),
        jobs=asked.jobs,
        memory=asked.memory,
    )


def known_rules(job: Job, *several: Rules) -> None:
    """End with an error for a rule that is not there, and where there is none to judge by."""
    known = {rule.id for rules in several for policy in rules.policies for rule in policy.rules}
    common.known_rules((*sorted(job.select), *sorted(job.ignore)), known)
    if not any(rules.entries for rules in several):
        fail("there is no rule to judge a log by: every one is left out, or is for other things")


def store(stack: ExitStack, settings: Config, asked: Asked) -> Store:
    """Where results are kept; for this run only, where none are to be."""
    from linter.log.store import FOLDER, Store

    if asked.no_cache or settings.cache is None:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="replylint-")))
        return Store(folder / FOLDER)
    return Store(settings.cache / FOLDER)


def _time(written: str) -> datetime:
    """A time with an offset, or the end of a day, in UTC."""
    read = None
    try:
        if len(written) == len("2026-01-01"):
            return datetime.combine(date.fromisoformat(written), time.max)
        read = datetime.fromisoformat(written)
    except ValueError:
        pass
    if read is None or read.tzinfo is None:
        fail(f'"{written}" is not a time, such as 2026-03-01 or 2026-03-01T10:00:00+01:00')
    return read.astimezone(UTC).replace(tzinfo=None)


class Progress(reporting.Progress):
    """Says which stage is on, how much is done and how fast."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = ""

    def tell(self, stage: str, done: int, total: int | None) -> None:
        if stage != self._stage:
            self._stage = stage
            self.restart()
        self.show(lambda seconds: _line(stage, done, total, seconds))


def _line(stage: str, done: int, total: int | None, seconds: float) -> str:
    name = _STAGES.get(stage, stage)
    if not done:
        return f"{name} …"
    unit, size = (" MB", 1_000_000) if stage in _IN_BYTES else ("", 1)
    of = f" of {total // size:,}" if total else ""
    return f"{name}: {done // size:,}{of}{unit} ({done / size / seconds:,.0f}{unit} a second)"
