"""Audit a log: ingest it, read its texts, judge it, and give the findings in order.

audit = Audit(job, store)
audit.run(progress)
for finding in audit.findings(): ...
audit.summary()

Each stage's result is kept in the store by a digest of all that it depends on, so that a run that
was interrupted is taken up where it broke off, and an unchanged log is not read again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from linter.config import Config
from linter.documents import InvalidFile, Problem
from linter.log import database, replies, texts
from linter.log.columns import literal
from linter.log.finding import Maker
from linter.log.ingest import Ingested, ingest
from linter.log.ingest.run import FileRead
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge
from linter.log.judge.values import time_text
from linter.log.pseudonyms import Pseudonyms
from linter.log.sources.model import Source
from linter.log.store import Store, content, digest, parquet
from linter.log.versions import Entry, Era, entries, eras, load_versions
from linter.log.workers import Spread, spread
from linter.logic.conditions import comparisons
from linter.logic.constraints import RateBy, conditions
from linter.model import Finding, Level, LogSummary, NotChecked, Summary
from linter.policy.model import Policy, Rule
from linter.runner import _code, _facts, _lexicons, _state, maker, verify

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_REASONS = 50
"""Different reasons for rejects that a summary lists."""
_PENDING = "the limit had not run out when the log ended"

Verdicts = Callable[["DuckDBPyConnection", Plan, Path], None]
"""Judges the events of Parquet files: makes the tables `verdicts` and `tallies`."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to audit, and by what. `base` is what the policies' names are relative to; `reading`:
    whether the rules on replies are applied; `as_of`: when the log ends, if not with its last
    event."""

    files: tuple[Path, ...]
    source: Source
    policies: tuple[str, ...]
    base: Path
    config: Config
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    reading: bool = True
    as_of: datetime | None = None
    jobs: int = 1
    memory: str | None = None

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is to be applied."""
        return (not self.select or rule.id in self.select) and rule.id not in self.ignore


@dataclass(frozen=True, slots=True)
class Counts:
    """What this run did itself rather than find in the store."""

    ingested: bool
    texts: int
    replies: int
    judged: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a job: of which policies, when, and what each one says."""

    policies: tuple[Policy, ...]
    eras: tuple[Era, ...]
    entries: tuple[Entry, ...]
    """Those that are applied to the log: on events, and on its replies."""
    left_out: tuple[Entry, ...] = ()
    """Those that only a library of templates can be judged by."""

    @property
    def on_events(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.constraint is not None]

    @property
    def on_replies(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.constraint is None]

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """Each rule in its latest form."""
        return {entry.rule.id: entry.rule for entry in (*self.left_out, *self.entries)}


def rules_of(job: Job) -> Rules:
    """The rules of a job's policies that its log can be judged by. Raises InvalidFile."""
    policies = load_versions(job.policies, job.base)
    found = eras(policies)
    wanted = [entry for entry in entries(found) if job.wants(entry.rule)]
    applied = replies.applied(wanted) if job.reading else []
    chosen = [entry for entry in wanted if entry.constraint is not None or entry in applied]
    left_out = replies.left_out(wanted) if job.reading else []
    return Rules(policies, found, tuple(chosen), tuple(left_out))


def verified(found: Rules, config: Config) -> None:
    """Compile every rule for all languages of its policy. Raises InvalidFile."""
    problems: list[Problem] = []
    for era in found.eras:
        try:
            verify(era.policies, maker(era.policies, config))
        except InvalidFile as error:
            problems += error.problems
    if problems:
        raise InvalidFile(list(dict.fromkeys(problems)))


def plan_of(found: Sequence[Entry], log_end: datetime | None) -> Plan:
    """The plan of the rules on events."""
    return Plan(
        tuple(
            Task(
                id=entry.id,
                policy=entry.policy.name,
                rule=entry.rule.id,
                level=entry.rule.level,
                constraint=entry.constraint,
                values=placeholders(entry.rule.message),
                start=entry.start,
                end=entry.end,
            )
            for entry in found
            if entry.constraint is not None
        ),
        log_end,
    )


def placeholders(message: str) -> tuple[str, ...]:
    """The names of the values that a message uses."""
    names = (name for _, name, _, _ in Formatter().parse(message) if name)
    return tuple(dict.fromkeys(names))


def _judge(con: DuckDBPyConnection, plan: Plan, events: Path) -> None:
    judge(con, plan)


@dataclass(slots=True)
class Audit:
    """One audit. `judging` judges the events, by default in this process; `spreading` has texts
    read, by default by processes of our own. `con` holds the tables events, verdicts, tallies and
    rejects once `run` has ended."""

    job: Job
    rules: Rules
    store: Store
    judging: Verdicts = _judge
    spreading: Spread = spread
    con: Any = None
    ingested: Ingested | None = None
    counts: Counts | None = None
    _plan: Plan = field(default_factory=lambda: Plan(()))
    _summary: Summary | None = None

    def run(self, progress: texts.Progress = lambda stage, done, total: None) -> None:
        """Do all stages. Raises InvalidFile for rules that cannot be meant, and for a log that
        cannot be read."""
        self._verify()
        log, kept, key = self._ingest(progress)
        self.con = database.connect(self.store.scratch, self.job.memory)
        self.con.execute(f"create view rejects as from {_file(log, 'rejects')}")
        events = log / "events"
        self._events(events)
        judged = self._replies(key, progress)
        events, read, key = self._texts(events, key, progress)
        self._events(events)
        self._plan = plan_of(self.rules.entries, self.job.as_of)
        progress("judge", 0, None)
        verdicts, known = self.store.stage(
            "judged",
            digest(key, self._plan, _code()),
            lambda path: self._judged(path, events),
        )
        self._findings(verdicts)
        self.counts = Counts(not kept, read, judged, not known)

    def close(self) -> None:
        if self.con is not None:
            self.con.close()

    # --- stages

    def _verify(self) -> None:
        """Compile every rule for all languages of its policy, unless that has been done."""
        files = [path for policy in self.rules.policies for path in policy.files]
        key = self._resources("verified", *files, plan=None)
        self.store.stage("verified", key, lambda path: verified(self.rules, self.job.config))

    def _ingest(self, progress: texts.Progress) -> tuple[Path, bool, str]:
        job = self.job
        progress("ingest", 0, None)
        names = tuple(str(path) for path in job.files)
        key = digest(names, content(job.files), job.source, _code())

        def make(path: Path) -> None:
            done = ingest(job.files, job.source, path, memory=job.memory, on_progress=progress)
            (path / "ingested.json").write_text(json.dumps(asdict(done)), encoding="utf-8")

        log, kept = self.store.stage("events", key, make)
        written = json.loads((log / "ingested.json").read_text(encoding="utf-8"))
        written["files"] = tuple(FileRead(**each) for each in written["files"])
        self.ingested = Ingested(**written)
        return log, kept, key

    def _events(self, folder: Path) -> None:
        files = parquet(folder, "*.parquet")
        self.con.execute(f"create or replace view events as from {files}")

    def _replies(self, key: str, progress: texts.Progress) -> int:
        """Apply the rules on replies; how many were judged anew."""
        con, job, on_replies = self.con, self.job, self.rules.on_replies
        own = self._resources(
            "replies",
            *(path for policy in self.rules.policies for path in policy.files),
            plan=(sorted(job.select), sorted(job.ignore), _spans(self.rules.eras)),
        )
        done = 0

        def make(path: Path) -> None:
            nonlocal done
            parts = self.store.parts("replies", own)
            if on_replies and replies.find(con, self.rules.eras, on_replies):
                by = replies.Judge(job.policies, job.base, job.config, job.select, job.ignore)
                done = replies.read(con, by, parts, job.jobs, progress, self.spreading)
                replies.judged(con, self.rules.eras, on_replies, parts)
                con.execute("drop table replies")
            else:
                replies.create(con)
            for table in replies.TABLES:
                target = literal(str(path / f"{table}.parquet"))
                con.execute(f"copy {table} to {target} (format parquet, compression zstd)")
                con.execute(f"drop table {table}")

        applied = [entry.id for entry in on_replies]
        kept, _ = self.store.stage("replied", digest(key, own, applied), make)
        for table in replies.TABLES:
            con.execute(f"create view {table} as from {_file(kept, table)}")
        return done

    def _texts(self, events: Path, key: str, progress: texts.Progress) -> tuple[Path, int, str]:
        """Fill in what the texts say; where the events are then, how many texts were read anew."""
        con, config = self.con, self.job.config
        con.execute("create table unreadable (id VARCHAR, reason VARCHAR)")
        tasks = self.rules.on_events
        asked = [
            condition
            for entry in tasks
            if entry.constraint is not None
            for condition in conditions(entry.constraint)
        ]
        shown = {name for entry in tasks for name in placeholders(entry.rule.message)}
        shown &= set(texts.KINDS)
        if not texts.asks(asked) and not shown:
            return events, 0, key
        resources = texts.Resources(
            tuple(_lexicons(self.rules.policies, config)),
            tuple(sorted(config.pipelines.items())),
            config.organisation,
        )
        acts = texts.acts_asked(asked)
        reader = texts.Reader(resources, acts, config.language)
        own = self._resources("texts", plan=(acts, config.language))
        done = 0

        def make(path: Path) -> None:
            nonlocal done
            parts = self.store.parts("texts", own)
            texts.find(con, asked, shown=shown)
            done = texts.read(con, reader, parts, self.job.jobs, progress, self.spreading)
            progress("fill", 0, None)
            (path / "events").mkdir()
            target = path / "events" / "events.parquet"
            texts.fill(con, parts, target, path / "unreadable.parquet")

        key = digest(key, own, asked, sorted(shown))
        filled, _ = self.store.stage("filled", key, make)
        con.execute(f"insert into unreadable from {_file(filled, 'unreadable')}")
        return filled / "events", done, key

    def _judged(self, path: Path, events: Path) -> None:
        """Judge the events, and write what was found to Parquet files."""
        self.judging(self.con, self._plan, events)
        for table in ("verdicts", "tallies"):
            target = literal(str(path / f"{table}.parquet"))
            self.con.execute(f"copy {table} to {target} (format parquet, compression zstd)")
            self.con.execute(f"drop table {table}")

    def _resources(self, name: str, *files: Path, plan: object) -> str:
        """A digest of all that reading a text depends on, and of `plan`."""
        policies, config = self.rules.policies, self.job.config
        paths = [*_lexicons(policies, config), *_facts(policies, config), *files]
        pipelines = [_state(Path(each).rglob("*")) for each in config.pipelines.values()]
        unique = list(dict.fromkeys(path.resolve() for path in paths))
        return digest(name, _code(), content(unique), pipelines, config.fingerprint(), plan)

    # --- results

    def _findings(self, folder: Path) -> None:
        """Make the tables of all verdicts, of events and of replies."""
        con = self.con
        con.execute(f"create table found ({replies.VERDICTS})")
        con.execute(f"insert into found by name from {_file(folder, 'verdicts')}")
        con.execute("insert into found by name from reply_verdicts")
        kinds = self._on_kinds()
        con.execute(
            f"""
            create table findings as
            select found.* exclude (inferred),
                coalesce({time_text("e.time", 'e."time.end"')},
                    {time_text("found.time", "found.time")}) as happened,
                coalesce(found.inferred, {_inferred("e", *kinds[0])} or
                    {_inferred("o", *kinds[1])} or found.task in ({_list(kinds[2])})) as inferred,
                e.event = 'comment' or e."actor.role" = 'customer' as is_customer,
                e."target.type" = 'account' or e.target = e."target.author"
                    or e.target = e.author as is_account
            from found
            left join events as e on e.id = found.event
            left join events as o on o.id = found.other
            """
        )
        con.execute("drop table found")
        con.execute(
            """
            create view verdicts as
            select task, verdict, event, other, conversation, time, actor, file, row, "values",
                reason
            from findings
            """
        )
        con.execute(f"create table tallies as from {_file(folder, 'tallies')}")
        con.execute("insert into tallies by name from reply_tallies")

    def _on_kinds(
        self,
    ) -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]], list[str]]:
        """The ids of the rules whose findings hang on a kind of comment, `kind` and `target.kind`:
        of the event itself, of the related one, and of a group in which some kind was inferred."""
        own: tuple[list[str], list[str]] = ([], [])
        other: tuple[list[str], list[str]] = ([], [])
        groups: list[str] = []
        inferred = self._some_inferred()
        for entry in self.rules.on_events:
            constraint = entry.constraint
            for index, name in enumerate(texts.KINDS):
                if isinstance(constraint, RateBy):
                    if name in inferred and _names(constraint, name):
                        groups.append(entry.id)
                    continue
                if _names(constraint, name, ("event", "of", "unless")):
                    own[index].append(entry.id)
                if _names(constraint, name, ("then", "before", "after")):
                    other[index].append(entry.id)
        return own, other, groups

    def _some_inferred(self) -> set[str]:
        row = self.con.execute(
            'select bool_or("kind.inferred"), bool_or("target.kind.inferred") from events'
        ).fetchall()[0]
        return {name for name, some in zip(texts.KINDS, row, strict=True) if some}

    def export(self, path: Path) -> None:
        """Write the table of findings to a Parquet file."""
        self.con.execute(f"copy findings to {literal(str(path))} (format parquet)")

    def findings(
        self, pseudonyms: Pseudonyms | None = None, redact: bool = False
    ) -> Iterator[Finding]:
        """The findings in the order of time, event id and rule, streamed; any number of times.

        `redact` leaves out the names of customers; their words are left to the reporter.
        """
        make = Maker({entry.id: entry for entry in self.rules.entries}, pseudonyms, redact)
        with closing(self.con.cursor()) as cursor:
            cursor.execute(
                f"""
                select {", ".join(make.COLUMNS)} from findings
                order by time, event, task, "start", "end", other, "values"
                """
            )
            while rows := cursor.fetchmany(1_000):
                yield from map(make.finding, rows)

    def summary(self) -> Summary:
        """What was found, and what could not be checked."""
        if self._summary is None:
            self._summary = self._summed(self._done())
        return self._summary

    def _done(self) -> Ingested:
        if self.ingested is None:
            raise RuntimeError("the audit has not run")
        return self.ingested

    def _summed(self, ingested: Ingested) -> Summary:
        by_task = {entry.id: entry.rule for entry in self.rules.entries}
        levels: Counter[Level] = Counter()
        by_rule: Counter[str] = Counter()
        passes: Counter[str] = Counter()
        judged: set[str] = set()
        for task, count in self._all("select task, count(*) from findings group by task"):
            levels[by_task[task].level] += count
            by_rule[by_task[task].id] += count
        counted = "select task, verdict, sum(count)::bigint from tallies group by task, verdict"
        for task, verdict, count in self._all(counted):
            judged.add(by_task[task].id)
            if verdict == "pass":
                passes[by_task[task].id] += count
        rules = {rule.id for rule in by_task.values()}
        languages = dict(sorted(self._all("select code, count from reply_languages")))
        unread = self._all("select count(distinct id) from unread_replies")[0][0]
        checked = sum(languages.values())
        return Summary(
            files=len(ingested.files),
            replies=checked + unread,
            checked=checked,
            findings=dict(levels),
            by_rule=dict(sorted(by_rule.items())),
            not_checked=tuple(self._not_checked(by_task)),
            languages=languages,
            rules=len(rules),
            log=LogSummary(
                rows=ingested.rows,
                events=ingested.events,
                rejected=ingested.rejected,
                ignored=ingested.ignored,
                passes=dict(sorted(passes.items())),
                vacuous=tuple(sorted(rules - judged)),
                notes=tuple(self._notes()),
            ),
        )

    def _all(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.con.execute(query).fetchall()
        return found

    def _not_checked(self, by_task: Mapping[str, Rule]) -> Iterator[NotChecked]:
        yield from self._rejected()
        for reason, count, places in self._all(
            """
            select u.reason, count(distinct u.id), min_by(e.file || ':' || e.row,
                row(e.time, e.id), 3)
            from (select distinct id, reason from
                (from unread_replies union all from unreadable)) as u
            join events as e on e.id = u.id
            group by u.reason order by u.reason
            """
        ):
            yield NotChecked("language", reason, count, None, tuple(places or ()))
        yield from self._not_in_force()
        merged: dict[tuple[str, str, str], tuple[int, list[str]]] = {}
        for task, verdict, reason, count, places in self._all(
            """
            select task, verdict, reason, count, places from tallies
            where verdict in ('cannot tell', 'pending') order by task, verdict, reason
            """
        ):
            why = reason or _PENDING
            before, listed = merged.get((verdict, by_task[task].id, why), (0, []))
            merged[verdict, by_task[task].id, why] = before + count, [*listed, *(places or ())]
        for (verdict, rule, why), (count, listed) in sorted(merged.items()):
            yield NotChecked(verdict, why, count, rule, tuple(listed[:3]))  # type: ignore[arg-type]

    def _rejected(self) -> Iterator[NotChecked]:
        found = self._all(
            """
            select reason, count(*) as n, min_by(file || ':' || row, row(file, row), 3)
            from rejects group by reason order by n desc, reason
            """
        )
        for reason, count, places in sorted(found[:_REASONS]):
            yield NotChecked("unreadable", reason, count, None, tuple(places or ()))
        if found[_REASONS:]:
            rest = sum(count for _, count, _ in found[_REASONS:])
            reason = f"{len(found) - _REASONS} further reasons"
            yield NotChecked("unreadable", reason, rest, None)

    def _not_in_force(self) -> Iterator[NotChecked]:
        """The events at whose time no version of a policy was in force."""
        for name in dict.fromkeys(policy.name for policy in self.rules.policies):
            spans = [
                era
                for era in self.rules.eras
                if any(policy.name == name for policy in era.policies)
            ]
            covered = " or ".join(_within(era) for era in spans) or "false"
            count, places = self._all(
                f"""
                select count(*), min_by(file || ':' || row, row(time, id), 3)
                from events where not ({covered})
                """
            )[0]
            if count:
                reason = f"no version of the policy {name} was in force"
                yield NotChecked("not in force", reason, count, None, tuple(places))

    def _notes(self) -> Iterator[str]:
        for name, count in self._done().unknown.items():
            rows = "1 row" if count == 1 else f"{count} rows"
            yield f'the column "{name}", in {rows}, is none that the source knows'
        for entry in self.rules.left_out:
            yield f"the rule {entry.rule.id} is for libraries of templates: a log is none"


def _names(constraint: Any, name: str, parts: Sequence[str] | None = None) -> bool:
    """Whether a constraint, or some parts of it, asks for a field."""
    if parts is None:
        asked = list(conditions(constraint))
    else:
        found = [getattr(constraint, part, None) for part in parts]
        asked = [getattr(each, "event", each) for each in found if each is not None]
    return any(test.field == name for each in asked for test in comparisons(each))


def _within(era: Era) -> str:
    bounds = []
    if era.start is not None:
        bounds.append(f"time >= timestamp {literal(str(era.start))}")
    if era.end is not None:
        bounds.append(f"time < timestamp {literal(str(era.end))}")
    return f"({' and '.join(bounds) or 'true'})"


def _spans(found: Sequence[Era]) -> list[tuple[object, ...]]:
    return [(era.start, era.end, [policy.name for policy in era.policies]) for era in found]


def _file(folder: Path, name: str) -> str:
    return parquet(folder / f"{name}.parquet")


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(literal, names)) or "null"


def _inferred(table: str, on_kind: Sequence[str], on_target: Sequence[str]) -> str:
    """SQL for whether a finding hangs on a kind that was inferred, of an event."""
    own = f'found.task in ({_list(on_kind)}) and {table}."kind.inferred"'
    target = f'found.task in ({_list(on_target)}) and {table}."target.kind.inferred"'
    return f"coalesce({own}, false) or coalesce({target}, false)"
