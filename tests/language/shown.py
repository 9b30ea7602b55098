"""Values as the tables of tests write them: "duration: 14 days", "time: 02:30 | 14:30"."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from linter.language.values import Amount, Value

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shown(value: Value) -> str:
    about = "about " if value.about else ""
    return f"{value.type}: {about}{' | '.join(map(_amount, value.readings))}"


def _amount(amount: Amount) -> str:
    size, unit = _day_or_part(amount) if amount.unit == "minutes" else (1, amount.unit)
    write = _WRITERS.get(amount.unit, _decimal)
    low, high = ("" if end is None else write(end / size) for end in (amount.low, amount.high))
    text = low if low == high else f"{low}..{high}"
    return text if amount.unit in _WRITERS else f"{text} {unit}"


def _day_or_part(amount: Amount) -> tuple[int, str]:
    """The largest unit that both ends are whole numbers of."""
    ends = [end for end in (amount.low, amount.high) if end is not None]
    sizes = ((24 * 60, "days"), (60, "hours"), (1, "minutes"))
    return next((size, unit) for size, unit in sizes if all(end % size == 0 for end in ends))


def _decimal(number: Fraction) -> str:
    return str(float(number)).removesuffix(".0")


def _clock(number: Fraction) -> str:
    return f"{int(number) // 60:02}:{int(number) % 60:02}"


def _date(number: Fraction) -> str:
    year, rest = divmod(int(number), 10_000)
    return (f"{year}-" if year else "") + f"{rest // 100:02}-{rest % 100:02}"


_WRITERS: Mapping[str, Callable[[Fraction], str]] = {
    "clock": _clock,
    "hours": _clock,
    "weekday": lambda number: _WEEKDAYS[int(number) % 7],
    "date": _date,
    "number": _decimal,
}
