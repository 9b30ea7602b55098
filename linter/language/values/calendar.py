"""Weekdays and dates."""

from __future__ import annotations

from fractions import Fraction

from linter.language.values.model import YEAR, Amount, Value, exactly
from linter.language.values.scan import Scan

Read = tuple[Value, int]
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def weekday(scan: Scan, index: int) -> Read | None:
    """ "Tuesday", "Monday to Friday", "ma-vr", "hverdager" """
    first = _weekday(scan, index, short=False)
    short = first is None
    first = first or _weekday(scan, index, short=True)
    if first is None:
        return None
    (low, high), after = first
    separator = scan.words.to.at(scan.tokens, after)
    second = _weekday(scan, separator[1], short) if separator else None
    if second:
        (_, high), after = second
    elif short:
        return None
    high = high if high >= low else high + 7
    amount = Amount(Fraction(low), Fraction(high), "weekday")
    value = Value(scan.tokens[index].start, scan.tokens[after - 1].end, "weekday", (amount,))
    return value, after


def _weekday(scan: Scan, index: int, short: bool) -> tuple[tuple[int, int], int] | None:
    table = scan.words.short_weekdays if short else scan.words.weekdays
    found = table.at(scan.tokens, index)
    if found is None:
        return None
    (low, high), after = found
    return (low, high), scan.skip_dot(after) if short else after


def date(scan: Scan, index: int) -> Read | None:
    """ "24 December", "December 24th, 2026", "24.12.2026", "24/12", "24.-26. desember" """
    read = _iso_or_numeric(scan, index) or _day_first(scan, index) or _month_first(scan, index)
    if read is None:
        return None
    readings, after = read
    separator = scan.words.to.at(scan.tokens, after)
    until = _one_date(scan, separator[1]) if separator else None
    if until and readings[0].low == readings[0].high:
        high = until[0][0].high
        readings, after = (Amount(readings[0].low, high, "date"),), until[1]
    value = Value(scan.tokens[index].start, scan.tokens[after - 1].end, "date", readings)
    return value, after


_Dates = tuple[tuple[Amount, ...], int]


def _one_date(scan: Scan, index: int) -> _Dates | None:
    return _iso_or_numeric(scan, index) or _day_first(scan, index) or _month_first(scan, index)


def _day_first(scan: Scan, index: int) -> _Dates | None:
    day = _day(scan, index)
    if day is None:
        return None
    first, at = day
    last = first
    separator = scan.words.to.at(scan.tokens, at)
    second = _day(scan, separator[1]) if separator else None
    if second and second[0] > first:
        last, at = second
    month = scan.words.months.at(scan.tokens, scan.skip(scan.words.of, at))
    if month is None or last > _DAYS_IN_MONTH[month[0] - 1]:
        return None
    year, after = _year(scan, month[1])
    return (_dates(year, month[0], first, last),), after


def _month_first(scan: Scan, index: int) -> _Dates | None:
    """ "May 5th, 2026"; not "may 5", nor in a language that puts the day first."""
    month = scan.words.months.at(scan.tokens, index)
    if month is None or not scan.words.month_first or scan.tokens[index].written.islower():
        return None
    day = _day(scan, scan.skip_dot(month[1]))
    if day is None or day[0] > _DAYS_IN_MONTH[month[0] - 1]:
        return None
    if scan.text(index - 1).isdecimal() or scan.words.units.at(scan.tokens, day[1]):
        return None
    year, after = _year(scan, day[1])
    return (_dates(year, month[0], day[0], day[0]),), after


def _day(scan: Scan, index: int) -> tuple[int, int] | None:
    """A day of the month: "24", "24.", "24th"."""
    number = _two_digits(scan.text(index))
    if number is None or not 1 <= number <= 31:
        return None
    after = index + 1
    if scan.text(after) in scan.words.ordinals and scan.is_glued(after):
        return number, after + 1
    return number, scan.skip_dot(after)


def _year(scan: Scan, index: int) -> tuple[int, int]:
    """The year at `index`, also behind a comma or the point of a shortened month; 0 without one."""
    at = scan.skip_dot(index)
    at = at + 1 if scan.text(at) == "," else at
    text = scan.text(at)
    is_year = len(text) == 4 and text.isdecimal() and text[0] in "12"
    return (int(text), at + 1) if is_year else (0, index)


def _iso_or_numeric(scan: Scan, index: int) -> _Dates | None:
    """ "2026-12-24", "24.12.2026", "24/12/26", "24/12" """
    token = scan.token(index)
    if token is None or token.kind != "number":
        return None
    if "." in token.text:
        return _from_parts(scan, token.text.split("."), index + 1, ("dmy",))
    parts, after = [token.text], index + 1
    mark = scan.text(after)
    while len(parts) < 3 and mark in ("/", "-") and scan.text(after) == mark:
        if not (scan.is_glued(after) and scan.is_glued(after + 1)):
            break
        parts.append(scan.text(after + 1))
        after += 2
    if len(parts) == 2 and (mark == "-" or not _may_be_date(*parts)):
        return None
    order = scan.words.date_order if mark == "/" else ("dmy",)
    return _from_parts(scan, parts, after, order)


def _may_be_date(first: str, second: str) -> bool:
    """Whether "24/12" or "05/6", and not "9/10", "2/2" or "24/7"."""
    if (first, second) == ("24", "7") or not (first + second).isdecimal():
        return False
    return first.startswith("0") or second.startswith("0") or max(int(first), int(second)) > 12


def _from_parts(scan: Scan, parts: list[str], after: int, order: tuple[str, ...]) -> _Dates | None:
    if len(parts) < 2 or not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    if len(parts) == 2 and (scan.text(after - 2) != "/" or scan.words.units.at(scan.tokens, after)):
        return None
    if len(parts) == 3 and len(parts[0]) == 4:
        year, month, day = map(int, parts)
        return _known(((year, month, day),), after)
    if any(len(part) > 2 for part in parts[:2]) or len("".join(parts[2:])) not in (0, 2, 4):
        return None
    year = int(parts[2]) if len(parts) == 3 else 0
    year += 2000 if 0 < year < 100 else 0
    first, second = int(parts[0]), int(parts[1])
    both = [(year, second, first) if way == "dmy" else (year, first, second) for way in order]
    return _known(tuple(both), after)


def _known(dates: tuple[tuple[int, int, int], ...], after: int) -> _Dates | None:
    """The dates that exist."""
    readings = tuple(
        _dates(year, month, day, day)
        for year, month, day in dict.fromkeys(dates)
        if 1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1] and year < 10_000
    )
    return (readings, after) if readings else None


def _dates(year: int, month: int, first: int, last: int) -> Amount:
    base = year * YEAR + month * 100
    return (
        exactly(base + first, "date")
        if first == last
        else Amount(Fraction(base + first), Fraction(base + last), "date")
    )


def _two_digits(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 2 else None
