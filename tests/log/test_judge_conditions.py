"""A condition in SQL is what `evaluate` says, and hangs on the same fields."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.log.judge import conditions, values
from linter.logic import durations
from linter.logic.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Outcome,
    comparisons,
    evaluate,
)
from linter.logic.fields import OWN_PREFIX
from tests.log.judge_logs import EXAMPLES, connection, load
from tests.log.oracle import field

WORDS = (
    "a",
    "A",
    "İ",
    "i̇",
    "ß",
    "SS",
    "é",
    "it's",
    'say "a"',
    "a\nb",
    "a\0b",
    "",
    "1",
    "1.0",
    "true",
)
PATTERNS = ("a", "^a", "a$", "a.b", "(?i)ß", "(?s)a.b", "\\bé", "'", "^$", "^1$", "[[:upper:]]")
NUMBERS = (0, 1, 1.5, -2, 1e22, 1e-7, 2**53 + 1, 1234567890123456789)
text = st.sampled_from(WORDS)
number = st.sampled_from(NUMBERS)
anything = st.one_of(text, number, st.booleans())
wanted = st.sampled_from((text, number, st.booleans())).flatmap(
    lambda of: st.lists(of, min_size=1, max_size=3).map(tuple)
)


def one_of(name: str, of: st.SearchStrategy[Any]) -> st.SearchStrategy[Condition]:
    return st.builds(Comparison, st.just(name), st.just("in"), st.lists(of, min_size=1).map(tuple))


def bound(name: str) -> st.SearchStrategy[Condition]:
    return st.builds(
        Comparison,
        st.just(name),
        st.sampled_from(("lt", "le", "gt", "ge")),
        st.sampled_from(NUMBERS[:6]),
    )


def matches(name: str) -> st.SearchStrategy[Condition]:
    return st.builds(Comparison, st.just(name), st.just("matches"), st.sampled_from(PATTERNS))


def exists(name: str) -> st.SearchStrategy[Condition]:
    return st.builds(Comparison, st.just(name), st.just("exists"), st.booleans())


OWN = ('fields.x/y~"z', "fields.été", "fields.0")
COMPARISONS = st.one_of(
    one_of("actor", text),
    matches("actor"),
    one_of("ground", text),
    matches("ground"),
    one_of("rating", number),
    bound("rating"),
    one_of("notified", st.booleans()),
    *(exists(name) for name in ("actor", "ground", "rating", "target.time", *OWN)),
    *(
        st.builds(Comparison, st.just(name), st.just("in"), wanted) | bound(name) | matches(name)
        for name in OWN
    ),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(All, st.lists(parts, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple))
    ),
    max_leaves=6,
)
OWN_VALUES = st.one_of(st.none(), anything, st.lists(st.one_of(st.none(), anything), max_size=3))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    row: dict[str, Any] = {"id": "e1", "event": "comment", "time": 0, "time.end": 0}
    given_fields = {
        "actor": text,
        "ground": st.lists(st.one_of(st.none(), text), max_size=3),
        "rating": st.sampled_from((0.0, 1.0, 1.5, 3.25, -2.0, 1e22, 1e-7)),
        "notified": st.booleans(),
    }
    for name, of in given_fields.items():
        if draw(st.integers(0, 2)):
            row[name] = draw(of)
    if draw(st.integers(0, 3)):
        row["fields"] = {
            name.removeprefix(OWN_PREFIX): draw(OWN_VALUES) for name in OWN if draw(st.booleans())
        }
    return row


def judged(condition: Condition, row: dict[str, Any]) -> tuple[bool | None, list[str], str]:
    con = connection()
    load(con, [row])
    found = con.execute(
        f"select {conditions.sql(condition)}, {conditions.missing(condition)},"
        f" {conditions.reason(condition)} from events"
    ).fetchone()
    return found[0], found[1], found[2]


def check(condition: Condition, row: dict[str, Any]) -> None:
    outcome = evaluate(condition, lambda name: field(row, name))
    holds, missing, reason = judged(condition, row)
    assert holds == outcome.holds
    assert set(missing) == set(outcome.unknown)
    if holds is None:
        in_order = [t.field for t in comparisons(condition) if t.field in missing]
        assert missing == list(dict.fromkeys(in_order))
        assert reason == Outcome(None, tuple(missing)).reason


@settings(max_examples=8 * EXAMPLES, deadline=None)
@given(CONDITIONS, rows())
def test_sql_is_kleene(condition: Condition, row: dict[str, Any]) -> None:
    check(condition, row)


def test_each_sort_of_value_and_comparison() -> None:
    """One row for each value of a further field, in one query: quick, and all pairs."""
    own = [
        None,
        *WORDS,
        *NUMBERS,
        True,
        False,
        100.0,
        "TRUE",
        "+1",
        "01",
        "1e3",
        12345678901234567890123,
    ]
    listed = [[], [None], ["a", None], [1, "x"], ["1.50"], [True, "b"]]
    rows = [
        {"id": f"e{n}", "event": "comment", "time": 0, "time.end": 0, "fields": {"x": value}}
        for n, value in enumerate([*own, *listed])
    ]
    rows.append({"id": "none", "event": "comment", "time": 0, "time.end": 0})
    tests = [Comparison("fields.x", "matches", pattern) for pattern in PATTERNS]
    tests += [Comparison("fields.x", "in", (value,)) for value in (*WORDS, *NUMBERS, True, False)]
    tests += [Comparison("fields.x", "lt", value) for value in NUMBERS[:6]]
    con = connection()
    load(con, rows)
    for test in tests:
        found = con.execute(f"select id, {conditions.sql(test)} from events").fetchall()
        expected = [
            (row["id"], evaluate(test, lambda name, row=row: field(row, name)).holds)
            for row in rows
        ]
        assert sorted(found, key=str) == sorted(expected, key=str), test


@pytest.mark.parametrize(
    "hostile", ["'; drop table events; --", "\\", "\ud800", "%", "${x}", "{0}"]
)
def test_a_text_of_a_policy_is_only_a_text(hostile: str) -> None:
    row = {"id": "e1", "event": "comment", "time": 0, "time.end": 0, "actor": "ann"}
    check(Comparison("actor", "in", (hostile,)), row)
    check(Comparison(f"fields.{hostile}", "exists", True), row) if hostile != "\ud800" else None
    assert connection().execute("select count(*) from events").fetchone() == (1,)


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(st.integers(0, 10**15))
@example(0)
@example(10**6 * 3_599)
@example(2 * 86_400 * 10**6)
def test_lengths_are_written_as_policies_do(length: int) -> None:
    found = connection().execute(f"select {values.duration_text(str(length))}").fetchone()
    assert found == (durations.written(length),)


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_as_conditions_read_them(value: float) -> None:
    if abs(value) >= 1e38:
        return
    shown = conditions.json_text("j")
    found = connection().execute(f"select {shown} from (select ?::json as j)", [json.dumps(value)])
    assert found.fetchone() == (str(int(value)) if value.is_integer() else str(value),)
