"""What a change of policies would have meant for a log: which findings appear, which vanish, why.

Both policies judge the same log. A finding is the same where the rule, the event and the stretch of
its text are; why one is only in one of them is told by comparing the two forms of its rule that
were in force at the event's time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from linter.log.audit import Audit, Rules
from linter.log.finding import Maker
from linter.log.store import parquet
from linter.log.versions import Entry
from linter.model import Finding

_PARTS = ("check", "when", "level", "message")
_OTHERWISE = "(o.level <> n.level or o.message <> n.message)"
_KEY = ("rule", "event", '"start"', '"end"', "text")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a rule that differs. `part` is "rule" where only one of the policies has the rule
    at that time: then what the other says is why it has not, if it says so."""

    part: str
    old: Any = None
    new: Any = None


Verb = Literal["appears", "vanishes", "changes"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that appears with the new policies, vanishes, or changes its level or message; then
    it is as the new ones make it. And why."""

    finding: Finding
    verb: Verb
    why: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of a rule appear, vanish, change and stay as they are."""

    rule: str
    appear: int
    vanish: int
    change: int
    stay: int


class Replay:
    """Compares two audits of one log that have run. `kept` holds the findings of the old one, which
    need not be open any more."""

    def __init__(self, old: Rules, kept: Path, new: Audit) -> None:
        self._old = old
        self._new = new.rules
        self._con = new.con
        for name, rules, source in (
            ("old", old, parquet(kept)),
            ("new", new.rules, "findings"),
        ):
            self._con.execute(
                f"create table {name}_rules "
                "(task VARCHAR, rule VARCHAR, level VARCHAR, message VARCHAR)"
            )
            rows = [
                (entry.id, entry.rule.id, entry.rule.level, entry.rule.message)
                for entry in rules.entries
            ]
            if rows:
                self._con.executemany(f"insert into {name}_rules values (?, ?, ?, ?)", rows)
            self._con.execute(
                f"create table {name}_found as "
                f"select * from {source} as found join {name}_rules using (task)"
            )

    def tallies(self) -> list[Tally]:
        """The rules that have findings, by id."""
        both = "o.rule is not null and n.rule is not null"
        found = self._con.execute(
            f"""
            select coalesce(o.rule, n.rule) as rule,
                count(*) filter (o.rule is null), count(*) filter (n.rule is null),
                count(*) filter ({both} and {_OTHERWISE}),
                count(*) filter ({both} and not {_OTHERWISE})
            from old_found as o full join new_found as n on {_same("o", "n")}
            group by all order by 1
            """
        ).fetchall()
        return [Tally(*row) for row in found]

    def differences(self, redact: bool = False) -> Iterator[Difference]:
        """The findings that differ, in the order of time, event id and rule. `redact` leaves out
        the names of customers."""
        old, new = (
            Maker({entry.id: entry for entry in rules.entries}, redact=redact)
            for rules in (self._old, self._new)
        )
        columns = ", ".join(Maker.COLUMNS)
        of_new = ", ".join(f"n.{name}" for name in Maker.COLUMNS)
        with closing(self._con.cursor()) as cursor:
            cursor.execute(
                f"""
                select * from (
                    select 'appears' as verb, time, rule, {columns} from new_found as n
                    where not exists (select 1 from old_found as o where {_same("o", "n")})
                    union all
                    select 'vanishes', time, rule, {columns} from old_found as o
                    where not exists (select 1 from new_found as n where {_same("o", "n")})
                    union all
                    select 'changes', n.time, n.rule, {of_new}
                    from new_found as n join old_found as o on {_same("o", "n")}
                    where {_OTHERWISE}
                )
                order by time, event, rule, "start", "end", text, verb
                """
            )
            while rows := cursor.fetchmany(1_000):
                for verb, time, rule, *values in rows:
                    make = old if verb == "vanishes" else new
                    yield Difference(make.finding(tuple(values)), verb, self.why(rule, time))

    def why(self, rule: str, time: datetime) -> tuple[Change, ...]:
        """What differs between the two forms of a rule in force at a time."""
        old, new = _entry(self._old, rule, time), _entry(self._new, rule, time)
        if old is None or new is None:
            return (_one_sided(rule, self._old, self._new, old, new),)
        return tuple(_changes(old, new))


def _same(one: str, other: str) -> str:
    return " and ".join(f"{one}.{name} is not distinct from {other}.{name}" for name in _KEY)


def _entry(rules: Rules, rule: str, time: datetime) -> Entry | None:
    """The form of a rule that was in force at a time."""
    for entry in rules.entries:
        begun = entry.start is None or entry.start <= time
        if entry.rule.id == rule and begun and (entry.end is None or time < entry.end):
            return entry
    return None


def _one_sided(
    rule: str, old_rules: Rules, new_rules: Rules, old: Entry | None, new: Entry | None
) -> Change:
    """Why only one of the policies has a rule at a time."""
    if any(
        _is_elsewhen(rules, rule, entry) for rules, entry in ((old_rules, old), (new_rules, new))
    ):
        return Change("effective", _force(old_rules, rule), _force(new_rules, rule))
    return Change(
        "rule",
        _off(old_rules, rule) if old is None else "in force",
        _off(new_rules, rule) if new is None else "in force",
    )


def _is_elsewhen(rules: Rules, rule: str, entry: Entry | None) -> bool:
    return entry is None and any(each.rule.id == rule for each in rules.entries)


def _off(rules: Rules, rule: str) -> str | None:
    """The reason for which a policy has switched a rule off; None where it does not know it."""
    found = (off for policy in rules.policies for off in policy.off if off.rule.id == rule)
    return next((f"switched off: {off.reason}" for off in found), None)


def _force(rules: Rules, rule: str) -> list[list[str | None]]:
    """When a rule is in force: first and last day of each stretch."""
    return [
        [None if day is None else day.date().isoformat() for day in (entry.start, entry.end)]
        for entry in rules.entries
        if entry.rule.id == rule
    ]


def _changes(old: Entry, new: Entry) -> Iterator[Change]:
    """What differs between two forms of a rule."""
    options = {**old.rule.options, **new.rule.options}
    for part in _PARTS[:2]:
        yield from _change(part, getattr(old.rule, part), getattr(new.rule, part))
    before = [*_options(old, new, options)]
    yield from before
    for part in _PARTS[2:]:
        yield from _change(part, getattr(old.rule, part), getattr(new.rule, part))
    if not before and old.constraint != new.constraint:
        yield from _change("calendars", *(_calendar(entry) for entry in (old, new)))
    yield from _change("languages", list(old.policy.languages), list(new.policy.languages))
    if old.constraint is None:
        for part in ("facts", "lexicons"):
            yield from _change(part, *(_names(getattr(each.policy, part)) for each in (old, new)))


def _options(old: Entry, new: Entry, names: Any) -> Iterator[Change]:
    for name in names:
        before, after = old.rule.options.get(name), new.rule.options.get(name)
        yield from _change(f"options.{name}", before, after)


def _change(part: str, old: Any, new: Any) -> Iterator[Change]:
    if old != new:
        yield Change(part, old, new)


def _calendar(entry: Entry) -> Any:
    name = entry.rule.options.get("calendar")
    calendar = entry.policy.calendars.get(str(name))
    return None if calendar is None else repr(calendar)


def _names(paths: Sequence[Path]) -> list[str]:
    """Files by name and content: the same file in another folder is no change."""
    from linter.log.store import content

    return [
        f"{path.name} ({digest[:12]})" for path, digest in zip(paths, content(paths), strict=True)
    ]
