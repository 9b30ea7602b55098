"""Bound how often a reply performs an act."""

from __future__ import annotations

from linter.checks.common import ACTS, Matcher, Options, acts, at, found
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import Verdict

NAME = "at-most"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["act", "max"],
    "properties": {"act": ACTS, "max": {"type": "integer", "minimum": 1}},
}
VALUES = ("act", "text", "count", "max")
EXAMPLE = {
    "options": {"act": "apology", "max": 1},
    "good": [{"reply": "We apologise for the delay. Your parcel leaves today."}],
    "bad": [{"reply": "We apologise for the delay. Again, our sincere apologies for this."}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for an act that the language does not know."""
    labels = acts(options, "act", language)
    most = int(options["max"])

    def match(analysis: Analysis) -> Verdict:
        places = found(analysis, labels)
        count = str(len(places))
        return [
            at(analysis, span, act=label, count=count, max=str(most))
            for label, span in places[most:]
        ]

    return match
