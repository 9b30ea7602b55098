"""The calendars of a policy: when the team works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from linter.logic.constraints import Calendar
from linter.policy.model import Policy
from linter.policy.schema import DAYS
from linter.policy.sound import Sound


def read(sound: Sound, bases: Iterable[Policy]) -> Mapping[str, Calendar]:
    """The calendars of the extended policies and of this one, by name."""
    found = {name: each for base in bases for name, each in base.calendars.items()}
    for name, written in sound.get("calendars", {}).items():
        faults = list(_faults(written))
        for pointer, message in faults:
            sound.report(("calendars", name, *pointer), message)
        if not faults:
            found[name] = _calendar(name, written)
    return found


def _calendar(name: str, written: Mapping[str, Any]) -> Calendar:
    return Calendar(
        name=name,
        days=tuple(sorted(map(DAYS.index, written["days"]))),
        hours=tuple(sorted(map(_span, _several(written["hours"])))),
        timezone=written["timezone"],
        holidays=tuple(_several(written.get("holidays", []))),
    )


def _faults(written: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    zone = written["timezone"]
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        yield ("timezone",), f'there is no time zone "{zone}"; an IANA name is such as Europe/Oslo'
    spans = sorted(map(_span, _several(written["hours"])))
    if any(start >= end for start, end in spans):
        yield ("hours",), "hours end after they begin"
    elif any(end > start for (_, end), (start, _) in pairwise(spans)):
        yield ("hours",), "hours overlap"
    if "holidays" in written:
        yield from _unknown_countries(_several(written["holidays"]))


def _unknown_countries(codes: Iterable[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    import holidays

    known = holidays.list_supported_countries()
    for code in codes:
        country, _, part = code.partition("-")
        if country not in known or (part and part not in known[country]):
            yield ("holidays",), f'the public holidays of "{code}" are not known'


def _span(hours: str) -> tuple[int, int]:
    start, end = hours.split("-")
    return _minutes(start), _minutes(end)


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
