"""Values as a facts file writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from linter.language.values.model import DAY, Amount, Type
from linter.language.values.reader import read_values

_ISO_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?"
    r"(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?"
)
_SUCH_AS: Mapping[Type, str] = {
    "duration": 'a duration, such as "30 days"',
    "money": 'a sum of money, such as "49 NOK"',
    "time": 'a time, such as "09:00"',
    "hours": 'hours, such as "09:00-17:00"',
    "weekday": 'a weekday, such as "Monday"',
    "date": 'a date, such as "2026-12-24"',
    "number": 'a number, such as "12"',
    "percentage": 'a percentage, such as "25 %"',
}
_LANGUAGES = ("en-GB", "nb", "nl")


class NotAValueError(ValueError):
    """A value that is not of its type, or that can be read in two ways."""


def parse_value(kind: Type, text: str) -> tuple[Amount, ...]:
    """The amount that the text writes, in English, Norwegian or Dutch or in ISO 8601 form; several
    only where a currency's name is shared ("49 kr").

    Raises NotAValueError.
    """
    amount = _iso_duration(text) if kind == "duration" else None
    if amount:
        return (amount,)
    if kind == "number" and text.isdecimal():
        return (Amount(Fraction(int(text)), Fraction(int(text)), "number"),)
    for code in _LANGUAGES:
        found = [
            value
            for value in read_values(text, code)
            if value.type == kind and (value.start, value.end) == (0, len(text))
        ]
        if found:
            return _single(found[0].readings, text)
    raise NotAValueError(f'"{text}" is not {_SUCH_AS[kind]}')


def _single(readings: tuple[Amount, ...], text: str) -> tuple[Amount, ...]:
    if len({(amount.low, amount.high) for amount in readings}) > 1:
        raise NotAValueError(f'"{text}" can be read in two ways; {_advice(readings[0].unit)}')
    return readings


def _advice(unit: str) -> str:
    if unit in ("clock", "hours"):
        return "write times of the 24-hour clock with two digits, such as 09:00"
    if unit == "date":
        return "write a date as year-month-day, such as 2026-12-24"
    return "leave out the mark between the thousands"


def _iso_duration(text: str) -> Amount | None:
    match = _ISO_DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    in_months = years * 12 + months
    in_minutes = (weeks * 7 + days) * DAY + hours * 60 + minutes
    if in_months and in_minutes:
        raise NotAValueError(f'"{text}" mixes months and days, which no text states so')
    amount = Fraction(in_months or in_minutes)
    return Amount(amount, amount, "months" if in_months else "minutes")
