"""Forbid shouting: words in capitals in a row, and heated punctuation.

Abbreviations, codes and names in capitals are left alone unless they stand in a row of shouted
words, and so are headings and choices to fill in.
"""

from __future__ import annotations

import re

from linter.checks.common import Matcher, Options, at
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import LETTERS
from linter.language.reading import Span
from linter.model import Match, Verdict

NAME = "shouting"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "words": {
            "type": "integer",
            "minimum": 1,
            "default": 3,
            "description": "How many words in capitals in a row are shouted; one of them is a "
            "common word.",
        },
        "signs": {
            "type": "integer",
            "minimum": 1,
            "default": 3,
            "description": "How many exclamation or question marks in a row are heated.",
        },
        "allow": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Words that are written in capitals.",
        },
    },
}
VALUES = ("text",)
EXAMPLE = {
    "options": {},
    "good": [{"reply": "Please send the IBAN of your account to us!"}],
    "bad": [{"reply": "READ THE TERMS before you write to us!!!"}],
}

_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}")
_SIGNS = re.compile(r"[!?]{2,}")
_SIGN = re.compile(r"[!?]+")


def compile(options: Options, language: Language) -> Matcher:
    least = int(options.get("words", 3))
    signs = int(options.get("signs", 3))
    allowed = frozenset(options.get("allow", ()))
    runs = _SIGNS if signs > 1 else _SIGN

    def match(analysis: Analysis) -> Verdict:
        text = analysis.text
        matches: list[Match] = []
        if "!" in text or "?" in text:
            matches += [
                at(analysis, found.span())
                for found in runs.finditer(text)
                if _is_heated(found.group(), signs)
            ]
        if _CAPITALS.search(text):
            matches += [
                at(analysis, span)
                for span in _shouted(text, least, allowed, language)
                if not _is_set_apart(analysis, span)
            ]
        return sorted(matches, key=lambda match: match.start)

    return match


def _is_heated(run: str, least: int) -> bool:
    return len(run) >= least or ("!" in run and "?" in run and least <= 3)


def _is_set_apart(analysis: Analysis, span: Span) -> bool:
    """A heading, or something to choose or to fill in: "(LOST/BROKEN)". Nobody is shouted at."""
    start, end = span
    text = analysis.text
    if text[start - 1 : start] in ("(", "[", "/") or text[end : end + 1] in (")", "]", "/"):
        return True
    return len(analysis.sentences) > 1 and any(
        begin == start and not text[end:stop].strip(" :-\n") for begin, stop in analysis.sentences
    )


def _shouted(
    text: str, least: int, allowed: frozenset[str], language: Language
) -> list[tuple[int, int]]:
    """Rows of words in capitals, of which one is a common word of the language or each is long."""
    common = language.nlp.Defaults.stop_words
    spans: list[tuple[int, int]] = []
    row: list[re.Match[str]] = []
    for word in [*LETTERS.finditer(text), None]:
        if (
            word is not None
            and word.group().isupper()
            and word.group() not in allowed
            and _runs_on(text, row, word)
        ):
            row.append(word)
            continue
        words = [item.group() for item in row]
        spoken = any(len(w) > 1 and w.lower() in common for w in words) or all(
            len(w) >= 5 for w in words
        )
        if len(words) >= least and spoken:
            spans.append((row[0].start(), row[-1].end()))
        row = []
        if word is not None and word.group().isupper() and word.group() not in allowed:
            row = [word]
    return spans


def _runs_on(text: str, row: list[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a word continues the row: nothing but blanks and commas between."""
    return not row or not text[row[-1].end() : word.start()].strip(" ,!")
