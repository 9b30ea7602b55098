"""Finds a language's phrases in texts of one sort: those that are asked for, then the others.

A policy asks for few acts; whoever asks for another one still gets it, at the cost of a second
reading of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from linter.language.matcher import Automaton
from linter.language.normalise import Normalised
from linter.language.reading import Reading, Span
from linter.language.tokens import Split, Tokenizer, of_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc

Places = dict[str, list[Span]]
"""By label: where it was found, as the first token and the one behind the last, in order."""


class _Part:
    """Some labels' phrases."""

    def __init__(self, automaton: Automaton, split: Split) -> None:
        self.automaton = automaton
        self.tokenize = Tokenizer(split, automaton.symbol)


class PhraseBook:
    """`build` makes an automaton of the labels that a test lets pass. `asked` are those to look for
    at once (None: all). `negation` says how far before and behind a phrase a negation undoes it."""

    def __init__(
        self,
        build: Callable[[Callable[[str], bool]], Automaton],
        split: Split,
        asked: AbstractSet[str] | None,
        negation: tuple[int, int],
    ) -> None:
        self._build = build
        self._split = split
        self._asked = asked
        self._negation = negation
        self._first = _Part(build(self.has), split)
        #: The labels of the phrases that `read` looks for.
        self.labels = frozenset(self._first.automaton.labels)

    def has(self, label: str) -> bool:
        """Whether `read` looks for a label."""
        return self._asked is None or label in self._asked

    def read(self, normalised: Normalised, doc: Doc | None = None) -> tuple[Reading, Places]:
        """A text, and the phrases found in it. `doc`: as a pipeline has split it."""
        return self._read(self._first, normalised, doc)

    def others(self, normalised: Normalised) -> Places:
        """Where the labels stand that `read` does not look for."""
        return {} if self._asked is None else self._read(self._second, normalised, None)[1]

    @cached_property
    def _second(self) -> _Part:
        return _Part(self._build(lambda label: not self.has(label)), self._split)

    def _read(self, part: _Part, normalised: Normalised, doc: Doc | None) -> tuple[Reading, Places]:
        if doc is None:
            tokens = part.tokenize(normalised.text)
        else:
            tokens = of_doc(((token.text, token.idx) for token in doc), part.automaton.symbol)
        reading = Reading(tokens, normalised, part.automaton)
        return reading, reading.places(*self._negation)


def merged(places: Mapping[str, list[Span]], others: Mapping[str, list[Span]]) -> Places:
    """The places of both, label by label in order."""
    return {
        label: sorted([*places.get(label, ()), *others.get(label, ())])
        for label in {**places, **others}
    }
