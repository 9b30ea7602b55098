"""Charts as inline SVG that stretch with the page: positions across are in per cent, so that text
keeps its size at every width. Nothing here comes from a log but numbers and dates.

A chart is a picture with a title and a description; its numbers stand in a table beneath it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, floor, log, log2, log10

from markupsafe import Markup

from linter.log.report import wording
from linter.log.report.answers import DAY, EDGES, HOUR
from linter.log.report.model import AnswersIn, Bin, Mark, PeriodFigures
from linter.log.report.share import Share
from linter.model import LEVELS

_HEIGHT = 180
_MINUTE = HOUR // 60
_TICKS = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 28 * DAY)
_SECOND_TICKS = (_MINUTE, 15 * _MINUTE, 4 * HOUR, 3 * DAY)
"""Those of the ticks for which a narrow page has no room."""
_LABELS = 13
"""How many periods an axis names at most; a narrow page, a third of them."""


def tag(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """An element. An attribute's underscores are hyphens; `class_` is `class`."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _attribute(value))
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, Markup("").join(children))


def _attribute(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _across(fraction: float) -> str:
    return f"{_attribute(fraction * 100)}%"


# --- in the cells of tables ----------------------------------------------------------------------


def bar(*parts: tuple[int, str], whole: int) -> Markup:
    """A bar of one or more parts, each a count and a class, on a scale that ends at `whole`."""
    at, rects = 0, []
    for count, class_ in parts:
        rects.append(
            tag(
                "rect",
                x=_across(at / whole),
                width=_across(count / whole),
                height=12,
                class_=class_,
            )
        )
        at += count
    return tag("svg", *rects, class_="bar", height=12, aria_hidden="true", focusable="false")


def dot(share: Share, most: float) -> Markup:
    """A rate with its interval, on a scale from 0 to `most`."""
    if share.rate is None or share.interval is None:
        return Markup("")
    low, high = (_across(bound / most) for bound in share.interval)
    rate = _across(share.rate / most)
    return tag(
        "svg",
        tag("line", x1="0", x2="100%", y1=8, y2=8, class_="track"),
        tag("line", x1=low, x2=high, y1=8, y2=8, class_="whisker"),
        tag("circle", cx=rate, cy=8, r=4, class_="point"),
        class_="dots",
        height=16,
        aria_hidden="true",
        focusable="false",
    )


def scale(shares: Iterable[Share]) -> float:
    """A round end of a scale that holds all intervals."""
    highest = max((share.interval[1] for share in shares if share.interval), default=1.0)
    return next(end for end in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if highest <= end)


# --- charts --------------------------------------------------------------------------------------


def findings(periods: Sequence[PeriodFigures], unit: str, name: str) -> Markup:
    """Findings by period, stacked by level."""
    most, steps = _steps(max((sum(each.findings.values()) for each in periods), default=0))
    rects = []
    for place, each in enumerate(periods):
        base = 0
        for level in reversed(LEVELS):
            count = each.findings.get(level, 0)
            if count:
                label = f"{wording.period(each.start, unit)}: {wording.counted(count, level)}"
                left, width = _column(place, len(periods))
                rects.append(
                    tag(
                        "rect",
                        tag("title", label),
                        x=_across(left),
                        width=_across(width),
                        y=_y((base + count) / most),
                        height=_HEIGHT * count / most,
                        class_=level,
                    )
                )
            base += count
    return _chart(
        name,
        f"Findings by {unit}",
        f"A column for each {unit}, stacked by level: errors at the bottom, then warnings and "
        "notes. The numbers are in the table below.",
        *_rows((step / most, wording.number(step)) for step in steps),
        *rects,
        *_periods([each.start for each in periods], unit),
    )


def shares(
    by_start: Mapping[str, Share], starts: Sequence[str], unit: str, what: str, name: str
) -> Markup:
    """Shares with their intervals, by period. `what` says of what."""
    most = scale(share for share in by_start.values())
    marks = []
    for place, start in enumerate(starts):
        share = by_start.get(start)
        if share is None or share.interval is None or share.rate is None:
            continue
        x = _across((place + 0.5) / len(starts))
        low, high = (bound / most for bound in share.interval)
        label = (
            f"{wording.period(start, unit)}: {wording.percent(share.rate)} "
            f"of {wording.number(share.whole)} ({wording.interval(share)})"
        )
        marks += [
            tag("line", x1=x, x2=x, y1=_y(low), y2=_y(high), class_="whisker"),
            tag("circle", tag("title", label), cx=x, cy=_y(share.rate / most), r=4, class_="point"),
        ]
    return _chart(
        name,
        f"{what} by {unit}",
        f"A point for each {unit} from 0 to {most:.0%}, with a line for its 95% interval. "
        "The numbers are in the table below.",
        *_rows((step / 4, f"{25 * step * most:.4g}%") for step in range(5)),
        *marks,
        *_periods(starts, unit),
    )


def waits(periods: Sequence[AnswersIn], starts: Sequence[str], unit: str, name: str) -> Markup:
    """The median and the 90th percentile of the time to first reply, by period."""
    known = [each for each in periods if each.median is not None and each.p90 is not None]
    lengths = [length for each in known for length in (each.median, each.p90) if length]
    low = max(tick for tick in _TICKS if tick <= min([*lengths, HOUR // 4]) or tick == _MINUTE)
    high = min(tick for tick in _TICKS if tick >= max([*lengths, DAY]) or tick == _TICKS[-1])

    def at(length: int) -> float:
        return min(1.0, max(0.0, log(max(length, 1) / low) / log(high / low)))

    by_start = {each.start: each for each in known}
    marks: list[Markup] = []
    for class_, words in (("p90", "90th percentile"), ("median", "median")):
        points = [
            (_across((place + 0.5) / len(starts)), start, length)
            for place, start in enumerate(starts)
            if start in by_start and (length := getattr(by_start[start], class_)) is not None
        ]
        marks += [
            tag("line", x1=x1, x2=x2, y1=_y(at(a)), y2=_y(at(b)), class_=f"line {class_}")
            for (x1, _, a), (x2, _, b) in pairwise(points)
        ]
        marks += [
            tag(
                "circle",
                tag("title", f"{wording.period(start, unit)}: {words} {wording.wait(length)}"),
                cx=x,
                cy=_y(at(length)),
                r=4,
                class_=f"point {class_}",
            )
            for x, start, length in points
        ]
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    return _chart(
        name,
        f"Time to first reply by {unit}",
        f"Two lines on a logarithmic axis: the median and the 90th percentile of each {unit}. "
        "The numbers are in the table below.",
        *_rows((at(tick), wording.wait(tick)) for tick in ticks),
        *marks,
        *_periods(starts, unit),
    )


def distribution(bins: Sequence[Bin], marks: Sequence[Mark], name: str) -> Markup:
    """The waits as a histogram on a logarithmic axis, with the share up to each mark."""
    used = [each for each in bins if each.count]
    low = min([_low(each) for each in used] + [15 * _MINUTE])
    high = max([_high(each) for each in used] + [2 * DAY])

    def at(length: int) -> float:
        return log2(length / low) / log2(high / low)

    most, steps = _steps(max((each.count for each in bins), default=0))
    rects = [
        tag(
            "rect",
            tag("title", f"{_between(each)}: {wording.number(each.count)}"),
            x=_across(at(_low(each))),
            width=_across(at(_high(each)) - at(_low(each))),
            y=_y(each.count / most),
            height=_HEIGHT * each.count / most,
            class_="column",
        )
        for each in used
    ]
    lines = []
    for mark in marks:
        x = _across(at(mark.limit))
        label = f"{wording.percent(mark.share.rate)} within {wording.wait(mark.limit)}"
        lines += [
            tag("line", x1=x, x2=x, y1=-22, y2=_HEIGHT, class_="mark"),
            tag("text", label, x=x, dx=-6, y=-12, class_="marked end wide"),
            tag(
                "text",
                wording.percent(mark.share.rate),
                x=x,
                dx=-6,
                y=-12,
                class_="marked end narrow",
            ),
        ]
    ticks = [
        tag(
            "text",
            wording.wait(tick),
            x=_across(at(tick)),
            y=_HEIGHT + 18,
            class_="middle wide" if tick in _SECOND_TICKS else "middle",
        )
        for tick in _TICKS
        if low <= tick <= high
    ]
    return _chart(
        name,
        "Time to first reply",
        "A histogram on a logarithmic axis from minutes to days. "
        + "; ".join(
            f"{wording.percent(mark.share.rate)} were answered within {wording.wait(mark.limit)}"
            for mark in marks
        )
        + ". The numbers are in the table below.",
        *_rows((step / most, wording.number(step)) for step in steps),
        *rects,
        *lines,
        *ticks,
        class_="plot marks",
    )


def _low(each: Bin) -> int:
    return each.low if each.low is not None else round(EDGES[0] / 2**0.5)


def _high(each: Bin) -> int:
    return each.high if each.high is not None else round(EDGES[-1] * 2**0.5)


def _between(each: Bin) -> str:
    if each.low is None:
        return f"less than {wording.wait(each.high)}"
    if each.high is None:
        return f"{wording.wait(each.low)} or more"
    return f"{wording.wait(each.low)} to {wording.wait(each.high)}"


# --- parts of charts -----------------------------------------------------------------------------


def _chart(name: str, title: str, description: str, *parts: Markup, class_: str = "plot") -> Markup:
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", description, id=f"{name}-desc"),
        *parts,
        class_=class_,
        height=_HEIGHT,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )


def _y(fraction: float) -> float:
    return _HEIGHT * (1 - fraction)


def _rows(steps: Iterable[tuple[float, str]]) -> list[Markup]:
    """Lines across with their labels."""
    rows = []
    for fraction, label in steps:
        y = _y(fraction)
        rows += [
            tag("line", x1="0", x2="100%", y1=y, y2=y, class_="grid" if fraction else "axis"),
            tag("text", label, x="0", dx=-8, y=y, dy="0.35em", class_="end"),
        ]
    return rows


def _column(place: int, count: int) -> tuple[float, float]:
    """Where a period's column begins, and its width."""
    width = 0.7 if count < 40 else 0.9
    return (place + (1 - width) / 2) / count, width / count


def _periods(starts: Sequence[str], unit: str) -> list[Markup]:
    """Labels under the periods, as many as there is room for."""
    every = ceil(len(starts) / _LABELS)
    return [
        tag(
            "text",
            wording.tick(start, unit),
            x=_across((place + 0.5) / len(starts)),
            y=_HEIGHT + 18,
            class_="middle" if place % (every * 4) == 0 else "middle wide",
        )
        for place, start in enumerate(starts)
        if place % every == 0
    ]


def _steps(most: int) -> tuple[int, list[int]]:
    """A round end of a scale for counts, and its steps."""
    size = max(1, most)
    power = 10 ** floor(log10(size))
    step = next(
        int(max(1, part * power / 10))
        for part in (1, 2, 5, 10, 20, 50)
        if ceil(size / max(1, part * power / 10)) <= 4
    )
    end = step * ceil(size / step)
    return end, list(range(0, end + 1, step))
