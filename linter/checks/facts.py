"""Forbid what contradicts a known fact, in the reply or, uncorrected, in the comment.

A statement is a fact's subject and a value of its type in one sentence. Values are compared, not
words: "two weeks" is "14 days". What is asked, denied, supposed or quoted is no statement, and a
sentence that gives the right value as well is let pass.
"""

from __future__ import annotations

import re

from linter.checks.common import Matcher, Options, absent, at
from linter.checks.errors import unknown
from linter.language.analysis import Analysis
from linter.language.facts import Fact
from linter.language.language import Language
from linter.language.statements import Statement, StatementFinder
from linter.model import CannotTell, Verdict

NAME = "facts"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "in": {
            "enum": ["reply", "comment"],
            "default": "reply",
            "description": "reply: the reply states something else than a fact. comment: the "
            "comment does, and the reply does not give what is right.",
        },
        "facts": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "uniqueItems": True,
            "description": "The ids of the facts that count; all, if not given.",
        },
    },
}
VALUES = ("subject", "stated", "right", "fact", "text")
EXAMPLE = {
    "options": {},
    "facts": [
        {
            "id": "return-period",
            "type": "duration",
            "value": "30 days",
            "subject": {"en": ["return period"]},
        }
    ],
    "good": [
        {"reply": "The return period is 30 days."},
        {"reply": "You wrote that the return period is two weeks; it is a good deal longer."},
    ],
    "bad": [{"reply": "Our return period is two weeks."}],
}


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for a fact that is not known."""
    if not language.facts:
        return lambda _: CannotTell("no facts are given")
    finder = StatementFinder(language, _chosen(options, language))
    if not finder.facts:
        return lambda _: CannotTell("no fact has phrases in this language")
    in_comment = options.get("in") == "comment"

    def match_reply(analysis: Analysis) -> Verdict:
        return [
            at(analysis, statement.value, **_values(statement, analysis))
            for statement in finder.wrong(analysis)
        ]

    def match_comment(analysis: Analysis) -> Verdict:
        comment = analysis.comment
        if comment is None:
            return CannotTell("the comment's text is not known")
        return [
            absent(analysis, **_values(statement, comment))
            for statement in finder.wrong(comment, by_customer=True)
            if not finder.gives_right(analysis, statement.fact)
        ]

    return match_comment if in_comment else match_reply


def _chosen(options: Options, language: Language) -> list[Fact]:
    facts: dict[str, Fact] = {fact.id: fact for fact in language.facts}
    ids = options.get("facts", tuple(facts))
    for index, name in enumerate(ids):
        if facts and name not in facts:
            raise unknown(("facts", index), "fact", name, facts)
    return [facts[name] for name in ids if name in facts]


def _values(statement: Statement, analysis: Analysis) -> dict[str, str]:
    start, end = statement.value
    return {
        "subject": _subject(statement, analysis),
        "stated": analysis.text[start:end],
        "right": statement.fact.value,
        "fact": statement.fact.id,
        "text": analysis.text[start:end],
    }


def _subject(statement: Statement, analysis: Analysis) -> str:
    """What the fact is called: its first phrase in the language, if that is plain words."""
    phrases = statement.fact.subject.get(analysis.language.code, ())
    if phrases and re.fullmatch(r"[\w' -]+", phrases[0]):
        return phrases[0]
    return analysis.text[slice(*statement.subject)]
