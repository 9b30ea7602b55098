"""Forbid addressing the customer by somebody else's name.

One name in common is enough ("Beste mevrouw De Vries" for "Anna de Vries"), initials and short
forms agree; where the customer goes by no name, it cannot tell.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, at
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import CannotTell, Verdict

NAME = "wrong-name"
SCOPE = "reply"
OPTIONS = {"type": "object", "additionalProperties": False, "properties": {}}
VALUES = ("text", "author")
EXAMPLE = {
    "options": {},
    "good": [{"author": "Jens Hansen", "reply": "Hi Jens, thank you for writing."}],
    "bad": [{"author": "Jens Hansen", "reply": "Hi Anne, thank you for writing."}],
}


def compile(options: Options, language: Language) -> Matcher:
    language.ask(("address_by_name",))

    def match(analysis: Analysis) -> Verdict:
        called = [name for name in analysis.vocatives if name.kind == "name" and name.certain]
        if not called:
            return ()
        author = analysis.reply.author
        if author is None or not language.is_personal(author):
            return CannotTell("the customer's name is not known")
        return [
            at(analysis, analysis.char_span(name.start, name.end), author=author)
            for name in called
            if not language.agrees(name.text, author)
        ]

    return match
