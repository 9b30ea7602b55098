"""Forbid that a reply repeats the customer's own words.

So many words in a row as the comment has them; block quotations are left alone. Without a comment
it cannot tell.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, at
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import WORD, normalise
from linter.model import CannotTell, Match, Verdict

NAME = "quote"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "words": {
            "type": "integer",
            "minimum": 3,
            "default": 6,
            "description": "From how many words in a row on it is a repetition.",
        }
    },
}
VALUES = ("text", "words")
EXAMPLE = {
    "options": {},
    "good": [
        {
            "comment": "I waited three weeks for a chair with four broken legs.",
            "reply": "A broken chair after three weeks of waiting: that should not happen.",
        }
    ],
    "bad": [
        {
            "comment": "I waited three weeks for a chair with four broken legs.",
            "reply": "We are sorry that you got a chair with four broken legs.",
        }
    ],
}


def compile(options: Options, language: Language) -> Matcher:
    least = int(options.get("words", 6))

    def match(analysis: Analysis) -> Verdict:
        comment = analysis.reply.comment
        if comment is None or comment.text is None:
            return CannotTell("the comment's text is not known")
        theirs = WORD.findall(normalise(comment.text, "plain").text.lower())
        rows = {tuple(theirs[i : i + least]) for i in range(len(theirs) - least + 1)}
        return _repeated(analysis, rows, least) if rows else ()

    return match


def _repeated(analysis: Analysis, rows: set[tuple[str, ...]], least: int) -> list[Match]:
    """The longest stretches of the reply whose every `least` words are a row of the comment's."""
    words = list(WORD.finditer(analysis.text))
    said = [word.group().lower() for word in words]
    matches: list[Match] = []
    first = end = 0
    for at_word in range(len(words) - least + 2):
        if tuple(said[at_word : at_word + least]) in rows:
            first, end = (first, at_word + least) if at_word < end else (at_word, at_word + least)
        elif end and at_word + least > end:
            span = words[first].start(), words[end - 1].end()
            matches.append(at(analysis, span, words=str(end - first)))
            end = 0
    return matches
