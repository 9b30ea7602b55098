"""Hold acts to an order: a reply that performs several of them performs them in this one."""

from __future__ import annotations

from itertools import pairwise

from linter.checks.common import Matcher, Options, acts, at
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import Verdict

NAME = "act-order"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["acts"],
    "properties": {
        "acts": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 2,
            "uniqueItems": True,
            "description": "The acts, in the order in which each is first performed.",
        }
    },
}
VALUES = ("act", "earlier", "text")
EXAMPLE = {
    "options": {"acts": ["greeting", "apology", "further_help"]},
    "good": [
        {"reply": "Hi Jens, we apologise for the delay. Is there anything else we can do for you?"}
    ],
    "bad": [{"reply": "Is there anything else we can do for you? We apologise for the delay."}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for an act that the language does not know."""
    labels = acts(options, "acts", language)

    def match(analysis: Analysis) -> Verdict:
        firsts = [(label, analysis.spans(label)[0]) for label in labels if analysis.spans(label)]
        return [
            at(analysis, span, act=label, earlier=before)
            for (before, other), (label, span) in pairwise(firsts)
            if span < other
        ]

    return match
