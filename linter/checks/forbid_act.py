"""Forbid that a reply performs an act: at all, behind another, or unless it performs a third."""

from __future__ import annotations

from linter.checks.common import ACTS, WITHIN_SCHEMA, Matcher, Options, acts, at, found
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import Verdict

NAME = "forbid-act"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["act"],
    "properties": {
        "act": ACTS,
        "within": WITHIN_SCHEMA,
        "after": {**ACTS, "description": "Only behind a passage that performs this act."},
        "unless": {**ACTS, "description": "Not where the reply performs this act as well."},
    },
}
VALUES = ("act", "text")
EXAMPLE = {
    "options": {"act": "rude"},
    "good": [{"reply": "We see that this was not what you expected."}],
    "bad": [{"reply": "Stop whining, please."}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for an act that the language does not know."""
    labels = acts(options, "act", language)
    after = acts(options, "after", language)
    unless = acts(options, "unless", language)
    within = options.get("within")

    def match(analysis: Analysis) -> Verdict:
        places = found(analysis, labels, within)
        if not places or found(analysis, unless):
            return ()
        if after:
            ends = [span[1] for _, span in found(analysis, after)]
            places = [place for place in places if ends and place[1][0] >= min(ends)]
        return [at(analysis, span, act=label) for label, span in places]

    return match
