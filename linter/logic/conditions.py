"""What a condition means: Kleene's three-valued logic over the fields of a record.

A field that the record lacks makes a test neither true nor false; a condition that hangs on it is
undecided, and says on what. A list in a record (tags, acts) passes a test if one of its items does.
`exists` alone is decided by absence itself. How conditions are written is `when`'s business.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import lru_cache
from itertools import chain, combinations, islice, pairwise, product
from typing import Any, Final, Literal, TypeGuard

import re2

from linter.logic.fields import Fields, field_of

Operator = Literal["in", "lt", "le", "gt", "ge", "exists", "matches"]


class _Missing:
    """The value of a field that a record does not have."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
Record = Callable[[str], object]
"""Gives the value of a field: text, number, bool, a tuple or list of these, or MISSING."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison. `value` is a tuple of values for "in", a number for the bounds, a bool for
    "exists" and a pattern of RE2 for "matches". `at` leads to where it stands in its `when`."""

    field: str
    operator: Operator
    value: Any
    at: tuple[str | int, ...] = attribute(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds. Without parts: always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. Without parts: never."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = Comparison | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a condition holds; None where that hangs on the `unknown` fields."""

    holds: bool | None
    unknown: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Completes "cannot tell: …"."""
        verb = "is" if len(self.unknown) == 1 else "are"
        return f"{' and '.join(self.unknown)} {verb} not known"


def evaluate(condition: Condition, record: Record) -> Outcome:
    """Whether the condition holds for a record."""
    return _fold(condition, lambda test: _judge(test, record(test.field)))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """All comparisons of a condition, as written from left to right."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case All(parts) | AnyOf(parts):
            yield from chain.from_iterable(map(comparisons, parts))


def _fold(condition: Condition, judge: Callable[[Comparison], Outcome]) -> Outcome:
    match condition:
        case Comparison():
            return judge(condition)
        case Not(part):
            outcome = _fold(part, judge)
            return outcome if outcome.holds is None else Outcome(not outcome.holds)
        case All(parts):
            return _join((_fold(part, judge) for part in parts), decisive=False)
        case AnyOf(parts):
            return _join((_fold(part, judge) for part in parts), decisive=True)


def _join(outcomes: Iterable[Outcome], decisive: bool) -> Outcome:
    """The decisive verdict if there is one, else undecided if one is, else the other verdict."""
    unknown: dict[str, None] = {}
    for outcome in outcomes:
        if outcome.holds is decisive:
            return outcome
        unknown.update(dict.fromkeys(outcome.unknown))
    return Outcome(None, tuple(unknown)) if unknown else Outcome(not decisive)


# --- one comparison ------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?[0-9]{1,300}(\.[0-9]{1,300})?")
_BOUNDS: Mapping[str, Callable[[float, float], bool]] = {
    "lt": lambda value, bound: value < bound,
    "le": lambda value, bound: value <= bound,
    "gt": lambda value, bound: value > bound,
    "ge": lambda value, bound: value >= bound,
}


def _judge(test: Comparison, value: object) -> Outcome:
    if test.operator == "exists":
        return Outcome((value is not MISSING) == test.value)
    if value is MISSING:
        return Outcome(None, (test.field,))
    items = value if isinstance(value, tuple | list) else (value,)
    verdicts = [_compare(test, item) for item in items]
    if True in verdicts:
        return Outcome(True)
    return Outcome(None, (test.field,)) if None in verdicts else Outcome(False)


def _compare(test: Comparison, value: object) -> bool | None:
    """None where a bound is asked of something that is not a number."""
    if test.operator == "in":
        return any(_equal(value, wanted) for wanted in test.value)
    if test.operator == "matches":
        return pattern(test.value).search(_text(value)) is not None
    number = _number(value)
    return None if number is None else _BOUNDS[test.operator](number, test.value)


def _equal(value: object, wanted: object) -> bool:
    """Spreadsheets and forms give numbers and truth values as text; they count as what they say."""
    if isinstance(wanted, bool):
        return _text(value).lower() == _text(wanted)
    if isinstance(wanted, int | float):
        return _number(value) == wanted
    return _text(value) == wanted


def _number(value: object) -> float | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    return value if _is_number(value) and math.isfinite(value) else None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: object) -> str:
    """As JSON writes it. Lone surrogates, which RE2 cannot take, become question marks."""
    if isinstance(value, str) and value.isascii():
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).encode("utf-8", "replace").decode()


@lru_cache(maxsize=1024)
def pattern(written: str) -> Any:
    """A pattern compiled for RE2, which runs in linear time. Raises ValueError with RE2's words."""
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(written, options)
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(reason.decode() if isinstance(reason, bytes) else str(reason)) from error


# --- conditions that can never hold --------------------------------------------------------------

_TRIES = 20_000
_OTHER = "\0something else"


def can_hold(condition: Condition, fields: Fields) -> bool:
    """Whether some record with these fields can fulfil the condition.

    False is always right. A pattern is taken to match anything or nothing, and a condition with too
    many cases to try is taken to hold.
    """
    named = list(comparisons(condition))
    asked = sorted({test.field for test in named})
    patterns = sorted({test.value for test in named if test.operator == "matches"})
    choices = [_candidates(name, fields, named) for name in asked]
    choices += [(True, False)] * len(patterns)
    if math.prod(map(len, choices)) > _TRIES:
        return True
    return any(
        _holds(condition, dict(zip([*asked, *patterns], values, strict=True)))
        for values in product(*choices)
    )


def _holds(condition: Condition, values: Mapping[str, object]) -> bool:
    def judge(test: Comparison) -> Outcome:
        if test.operator == "matches":
            return Outcome(bool(values[test.value]))
        return _judge(test, values[test.field])

    return _fold(condition, judge).holds is True


def _candidates(name: str, fields: Fields, named: Sequence[Comparison]) -> Sequence[object]:
    """Values that tell all comparisons of a field apart: those named, and others around them."""
    own = [test for test in named if test.field == name]
    wanted = [value for test in own if test.operator == "in" for value in test.value]
    kind = field_of(name, fields)
    if kind.values:
        return [MISSING, *kind.values]
    if kind.type == "flag":
        return [MISSING, True, False]
    named_values = [*wanted, *_around([*wanted, *(test.value for test in own)])]
    single = [MISSING, _OTHER, *named_values]
    if kind.type not in ("list", "any"):
        return single
    distinct = list(dict.fromkeys(named_values))
    sizes = range(2, len(distinct) + 1)
    several = chain.from_iterable(combinations(distinct, size) for size in sizes)
    return list(islice(chain(single, several), _TRIES + 1))


def _around(values: Iterable[object]) -> list[float]:
    """The numbers among the values, and one between and beyond any two of them."""
    numbers = sorted({float(v) for v in values if _is_number(v)})
    if not numbers:
        return []
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    return [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]
