"""Tokens of a text and tables of phrases over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

_TOKEN = re.compile(
    r"(?P<number>\d*[13]\N{FRACTION SLASH}[24]|\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*|[½¼¾])"
    r"|(?P<mark>[^\s\w]|_)"
)
_DASHES = str.maketrans("‐‑‒–—−’", "------'")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is `written`, case-folded; `glued`: no blank stands before it."""

    text: str
    kind: Literal["number", "word", "mark"]
    start: int
    end: int
    glued: bool
    written: str


def tokenise(text: str) -> list[Token]:
    """The numbers ("1.000,50", "17:00"), words ("o'clock") and marks of a text."""
    tokens: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        written = match.group()
        kind: Any = match.lastgroup
        folded = written.casefold().translate(_DASHES)
        tokens.append(Token(folded, kind, start, end, start == last, written))
        last = end
    return tokens


class Phrases:
    """Finds the longest phrase of a table at a token, whatever blanks are between its words."""

    def __init__(self, table: Mapping[str, Any] | Iterable[str]) -> None:
        self._root: dict[str, Any] = {}
        pairs = (
            table.items() if isinstance(table, Mapping) else ((phrase, True) for phrase in table)
        )
        for phrase, meaning in pairs:
            node = self._root
            for token in tokenise(phrase):
                node = node.setdefault(token.text, {})
            node[""] = meaning

    @property
    def first_words(self) -> frozenset[str]:
        """What the phrases begin with."""
        return frozenset(self._root)

    def at(self, tokens: Sequence[Token], first: int) -> tuple[Any, int] | None:
        """What the phrase at `first` means and the index behind it."""
        node = self._root
        found = None
        for index in range(first, len(tokens)) if first >= 0 else ():
            if tokens[index].text not in node:
                break
            node = node[tokens[index].text]
            if "" in node:
                found = node[""], index + 1
        return found
