"""Values as a test's table writes them: "14 days", "2-3 business days", "02:30 | 14:30"."""

from fractions import Fraction

from linter.language.values import Amount, Value

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shown(value: Value) -> str:
    about = "about " if value.about else ""
    return f"{value.type}: {about}{' | '.join(map(_amount, value.readings))}"


def _amount(amount: Amount) -> str:
    unit, number = _UNITS.get(amount.unit, (amount.unit, _decimal))
    if amount.unit == "minutes":
        unit, number = _duration(amount)
    if amount.unit not in ("minutes", "months", "business days", "business hours"):
        unit = unit if amount.unit in _PLAIN or unit.isupper() else ""
    ends = [None if end is None else number(end) for end in (amount.low, amount.high)]
    low, high = ends
    text = low if low == high else f"{low or ''}..{high or ''}"
    return f"{text} {unit}".strip()


def _duration(amount: Amount):  # type: ignore[no-untyped-def]
    ends = [end for end in (amount.low, amount.high) if end is not None]
    for unit, size in (("days", 24 * 60), ("hours", 60), ("minutes", 1)):
        if all(end % size == 0 for end in ends):
            return unit, lambda end: _decimal(end / size)
    raise AssertionError(amount)


def _decimal(number: Fraction) -> str:
    return str(float(number)).removesuffix(".0")


def _clock(number: Fraction) -> str:
    return f"{int(number) // 60:02}:{int(number) % 60:02}"


def _date(number: Fraction) -> str:
    year, rest = divmod(int(number), 10_000)
    return (f"{year}-" if year else "") + f"{rest // 100:02}-{rest % 100:02}"


_PLAIN = {"number": "", "percent": "%"}
_UNITS = {
    "clock": ("", _clock),
    "hours": ("", _clock),
    "weekday": ("", lambda number: _DAYS[int(number) % 7]),
    "date": ("", _date),
    "number": ("", _decimal),
    "percent": ("%", _decimal),
}
