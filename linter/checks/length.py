"""Bound the length of a reply, in words or in characters.

A word holds a letter or a digit; code, quotations and addresses count as one. Characters are
counted as they are written, as a channel does that cuts off what is longer.
"""

from __future__ import annotations

import re

from linter.checks.common import Matcher, Options, absent
from linter.checks.errors import OptionError
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import MARKS
from linter.model import Match, Verdict

NAME = "length"
SCOPE = "reply"
_BOUND = {"type": "integer", "minimum": 1}
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "min_words": {**_BOUND, "description": "The fewest words that a reply may have."},
        "max_words": {**_BOUND, "description": "The most words that a reply may have."},
        "max_characters": {**_BOUND, "description": "The most characters that a reply may have."},
    },
}
VALUES = ("count", "limit", "unit")
EXAMPLE = {
    "options": {"min_words": 4, "max_words": 12},
    "good": [{"reply": "Your parcel left our warehouse this morning."}],
    "bad": [
        {"reply": "Noted."},
        {"reply": "Your parcel left this morning and is on its way to you by train, ship and van."},
    ],
}

_WORD = re.compile(rf"[^\W_]+(?:[.,:'’/-][^\W_]+)*|[{''.join(sorted(MARKS))}]")


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for bounds that no reply can keep."""
    fewest = int(options.get("min_words", 0))
    most = options.get("max_words")
    most_characters = options.get("max_characters")
    by_words = most is not None or fewest > 0
    if most is not None and fewest > most:
        raise OptionError(("min_words",), f"no reply has {fewest} words or more and {most} or less")

    def match(analysis: Analysis) -> Verdict:
        found: list[Match] = []
        size = len(analysis.reply.text.rstrip())
        if most_characters is not None and size > most_characters:
            values = _values(size, most_characters, "characters")
            found.append(Match(most_characters, size, values))
        words = [word.span() for word in _WORD.finditer(analysis.text)] if by_words else []
        if most is not None and len(words) > most:
            over = words[most][0], words[-1][1]
            found.append(Match(*analysis.original(*over), _values(len(words), most, "words")))
        if len(words) < fewest:
            found.append(absent(analysis, **_values(len(words), fewest, "words")))
        return found

    return match


def _values(count: int, limit: int, unit: str) -> dict[str, str]:
    return {"count": str(count), "limit": str(limit), "unit": unit}
