"""Numbers, times and names as the page writes them."""

from __future__ import annotations

from math import ceil, floor

from linter.log.report.share import Share
from linter.reporters import safe

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DASH = "–"


def number(count: int) -> str:
    """ "1,234"."""
    return f"{count:,}"


def counted(count: int, thing: str, things: str | None = None) -> str:
    """ "1 reply", "1,234 replies"."""
    return f"{number(count)} {thing if count == 1 else things or thing + 's'}"


def percent(rate: float | None) -> str:
    """ "4.2%"; a dash where there is no rate. Only none is "0.0%", only all is "100.0%"."""
    if rate is None:
        return DASH
    written = f"{rate * 100:.1f}%"
    if written == "0.0%" and rate > 0:
        return "<0.1%"
    return ">99.9%" if written == "100.0%" and rate < 1 else written


def interval(share: Share) -> str:
    """ "3.1–5.6%", rounded outwards: never narrower than it is."""
    if share.interval is None:
        return DASH
    low, high = share.interval
    return f"{floor(low * 1_000) / 10:.1f}–{ceil(high * 1_000) / 10:.1f}%"


def wait(length: int | None) -> str:
    """ "45 s", "42 min", "1 h 8 min", "3 d 4 h", rounded to the smaller unit; a dash for none."""
    if length is None:
        return DASH
    seconds = round(length / 1_000_000)
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(round(hours + minutes / 60), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def day(time: str) -> str:
    """ "2 Mar 2026" of a time or day in ISO 8601; whatever is not such stays."""
    year, _, rest = time[:10].partition("-")
    month, _, number_ = rest.partition("-")
    if not (month.isdecimal() and number_.isdecimal() and 1 <= int(month) <= 12):
        return time
    return f"{int(number_)} {_MONTHS[int(month) - 1]} {year}"


def moment(time: str) -> str:
    """ "2 Mar 2026, 10:49"; only the day where only that is known, both ends of an interval."""
    first, _, last = time.partition("/")
    if last:
        return f"{moment(first)} to {moment(last)}"
    return f"{day(time)}, {time[11:16]}" if len(time) > 10 else day(time)


def instant(time: str) -> str:
    """The same for programs to read: of an interval its beginning."""
    return time.partition("/")[0]


def period(start: str, unit: str) -> str:
    """The name of a period: "week of 2 Mar 2026", "Mar 2026", "2026"."""
    written = day(start)
    match unit:
        case "week":
            return f"week of {written}"
        case "month":
            return written.partition(" ")[2]
        case "quarter" | "year" | "decade" | "century" | "millennium":
            return written.rpartition(" ")[2] if unit == "year" else f"{unit} from {written}"
    return written


def tick(start: str, unit: str) -> str:
    """A period's short name, for an axis."""
    if unit == "week":
        return day(start).rpartition(" ")[0]
    return day(start).partition(" ")[2] if unit in ("month", "quarter") else start[:4]


def shown(text: str, limit: int = 200) -> str:
    """One line of a stranger's text, with all that could act made visible, cut to a length."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return safe.visible(cut)


def lines(text: str) -> str:
    """A stranger's text with its line breaks, with all else that could act made visible."""
    parts = text.replace("\r\n", "\n").split("\n")
    return "\n".join(safe.log_line(safe.visible(part)) for part in parts)
