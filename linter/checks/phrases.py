"""Forbid phrases, prefer one to another, or require one of several.

Phrases are in the lexicons' syntax (alternatives, optional words, gaps) and match whatever their
case, spacing, quotes and emphasis. A preferred phrase is offered as the replacement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.checks.common import WITHIN_SCHEMA, Matcher, Options, absent, at, region
from linter.checks.errors import OptionError
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.patterns import PatternError
from linter.model import Match, Verdict

NAME = "phrases"
SCOPE = "reply"
_PHRASE = {"type": "string", "minLength": 1, "maxLength": 500}
_LIST = {"type": "array", "items": _PHRASE, "minItems": 1, "uniqueItems": True}


def _per_language(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A value for all languages, or one per language."""
    return {
        "if": {"type": "object", "properties": {"languages": True}, "required": ["languages"]},
        "then": {
            "type": "object",
            "additionalProperties": False,
            "required": ["languages"],
            "properties": {
                "languages": {"type": "object", "minProperties": 1, "additionalProperties": schema}
            },
        },
        "else": schema,
    }


OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "forbid": {**_per_language(_LIST), "description": "Phrases that must not occur."},
        "prefer": {
            **_per_language(
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": _PHRASE,
                    "additionalProperties": _PHRASE,
                }
            ),
            "description": "Phrases that must not occur, each with what to write instead.",
        },
        "require": {**_per_language(_LIST), "description": "Phrases of which one must occur."},
        "within": WITHIN_SCHEMA,
    },
}
VALUES = ("text", "instead", "phrases")
EXAMPLE = {
    "options": {"prefer": {"at your earliest convenience": "when it suits you"}},
    "good": [{"reply": "Call us when it suits you."}],
    "bad": [{"reply": "Call us at your  earliest *convenience*."}],
}


def _for(options: Options, key: str, language: Language) -> Any:
    value = options.get(key)
    if isinstance(value, Mapping) and set(value) == {"languages"}:
        return value["languages"].get(language.code)
    return value


def compile(options: Options, language: Language) -> Matcher:
    """Raises OptionError for a phrase that is not of the form, or both forbidden and required."""

    def label(key: str, index: int, phrase: str) -> str:
        try:
            return language.add_phrases(f"{NAME}:{phrase}", [phrase])
        except PatternError as error:
            where = (key, phrase) if key == "prefer" else (key, index)
            raise OptionError(where, f"{error} (at character {error.at + 1})") from None

    bad = {
        label("forbid", i, phrase): None
        for i, phrase in enumerate(_for(options, "forbid", language) or ())
    }
    preferred = _for(options, "prefer", language) or {}
    bad |= {
        label("prefer", i, phrase): instead for i, (phrase, instead) in enumerate(preferred.items())
    }
    needed = list(_for(options, "require", language) or ())
    wanted = [label("require", i, phrase) for i, phrase in enumerate(needed)]
    within = options.get("within")
    for index, phrase in enumerate(needed):
        if wanted[index] in bad:
            raise OptionError(("require", index), f'"{phrase}" is both forbidden and required')
    if not bad and not wanted:
        key = next(key for key in ("forbid", "prefer", "require") if key in options)
        known = ", ".join(sorted(options[key]["languages"]))
        raise OptionError((key, "languages"), f"no phrases in {language.data.name}, only: {known}")

    def match(analysis: Analysis) -> Verdict:
        start, end = region(analysis, within)
        matches: list[Match] = []
        for key in sorted(analysis.has(bad.keys())):
            instead = bad[key]
            matches += [
                at(analysis, span, replacement=instead, instead=instead or "", phrases="")
                for span in analysis.spans(key)
                if start <= span[0] < end
            ]
        if wanted and not any(
            start <= span[0] < end for key in wanted for span in analysis.spans(key)
        ):
            matches.append(absent(analysis, within, phrases=", ".join(needed), text="", instead=""))
        return sorted(matches, key=lambda match: (match.start, match.end))

    return match
