"""A tokenised text as plain lists, its sentences, and which of the automaton's hits hold in it.

spaCy makes an object of every token that is asked for, which would cost more than all matching
does; so the tokens are read once, as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from linter.language.matcher import Automaton, Hit
from linter.language.normalise import HANDLE, PARAGRAPH, Normalised

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]
_SHORT_LINE = 45
_QUOTED_WORDS = 3


class Reading:
    """The tokens of a text: their texts, where they begin, and their symbols.

    `starts[i]`: a sentence begins at token i, `last_but_one` the last but one time (-1 if only
    once); `ends[i]`: the index behind the sentence of token i.
    `symbols` maps spaCy's ids of lower-cased words to the automaton's, and is filled as words come.
    """

    __slots__ = (
        *("automaton", "begins", "ends", "last_but_one", "sentences", "starts", "stops"),
        *("symbols", "texts"),
    )

    def __init__(
        self, doc: Doc, normalised: Normalised, automaton: Automaton, symbols: dict[int, int]
    ) -> None:
        text = normalised.text
        rows = doc.to_array(["LOWER", "IDX", "LENGTH"]).tolist() if len(doc) else []
        self.automaton = automaton
        self.begins: list[int] = [row[1] for row in rows]
        self.stops: list[int] = [row[1] + row[2] for row in rows]
        self.texts: list[str] = [text[row[1] : row[1] + row[2]] for row in rows]
        self.symbols: list[int] = []
        for row, word in zip(rows, self.texts, strict=True):
            symbol = symbols.get(row[0])
            if symbol is None:
                symbol = symbols[row[0]] = automaton.symbol(word.lower())
            self.symbols.append(symbol)
        self.starts: list[bool] = [False] * len(rows)
        self.ends: list[int] = [0] * len(rows)
        self.sentences: list[Span] = []
        self._split(normalised)
        starts = [at for at, begins in enumerate(self.starts) if begins]
        self.last_but_one = starts[-2] if len(starts) > 1 else -1

    def span(self, start: int, end: int) -> Span:
        """The stretch of the normalised text that the tokens `[start, end)` cover."""
        return self.begins[start], self.stops[end - 1]

    def _split(self, normalised: Normalised) -> None:
        """Find the sentences. One begins behind the signs and handles before a first word, too."""
        size = len(self.texts)
        firsts = self._firsts(normalised.breaks)
        for begin, end in pairwise([*firsts, size]):
            self.ends[begin:end] = [end] * (end - begin)
            self.sentences.append(self.span(begin, end))
            self.starts[begin] = True
            word = begin
            while word + 1 < end and self._is_lead(word):
                word += 1
                self.starts[word] = True

    def _is_lead(self, at: int) -> bool:
        """Whether a token may stand before a sentence's first word: a sign, a handle."""
        return self.texts[at] == HANDLE or self.automaton.is_sign(self.symbols[at])

    def _firsts(self, breaks: frozenset[int]) -> list[int]:
        """The tokens at which sentences begin."""
        closers, texts = self.automaton.closers, self.texts
        closes = [closers[symbol] for symbol in self.symbols]
        firsts = [0] if texts else []
        for at in range(1, len(texts)):
            if (
                (closes[at - 1] and not closes[at])
                or (texts[at - 1][-1] == "." and self._is_behind_number(at))
                or (breaks and self.begins[at] in breaks and self._is_new_line(at, firsts[-1]))
            ):
                firsts.append(at)
        return firsts

    def _is_behind_number(self, at: int) -> bool:
        """Whether a number ended the sentence: some tokenizers take "18." for an ordinal."""
        before = self.texts[at - 1]
        return before[-1] == "." and before[:-1].isdecimal() and self.texts[at][0].isupper()

    def _is_new_line(self, at: int, first: int) -> bool:
        """Whether a line break that is not a paragraph's begins a sentence: after a short line."""
        if self.texts[at][0].islower():
            return False
        short = self.begins[at] - self.begins[first] < _SHORT_LINE
        return short or self.texts[at - 1][-1] in ",:;)!-"

    def hits(self, negation_before: int, negation_after: int) -> list[Hit]:
        """The phrases found, by place.

        Without those that their place, a negation, a quotation or a cancelling phrase undoes;
        those with one label that overlap are one.
        """
        quoted = self._quotations()
        kept: dict[str, list[Hit]] = {}
        cancelling: dict[str, list[Hit]] = {}
        for hit in self.automaton.run(self.symbols, self.starts, self.ends):
            entry = hit.entry
            if entry.where is not None and not self._stands(hit):
                continue
            if entry.negatable and self._is_negated(hit, negation_before, negation_after):
                continue
            if quoted and any(a <= hit.start and hit.end <= b for a, b in quoted):
                continue
            (cancelling if entry.cancels else kept).setdefault(entry.label, []).append(hit)
        found: list[Hit] = []
        for label, places in kept.items():
            found += _outermost(places, cancelling.get(label, ()))
        found.sort(key=lambda hit: (hit.start, hit.end, hit.entry.label))
        return found

    def _stands(self, hit: Hit) -> bool:
        """Whether a hit stands where its phrase counts."""
        match hit.entry.where:
            case "opening":
                return all(map(self._is_lead, range(hit.start)))
            case "closing":
                return hit.end > self.last_but_one
            case where:
                end = self.ends[hit.start]
                asks = any("?" in word for word in self.texts[max(hit.end, end - 3) - 1 : end])
                return asks == (where == "question")

    def _is_negated(self, hit: Hit, before: int, after: int) -> bool:
        negates = self.automaton.is_negator
        for at in range(hit.start - 1, max(-1, hit.start - 1 - before), -1):
            if self.starts[at + 1] or self.texts[at] in (",", ";"):
                break
            if negates(self.texts[at].lower()):
                return True
        last = min(self.ends[hit.start], hit.end + after)
        return any(negates(word.lower()) for word in self.texts[hit.end : last])

    def _quotations(self) -> list[Span]:
        """The tokens inside double quotes that hold three words or more: somebody else's words."""
        if '"' not in self.texts:
            return []
        found: list[Span] = []
        opened: int | None = None
        for at, word in enumerate(self.texts):
            if word == PARAGRAPH:
                opened = None
            elif word == '"':
                if opened is not None and _words(self.texts[opened + 1 : at]) >= _QUOTED_WORDS:
                    found.append((opened + 1, at))
                    opened = None
                else:
                    opened = at
        return found


def _words(tokens: Sequence[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _outermost(places: list[Hit], against: Sequence[Hit]) -> list[Hit]:
    """The hits that none of `against` overlaps; those that overlap each other as one."""
    found: list[Hit] = []
    for hit in sorted(places, key=lambda hit: (hit.start, -hit.end)):
        if any(no.start < hit.end and hit.start < no.end for no in against):
            continue
        if found and hit.start < found[-1].end:
            last = found.pop()
            found.append(Hit(last.entry, last.start, max(last.end, hit.end)))
        else:
            found.append(hit)
    return found
