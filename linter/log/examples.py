"""Log rules tried on the small logs that stand as examples beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from linter.checks import CHECKS
from linter.config import Config
from linter.log import database, texts
from linter.log.ingest.rows import Rejected, Rows
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge
from linter.log.store import Parts
from linter.log.workers import spread
from linter.logic.constraints import Constraint, conditions
from linter.policy import messages
from linter.policy.model import Example, Policy, Rule
from linter.runner import _lexicons


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says of an example: the messages of its findings, and why it could not tell.
    `refused` says which row is no event; then nothing was judged."""

    found: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    refused: str | None = None


Case = tuple[Policy, Rule, Example]


class Bench:
    """Judges examples of log rules, one after the other. A context."""

    def __init__(self, cases: Sequence[Case], config: Config) -> None:
        policies = tuple({id(policy): policy for policy, _, _ in cases}.values())
        resources = texts.Resources(
            tuple(_lexicons(policies, config)),
            tuple(sorted(config.pipelines.items())),
            config.organisation,
        )
        asked = [
            condition
            for policy, rule, _ in cases
            for condition in conditions(_constraint(policy, rule))
        ]
        self._reader = _Once(texts.Reader(resources, texts.acts_asked(asked)))
        self._folder = TemporaryDirectory()
        self._con = database.connect(threads=1)
        self._cases = cases
        self._rows = Rows(self._con, [row for _, _, example in cases for row in example.records])
        self._tried = 0

    def __enter__(self) -> Bench:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._con.close()
        self._folder.cleanup()

    def outcomes(self) -> Iterator[Outcome]:
        """What each example's rule says of it, in order."""
        start = 0
        for policy, rule, example in self._cases:
            end = start + len(example.records)
            yield self._outcome(policy, rule, self._rows.events(start, end))
            start = end

    def _outcome(self, policy: Policy, rule: Rule, refused: Sequence[Rejected]) -> Outcome:
        con = self._con
        if refused:
            return Outcome(refused=f"event {refused[0].row} cannot be read: {refused[0].reason}")
        constraint = _constraint(policy, rule)
        self._read(list(conditions(constraint)))
        values = messages.names(rule.message)
        task = Task(rule.id, policy.name, rule.id, rule.level, constraint, values)
        judge(con, Plan((task,)))
        found = con.execute('select "values" from verdicts order by time, event').fetchall()
        untold = con.execute(
            "select reason from tallies where verdict = 'cannot tell' order by reason"
        ).fetchall()
        return Outcome(
            tuple(messages.fill(rule.message, json.loads(values)) for (values,) in found),
            tuple(reason for (reason,) in untold),
        )

    def _read(self, asked: Sequence[Any]) -> None:
        """Fill in what the texts say on which the conditions hang."""
        if not texts.asks(asked) or not texts.find(self._con, asked, shown=()):
            return
        self._tried += 1
        folder = Path(self._folder.name) / str(self._tried)
        parts = Parts(folder / "parts", folder)
        (folder / "parts").mkdir(parents=True)
        texts.read(self._con, self._reader, parts, 1, lambda *_: None, spread)
        target = folder / "events.parquet"
        texts.fill(self._con, parts, target, folder / "unreadable.parquet")
        self._con.execute("create or replace table events as from read_parquet(?)", [str(target)])


class _Once:
    """A reader that makes its languages once, however often it is started."""

    def __init__(self, reader: texts.Reader) -> None:
        self._reader = reader
        self._work: Callable[[list[texts.Unit]], list[texts.Reading]] | None = None

    def start(self) -> Callable[[list[texts.Unit]], list[texts.Reading]]:
        if self._work is None:
            self._work = self._reader.start()
        return self._work


def _constraint(policy: Policy, rule: Rule) -> Constraint:
    constraint: Constraint = CHECKS[rule.check].compile(rule.options, policy.calendars)
    return constraint
