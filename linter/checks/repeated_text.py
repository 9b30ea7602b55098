"""Forbid the same sentence under many replies of a library.

Sentences are compared by their words: not by case, signs or emphasis. Salutations, closing formulas
and short sentences are left alone, and so are those that inform, with a number, an address or a
variable. A formula is shown once, where it stands first, with the number of its replies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import pairwise

from linter.checks.common import LibraryMatcher, Options
from linter.language import lexicon
from linter.language.language import Language
from linter.language.normalise import MARKS, PARAGRAPH, WORD, normalise
from linter.model import Match, Reply

NAME = "repeated-text"
SCOPE = "library"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "replies": {
            "type": "integer",
            "minimum": 2,
            "default": 3,
            "description": "From how many replies on a sentence is a formula.",
        },
        "share": {
            "type": "number",
            "minimum": 0,
            "maximum": 100,
            "default": 1,
            "description": "And of how many percent of the library's replies: many is relative.",
        },
        "min_words": {
            "type": "integer",
            "minimum": 2,
            "default": 6,
            "description": "How many words a sentence has at least, placeholders apart.",
        },
        "allow": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Sentences that may be repeated, such as a legal notice.",
        },
    },
}
VALUES = ("text", "count")
EXAMPLE = {
    "options": {"replies": 2},
    "good": [
        {"reply": "Hi Jens, the chair's new legs left our workshop today. Kind regards, Noor"},
        {"reply": "Hi Anne, your lamp needs another bulb, and we send you one. Kind regards, Noor"},
    ],
    "bad": [
        {"reply": "Hi Jens! Your opinion helps us to get better every day."},
        {"reply": "Hi Anne! Your opinion helps us to get *better* every day!"},
    ],
}

_END = re.compile(rf"(?<![.!?…])[.!?…]++[\"')]*+(?=\s|$)|{PARAGRAPH}|$")
_SALUTATION_WORDS = 5
_SIGNED_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may be a formula: what stands for it, and where it is in the reply's text."""

    key: bytes
    start: int
    end: int


def sentences(options: Options) -> Callable[[Reply], Iterator[Sentence]]:
    """What gives a reply's sentences, for whoever counts them over more replies than one process
    sees. Some may occur several times."""
    fewest_words = int(options.get("min_words", 6))
    allowed = frozenset(
        _key(_words(normalise(item, "plain").text)) for item in options.get("allow", ())
    )

    def read(reply: Reply) -> Iterator[Sentence]:
        found = normalise(reply.text, reply.markup)
        for start, end in _sentences(found.text):
            words = _words(found.text[start:end])
            if len(words) < fewest_words or _informs(found.text[start:end]):
                continue
            if (key := _key(words)) not in allowed:
                yield Sentence(key, *found.map.span(start, end))

    return read


def least(options: Options, size: int) -> float:
    """Under how many replies, of so many, a sentence is a formula."""
    return max(int(options.get("replies", 3)), float(options.get("share", 1)) / 100 * size)


def at(text: str, start: int, end: int, count: int) -> Match:
    """The match for a sentence of a reply's text that stands under `count` replies."""
    shown = " ".join(text[start:end].split())
    return Match(start, end, {"text": shown, "count": str(count)})


def compile(options: Options, language: Language | None) -> LibraryMatcher:
    read = sentences(options)

    def match(replies: Sequence[Reply]) -> Iterator[tuple[Reply, Match]]:
        counts: Counter[bytes] = Counter()
        size = 0
        for reply in replies:
            size += 1
            counts.update({sentence.key for sentence in read(reply)})
        fewest = least(options, size)
        seen: set[bytes] = set()
        for reply in replies:
            for each in read(reply):
                if counts[each.key] >= fewest and each.key not in seen:
                    seen.add(each.key)
                    yield reply, at(reply.text, each.start, each.end, counts[each.key])

    return match


def _informs(sentence: str) -> bool:
    """Whether a sentence gives a number, an address or a variable: information, not a formula."""
    return any(character.isdigit() or character in MARKS for character in sentence)


def _key(words: list[str]) -> bytes:
    """What stands for a sentence: a library's texts are not copied."""
    return blake2b(" ".join(words).encode(), digest_size=16).digest()


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a normalised text, without salutation and closing formula."""
    ends = [0, *(match.end() for match in _END.finditer(text))]
    spans = [
        (start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
        for start, end in pairwise(ends)
        if (part := text[start:end]).strip()
    ]
    if spans:
        spans[0] = _behind_salutation(text, *spans[0]), spans[0][1]
    for index, (start, end) in list(enumerate(spans))[-_SIGNED_WITHIN:]:
        if text[start:end].lower().startswith(_closings()):
            return spans[:index]
    return spans


def _behind_salutation(text: str, start: int, end: int) -> int:
    comma = text.find(", ", start, end)
    if comma < 0 or len(_words(text[start:comma])) > _SALUTATION_WORDS:
        return start
    return comma + 2


@cache
def _closings() -> tuple[str, ...]:
    """The formulas that close a reply, of all languages: a template's may not be known."""
    return tuple(
        formula for code in lexicon.languages() for formula in lexicon.language_data(code).signoffs
    )
