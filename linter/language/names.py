"""Who a reply addresses by name, and whether that is the customer.

A vocative is a name called out: behind a salutation ("Hei, Jens."), behind thanks or an apology
("Thank you, Noor!"), set off at a sentence's beginning or end. What counts as a name is the form
(capitals, particles, initials, a placeholder) unless the customer's own name is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from linter.language.normalise import CUSTOMER, HANDLE, PARAGRAPH

Kind = Literal["name", "placeholder", "handle"]

_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Vocative:
    """A name called out at the tokens `[start, end)`.

    It is `certain` behind a salutation or thanks, or where it is the customer's; between commas a
    word in capitals may be something else ("on our website, Facebook, or").
    """

    start: int
    end: int
    kind: Kind
    text: str
    certain: bool = True


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


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name's letters without case and diacritics: "Åse", "Aase" and "ase" are the same name."""
    name = name.casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.replace("aa", "a")


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "ß": "ss"})


@lru_cache(maxsize=4096)
def name_parts(display_name: str) -> frozenset[str]:
    """The words of a display name, folded: "jens_h92": jens, h; "J. P. Hansen": j, p, hansen."""
    return frozenset(fold(word) for word in _WORDS.findall(_CAMEL.sub(" ", display_name)))


def is_personal(display_name: str | None, words: NameWords) -> bool:
    """Whether a display name names somebody who could be addressed by it."""
    if display_name is None:
        return False
    plain = " ".join(display_name.casefold().split()).lstrip("@")
    if plain in words.anonymous or plain.rstrip("0123456789_# ") in words.anonymous:
        return False
    return any(len(part) > 1 for part in name_parts(display_name)) or bool(
        re.fullmatch(r"(?:[^\W\d_]\.?\s*){1,3}", plain)
    )


def agrees(called: str, display_name: str, words: NameWords) -> bool:
    """Whether a name called out may be that of the customer with this display name.

    One word in common is enough; an initial stands for any name that it begins; a short form of
    three letters or more stands for the name ("Rob" for "Robert"); a handle may run names together.
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
        if (len(part) >= 3 and joined.startswith(part)) or (
            len(part) >= 4 and joined.endswith(part)
        ):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a reply; `starts`, `ends` as in `Automaton.run`; what its marks stand for."""

    texts: Sequence[str]
    starts: Sequence[bool]
    ends: Sequence[int]
    marks: Mapping[int, str]

    def joined(self, start: int, end: int) -> str:
        return " ".join(self.texts[start:end])


class VocativeFinder:
    """Finds the names that a reply calls out."""

    def __init__(self, words: NameWords) -> None:
        self.words = words

    def find(
        self,
        tokens: Tokens,
        salutations: Iterable[int],
        leads: Iterable[int],
        author: str | None,
    ) -> list[Vocative]:
        """The vocatives, in order. `leads` are the tokens behind salutations, thanks, apologies."""
        known = author is not None and is_personal(author, self.words)
        theirs = name_parts(author) if known and author is not None else frozenset()
        candidates = [self._behind(tokens, at, theirs, comma_needed=False) for at in salutations]
        candidates += [self._behind(tokens, at, theirs, comma_needed=True) for at in leads]
        initials = {part[0] for part in theirs}
        if initials or tokens.marks:
            candidates += [
                self._called(tokens, at, theirs)
                for at, token in enumerate(tokens.texts)
                if token in _MARKS or fold(token[0])[:1] in initials
            ]
        last = len(tokens.texts) - 1
        candidates += [
            self._between_commas(tokens, at + 1) for at in _places(tokens, ",") if 0 < at < last
        ]
        found: dict[int, Vocative] = {}
        taken: set[int] = set()
        for name in candidates:
            if name is not None and taken.isdisjoint(range(name.start, name.end)):
                taken.update(range(name.start, name.end))
                found[name.start] = name
        return [found[at] for at in sorted(found)]

    def _called(self, tokens: Tokens, at: int, theirs: frozenset[str]) -> Vocative | None:
        """The customer's own name, its placeholder or its handle at a token, if called out."""
        token = tokens.texts[at]
        if token == CUSTOMER:
            if _is_set_off(tokens, at, at + 1):
                return Vocative(at, at + 1, "placeholder", tokens.marks.get(at, ""))
            return None
        if not theirs:
            return None
        if token == HANDLE:
            handle = tokens.marks.get(at, "")
            return Vocative(at, at + 1, "handle", handle) if theirs & name_parts(handle) else None
        end = at
        texts = tokens.texts
        while end < len(texts) and texts[end][0].isalpha() and fold(texts[end]) in theirs:
            end += 1
        if end > at and len(token) > 1 and _is_set_off(tokens, at, end):
            return Vocative(at, end, "name", tokens.joined(at, end))
        return None

    def _behind(
        self, tokens: Tokens, at: int, theirs: frozenset[str], *, comma_needed: bool
    ) -> Vocative | None:
        """The name that follows directly on a salutation (or, with a comma, on thanks)."""
        size = len(tokens.texts)
        before = at
        while at < size and tokens.texts[at] in (",", "@", "-"):
            at += 1
        if at == size:
            return None
        is_theirs = tokens.texts[at] == CUSTOMER or fold(tokens.texts[at]) in theirs
        if comma_needed and at == before and not is_theirs:
            return None
        start, at = at, self._behind_honorifics(tokens, at)
        if at < size and tokens.texts[at] in (CUSTOMER, HANDLE):
            return _mark(tokens, start, at)
        end = self._name_end(tokens, at, theirs)
        name = tokens.texts[at:end]
        if not any(len(token) > 1 or token.isupper() for token in name):
            return None
        if comma_needed and not _closes(tokens, at, end, theirs):
            return None
        return Vocative(start, end, "name", " ".join(name))

    def _behind_honorifics(self, tokens: Tokens, at: int) -> int:
        while at < len(tokens.texts) and tokens.texts[at].casefold() in self.words.honorifics:
            at += 1
            if at < len(tokens.texts) and tokens.texts[at] == ".":
                at += 1
        return at

    def _name_end(self, tokens: Tokens, first: int, theirs: frozenset[str]) -> int:
        at = first
        while at < len(tokens.texts) and at - first < _NAME_TOKENS:
            if not self._may_be_name(tokens, at, first, theirs):
                break
            at += 1
        while at > first and tokens.texts[at - 1].casefold() in self.words.particles:
            at -= 1
        return at

    def _between_commas(self, tokens: Tokens, at: int) -> Vocative | None:
        """A name between a comma and another, or the sentence's end: "not today, Jenni, …"."""
        if tokens.texts[at - 1] != "," or not tokens.texts[at - 2].islower():
            return None
        end = at
        while end < min(at + 2, len(tokens.texts)) and tokens.texts[end][0].isupper():
            if not self._may_be_name(tokens, end, at, frozenset()):
                return None
            end += 1
        following = tokens.texts[end] if end < len(tokens.texts) else ""
        if end == at or following[:1].isalnum() or following in ("(", "'", '"', "/", "&", "'s"):
            return None
        if _is_signature(tokens, end):
            return None
        return Vocative(at, end, "name", tokens.joined(at, end), certain=False)

    def _may_be_name(self, tokens: Tokens, at: int, first: int, theirs: frozenset[str]) -> bool:
        word = tokens.texts[at]
        following = tokens.texts[at + 1] if at + 1 < len(tokens.texts) else ""
        if at > first and word in (".", "-"):
            return len(tokens.texts[at - 1]) == 1 if word == "." else following[:1].isupper()
        if not word[0].isalpha():
            return False
        lower = word.casefold()
        if fold(word) in theirs:
            return True
        if lower in self.words.particles and following[:1].isalpha():
            return at > first or word[0].isupper() or following[0].isupper()
        has_digit = any(character.isdigit() for character in word)
        return word[0].isupper() and not has_digit and lower not in self.words.not_names


def _places(tokens: Tokens, text: str) -> Iterator[int]:
    """Where a token stands."""
    at = -1
    for _ in range(tokens.texts.count(text)):
        at = tokens.texts.index(text, at + 1)
        yield at


_NAME_TOKENS = 5
_MARKS = (CUSTOMER, HANDLE)
_SIGNATURE_WORDS = 4


def _mark(tokens: Tokens, start: int, at: int) -> Vocative | None:
    """A placeholder or handle called out at a token; a handle without letters is no name."""
    stands_for = tokens.marks.get(at, "")
    if tokens.texts[at] == CUSTOMER:
        return Vocative(start, at + 1, "placeholder", stands_for)
    return Vocative(at, at + 1, "handle", stands_for) if name_parts(stands_for) else None


def _closes(tokens: Tokens, start: int, end: int, theirs: frozenset[str]) -> bool:
    """Behind thanks, a name stands before a stop; as the text's last word it is a signature."""
    if any(fold(word) in theirs for word in tokens.texts[start:end]):
        return True
    return not _is_signature(tokens, end) and tokens.texts[end] in (",", ".", "!", "?", PARAGRAPH)


def _is_signature(tokens: Tokens, end: int) -> bool:
    """Whether what ends here closes the text, but for a team's name: "Thanks, Anna - Team Blue".

    An agent's initials ("^CB", "/RA") are a signature themselves, so what stands before is none.
    """
    if end < len(tokens.texts) and tokens.texts[end][0] in "^/*":
        return False
    behind = (tokens.texts[at] for at in range(end, len(tokens.texts)))
    # No more of them than tell: the rest of a long text for every name would be slow.
    rest = list(islice((t for t in behind if any(map(str.isalnum, t))), _SIGNATURE_WORDS + 1))
    return not rest or (len(rest) <= _SIGNATURE_WORDS and tokens.texts[end] not in (".", "!", "?"))


def _is_set_off(tokens: Tokens, start: int, end: int) -> bool:
    """Set off at both sides by a sentence's edge or a comma: called out, not spoken of."""
    opens = tokens.starts[start]
    following = tokens.texts[end] if end < len(tokens.texts) else ""
    is_closed = (
        not following
        or end == tokens.ends[start]
        or (not following[0].isalnum() and following not in ("(", "'", '"', "/", "'s"))
    )
    if not is_closed:
        return False
    if opens:
        return not following or following in (",", "!", ":", PARAGRAPH, "-")
    before = tokens.texts[start - 1]
    if before in (",", "@", "-", "!", "…"):
        return True
    # "I understand the frustration, Andy." and "That's never good Wendy." at a sentence's end.
    return following in (".", "!", "?") and before[0].isalpha() and before.islower()
