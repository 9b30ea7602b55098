"""The tokens of a text: spaCy's, stretch by stretch between blanks, each stretch learnt once.

spaCy's tokenizer joins nothing that a blank parts, so a stretch has the same tokens in every text;
most stretches of a text have stood in others before, and cost one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from linter.language.normalise import PARAGRAPH

Split = Callable[[str], Iterable[tuple[str, int]]]
"""Gives the tokens of a stretch, each with where in it the token begins."""

_KEPT = 50_000


class Tokenised(NamedTuple):
    """The tokens of a text: as they are written, where each begins, and its symbol."""

    texts: list[str]
    begins: list[int]
    symbols: list[int]


class _Stretch(NamedTuple):
    """The tokens of a stretch: as they are written, where in it each begins, and their symbols.

    `width`: from where it begins to where the next one does, in a text that has a blank at either
    side of each paragraph's break.
    """

    texts: tuple[str, ...]
    begins: tuple[int, ...]
    symbols: tuple[int, ...]
    width: int


class Tokenizer:
    """Splits normalised texts; `symbol` gives that of a lower-cased token."""

    def __init__(self, split: Split, symbol: Callable[[str], int]) -> None:
        self._split = split
        self._symbol = symbol
        self._known: dict[str, _Stretch] = {}

    def __call__(self, text: str) -> Tokenised:
        known = self._known
        if len(known) > _KEPT:
            known.clear()
        texts: list[str] = []
        begins: list[int] = []
        symbols: list[int] = []
        at = 0
        if PARAGRAPH in text:
            text = text.replace(PARAGRAPH, f" {PARAGRAPH} ")
        for stretch in text.split(" "):
            try:
                tokens, offsets, codes, width = known[stretch]
            except KeyError:
                tokens, offsets, codes, width = self._learn(stretch)
            texts += tokens
            symbols += codes
            if len(offsets) == 1:
                begins.append(at + offsets[0])
            else:
                begins += [at + offset for offset in offsets]
            at += width
        return Tokenised(texts, begins, symbols)

    def _learn(self, stretch: str) -> _Stretch:
        if stretch == PARAGRAPH:
            found = _Stretch((PARAGRAPH,), (-1,), (self._symbol(PARAGRAPH),), 0)
        else:
            tokens = list(self._split(stretch)) if stretch else []
            found = _Stretch(
                tuple(token for token, _ in tokens),
                tuple(begin for _, begin in tokens),
                tuple(self._symbol(token.lower()) for token, _ in tokens),
                len(stretch) + 1,
            )
        self._known[stretch] = found
        return found


def of_doc(doc: Iterable[tuple[str, int]], symbol: Callable[[str], int]) -> Tokenised:
    """The tokens that a pipeline of the user's own made of a text, each with where it begins."""
    tokens = list(doc)
    return Tokenised(
        [token for token, _ in tokens],
        [begin for _, begin in tokens],
        [symbol(token.lower()) for token, _ in tokens],
    )
