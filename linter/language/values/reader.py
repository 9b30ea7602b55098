"""Reads a text's values."""

from __future__ import annotations

from collections.abc import Callable

from linter.language.values import calendar, clock, quantities
from linter.language.values.model import Value
from linter.language.values.scan import Scan
from linter.language.values.words import words

_Parser = Callable[[Scan, int], tuple[Value, int] | None]
_PARSERS: tuple[_Parser, ...] = (
    calendar.date,
    calendar.weekday,
    clock.hours,
    clock.time,
    quantities.money,
    quantities.percentage,
    quantities.duration,
)


def read_values(text: str, code: str) -> list[Value]:
    """The values of a text in the language `code`, in order; a stretch may be of several types.

    Raises KeyError for a language without resources.
    """
    language = words(code)
    if not language.may_hold_value(text):
        return []
    scan = Scan(text, language)
    values: list[Value] = []
    index = 0
    while index < len(scan.tokens):
        read = _read(scan, index) if language.may_begin_value(scan.tokens[index]) else ()
        after = max((end for _, end in read), default=index + 1)
        values += [value for value, end in read if end == after]
        index = after
    return values


def _read(scan: Scan, index: int) -> list[tuple[Value, int]]:
    """What the parsers make of the tokens at `index`."""
    read = [found for parser in _PARSERS if (found := parser(scan, index))]
    if not read and _begins_later(scan, index):
        return []
    number = quantities.number(scan, index)
    return [*read, number] if number else read


def _begins_later(scan: Scan, index: int) -> bool:
    """Whether the word of comparison at `index` precedes more than a number: "from 1 to 5 May"."""
    quantity = scan.quantity(index)
    if quantity is None or quantity.first == index:
        return False
    return any(parser(scan, quantity.first) for parser in _PARSERS)
