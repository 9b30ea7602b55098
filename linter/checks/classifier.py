"""Bound a label's score that a spaCy pipeline of your own gives to a reply.

The policy names the pipeline; its text categories (`doc.cats`) are asked. A pipeline without the
label cannot tell.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, at
from linter.checks.errors import OptionError
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import CannotTell, Verdict

NAME = "classifier"
SCOPE = "reply"
_SCORE = {"type": "number", "minimum": 0, "maximum": 1}
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["label"],
    "properties": {
        "label": {"type": "string", "minLength": 1},
        "min": {**_SCORE, "description": "The least score that the label may have."},
        "max": {**_SCORE, "description": "The highest score that the label may have."},
    },
    "if": {"not": {"required": ["max"]}},
    "then": {"required": ["label", "min"]},
}
VALUES = ("label", "score", "min", "max", "text")
EXAMPLE = {
    "options": {"label": "angry", "max": 0.5},
    "good": [{"reply": "We have sent you a new one.", "categories": {"angry": 0.03}}],
    "bad": [{"reply": "Read the manual before you write.", "categories": {"angry": 0.91}}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for bounds that no score can keep."""
    label = options["label"]
    least, most = float(options.get("min", 0)), float(options.get("max", 1))
    if least > most:
        raise OptionError(("min",), f"no score is {least:g} or more and {most:g} or less")
    bounds = {"min": f"{least:g}", "max": f"{most:g}"}

    def match(analysis: Analysis) -> Verdict:
        score = analysis.doc.cats.get(label)
        if score is None:
            return CannotTell("the pipeline gives no such label")
        if least <= score <= most:
            return ()
        everything = (0, len(analysis.text))
        return (at(analysis, everything, label=label, score=f"{score:.2f}", **bounds),)

    return match
