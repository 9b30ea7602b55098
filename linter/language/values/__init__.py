"""Typed values in a text: durations, money, times, opening hours, weekdays, dates, percentages,
numbers, as English, Norwegian and Dutch write them.

    read_values("within two weeks", "en")   # [Value(0, 16, "duration", (20160 minutes,))]

What may be meant in two ways ("half drie", "5/6") has several readings; what only looks like a
value ("iOS 14", "24/7", a telephone number) is not read.
"""

from linter.language.values.canonical import NotAValueError, parse_value
from linter.language.values.model import TYPES, Amount, Type, Value, agrees, exactly, overlap
from linter.language.values.reader import read_values

__all__ = [
    "TYPES",
    "Amount",
    "NotAValueError",
    "Type",
    "Value",
    "agrees",
    "exactly",
    "overlap",
    "parse_value",
    "read_values",
]
