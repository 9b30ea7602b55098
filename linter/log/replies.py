"""The policies' rules on replies, applied to the replies of a log.

A reply is judged with the comment that it answers as its context, by the policies in force when it
was given. Replies of the same words in the same context are judged once, by worker processes that
send plain results back, and kept for later runs. Rules that compare all replies with each other
(`repeated-text`) are a reduction over what the workers find in each: no process sees all texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.checks import CHECKS
from linter.config import Config
from linter.engine import Engine, _verdict
from linter.log.columns import literal
from linter.log.store import Parts
from linter.log.texts import Nowhere, Progress, batches, keep
from linter.log.versions import Entry, Era, eras, load_versions
from linter.log.workers import Spread, spread
from linter.logic.conditions import comparisons
from linter.model import CannotTell, Comment, Match, Reply
from linter.policy.model import Rule
from linter.runner import maker

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from linter.language.analysis import Analysis

_NAMED = ("id", "path")
_AROUND = 300
"""How much of a line is kept before and behind the stretch that a finding is about."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A reply in its context. `era` is the index of the policies in force; `id` and `path` are None
    unless a rule asks for them."""

    key: str
    era: int
    text: str
    language: str | None
    author: str | None
    channel: str | None
    comment: str | None
    kind: str | None
    rating: float | None
    fields: str | None
    id: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules say of a reply. `reason` says why none could; `passed` are the rules that
    found nothing, `untold` those that could not tell, each with its reason."""

    key: str
    language: str | None = None
    reason: str | None = None
    passed: Sequence[str] = ()
    untold: Sequence[Mapping[str, str]] = ()
    found: Sequence[Mapping[str, Any]] = ()
    sentences: Sequence[Mapping[str, Any]] = ()


COLUMNS = {
    "key": "VARCHAR",
    "language": "VARCHAR",
    "reason": "VARCHAR",
    "passed": "VARCHAR[]",
    "untold": "STRUCT(rule VARCHAR, reason VARCHAR)[]",
    "found": """STRUCT(
        rule VARCHAR, "start" BIGINT, "end" BIGINT, absent BOOLEAN, "text" VARCHAR, line VARCHAR,
        "offset" BIGINT, replacement VARCHAR, inferred BOOLEAN, "values" VARCHAR
    )[]""",
    "sentences": 'STRUCT(rule VARCHAR, sentence VARCHAR, "start" BIGINT, "end" BIGINT)[]',
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges replies by policies: what a worker works by."""

    policies: tuple[str, ...]
    base: Path
    config: Config
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is to be applied."""
        return (not self.select or rule.id in self.select) and rule.id not in self.ignore

    def start(self) -> Callable[[list[Unit]], list[Judged]]:
        """What judges a list of replies. No token outlives a list: memory stays bounded."""
        found = eras(load_versions(self.policies, self.base))
        engines: dict[int, _Engine] = {}

        def judge(units: list[Unit]) -> list[Judged]:
            judged: dict[str, Judged] = {}
            for index in sorted({unit.era for unit in units}):
                if index not in engines:
                    engines[index] = _Engine(found[index], self)
                own = [unit for unit in units if unit.era == index]
                judged |= {each.key: each for each in engines[index].judge(own)}
            return [judged[unit.key] for unit in units]

        return judge


class _Engine(Engine):
    """Gives every rule's verdict on a reply, passes too."""

    def __init__(self, era: Era, judge: Judge) -> None:
        super().__init__(era.policies, maker(era.policies, judge.config), judge.wants)
        self._language = judge.config.language
        self._sentences = {
            rule.id: CHECKS[rule.check].sentences(rule.options)
            for _, rule in self.library_rules
            if is_counted(rule)
        }

    def judge(self, units: Sequence[Unit]) -> list[Judged]:
        with self._languages.zone():
            return [self._one(unit) for unit in units]

    def _one(self, unit: Unit) -> Judged:
        reply = _reply(unit, self._language)
        sentences = [
            {"rule": rule, "sentence": each.key.hex(), "start": each.start, "end": each.end}
            for rule, read in self._sentences.items()
            for each in read(reply)
        ]
        judged = self._judged(reply) if self.reply_rules else None
        if judged is None:
            return Judged(unit.key, sentences=sentences)
        if isinstance(judged, str):
            return Judged(unit.key, reason=judged, sentences=sentences)
        record, rules = judged
        passed: list[str] = []
        untold: list[Mapping[str, str]] = []
        found: list[Mapping[str, Any]] = []
        for compiled in rules:
            rule = compiled.rule
            verdict = _verdict(compiled, record)
            if isinstance(verdict, CannotTell):
                untold.append({"rule": rule.id, "reason": verdict.reason})
            elif verdict is not None:
                matches = list(verdict)
                if not matches:
                    passed.append(rule.id)
                inferred = _is_inferred(rule, record.analysis)
                found += [_found(rule, reply, record.code, match, inferred) for match in matches]
        return Judged(unit.key, record.code, None, passed, untold, found, sentences)


def is_counted(rule: Rule) -> bool:
    """Whether a rule on all replies together is a count of sentences, and so one on a log too."""
    return hasattr(CHECKS[rule.check], "sentences")


def _reply(unit: Unit, language: str | None) -> Reply:
    comment = None
    if unit.comment is not None or unit.kind is not None or unit.rating is not None:
        comment = Comment(text=unit.comment, kind=unit.kind, rating=unit.rating)
    source = _Source(unit.path or "")
    fields: Mapping[str, object] = json.loads(unit.fields) if unit.fields else {}
    return Reply(
        id=unit.id or "",
        text=unit.text,
        source=source,
        language=unit.language or language,
        markup="plain",
        author=unit.author,
        comment=comment,
        channel=unit.channel,
        fields=fields,
    )


class _Source(Nowhere):
    def __init__(self, path: str) -> None:
        self.path = path


def _is_inferred(rule: Rule, analysis: Analysis) -> bool:
    """Whether a rule applies because of a kind of comment that nobody recorded."""
    if rule.when is None or all(test.field != "comment.kind" for test in comparisons(rule.when)):
        return False
    comment = analysis.reply.comment
    return (comment is None or comment.kind is None) and analysis.comment_kind is not None


def _found(
    rule: Rule, reply: Reply, code: str, match: Match, inferred: bool
) -> Mapping[str, object]:
    known = {
        "author": reply.author or "the customer",
        "language": code,
        "channel": reply.channel or "",
    }
    line, offset = line_around(reply.text, match.start, match.end)
    return {
        "rule": rule.id,
        "start": match.start,
        "end": match.end,
        "absent": match.absent,
        "text": "" if match.absent else reply.text[match.start : match.end],
        "line": line,
        "offset": offset,
        "replacement": match.replacement,
        "inferred": inferred,
        "values": json.dumps({**known, **match.values}, ensure_ascii=False),
    }


def line_around(text: str, start: int, end: int) -> tuple[str, int]:
    """The line of a text in which a stretch begins, cut where it is long, and its offset."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    first = max(first, start - _AROUND)
    last = min(len(text) if last < 0 else last, max(end, start) + _AROUND)
    return text[first:last], first


# --- the replies of a log ------------------------------------------------------------------------


def applied(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of rules on replies, and on all of them together, that a log is judged by."""
    return [
        entry
        for entry in entries
        if CHECKS[entry.rule.check].SCOPE == "reply"
        or (CHECKS[entry.rule.check].SCOPE == "library" and is_counted(entry.rule))
    ]


def left_out(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of rules that only a library of templates can be judged by."""
    return [
        entry
        for entry in entries
        if CHECKS[entry.rule.check].SCOPE == "library" and not is_counted(entry.rule)
    ]


def find(con: DuckDBPyConnection, found: Sequence[Era], entries: Sequence[Entry]) -> int:
    """Make the table `replies` of the replies in `events` that are judged, a row each with its
    context, `era` and `key`; how many they are.

    They are those of the team, and of authors whose role is not known, at a time when some policy
    was in force. What the log itself recorded is their context, not what was read from texts.
    """
    tests = [
        test.field
        for entry in entries
        if entry.rule.when is not None
        for test in comparisons(entry.rule.when)
    ]
    id_, path = (name if name in tests else "null::varchar" for name in _NAMED)
    path = "file" if path == "path" else path
    con.execute(
        f"""
        create or replace table replies as
        select *, sha256(
            json_array(era, text, language, author, channel, comment, kind, rating, fields,
                named_id, named_path)::varchar
        ) as key
        from (
            select r.id, r.file, r.row, r.time, r.actor, r.conversation, r.text, r.language,
                r.author, r.channel, r.fields, r.named_id, r.named_path, r.era,
                r."target.text" as comment, r."target.kind" as kind,
                coalesce(r.rating, c.rating) as rating
            from (
                select *, {id_} as named_id, {path} as named_path, {_era(found)} as era
                from events
                where event = 'reply' and coalesce("actor.role", 'team') = 'team'
                    and text is not null
            ) as r
            left join (select id, rating from events where event = 'comment') as c
                on c.id = r.target
            where r.era is not null
        )
        """
    )
    return int(con.execute("select count(*) from replies").fetchall()[0][0])


def _era(found: Sequence[Era]) -> str:
    """SQL for the index of the era that an event falls into; NULL for none."""
    cases = []
    for index, era in enumerate(found):
        after = f"time >= timestamp {literal(str(era.start))}" if era.start else "true"
        before = f"time < timestamp {literal(str(era.end))}" if era.end else "true"
        cases.append(f"when {after} and {before} then {index}")
    return f"case {' '.join(cases)} end" if cases else "null"


def read(  # noqa: PLR0917
    con: DuckDBPyConnection,
    judge: Judge,
    parts: Parts,
    jobs: int,
    progress: Progress,
    spreading: Spread = spread,
) -> int:
    """Judge those of `replies` that are not in `parts` yet, and add them there; how many."""
    unknown = f"anti join {parts.query} as known using (key)" if parts.query else ""
    names = ("era", "text", "language", "author", "channel", "comment", "kind", "rating", "fields")
    values = ", ".join(f"any_value({name}) as {name}" for name in (*names, *_KEY_NAMES))
    con.execute(
        f"""
        create or replace table unread as
        select key, {values} from replies {unknown} group by key
        """
    )
    total = int(con.execute("select count(*) from unread").fetchall()[0][0])
    if total:
        units = batches(con, "select * from unread", Unit)
        keep(con, parts, COLUMNS, spreading(judge, units, jobs), total, "replies", progress)
    con.execute("drop table unread")
    return total


_KEY_NAMES = ("named_id", "named_path")

VERDICTS = """
    task VARCHAR, verdict VARCHAR, event VARCHAR, other VARCHAR, conversation VARCHAR,
    time TIMESTAMP, actor VARCHAR, file VARCHAR, row BIGINT, "values" VARCHAR, reason VARCHAR,
    "start" BIGINT, "end" BIGINT, absent BOOLEAN, text VARCHAR, line VARCHAR, "offset" BIGINT,
    replacement VARCHAR, inferred BOOLEAN, language VARCHAR
"""


TABLES = ("reply_verdicts", "reply_tallies", "unread_replies", "reply_languages")
"""The tables that judging replies makes."""


def judged(
    con: DuckDBPyConnection, found: Sequence[Era], entries: Sequence[Entry], parts: Parts
) -> None:
    """Make the tables `reply_verdicts` of the violations and `reply_tallies` of all verdicts, as
    the judge of log rules does, `unread_replies(id, reason)` of those that no rule could judge,
    and `reply_languages(code, count)` of the others."""
    create(con)
    if parts.query is None:
        return
    _force(con, found, entries)
    con.execute(
        f"""
        create or replace table judged as
        select replies.*, found.language as code, found.reason, found.passed, found.untold,
            found.found, found.sentences
        from replies join (select distinct on (key) * from {parts.query}) as found using (key)
        """
    )
    con.execute("insert into unread_replies select id, reason from judged where reason is not null")
    con.execute(
        "insert into reply_languages "
        "select code, count(*) from judged where code is not null group by code"
    )
    con.execute(
        """
        insert into reply_verdicts
        select task, 'violation', id, null, conversation, time, actor, file, row,
            json_merge_patch(item."values", json_object('id', id))::varchar, null,
            item."start", item."end", item.absent, item."text", item.line, item."offset",
            item.replacement, item.inferred, code
        from (select *, unnest(found) as item from judged) as each
        join force on force.rule = each.item.rule and force.era = each.era
        """
    )
    con.execute(
        """
        insert into reply_tallies
        select task, verdict, reason, count(*), min_by(file || ':' || row, row(time, id), 3)
        from (
            select distinct id, time, file, row, task, verdict, reason
            from (
                select id, time, file, row, era, unnest(passed) as rule,
                    'pass' as verdict, null as reason
                from judged
                union all
                select id, time, file, row, era, item.rule, 'cannot tell', item.reason
                from (select id, time, file, row, era, unnest(untold) as item from judged)
                union all
                select id, time, file, row, era, item.rule, 'violation', null
                from (select id, time, file, row, era, unnest(found) as item from judged)
            ) as each join force on force.rule = each.rule and force.era = each.era
        )
        group by task, verdict, reason
        """
    )
    for entry in entries:
        if CHECKS[entry.rule.check].SCOPE == "library":
            _repeated(con, entry)
    con.execute("drop table judged")


def create(con: DuckDBPyConnection) -> None:
    """Make the tables, empty."""
    con.execute(f"create or replace table reply_verdicts ({VERDICTS})")
    con.execute(
        "create or replace table reply_tallies "
        "(task VARCHAR, verdict VARCHAR, reason VARCHAR, count BIGINT, places VARCHAR[])"
    )
    con.execute("create or replace table unread_replies (id VARCHAR, reason VARCHAR)")
    con.execute("create or replace table reply_languages (code VARCHAR, count BIGINT)")


def _force(con: DuckDBPyConnection, found: Sequence[Era], entries: Sequence[Entry]) -> None:
    """Make the table `force(task, rule, era)`: which entry of a rule is in force in which era."""
    con.execute("create or replace table force (task VARCHAR, rule VARCHAR, era INTEGER)")
    rows = [
        (entry.id, entry.rule.id, index)
        for entry in entries
        for index, era in enumerate(found)
        if _is_in_force(entry, era)
    ]
    if rows:
        con.executemany("insert into force values (?, ?, ?)", rows)


def _is_in_force(entry: Entry, era: Era) -> bool:
    begun = entry.start is None or (era.start is not None and entry.start <= era.start)
    return begun and (entry.end is None or (era.end is not None and era.end <= entry.end))


def _repeated(con: DuckDBPyConnection, entry: Entry) -> None:
    """Add the verdicts of a rule on sentences that stand under many replies: one a sentence, where
    it stands first."""
    check, options = CHECKS[entry.rule.check], entry.rule.options
    eras_ = f"(select era from force where task = {literal(entry.id)})"
    size = con.execute(f"select count(*) from judged where era in {eras_}").fetchall()[0][0]
    formulas = con.execute(
        f"""
        select n, id, conversation, time, actor, file, row, code, text,
            first."start", first."end"
        from (
            select count(distinct id) as n,
                min_by({{'id': id, 'start': item."start", 'end': item."end"}},
                    row(time, id, item."start")) as first
            from (select *, unnest(sentences) as item from judged where era in {eras_})
            where item.rule = {literal(entry.rule.id)}
            group by item.sentence
            having n >= {check.least(options, size)!r}
        ) as formula
        join judged on judged.id = formula.first.id
        """
    ).fetchall()
    rows = []
    for n, id_, conversation, time, actor, file, row, code, text, start, end in formulas:
        match = check.at(text, start, end, n)
        line, offset = line_around(text, start, end)
        values = json.dumps({"id": id_, "language": code, **match.values}, ensure_ascii=False)
        rows.append(
            (
                *(entry.id, "violation", id_, None, conversation, time, actor, file, row, values),
                *(None, start, end, False, text[start:end], line, offset, None, False, code),
            )
        )
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"insert into reply_verdicts values ({marks})", rows)
        con.execute(
            """
            insert into reply_tallies
            select task, verdict, null, count(*), min_by(file || ':' || row, row(time, event), 3)
            from reply_verdicts where task = ? group by task, verdict
            """,
            [entry.id],
        )
