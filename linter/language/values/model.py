"""Typed values and when a stated one agrees with an accepted one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Type = Literal["duration", "money", "time", "hours", "weekday", "date", "number", "percentage"]
TYPES: tuple[Type, ...] = (
    "duration", "money", "time", "hours", "weekday", "date", "number", "percentage",
)  # fmt: skip
"""The types that are read from a text."""

DAY = 24 * 60
YEAR = 10_000
"""A date counts year * 10,000 + month * 100 + day; the year is 0 where none is given."""

_TOLERANCE = Fraction(1, 5)
"""How far, as a share of itself, a value given roughly ("about 30 days") may be off."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a value: a single amount (`low == high`), a range, or an open range (None).

    Units: durations "minutes", "months", "business days", "business hours"; money its ISO 4217
    code; times "clock" (minutes after midnight); "hours" (from `low` to `high` on the clock);
    "weekday" (Monday is 0); "date" (see `YEAR`); "number"; "percent".
    """

    low: Fraction | None
    high: Fraction | None
    unit: str

    @property
    def is_open(self) -> bool:
        return self.low is None or self.high is None


@dataclass(frozen=True, slots=True)
class Value:
    """A value at `text[start:end]`; several readings where the words leave open which is meant."""

    start: int
    end: int
    type: Type
    readings: tuple[Amount, ...]
    about: bool = False


def exactly(amount: Fraction | int, unit: str) -> Amount:
    return Amount(Fraction(amount), Fraction(amount), unit)


def agrees(value: Value, accepted: Iterable[Amount]) -> bool:
    """Whether some reading of the value says nothing else than some accepted amount.

    A single amount agrees with a range that it lies in; a closed range only with the same range; an
    open one ("at least 14 days") with what it holds true of.
    """
    accepted = tuple(accepted)
    return any(
        _agree(stated, right, value.about) for stated in value.readings for right in accepted
    )


def _agree(stated: Amount, right: Amount, about: bool) -> bool:
    if stated.unit != right.unit:
        return False
    if stated.unit == "date":
        stated, right = _same_years(stated, right)
    if stated == right:
        return True
    if stated.unit == "hours":
        return False
    if stated.is_open:
        return not right.is_open and _within(right, stated)
    if about:
        return overlap(_widened(stated), right)
    is_range = stated.low != stated.high and stated.unit not in ("weekday", "date")
    return not is_range and _within(stated, right)


def _within(inner: Amount, outer: Amount) -> bool:
    from_low = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    to_high = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return from_low and to_high


def overlap(first: Amount, second: Amount) -> bool:
    """Whether two amounts of the same unit have anything in common."""
    begins = first.low is None or second.high is None or first.low <= second.high
    ends = first.high is None or second.low is None or first.high >= second.low
    return begins and ends


def _widened(amount: Amount) -> Amount:
    low = None if amount.low is None else amount.low * (1 - _TOLERANCE)
    high = None if amount.high is None else amount.high * (1 + _TOLERANCE)
    return Amount(low, high, amount.unit)


def _same_years(stated: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Both without their years where one of them names none."""
    if _has_year(stated) and _has_year(right):
        return stated, right
    return _without_year(stated), _without_year(right)


def _has_year(amount: Amount) -> bool:
    return amount.low is None or amount.low >= YEAR


def _without_year(amount: Amount) -> Amount:
    low = None if amount.low is None else amount.low % YEAR
    high = None if amount.high is None else amount.high % YEAR
    return Amount(low, high, amount.unit)
