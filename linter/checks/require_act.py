"""Require that a reply performs an act.

An address by name cannot be asked for where the customer goes by no name: cannot tell.
"""

from __future__ import annotations

from linter.checks.common import ACTS, WITHIN_SCHEMA, Matcher, Options, absent, acts, found
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import CannotTell, Verdict

NAME = "require-act"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["act"],
    "properties": {"act": ACTS, "within": WITHIN_SCHEMA},
}
VALUES = ("act",)
EXAMPLE = {
    "options": {"act": "thanks"},
    "good": [{"reply": "Thank you for your feedback, it helps us a lot."}],
    "bad": [{"reply": "We received your message and will look into it."}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for an act that the language does not know."""
    labels = acts(options, "act", language)
    within = options.get("within")
    named = labels == ("address_by_name",)

    def match(analysis: Analysis) -> Verdict:
        if found(analysis, labels, within):
            return ()
        author = analysis.reply.author
        if named and author is not None and not language.is_personal(author):
            return CannotTell("the customer's name is not known")
        return (absent(analysis, within, act=" or ".join(labels)),)

    return match
