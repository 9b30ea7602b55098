"""Who a reply addresses by name, and whether that is the customer.

A vocative is a name called out: behind a salutation ("Hei, Jens."), behind thanks or an apology
("Thank you, Noor!"), set off at a sentence's beginning or end. What counts as a name is the form
(capitals, particles, initials, a placeholder) unless the customer's own name is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from linter.language.normalise import CUSTOMER, HANDLE, PARAGRAPH

Kind = Literal["name", "placeholder", "handle"]

_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Vocative:
    """A name called out at the tokens `[start, end)`; `certain` behind a salutation or thanks."""

    start: int
    end: int
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class NameWords:
    """A language's words about names: honorifics, particles, words that are no name, no-names."""

    honorifics: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    anonymous: frozenset[str]

    @classmethod
    def of(cls, data: Mapping[str, Iterable[str]], stop_words: Iterable[str]) -> NameWords:
        return cls(
            frozenset(data.get("honorifics", ())),
            frozenset(data.get("particles", ())),
            frozenset(data.get("not_names", ())) | frozenset(stop_words),
            frozenset(data.get("anonymous", ())),
        )


def fold(name: str) -> str:
    """A name's letters without case and diacritics: "Åse" and "ase" are the same name."""
    name = name.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "ß": "ss"})


@lru_cache(maxsize=4096)
def name_parts(display_name: str) -> frozenset[str]:
    """The words of a display name, folded: "jens_h92" gives jens and h, "J. P. Hansen" j, p and hansen."""
    return frozenset(fold(word) for word in _WORDS.findall(_CAMEL.sub(" ", display_name)))


def is_personal(display_name: str | None, words: NameWords) -> bool:
    """Whether a display name names somebody who could be addressed by it."""
    if display_name is None:
        return False
    plain = " ".join(display_name.casefold().split()).lstrip("@")
    if plain in words.anonymous:
        return False
    return any(len(part) > 1 for part in name_parts(display_name)) or bool(
        re.fullmatch(r"(?:[^\W\d_]\.?\s*){1,3}", plain)
    )


def agrees(called: str, display_name: str, words: NameWords) -> bool:
    """Whether a name called out may be that of the customer with this display name.

    One word in common is enough; an initial stands for any name that it begins; a short form of
    three letters or more stands for the name ("Rob" for "Robert").
    """
    theirs = name_parts(display_name) - words.particles
    ours = [
        part
        for part in name_parts(called)
        if part not in words.particles and part not in words.honorifics
    ]
    if not ours:
        return True
    joined = "".join(re.findall(r"[^\W\d_]", fold(display_name)))
    for part in ours:
        for their in theirs:
            short = min(len(part), len(their))
            if (
                part == their
                or (short == 1 and part[0] == their[0])
                or (short >= 3 and part[:short] == their[:short])
            ):
                return True
        if len(part) >= 3 and joined.startswith(part):
            return True
    return False


class VocativeFinder:
    """Finds the vocatives of a tokenised reply.

    `tokens` are the token texts, `leads` the index behind each salutation, thanks or apology,
    `starts` and `ends` as in `Automaton.run`.
    """

    def __init__(self, words: NameWords) -> None:
        self.words = words

    def find(
        self,
        tokens: Sequence[str],
        starts: Sequence[bool],
        ends: Sequence[int],
        salutations: Iterable[int],
        leads: Iterable[int],
        marks: Mapping[int, str],
        author: str | None,
    ) -> list[Vocative]:
        theirs = (
            name_parts(author)
            if author is not None and is_personal(author, self.words)
            else frozenset()
        )
        found: dict[int, Vocative] = {}
        for at in salutations:
            self._keep(found, self._behind(tokens, at, ends, marks, theirs, comma_needed=False))
        for at in leads:
            self._keep(found, self._behind(tokens, at, ends, marks, theirs, comma_needed=True))
        for at, token in enumerate(tokens):
            if token == CUSTOMER and self._is_set_off(tokens, at, at + 1, starts, ends):
                self._keep(found, Vocative(at, at + 1, "placeholder", marks.get(at, "")))
            elif token == HANDLE and theirs & name_parts(marks.get(at, "")):
                self._keep(found, Vocative(at, at + 1, "handle", marks.get(at, "")))
            elif theirs and token[0].isalpha() and len(token) > 1 and fold(token) in theirs:
                end = at + 1
                while (
                    end < len(tokens) and fold(tokens[end]) in theirs and tokens[end][0].isalpha()
                ):
                    end += 1
                if self._is_set_off(tokens, at, end, starts, ends):
                    self._keep(found, Vocative(at, end, "name", " ".join(tokens[at:end])))
        return [found[at] for at in sorted(found)]

    def _keep(self, found: dict[int, Vocative], vocative: Vocative | None) -> None:
        if vocative is not None and not any(
            other.start < vocative.end and vocative.start < other.end for other in found.values()
        ):
            found[vocative.start] = vocative

    def _behind(
        self,
        tokens: Sequence[str],
        at: int,
        ends: Sequence[int],
        marks: Mapping[int, str],
        theirs: frozenset[str],
        *,
        comma_needed: bool,
    ) -> Vocative | None:
        """The name that follows directly on a salutation (or, with a comma, on thanks)."""
        size = len(tokens)
        comma = False
        while at < size and tokens[at] in (",", "@", "-"):
            comma = True
            at += 1
        if at >= size or (
            comma_needed and not comma and fold(tokens[at]) not in theirs and tokens[at] != CUSTOMER
        ):
            return None
        start = at
        honorific = False
        while at < size and tokens[at].casefold() in self.words.honorifics:
            honorific = True
            at += 1
            if at < size and tokens[at] == ".":
                at += 1
        if at < size and tokens[at] == CUSTOMER:
            return Vocative(start, at + 1, "placeholder", marks.get(at, ""))
        if at < size and tokens[at] == HANDLE:
            return (
                Vocative(at, at + 1, "handle", marks.get(at, ""))
                if name_parts(marks.get(at, ""))
                else None
            )
        first = at
        while at < size and at - first < 5 and self._may_be_name(tokens, at, first, theirs):
            at += 1
        while at > first and tokens[at - 1].casefold() in self.words.particles:
            at -= 1
        if at == first or not any(len(token) > 1 or token.isupper() for token in tokens[first:at]):
            return None
        if comma_needed and not self._closes(tokens, at, theirs, tokens[first:at]):
            return None
        return Vocative(start if honorific else first, at, "name", " ".join(tokens[first:at]))

    def _may_be_name(
        self, tokens: Sequence[str], at: int, first: int, theirs: frozenset[str]
    ) -> bool:
        token = tokens[at]
        if token == "." and at > first and len(tokens[at - 1]) == 1:
            return True
        if token == "-" and at > first and at + 1 < len(tokens) and tokens[at + 1][:1].isupper():
            return True
        if not token[0].isalpha():
            return False
        if fold(token) in theirs:
            return True
        lower = token.casefold()
        if lower in self.words.particles and at + 1 < len(tokens) and tokens[at + 1][:1].isalpha():
            return at > first or tokens[at + 1][:1].isupper()
        if lower in self.words.not_names:
            return False
        return token[0].isupper() and not any(character.isdigit() for character in token)

    def _closes(
        self, tokens: Sequence[str], at: int, theirs: frozenset[str], name: Sequence[str]
    ) -> bool:
        """Behind thanks, a name stands before a stop; as the text's last word it is a signature."""
        known = any(fold(word) in theirs for word in name)
        rest = [token for token in tokens[at:] if token[0].isalnum()]
        if not rest:
            return known
        return known or tokens[at] in (",", ".", "!", "?", PARAGRAPH)

    def _is_set_off(
        self,
        tokens: Sequence[str],
        start: int,
        end: int,
        starts: Sequence[bool],
        ends: Sequence[int],
    ) -> bool:
        """Set off at both sides by a sentence's edge or a comma: called out, not spoken of."""
        before = starts[start] or tokens[start - 1] in (",", "@", "-", "!", "…")
        after = (
            end >= len(tokens)
            or end == ends[start]
            or not tokens[end][0].isalnum()
            and tokens[end] not in ("(", "'", '"', "/", "'s")
        )
        if (
            before
            and after
            and not (
                starts[start]
                and end < len(tokens)
                and tokens[end] not in (",", "!", PARAGRAPH, "-")
            )
        ):
            return True
        # "I understand the frustration, Andy." and "That's never good Wendy." at a sentence's end.
        return (
            after
            and end < len(tokens)
            and tokens[end] in (".", "!", "?")
            and starts[start] is False
            and tokens[start - 1][0].isalpha()
            and tokens[start - 1].islower()
        )
