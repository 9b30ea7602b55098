"""What the texts of a log say: their acts, and the kinds of comments that nobody recorded.

Only texts on which a condition hangs are read: an event's text is wanted where some condition that
asks for its kind or acts cannot be decided without them. Each distinct text (with its language,
its rating and how it is to be read) is read once, by worker processes that send plain results back,
and kept for later runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linter.config import Organisation
from linter.engine import UNRECOGNISED, Languages, no_resources
from linter.language import kinds, lexicon
from linter.language.detect import detect
from linter.language.language import Language
from linter.language.lexicon import read as read_lexicon
from linter.log.columns import literal
from linter.log.judge.conditions import sql
from linter.log.store import Parts
from linter.log.workers import Maker, Spread, spread
from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from linter.model import Comment, Position, Region, Reply

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 500
"""Texts of one worker's turn."""
PART = 20_000
"""Texts after which results are kept."""
KINDS = ("kind", "target.kind")
ACTS = ("acts", "target.acts")
Progress = Callable[[str, int, int | None], None]
"""Is told the stage, what is done, and of how much where that is known."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to read. `on` is what it is, "comment" or "reply"; `text` is None where a kind is to
    be told by the rating alone."""

    key: str
    on: str
    language: str | None
    rating: float | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `acts` are those asked for that the text performs; None, as `kind`, where it
    could not be read, for which `reason` says why."""

    key: str
    language: str | None = None
    kind: str | None = None
    acts: tuple[str, ...] | None = None
    reason: str | None = None


COLUMNS = {
    "key": "VARCHAR",
    "language": "VARCHAR",
    "kind": "VARCHAR",
    "acts": "VARCHAR[]",
    "reason": "VARCHAR",
}


@dataclass(frozen=True, slots=True)
class Resources:
    """What languages are made of; small, and can be sent to a process."""

    lexicons: tuple[Path, ...] = ()
    pipelines: tuple[tuple[str, str], ...] = ()
    organisation: Organisation | None = None

    def languages(self, acts: Iterable[str]) -> Languages:
        """The languages, each made when it is first asked for, to look for these acts."""
        own = tuple(read_lexicon(path) for path in self.lexicons)
        pipelines = dict(self.pipelines)

        def make(code: str) -> Language:
            language = Language(
                code,
                own=own,
                organisation=self.organisation,
                pipeline=pipelines.get(code),
            )
            language.ask(acts)
            return language

        return Languages(make)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts for these acts. `language` is that of texts that do not say theirs."""

    resources: Resources
    acts: tuple[str, ...] = ()
    language: str | None = None

    def start(self) -> Callable[[list[Unit]], list[Reading]]:
        """What reads a list of texts. No token outlives a list: memory stays bounded."""
        languages = self.resources.languages(self.acts)

        def read(units: list[Unit]) -> list[Reading]:
            with languages.zone():
                return [self._read(languages, unit) for unit in units]

        return read

    def _read(self, languages: Languages, unit: Unit) -> Reading:
        is_comment = unit.on == "comment"
        if unit.text is None or not unit.text.strip():
            kind = kinds.infer(None, unit.rating) if is_comment else None
            return Reading(unit.key, kind=kind, acts=None if unit.text is None else ())
        said = unit.language or self.language
        code = lexicon.canonical(said) if said else detect(unit.text)
        if code is None:
            return Reading(unit.key, reason=UNRECOGNISED)
        language = languages.get(code)
        if language is None:
            return Reading(unit.key, reason=no_resources(code))
        if is_comment:
            comment = Comment(text=unit.text, rating=unit.rating)
            analysis = language.analyse_comment(Reply("", "", Nowhere(), comment=comment))
        else:
            analysis = language.analyse(Reply("", unit.text, Nowhere(), markup="plain"))
        return Reading(
            unit.key,
            language=code,
            kind=kinds.infer(analysis, unit.rating) if is_comment else None,
            acts=tuple(act for act in self.acts if analysis.spans(act)),
        )


class Nowhere:
    """Stands for the file of a text that was read on its own."""

    path = ""

    def region(self, start: int, end: int) -> Region:
        place = Position(1, 1, 0)
        return Region(place, place)

    def line_text(self, line: int) -> str:
        return ""


def acts_asked(conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The acts that conditions ask for by name, sorted."""
    tests = (test for each in conditions for test in comparisons(each) if test.field in ACTS)
    return tuple(sorted({act for test in tests if test.operator == "in" for act in test.value}))


def asks(conditions: Iterable[Condition]) -> bool:
    """Whether any condition hangs on a text's kind or acts."""
    return any(test.field in (*KINDS, *ACTS) for each in conditions for test in comparisons(each))


# --- which texts are wanted ----------------------------------------------------------------------


def _wanted(conditions: Sequence[Condition], fields: Sequence[str]) -> str:
    """SQL for whether some condition that asks for these fields cannot be decided without them."""
    asking = dict.fromkeys(
        each for each in conditions if any(test.field in fields for test in comparisons(each))
    )
    tests = [f"({sql(_undecided(each, fields))}) is null" for each in asking]
    return " or ".join(tests) or "false"


def _undecided(condition: Condition, fields: Sequence[str]) -> Condition:
    """The condition with `exists` on these fields made a test that only their value decides:
    whether there is one is known when the text has been read."""
    match condition:
        case Comparison(field, "exists") if field in fields:
            return Comparison(field, "in", ("",))
        case Not(part):
            return Not(_undecided(part, fields))
        case All(parts):
            return All(tuple(_undecided(part, fields) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_undecided(part, fields) for part in parts))
    return condition


def _own(conditions: Sequence[Condition], shown: bool) -> str:
    """The events whose own text is wanted."""
    kind = "event = 'comment' and kind is null and (text is not null or rating is not null)"
    return f"""
        select id, false as is_target, case event when 'comment' then 'comment' else 'reply' end
                as "on", language, case event when 'comment' then rating end as rating, text
        from events
        where ({kind} and ({_wanted(conditions, ("kind",))} or {literal(shown)}))
            or (text is not null and acts is null and ({_wanted(conditions, ("acts",))}))
    """


def _target(conditions: Sequence[Condition], shown: bool) -> str:
    """The events whose target's text is wanted. Where the target is in the log, it says what it is,
    its language and its rating."""
    kind = (
        f'"target.kind" is null and ({_wanted(conditions, ("target.kind",))} or {literal(shown)})'
    )
    return f"""
        select e.id, true as is_target,
            case when t.event in ('reply', 'private_message') then 'reply' else 'comment' end
                as "on",
            coalesce(t.language, e.language) as language,
            case t.event when 'comment' then t.rating end as rating,
            e."target.text" as text
        from (
            select id, target, "target.text", case when text is null then language end as language
            from events
            where "target.text" is not null and (
                ({kind})
                or ("target.acts" is null and ({_wanted(conditions, ("target.acts",))}))
            )
        ) as e
        left join (select id, event, language, rating from events) as t on t.id = e.target
    """


def find(
    con: DuckDBPyConnection, conditions: Sequence[Condition], *, shown: Collection[str]
) -> int:
    """Make the table `wanted(id, is_target, key, "on", language, rating, text)` of the texts in
    `events` that these conditions hang on; how many they are. `shown` are the fields that messages
    name: where it has `kind`, the kinds of all comments are wanted."""
    con.execute(
        f"""
        create or replace table wanted as
        select id, is_target,
            sha256(json_array("on", language, rating, text)::varchar) as key,
            "on", language, rating, text
        from ({_own(conditions, "kind" in shown)}
            union all {_target(conditions, "target.kind" in shown)})
        """
    )
    return int(con.execute("select count(*) from wanted").fetchall()[0][0])


# --- reading -------------------------------------------------------------------------------------


def read(  # noqa: PLR0917
    con: DuckDBPyConnection,
    reader: Maker[Unit, Reading],
    parts: Parts,
    jobs: int,
    progress: Progress,
    spreading: Spread = spread,
) -> int:
    """Read what is `wanted` and not in `parts` yet, and add it there; how many texts were read."""
    unknown = f"anti join {parts.query} as known using (key)" if parts.query else ""
    con.execute(
        f"""
        create or replace table unread as
        select key, any_value("on") as "on", any_value(language) as language,
            any_value(rating) as rating, any_value(text) as text
        from wanted {unknown} group by key
        """
    )
    total = int(con.execute("select count(*) from unread").fetchall()[0][0])
    if total:
        units = batches(con, 'select key, "on", language, rating, text from unread', Unit)
        keep(con, parts, COLUMNS, spreading(reader, units, jobs), total, "texts", progress)
    con.execute("drop table unread")
    return total


def batches(
    con: DuckDBPyConnection, query: str, make: Callable[..., Any], size: int = BATCH
) -> Iterator[list[Any]]:
    """The rows of a query as lists of values, streamed."""
    with closing(con.cursor()) as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(size):
            yield [make(*row) for row in rows]


def keep(  # noqa: PLR0917
    con: DuckDBPyConnection,
    parts: Parts,
    columns: Mapping[str, str],
    results: Iterable[Sequence[Any]],
    total: int,
    stage: str,
    progress: Progress,
) -> None:
    """Add results to `parts`, some at a time: what has been read survives an interrupt."""
    held: list[Any] = []
    done = 0
    for result in results:
        held += result
        done += len(result)
        progress(stage, done, total)
        if len(held) >= PART:
            _add(con, parts, columns, held)
            held = []
    if held:
        _add(con, parts, columns, held)


def _add(
    con: DuckDBPyConnection, parts: Parts, columns: Mapping[str, str], held: Sequence[Any]
) -> None:
    def make(path: Path) -> None:
        lines = path.with_suffix(".jsonl")
        longest = 1_000_000
        with lines.open("w", encoding="utf-8", errors="replace") as out:
            for each in held:
                row = {name: getattr(each, name) for name in columns}
                line = json.dumps(row, ensure_ascii=False) + "\n"
                longest = max(longest, 4 * len(line))
                out.write(line)
        types = ", ".join(f"{literal(name)}: {literal(type_)}" for name, type_ in columns.items())
        with closing(con.cursor()) as cursor:
            cursor.execute(
                f"copy (select * from read_json({literal(str(lines))},"
                f" format = 'newline_delimited', columns = {{{types}}},"
                f" maximum_object_size = {longest}))"
                f" to {literal(str(path))} (format parquet, compression zstd)"
            )
        lines.unlink()

    parts.add(make)


# --- what was read, put to the events ------------------------------------------------------------


def fill(con: DuckDBPyConnection, parts: Parts, events: Path, unread: Path) -> None:
    """Write `events` with what was read of the texts in `wanted` to one Parquet file, and to the
    other one (id, reason) of the events whose text could not be read."""
    found = (
        f"select distinct on (key) key, kind, acts, reason from {parts.query}"
        if parts.query
        else "select null as key, null as kind, null::varchar[] as acts, null as reason where false"
    )
    con.execute(
        f"""
        create or replace table readings as
        select wanted.id, wanted.is_target, found.kind, found.acts, found.reason
        from wanted join ({found}) as found using (key)
        """
    )
    con.execute("drop table wanted")
    con.execute(
        f"""
        copy (select distinct id, reason from readings where reason is not null)
        to {literal(str(unread))} (format parquet)
        """
    )
    con.execute(
        f"""
        copy (
            select e.* replace (
                coalesce(e.kind, own.kind) as kind,
                coalesce(e.acts, own.acts) as acts,
                coalesce(e."target.kind", target.kind) as "target.kind",
                coalesce(e."target.acts", target.acts) as "target.acts",
                e.kind is null and own.kind is not null as "kind.inferred",
                e."target.kind" is null and target.kind is not null as "target.kind.inferred"
            )
            from events as e
            left join (from readings where not is_target) as own on own.id = e.id
            left join (from readings where is_target) as target on target.id = e.id
        ) to {literal(str(events))} (format parquet, compression zstd)
        """
    )
    con.execute("drop table readings")
