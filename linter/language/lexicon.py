"""Lexicons: the phrases of a language that perform an act, with examples of what is and is not one.

A lexicon is a YAML file `lexicons/<language>/<act>.yaml`; `_language.yaml` beside it holds what all
of them share. Shipped files are checked by the tests, a team's own by `read`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from linter.language import patterns
from linter.language.matcher import Entry

FOLDER = Path(__file__).parent.parent / "lexicons"
WHERE = ("opening", "closing", "question", "statement")
ON = ("reply", "comment")

_PHRASE = {"type": "string", "minLength": 1, "maxLength": 500}
_WORDS = {"type": "string", "minLength": 1, "maxLength": 2000}
_PHRASES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "if": {"type": "object"},
        "then": {
            "type": "object",
            "additionalProperties": False,
            "required": ["phrases"],
            "properties": {
                "where": {"enum": list(WHERE), "description": "Where in a text the phrases count."},
                "negatable": {
                    "type": "boolean",
                    "description": "Whether a negation before the phrase undoes it.",
                },
                "phrases": {"type": "array", "minItems": 1, "items": _PHRASE},
            },
        },
        "else": _PHRASE,
    },
}
_EXAMPLES = {
    "type": "array",
    "items": {
        "if": {"type": "object"},
        "then": {
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {
                "text": {"type": "string"},
                "why": {"type": "string"},
                "author": {"type": "string"},
            },
        },
        "else": {"type": "string"},
    },
}

SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "replylint lexicon: the phrases of one language that perform one act",
    "type": "object",
    "additionalProperties": False,
    "required": ["act", "language", "phrases"],
    "properties": {
        "act": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
        "summary": {"type": "string"},
        "on": {
            "enum": list(ON),
            "default": "reply",
            "description": "Whose words: the team's or the customer's.",
        },
        "negatable": {"type": "boolean", "default": True},
        "words": {"type": "object", "additionalProperties": _WORDS},
        "phrases": _PHRASES,
        "not": _PHRASES,
        "yes": _EXAMPLES,
        "no": _EXAMPLES,
    },
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a lexicon; a `cancels` phrase undoes the act's other matches that it overlaps."""

    pattern: str
    entry: Entry
    cancels: bool
    pointer: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One file. `words` are its own sets, by name; `yes` and `no` hold (text, author) pairs."""

    act: str
    language: str
    on: str
    path: Path
    words: Mapping[str, str]
    phrases: tuple[Phrase, ...]
    yes: tuple[tuple[str, str | None], ...]
    no: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class LanguageData:
    """What all lexicons of a language share: `_language.yaml`."""

    code: str
    name: str
    aliases: tuple[str, ...]
    pipeline: str
    stemmer: str
    negators: tuple[str, ...]
    negation_before: int
    negation_after: int
    words: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    generic: tuple[str, ...] = ()
    signoffs: tuple[str, ...] = ()


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that have resources, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/_language.yaml")))


@cache
def aliases() -> Mapping[str, str]:
    """Other codes that a language goes by, each with the code of its resources."""
    return {alias: code for code in languages() for alias in language_data(code).aliases}


@lru_cache(maxsize=1024)
def canonical(code: str) -> str:
    """The resources' code for a language tag such as "nb-NO", "no" or "EN_us"."""
    primary = code.replace("_", "-").split("-")[0].lower()
    return aliases().get(primary, primary)


@cache
def language_data(code: str) -> LanguageData:
    """The shared data of a language, of `_language.yaml` and `_topics.yaml`.

    Raises KeyError for a language without resources.
    """
    path = FOLDER / code / "_language.yaml"
    if not path.is_file():
        raise KeyError(code)
    data = _load(path)
    topics = _load(FOLDER / code / "_topics.yaml")
    negation = data["negation"]
    return LanguageData(
        code=code,
        name=data["name"],
        aliases=tuple(data.get("aliases", ())),
        pipeline=data.get("pipeline", code),
        stemmer=data["stemmer"],
        negators=tuple(negation["words"]),
        negation_before=negation.get("before", 3),
        negation_after=negation.get("after", 0),
        words=data.get("words", {}),
        names={key: tuple(values) for key, values in data.get("names", {}).items()},
        generic=tuple(topics["generic"]),
        signoffs=tuple(topics["signoffs"]),
    )


def acts(code: str, on: str | None = None) -> frozenset[str]:
    """The acts that a language's shipped lexicons know."""
    return frozenset(lexicon.act for lexicon in shipped(code) if on is None or lexicon.on == on)


@cache
def shipped(code: str) -> tuple[Lexicon, ...]:
    """The shipped lexicons of a language, by act."""
    paths = sorted(path for path in (FOLDER / code).glob("*.yaml") if not path.name.startswith("_"))
    return tuple(from_data(_load(path), path) for path in paths)


def read(path: Path, shown: str | None = None) -> Lexicon:
    """A team's own lexicon. Raises documents.InvalidFile with every fault placed."""
    from linter import documents

    document = documents.load(path, shown)
    problems = documents.check(document, SCHEMA)
    if not problems:
        lexicon = from_data(document.data, path)
        problems = list(_faults(lexicon, document))
        if not problems:
            return lexicon
    raise documents.InvalidFile(problems)


def from_data(data: Mapping[str, Any], path: Path) -> Lexicon:
    """A lexicon of checked data."""
    act, negatable = data["act"], data.get("negatable", True)
    phrases = [
        *_phrases(data["phrases"], act, negatable, cancels=False),
        *_phrases(data.get("not", ()), act, False, cancels=True),
    ]
    return Lexicon(
        act=act,
        language=data["language"],
        on=data.get("on", "reply"),
        path=path,
        words=data.get("words", {}),
        phrases=tuple(phrases),
        yes=tuple(_examples(data.get("yes", ()))),
        no=tuple(_examples(data.get("no", ()))),
    )


def trees(lexicon: Lexicon) -> Iterator[tuple[Phrase, patterns.Node]]:
    """The parsed phrases of a lexicon. Raises PatternError at the first that cannot be parsed."""
    sets = word_sets(lexicon.language, lexicon.words)
    for phrase in lexicon.phrases:
        try:
            yield phrase, patterns.parse(phrase.pattern, sets, trusted=True)
        except patterns.PatternError as error:
            error.add_note(f"{lexicon.path}: {phrase.pattern}")
            raise


def word_sets(code: str, own: Mapping[str, str]) -> Mapping[str, patterns.Node]:
    """The word sets that a phrase may use: the language's, then the lexicon's own.

    Each may use those before it.
    """
    sets: dict[str, patterns.Node] = dict(_shared_sets(code))
    for name, pattern in own.items():
        sets[name] = patterns.parse(pattern, sets)
    return sets


@cache
def _shared_sets(code: str) -> Mapping[str, patterns.Node]:
    sets: dict[str, patterns.Node] = {}
    for name, pattern in language_data(code).words.items():
        sets[name] = patterns.parse(pattern, sets)
    return sets


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe one


@cache
def _loader() -> Any:
    """A safe loader for which `yes`, `no` and `on` are words, as in what `documents` reads."""
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [pair for pair in pairs if pair[0] != _BOOL or first in "tf"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("Loader", (base,), {"yaml_implicit_resolvers": resolvers})


_BOOL = "tag:yaml.org,2002:bool"


def _phrases(items: Any, act: str, negatable: bool, *, cancels: bool) -> Iterator[Phrase]:
    key = "not" if cancels else "phrases"
    for index, item in enumerate(items):
        if isinstance(item, str):
            yield Phrase(item, Entry(act, None, negatable, cancels), cancels, (key, index))
            continue
        entry = Entry(act, item.get("where"), item.get("negatable", negatable), cancels)
        for inner, pattern in enumerate(item["phrases"]):
            yield Phrase(pattern, entry, cancels, (key, index, "phrases", inner))


def _examples(items: Any) -> Iterator[tuple[str, str | None]]:
    for item in items:
        yield (item, None) if isinstance(item, str) else (item["text"], item.get("author"))


def _faults(lexicon: Lexicon, document: Any) -> Iterator[Any]:
    from linter.documents import Problem

    def at(pointer: tuple[str | int, ...], message: str) -> Problem:
        line, column = document.place(pointer)
        return Problem(document.path, line, column, message)

    if lexicon.language not in languages():
        yield at(
            ("language",),
            f'there are no resources for "{lexicon.language}"; there are {", ".join(languages())}',
        )
        return
    sets: dict[str, patterns.Node] = dict(_shared_sets(lexicon.language))
    for name, pattern in lexicon.words.items():
        try:
            sets[name] = patterns.parse(pattern, sets)
        except patterns.PatternError as error:
            yield at(("words", name), f"{error} (at character {error.at + 1})")
    for phrase in lexicon.phrases:
        try:
            patterns.parse(phrase.pattern, sets)
        except patterns.PatternError as error:
            yield at(phrase.pointer, f"{error} (at character {error.at + 1})")
