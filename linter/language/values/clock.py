"""Times of day and opening hours.

In Dutch "5 uur" is a time as well as a duration; `is_duration` and `_is_hour` tell which, by the
words around it, and say neither where they do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

from linter.language.values.model import DAY, Amount, Value, exactly
from linter.language.values.scan import Quantity, Scan

Read = tuple[Value, int]
_HALF_DAY = DAY // 2
_FIVES = (5, 10, 20, 25)
_Form = Literal["sure", "dotted", "bare", "word", "unit"]


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the clock: the minutes after midnight that it may be, and how it is written.

    "sure" is a time wherever it stands; "dotted" (17.00), "bare" (17), "word" (five) and "unit"
    (5 uur) are one only beside another or behind the right words.
    """

    minutes: tuple[int, ...]
    next: int
    form: _Form


def time(scan: Scan, index: int) -> Read | None:
    """ "17:00", "5 pm", "kl. 17", "half past two", "kwart voor zes", "noon" """
    point = _point(scan, index)
    if point is None or not _stands_alone(scan, index, point):
        return None
    readings = tuple(exactly(minute % DAY, "clock") for minute in point.minutes)
    start, end = scan.tokens[index].start, scan.tokens[point.next - 1].end
    return Value(start, end, "time", readings), point.next


def hours(scan: Scan, index: int) -> Read | None:
    """ "9-17", "9 am to 5 pm", "van 9 tot 17 uur", "kl. 09.00–17.00" """
    between = scan.words.between.at(scan.tokens, index)
    first = _point(scan, between[1] if between else index, in_range=True)
    if first is None:
        return None
    joint = scan.words.to.at(scan.tokens, first.next)
    after = joint[1] if joint else first.next + 1
    if not joint and not (between and scan.text(first.next) == between[0]):
        return None
    second = _point(scan, after, in_range=True)
    if second is None or not _is_range(scan, index, first, second, bool(between)):
        return None
    pairs = [(a, b) for a, b in product(first.minutes, second.minutes) if a % DAY != b % DAY]
    forward = [(a, b) for a, b in pairs if a < b]
    readings = tuple(
        Amount(Fraction(a % DAY), Fraction(b % DAY), "hours") for a, b in forward or pairs
    )
    if not readings:
        return None
    end = scan.tokens[second.next - 1].end
    return Value(scan.tokens[index].start, end, "hours", readings), second.next


def is_dotted(scan: Scan, index: int) -> bool:
    """Whether the number at `index` is like 17.00, in a language whose decimals take a comma."""
    text = scan.text(index)
    return scan.words.marks[0] == "," and "." in text and _minutes_of(text) is not None


def is_duration(scan: Scan, quantity: Quantity) -> bool:
    """Whether hours that may be a time are a duration as well, or only that."""
    hour = quantity.readings[0][0]
    if not scan.words.clock["after"].at(scan.tokens, quantity.next):
        return True
    text = scan.text(quantity.first)
    if (":" in text or is_dotted(scan, quantity.first)) and len(text.rpartition(".")[2]) == 2:
        return False
    if quantity.is_article or hour.denominator > 1:
        return True
    cue = _cue(scan, quantity.first)
    if quantity.is_range:
        low, high = quantity.readings[0]
        return (not quantity.is_between or low < 5 or high > 24) and cue != "certain"
    return hour >= 24 or (cue is None and not _day_part(scan, quantity.next + 1))


def _is_range(scan: Scan, index: int, first: Point, second: Point, between: bool) -> bool:
    forms = {first.form, second.form}
    if "sure" in forms:
        return True
    if _is_name(scan, index - 1):
        return False
    if "dotted" in forms:
        return first.minutes[0] % 5 == second.minutes[0] % 5 == 0
    if "unit" in forms:
        return _are_opening_hours(scan, index, first, second, between)
    if "word" in forms:
        return between
    backwards = first.minutes[0] >= 13 * 60 and second.minutes[0] < first.minutes[0]
    return not backwards and not _counts_things(scan, second.next)


def _is_name(scan: Scan, index: int) -> bool:
    """Whether the word names what follows: "order 9-17", "ISO 9-17"; a weekday does not."""
    token = scan.token(index)
    if token is None or token.kind != "word":
        return False
    if scan.words.weekdays.at(scan.tokens, index) or scan.words.short_weekdays.at(
        scan.tokens, index
    ):
        return False
    return token.text in scan.words.labels or (token.written.isupper() and len(token.written) > 1)


def _are_opening_hours(scan: Scan, index: int, first: Point, second: Point, between: bool) -> bool:
    """ "9-17 uur", not "binnen 2 tot 3 uur" """
    before = scan.text(index - 1)
    if before in ("binnen", "na", "maximaal"):
        return False
    early, late = first.minutes[0], second.minutes[-1]
    return between or _cue(scan, index) is not None or (early >= 5 * 60 and late - early >= 3 * 60)


def _counts_things(scan: Scan, index: int) -> bool:
    """Whether a sign or a unit behind a range tells that it is none of hours."""
    is_unit = scan.words.units.at(scan.tokens, index) is not None
    return is_unit or scan.text(index) in ("%", "°", "/", "=", "x")


def _stands_alone(scan: Scan, index: int, point: Point) -> bool:
    if point.form == "sure":
        return True
    if point.form == "unit":
        return _is_hour(scan, index, point)
    if point.form != "dotted" or not is_dotted(scan, index):
        return False
    if _cue(scan, index) is not None:
        return True
    hour, minute = divmod(point.minutes[0], 60)
    may_be_day = 0 < minute <= 12
    is_part = scan.text(index - 1) == "-" and scan.is_glued(index)
    return hour > 0 and not may_be_day and not is_part and minute % 5 == 0


def _is_hour(scan: Scan, index: int, point: Point) -> bool:
    cue = _cue(scan, index)
    hour = point.minutes[0] // 60
    if cue == "certain" or _day_part(scan, point.next):
        return hour <= 24
    if cue == "likely":
        return 7 <= hour <= 23
    return 13 <= hour <= 23


def _cue(scan: Scan, index: int) -> Literal["certain", "likely"] | None:
    certain, likely = scan.words.clock_cues
    before = scan.text(index - 1)
    if before in certain:
        return "certain"
    return "likely" if before in likely else None


def _day_part(scan: Scan, index: int) -> bool:
    clock = scan.words.clock
    return bool(clock["am"].at(scan.tokens, index) or clock["pm"].at(scan.tokens, index))


# --- one point on the clock


def _point(scan: Scan, index: int, in_range: bool = False) -> Point | None:
    clock = scan.words.clock
    named = clock["named"].at(scan.tokens, index)
    if named:
        return Point((_minutes(named[0]),), named[1], "sure")
    before = clock["before"].at(scan.tokens, index)
    at = scan.skip_dot(before[1]) if before else index
    point = _relative(scan, at) or _half(scan, at) or _hour(scan, at)
    if point is None:
        return None
    if before:
        point = Point(point.minutes, point.next, "sure")
    return _with_day_part(scan, point)


def _with_day_part(scan: Scan, point: Point) -> Point:
    """The point with the morning or afternoon that follows it."""
    clock = scan.words.clock
    for key, later in (("am", False), ("pm", True)):
        found = clock[key].at(scan.tokens, point.next)
        if found:
            half = [minute % _HALF_DAY + _HALF_DAY * later for minute in point.minutes]
            return Point(tuple(dict.fromkeys(half)), found[1], "sure")
    return point


def _relative(scan: Scan, index: int) -> Point | None:
    """ "a quarter to six", "tien over half drie", "ti på fem" """
    clock = scan.words.clock
    quarter = clock["quarter"].at(scan.tokens, index)
    if quarter:
        minutes, at = 15, quarter[1]
    else:
        number = _whole(scan, index)
        if number is None:
            return None
        minutes, at = number
        named = clock["minutes"].at(scan.tokens, at)
        spelt = scan.tokens[index].kind == "word"
        at = named[1] if named else at
        if not named and not (spelt and minutes in _FIVES):
            return None
    step = clock["steps"].at(scan.tokens, at)
    if step is None or minutes >= 30:
        return None
    point = _half(scan, step[1]) or _hour(scan, step[1])
    if point is None or point.minutes[0] % 30:
        return None
    return Point(_shifted(point.minutes, step[0] * minutes), point.next, "sure")


def _half(scan: Scan, index: int) -> Point | None:
    """ "half past two", "half drie", "halv tre" """
    half = scan.words.clock["half"].at(scan.tokens, index)
    hour = _whole(scan, half[1]) if half else None
    if half is None or hour is None or not 1 <= hour[0] <= 12:
        return None
    is_phrase = half[1] - index > 1
    spelt = scan.tokens[half[1]].kind == "word"
    if not spelt and not is_phrase and half[0] > 0:
        return None
    after = scan.skip(scan.words.clock["after"], hour[1])
    if scan.words.units.at(scan.tokens, hour[1]) and after == hour[1]:
        return None
    return Point(_shifted(_either_half(hour[0] * 60), half[0]), after, "sure")


def _hour(scan: Scan, index: int) -> Point | None:
    token = scan.token(index)
    if token is None or token.kind == "mark":
        return None
    if token.kind == "number":
        point = _digits(scan, index)
    else:
        number = _whole(scan, index)
        if number is None or number[0] > 24:
            return None
        point = Point(_either_half(number[0] * 60), number[1], "word")
    if point is None:
        return None
    after = scan.words.clock["after"].at(scan.tokens, point.next)
    if after is None:
        return point
    may_be_hours = point.form in ("bare", "word") and _is_unit(scan, point.next)
    return Point(point.minutes, after[1], "unit" if may_be_hours else "sure")


def _is_unit(scan: Scan, index: int) -> bool:
    """Whether the word for "o'clock" is the word for hours, too."""
    text = scan.text(index)
    return bool(scan.words.units.at(scan.tokens, index)) or text in scan.words.glued_units


def _digits(scan: Scan, index: int) -> Point | None:
    text = scan.text(index)
    if text.isdecimal() and len(text) <= 2 and int(text) <= 24:
        minutes = int(text) * 60
        tail = _minutes_behind(scan, index + 1)
        if tail is not None:
            return Point(_readings(text, minutes + tail), index + 3, "sure")
        return Point(_readings(text, minutes), index + 1, "bare")
    found = _minutes_of(text)
    if found is None:
        return None
    return Point(_readings(text, found), index + 1, "sure" if ":" in text else "dotted")


def _minutes_behind(scan: Scan, index: int) -> int | None:
    """The minutes of "16u30" and "16h30"."""
    text = scan.text(index + 1)
    glued = scan.is_glued(index) and scan.is_glued(index + 1)
    is_mark = scan.text(index) in ("u", "h") and scan.words.clock["after"].at(scan.tokens, index)
    return int(text) if glued and is_mark and len(text) == 2 and text.isdecimal() else None


def _minutes_of(text: str) -> int | None:
    """The minutes after midnight of "17:00" or "17.00"."""
    hour, mark, minute = text.partition(":") if ":" in text else text.partition(".")
    if not mark or not hour.isdecimal() or not minute.isdecimal():
        return None
    if len(hour) > 2 or len(minute) != 2 or int(hour) > 24 or int(minute) > 59:
        return None
    return _minutes(text.replace(".", ":"))


def _minutes(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _readings(written: str, minutes: int) -> tuple[int, ...]:
    return (minutes,) if written.startswith("0") else _either_half(minutes)


def _either_half(minutes: int) -> tuple[int, ...]:
    """A time of the 12-hour clock, before and after noon."""
    if not 60 <= minutes < 13 * 60:
        return (minutes,)
    return (minutes, (minutes + _HALF_DAY) % DAY)


def _shifted(minutes: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple((minute + by) % DAY for minute in minutes)


def _whole(scan: Scan, index: int) -> tuple[int, int] | None:
    """A whole number, and the index behind it."""
    found = scan.number(index)
    if found is None or len(found[0]) > 1 or found[0][0].denominator > 1:
        one = scan.words.clock["one"].at(scan.tokens, index)
        return (1, one[1]) if one else None
    return int(found[0][0]), found[1]
