"""What several checks share: the places in a reply, and the acts that an option names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from linter.checks.errors import unknown
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import MASKED
from linter.language.reading import Span
from linter.model import CannotTell, Match, Reply, Verdict

Matcher = Callable[[Analysis], Verdict]
LibraryMatcher = Callable[[Sequence[Reply]], Iterable[tuple[Reply, Match | CannotTell]]]
Options = Mapping[str, Any]

WITHIN = ("first-sentence", "opening", "closing")
_OPENING = 3
_CLOSING = 2

ACTS = {
    "description": "An act, or several of which any counts.",
    "if": {"type": "string"},
    "then": {"type": "string"},
    "else": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
}
WITHIN_SCHEMA = {
    "enum": list(WITHIN),
    "description": "Where it counts: the first sentence, the opening (three sentences) or the "
    "closing (the last two).",
}


def acts(options: Options, key: str, language: Language) -> tuple[str, ...]:
    """The acts that an option names. Raises OptionError for one that the language does not know."""
    value = options.get(key, ())
    names = (value,) if isinstance(value, str) else tuple(value)
    for index, name in enumerate(names):
        if name not in language.act_names:
            pointer = (key,) if isinstance(value, str) else (key, index)
            raise unknown(pointer, f"act in {language.data.name}", name, language.act_names)
    language.ask(names)
    return names


def region(analysis: Analysis, within: str | None) -> Span:
    """The stretch of the normalised text that an option `within` names.

    A salutation alone ("Hi Jens,") is not counted as a sentence of its own.
    """
    sentences = analysis.sentences
    if within is None or not sentences:
        return 0, len(analysis.text)
    if within == "closing":
        return sentences[-min(_CLOSING, len(sentences))][0], len(analysis.text)
    ends = analysis.full_sentences
    most = 1 if within == "first-sentence" else _OPENING
    return 0, ends[most - 1] if len(ends) >= most else len(analysis.text)


def found(
    analysis: Analysis, labels: Sequence[str], within: str | None = None
) -> list[tuple[str, Span]]:
    """The passages with one of the labels that begin inside the region, in order."""
    places: list[tuple[str, Span]] = []
    for label in labels:
        for span in analysis.spans(label):
            places.append((label, span))
    if places and within is not None:
        start, end = region(analysis, within)
        places = [(label, span) for label, span in places if start <= span[0] < end]
    if len(places) > 1:
        places.sort(key=lambda place: place[1])
    return places


def at(analysis: Analysis, span: Span, *, replacement: str | None = None, **values: str) -> Match:
    """A match at a stretch of the normalised text. `{text}` is what stands there."""
    start, end = analysis.original(*span)
    values.setdefault("text", " ".join(analysis.reply.text[start:end].split()))
    return Match(start, end, values, replacement=replacement)


def masked(analysis: Analysis) -> Callable[[int], bool]:
    """Tells of an offset of the text as written whether code or a quotation stands there."""
    marks = (mark for mark in analysis.normalised.marks if mark.kind == MASKED)
    spans = [analysis.original(mark.at, mark.at + 1) for mark in marks]
    starts = [start for start, _ in spans]

    def is_masked(at: int) -> bool:
        before = bisect_right(starts, at) - 1
        return before >= 0 and at < spans[before][1]

    return is_masked


def absent(analysis: Analysis, within: str | None = None, **values: str) -> Match:
    """A match for something that is missing: at the first sentence of where it was looked for."""
    start, end = region(analysis, within)
    for a, b in analysis.sentences:
        if a >= start:
            start, end = a, min(b, end)
            break
    end = start + len(analysis.text[start:end].rstrip())
    first, last = analysis.original(start, end) if start < end else (0, 0)
    return Match(first, last, values, absent=True)
