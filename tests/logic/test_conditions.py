"""What conditions mean: a table of cases, and the laws of Kleene's logic for any condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.logic.conditions import (
    MISSING,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Outcome,
    can_hold,
    evaluate,
)
from linter.logic.fields import REPLY
from linter.logic.when import parse


def record(**values: object) -> Callable[[str], object]:
    fields = {name.replace("__", "."): value for name, value in values.items()}
    return lambda field: fields.get(field, MISSING)


def written(when: Mapping[str, Any]) -> Condition:
    problems: list[str] = []
    condition = parse(when, REPLY, lambda pointer, message: problems.append(message))
    assert problems == []
    return condition


PRAISE = {"comment__kind": "praise"}
MEANINGS: list[tuple[dict[str, Any], dict[str, Any], bool | None]] = [
    ({"comment.kind": "praise"}, PRAISE, True),
    ({"comment.kind": "complaint"}, PRAISE, False),
    ({"comment.kind": ["complaint", "praise"]}, PRAISE, True),
    ({"comment.kind": {"not": "praise"}}, PRAISE, False),
    ({"comment.kind": {"not": ["complaint", "mixed"]}}, PRAISE, True),
    ({"comment.kind": "praise"}, {}, None),
    ({"comment.kind": {"not": "praise"}}, {}, None),
    # several entries must all hold; one that does not decides, whatever is missing
    ({"comment.kind": "praise", "channel": "x"}, {**PRAISE, "channel": "x"}, True),
    ({"comment.kind": "praise", "channel": "x"}, {"channel": "y"}, False),
    ({"comment.kind": "praise", "channel": "x"}, {"channel": "x"}, None),
    ({"any": [{"comment.kind": "praise"}, {"channel": "x"}]}, {"channel": "x"}, True),
    ({"any": [{"comment.kind": "praise"}, {"channel": "x"}]}, {"channel": "y"}, None),
    ({"all": [{"channel": "x"}, {"not": {"language": "nb"}}]}, {"channel": "x"}, None),
    ({"not": {"channel": "x", "language": "nb"}}, {"channel": "y"}, True),
    # bounds
    ({"rating": {"lt": 3}}, {"comment__rating": 2}, True),
    ({"rating": {"lt": 3}}, {"comment__rating": 3}, False),
    ({"rating": {"le": 3, "gt": 1}}, {"comment__rating": 3}, True),
    ({"rating": {"ge": 3}}, {"comment__rating": 2.5}, False),
    ({"rating": 3}, {"comment__rating": 3.0}, True),
    # spreadsheets give text; what is not a number is not known as one
    ({"fields.n": {"gt": 2}}, {"fields__n": "10"}, True),
    ({"fields.n": {"gt": 2}}, {"fields__n": "many"}, None),
    ({"fields.n": {"gt": 2}}, {"fields__n": True}, None),
    ({"fields.n": 10}, {"fields__n": "10.0"}, True),
    ({"fields.n": 10}, {"fields__n": "ten"}, False),
    ({"fields.vip": True}, {"fields__vip": "TRUE"}, True),
    ({"fields.vip": True}, {"fields__vip": 1}, False),
    ({"fields.code": "12"}, {"fields__code": 12}, True),
    ({"fields.code": "12"}, {"fields__code": 12.0}, True),
    # of lists one item is enough; an empty list is known to have none
    ({"tags": "a"}, {"tags": ("b", "a")}, True),
    ({"tags": ["a", "b"]}, {"tags": ["b", "c"]}, True),
    ({"tags": {"not": "a"}}, {"tags": ("b", "a")}, False),
    ({"tags": "a"}, {"tags": ()}, False),
    ({"tags": "a"}, {}, None),
    # patterns are searched for, and lone surrogates are no reason to fail
    ({"comment.text": {"matches": "(?i)re+fund"}}, {"comment__text": "A REEFUND!"}, True),
    ({"comment.text": {"matches": "^refund"}}, {"comment__text": "A refund"}, False),
    ({"comment.text": {"matches": "x"}}, {"comment__text": "\ud800x"}, True),
    ({"tags": {"matches": "^a"}}, {"tags": ("b", "ab")}, True),
    # only `exists` is decided by absence
    ({"author": {"exists": True}}, {"author": "Jens"}, True),
    ({"author": {"exists": True}}, {}, False),
    ({"author": {"exists": False}}, {}, True),
]


@pytest.mark.parametrize(("when", "values", "expected"), MEANINGS)
def test_meaning(when: dict[str, Any], values: dict[str, Any], expected: bool | None) -> None:
    assert evaluate(written(when), record(**values)).holds is expected


def test_an_undecided_condition_names_what_it_hangs_on() -> None:
    condition = written(
        {"channel": "x", "any": [{"comment.kind": "praise"}, {"rating": 5}, {"author": "A"}]}
    )
    outcome = evaluate(condition, record(channel="x", author="B"))
    assert outcome == Outcome(None, ("comment.kind", "comment.rating"))
    assert outcome.reason == "comment.kind and comment.rating are not known"


def test_a_decided_condition_names_nothing() -> None:
    condition = written({"any": [{"comment.kind": "praise"}, {"author": "A"}]})
    assert evaluate(condition, record(author="A")) == Outcome(True)


def test_tests_know_where_they_are_written() -> None:
    condition = written({"all": [{"reply.acts": ["thanks"]}, {"rating": {"lt": 3}}]})
    assert isinstance(condition, All)
    assert [part.at for part in condition.parts if isinstance(part, Comparison)] == [
        ("all", 0, "reply.acts"),
        ("all", 1, "rating", "lt"),
    ]


# --- laws ----------------------------------------------------------------------------------------

_FIELDS = ("comment.kind", "channel", "comment.rating", "tags")
_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "comment.kind": st.sampled_from(REPLY["comment.kind"].values),
    "channel": st.sampled_from(["x", "y"]),
    "comment.rating": st.integers(1, 5),
    "tags": st.sampled_from(["a", "b"]),
}


def _test(field: str) -> st.SearchStrategy[Condition]:
    value = _VALUES[field]
    within = st.lists(value, min_size=1, max_size=2).map(
        lambda values: Comparison(field, "in", (*values,))
    )
    if field != "comment.rating":
        return within
    bound = st.sampled_from(["lt", "le", "gt", "ge"])
    return within | st.builds(Comparison, st.just(field), bound, value)


def _parts(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.builds(All, several) | st.builds(AnyOf, several) | st.builds(Not, inner)


CONDITIONS = st.recursive(st.sampled_from(_FIELDS).flatmap(_test), _parts, max_leaves=6)
FULL = st.fixed_dictionaries(
    {**_VALUES, "tags": st.lists(_VALUES["tags"], max_size=2, unique=True).map(tuple)}
)
LACKING = st.sets(st.sampled_from(_FIELDS))


def lookup(values: Mapping[str, object], without: set[str]) -> Callable[[str], object]:
    return lambda field: MISSING if field in without else values[field]


@given(CONDITIONS, FULL, LACKING)
def test_double_negation(condition: Condition, values: dict[str, Any], without: set[str]) -> None:
    given_record = lookup(values, without)
    assert evaluate(Not(Not(condition)), given_record) == evaluate(condition, given_record)


@given(st.lists(CONDITIONS, max_size=3).map(tuple), FULL, LACKING)
def test_de_morgan(parts: tuple[Condition, ...], values: dict[str, Any], without: set[str]) -> None:
    given_record = lookup(values, without)
    negated = tuple(Not(part) for part in parts)
    assert evaluate(Not(All(parts)), given_record) == evaluate(AnyOf(negated), given_record)
    assert evaluate(Not(AnyOf(parts)), given_record) == evaluate(All(negated), given_record)


@given(CONDITIONS, FULL, LACKING, LACKING)
def test_learning_more_never_changes_a_verdict(
    condition: Condition, values: dict[str, Any], without: set[str], learnt: set[str]
) -> None:
    before = evaluate(condition, lookup(values, without))
    after = evaluate(condition, lookup(values, without - learnt))
    assert before.holds is None or after == before


@given(CONDITIONS, FULL, LACKING)
def test_undecided_names_missing_fields_only(
    condition: Condition, values: dict[str, Any], without: set[str]
) -> None:
    outcome = evaluate(condition, lookup(values, without))
    assert set(outcome.unknown) <= without
    assert (outcome.holds is None) == bool(outcome.unknown)


@given(CONDITIONS, FULL, LACKING)
def test_a_condition_that_holds_for_some_record_can_hold(
    condition: Condition, values: dict[str, Any], without: set[str]
) -> None:
    if evaluate(condition, lookup(values, without)).holds:
        assert can_hold(condition, REPLY)


# --- conditions that can never hold --------------------------------------------------------------

NEVER: list[dict[str, Any]] = [
    {"rating": {"lt": 1, "gt": 5}},
    {"rating": {"ge": 3, "lt": 3}},
    {"rating": {"not": 3, "ge": 3, "le": 3}},
    {"comment.kind": "praise", "not": {"comment.kind": ["praise", "mixed"]}},
    {"comment.kind": {"not": list(REPLY["comment.kind"].values)}},
    {"all": [{"channel": "x"}, {"channel": "y"}]},
    {"author": {"exists": False}, "not": {"author": {"not": "A"}}},
    {"tags": "a", "not": {"tags": ["a", "b"]}},
]
POSSIBLE: list[dict[str, Any]] = [
    {"rating": {"gt": 3, "lt": 4}},
    {"all": [{"tags": "a"}, {"tags": "b"}]},
    {"all": [{"fields.n": {"lt": 1}}, {"fields.n": {"gt": 5}}]},
    {"channel": "x", "not": {"channel": {"matches": "x"}}},
    {"channel": {"not": ["x", "y"]}},
    {"author": {"exists": False}},
    {"all": [{"tags": f"t{number}"} for number in range(30)]},
]


@pytest.mark.parametrize("when", NEVER)
def test_never(when: dict[str, Any]) -> None:
    problems: list[str] = []
    parse(when, REPLY, lambda pointer, message: problems.append(message))
    assert problems == ["this condition can never hold"]


@pytest.mark.parametrize("when", POSSIBLE)
def test_possible(when: dict[str, Any]) -> None:
    assert can_hold(written(when), REPLY)
