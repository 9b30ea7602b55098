"""A tokenised text as plain lists, its sentences, and which of the automaton's hits hold in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linter.language.matcher import Automaton
from linter.language.normalise import HANDLE, PARAGRAPH, Normalised
from linter.language.tokens import Tokenised

Span = tuple[int, int]
_SHORT_LINE = 45
_QUOTED_WORDS = 3


class Reading:
    """The tokens of a text: their texts, where they begin, and their symbols.

    `starts[i]`: a sentence begins at token i, `last_but_one` the last but one time (-1 if only
    once); `ends[i]`: the index behind the sentence of token i.
    """

    __slots__ = (
        *("automaton", "begins", "ends", "last_but_one", "sentences", "starts", "symbols"),
        "texts",
    )

    def __init__(self, tokens: Tokenised, normalised: Normalised, automaton: Automaton) -> None:
        self.automaton = automaton
        self.texts, self.begins, self.symbols = tokens
        size = len(self.texts)
        self.starts: list[bool] = [False] * size
        self.ends: list[int] = [0] * size
        self.sentences: list[Span] = []
        self._split(normalised)
        starts = [at for at, begins in enumerate(self.starts) if begins]
        self.last_but_one = starts[-2] if len(starts) > 1 else -1

    def span(self, start: int, end: int) -> Span:
        """The stretch of the normalised text that the tokens `[start, end)` cover."""
        last = end - 1
        return self.begins[start], self.begins[last] + len(self.texts[last])

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
        closers, pauses = self.automaton.closers, self.automaton.pauses
        symbols, begins = self.symbols, self.begins
        places = [at for at, symbol in enumerate(symbols, 1) if pauses[symbol]]
        if breaks:
            broken = (at for at, begin in enumerate(begins) if begin in breaks)
            places = sorted({*places, *broken})
        firsts = [0] if symbols else []
        size = len(symbols)
        for at in places:
            if 0 < at < size and (
                (closers[symbols[at - 1]] and not closers[symbols[at]])
                or self._is_behind_number(at)
                or (begins[at] in breaks and self._is_new_line(at, firsts[-1]))
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

    def places(self, negation_before: int, negation_after: int) -> dict[str, list[Span]]:
        """The phrases found: by label, the tokens `[start, end)`, in order.

        Without those that their place, a negation, a quotation or a cancelling phrase undoes;
        those with one label that overlap are one.
        """
        kept: dict[str, list[Span]] = {}
        cancelling: dict[str, list[Span]] = {}
        quoted = self._quotations()
        denies = not self.automaton.negators.isdisjoint(self.symbols)
        for (label, where, negatable, cancels), start, end in self.automaton.run(
            self.symbols, self.starts, self.ends
        ):
            if where is not None and not self._stands(where, start, end):
                continue
            if (
                denies
                and negatable
                and self._is_negated(start, end, negation_before, negation_after)
            ):
                continue
            if quoted and any(a <= start and end <= b for a, b in quoted):
                continue
            places = cancelling if cancels else kept
            if label in places:
                places[label].append((start, end))
            else:
                places[label] = [(start, end)]
        return {
            label: found
            for label, spans in kept.items()
            if (found := _outermost(spans, cancelling.get(label, ())))
        }

    def _stands(self, where: str, start: int, end: int) -> bool:
        """Whether a phrase stands where it counts."""
        if where == "opening":
            return all(map(self._is_lead, range(start)))
        if where == "closing":
            return end > self.last_but_one
        last = self.ends[start]
        asks = any("?" in word for word in self.texts[max(end, last - 3) - 1 : last])
        return asks == (where == "question")

    def _is_negated(self, start: int, end: int, before: int, after: int) -> bool:
        negators, symbols = self.automaton.negators, self.symbols
        for at in range(start - 1, max(-1, start - 1 - before), -1):
            if self.starts[at + 1] or self.texts[at] in (",", ";"):
                break
            if symbols[at] in negators:
                return True
        return not negators.isdisjoint(symbols[end : min(self.ends[start], end + after)])

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


def _outermost(places: list[Span], against: Sequence[Span]) -> list[Span]:
    """The places that none of `against` overlaps; those that overlap each other as one."""
    if len(places) == 1 and not against:
        return places
    found: list[Span] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if any(first < end and start < last for first, last in against):
            continue
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
