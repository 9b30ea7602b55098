"""Bound how hard a reply is to read, by its LIX.

LIX (Björnsson 1968) is the mean length of a sentence in words plus the percentage of words of more
than six letters; it holds for many languages. Below 30 is easy, 40 a newspaper, above 50 hard.
The finding points at the hardest sentence. Replies of fewer than 30 words are left alone.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, at
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import LETTERS
from linter.model import Verdict

NAME = "readability"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["max_lix"],
    "properties": {
        "max_lix": {"type": "number", "minimum": 10, "maximum": 100, "description": "The most."}
    },
}
VALUES = ("lix", "max", "text")
EXAMPLE = {
    "options": {"max_lix": 45},
    "good": [
        {
            "reply": "Your parcel left our shop this morning. It goes by train to Oslo, and by van "
            "from there. You will have it on Friday. If you are not at home, it waits for you at "
            "the post office."
        }
    ],
    "bad": [
        {
            "reply": "Notwithstanding aforementioned considerations regarding transportation "
            "arrangements, consignments dispatched internationally invariably necessitate "
            "supplementary documentation, certification and administrative authorisation, whose "
            "preparation ordinarily requires considerable additional processing capacity beyond "
            "the resources that are currently available to our department."
        }
    ],
}

_FEWEST_WORDS = 30
_LONG = 6


def compile(options: Options, language: Language) -> Matcher:
    most = float(options["max_lix"])

    def match(analysis: Analysis) -> Verdict:
        sentences = [
            (span, words)
            for span in analysis.sentences
            if (words := LETTERS.findall(analysis.text, *span))
        ]
        everything = [word for _, words in sentences for word in words]
        if len(everything) < _FEWEST_WORDS:
            return ()
        score = lix(everything, len(sentences))
        if score <= most:
            return ()
        hardest, _ = max(sentences, key=lambda item: lix(item[1], 1))
        return (at(analysis, hardest, lix=f"{score:.0f}", max=f"{most:g}"),)

    return match


def lix(words: list[str], sentences: int) -> float:
    """The LIX of a text of these words."""
    long = sum(len(word) > _LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)
