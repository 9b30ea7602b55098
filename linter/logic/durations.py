"""Lengths of time as a policy writes them: "90 s", "10 min", "24 h", "2 d", "1 week"."""

from __future__ import annotations

import re

PATTERN = r"^[0-9]{1,6} ?(s|min|h|d|weeks?)$"
_UNITS = {"s": 1, "min": 60, "h": 3_600, "d": 86_400, "week": 604_800, "weeks": 604_800}
SCHEMA = {
    "type": "string",
    "pattern": PATTERN,
    "patternErrorMessage": 'is not a length of time, such as "10 min", "24 h", "2 d" or "1 week"',
}


def microseconds(written: str) -> int:
    """A length of time that fits SCHEMA, in microseconds. A day is 24 hours."""
    found = re.fullmatch(r"([0-9]+) ?([a-z]+)", written)
    if found is None:
        raise ValueError(f'"{written}" is not a length of time')
    return int(found[1]) * _UNITS[found[2]] * 1_000_000


def written(length: int) -> str:
    """A length of microseconds in words that a policy would use, in the largest fitting unit."""
    seconds = length / 1_000_000
    for unit in ("weeks", "d", "h", "min"):
        size = _UNITS[unit]
        if seconds >= (2 if unit in ("weeks", "d") else 1) * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
