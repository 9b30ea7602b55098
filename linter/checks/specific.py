"""Require that a reply names something of the customer's own comment.

A word in common after inflection is enough; function words and words that fit any case ("problem",
"feedback") do not count. A reply that speaks of something, in words that the comment does not have,
may mean the same: then, as without a comment, it cannot tell.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, absent
from linter.language import content
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import CannotTell, Verdict

NAME = "specific"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "words": {
            "type": "integer",
            "minimum": 1,
            "default": 1,
            "description": "How many words of the comment's.",
        }
    },
}
VALUES = ("topics",)
EXAMPLE = {
    "options": {},
    "good": [
        {
            "comment": "The kettle I ordered leaks.",
            "reply": "A leaking kettle is the last thing you need. We send a new one.",
        }
    ],
    "bad": [
        {"comment": "The kettle I ordered leaks.", "reply": "We are sorry for the inconvenience."}
    ],
}
_TOPICS = 5
_SAYS_NOTHING = 3


def compile(options: Options, language: Language) -> Matcher:
    least = int(options.get("words", 1))
    language.ask(("specific",))

    def match(analysis: Analysis) -> Verdict:
        if analysis.comment is None:
            return CannotTell("the comment's text is not known")
        topics = analysis.comment.content_words
        if not topics:
            return CannotTell("the comment names nothing in particular")
        if len(content.shared(analysis, analysis.comment)) >= least:
            return ()
        if len(analysis.content_words) > _SAYS_NOTHING:
            return CannotTell("the reply may name it in other words")
        named = [analysis.comment.text[spans[0][0] : spans[0][1]] for spans in topics.values()]
        return (absent(analysis, topics=", ".join(named[:_TOPICS])),)

    return match
