"""A tokenised text with what is no value masked, and the numbers and quantities in it.

Every parser takes the index of a token and returns what stands there with the index behind it, or
None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from linter.language.values.tokens import Phrases, Token, tokenise
from linter.language.values.words import Words

_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_FOLDED_FRACTION = re.compile(r"(\d*)([13])\N{FRACTION SLASH}([24])")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|@|^www\.", re.IGNORECASE)
_MASK = "\0"
MAX_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range of them, as it stands at the tokens `[first, next)`; `start` is the
    token where its comparison ("at least") begins. Several readings: "1.000", "14 or 30"."""

    readings: tuple[tuple[Fraction, Fraction], ...]
    start: int
    first: int
    next: int
    bound: str | None = None
    is_article: bool = False
    is_between: bool = False

    @property
    def is_range(self) -> bool:
        return any(low != high for low, high in self.readings)


class Scan:
    """The tokens of a text, for the parsers."""

    def __init__(self, text: str, words: Words) -> None:
        self.words = words
        self.tokens = _masked(text, tokenise(text), words)
        self._quantities: dict[int, Quantity | None] = {}

    def token(self, index: int) -> Token | None:
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def text(self, index: int) -> str:
        token = self.token(index)
        return token.text if token else ""

    def is_glued(self, index: int) -> bool:
        token = self.token(index)
        return token is not None and token.glued

    def skip(self, phrases: Phrases, index: int) -> int:
        """The index behind the phrase at `index`, or `index` where there is none."""
        found = phrases.at(self.tokens, index)
        return found[1] if found else index

    def skip_dot(self, index: int) -> int:
        return index + 1 if self.text(index) == "." and self.is_glued(index) else index

    def quantity(self, index: int) -> Quantity | None:
        """A number or range with its comparison: "at least 14", "2-3", "between 2 and 3", "a"."""
        if index not in self._quantities:
            self._quantities[index] = self._read_quantity(index)
        return self._quantities[index]

    def bound(self, index: int) -> tuple[str | None, int]:
        """The comparison at `index` ("at least", "maks. ca.") and the index behind it."""
        bound: str | None = None
        for _ in range(2):
            found = self.words.bounds.at(self.tokens, index)
            if found is None:
                break
            bound = found[0] if bound in (None, "limit") else bound
            index = self.skip_dot(found[1])
        return bound, index

    # --- numbers

    def number(self, index: int) -> tuple[tuple[Fraction, ...], int] | None:
        """A number in digits or words, without article: "1.000,50", "fourteen", "2½"."""
        token = self.token(index)
        if token is None or token.text == _MASK:
            return None
        if token.kind == "number":
            return self._digits(index, token)
        fraction = _FRACTIONS.get(token.text)
        if fraction is not None:
            return (fraction,), index + 1
        found = self.words.mixed.at(self.tokens, index) or self.words.numbers.at(self.tokens, index)
        if found is None:
            return None
        number, after = found
        half = self.words.and_a_half.at(self.tokens, after)
        return ((number + Fraction(1, 2),), half[1]) if half else ((number,), after)

    def _digits(self, index: int, token: Token) -> tuple[tuple[Fraction, ...], int] | None:
        folded = _FOLDED_FRACTION.fullmatch(token.text)
        if folded:
            whole, above, below = folded.groups()
            return (int(whole or 0) + Fraction(int(above), int(below)),), index + 1
        end = self._end_of_groups(index)
        joined = "".join(token.text for token in self.tokens[index:end])
        readings = read_digits(joined, self.words.marks[0])
        is_second = self.text(index - 1) == "/" and token.glued
        if is_second or not readings:
            return None
        more, after = self._fraction_behind(end)
        return (tuple(reading + more for reading in readings) if more else readings), after

    def _fraction_behind(self, index: int) -> tuple[Fraction, int]:
        """The "½" or "and a half" at `index`, or nothing."""
        half = self.words.and_a_half.at(self.tokens, index)
        if half:
            return Fraction(1, 2), half[1]
        sign = _FRACTIONS.get(self.text(index))
        return (sign, index + 1) if sign else (Fraction(0), index)

    def _end_of_groups(self, index: int) -> int:
        """The index behind "1 000 000" in a language that parts thousands with blanks."""
        end = index + 1
        if self.words.marks[1] != " " or len(self.text(index)) > 3:
            return end
        while (
            (token := self.token(end))
            and _is_group(token)
            and _one_blank(self.tokens[end - 1], token)
        ):
            end += 1
        return end

    # --- quantities

    def _read_quantity(self, index: int) -> Quantity | None:
        between = self._between(index)
        if between:
            return between
        bound, at = self.bound(index)
        read = self._amount(at)
        if read is None:
            return None
        numbers, after, is_article = read
        quantity = Quantity(tuple((n, n) for n in numbers), index, at, after, bound, is_article)
        return quantity if is_article else self._with_second(quantity)

    def _amount(self, index: int) -> tuple[tuple[Fraction, ...], int, bool] | None:
        number = self.number(index)
        if number:
            return (*number, False)
        half = self.words.half.at(self.tokens, index)
        if half:
            after = half[1] + 1 if self.text(half[1]) == "-" and self.is_glued(half[1]) else half[1]
            return (Fraction(1, 2),), self.skip(self.words.articles, after), True
        article = self.words.articles.at(self.tokens, index)
        if article is None:
            return None
        after = article[1]
        more = self.words.and_a_half.at(self.tokens, after)
        if more:
            return (Fraction(3, 2),), more[1], True
        half = self.words.half.at(self.tokens, after)
        if half:
            return (Fraction(1, 2),), half[1] + (self.text(half[1]) == "-"), True
        mixed = self.words.mixed.at(self.tokens, after)
        return ((mixed[0],), mixed[1], True) if mixed else ((Fraction(1),), after, True)

    def _between(self, index: int) -> Quantity | None:
        """ "between 2 and 3", "van 2 tot 3" """
        opening = self.words.between.at(self.tokens, index)
        if opening is None:
            return None
        second_word, at = opening
        low = self.number(at)
        if low is None or self.text(low[1]) not in (*second_word.split(), "-"):
            return None
        high = self.number(low[1] + 1)
        if high is None:
            return None
        readings = _ranges(low[0], high[0])
        return Quantity(readings, index, at, high[1], is_between=True) if readings else None

    def _with_second(self, quantity: Quantity) -> Quantity:
        """The quantity with what follows "to" or "or"."""
        again = self._repeated(quantity)
        separator = self.words.to.at(self.tokens, quantity.next)
        if again:
            return replace(quantity, next=again)
        if separator:
            high = self.number(separator[1])
            lows = tuple(low for low, _ in quantity.readings)
            readings = _ranges(lows, high[0]) if high else ()
            return (
                replace(quantity, readings=readings, next=high[1])
                if high and readings
                else quantity
            )
        choice = self.words.or_.at(self.tokens, quantity.next)
        other = self.number(choice[1]) if choice else None
        if other is None:
            return quantity
        both = (*quantity.readings, *((number, number) for number in other[0]))
        return replace(quantity, readings=both, next=other[1])

    def _repeated(self, quantity: Quantity) -> int | None:
        """The index behind "(thirty)" in "30 (thirty) days"."""
        if self.text(quantity.next) != "(":
            return None
        number = self.number(quantity.next + 1)
        if number is None or self.text(number[1]) != ")":
            return None
        same = number[0] == tuple(low for low, _ in quantity.readings)
        return number[1] + 1 if same else None


def _ranges(
    lows: Sequence[Fraction], highs: Sequence[Fraction]
) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((low, high) for low in lows for high in highs if low < high)


def read_digits(text: str, decimal: str) -> tuple[Fraction, ...]:
    """What "1.000,50" means where `decimal` is the usual mark before decimals; both meanings, the
    larger first, where a mark may be either; nothing for what is no number ("1.2.3")."""
    if len(text) > MAX_DIGITS or ":" in text:
        return ()
    marks = [sign for sign in text if sign in ".,"]
    if not marks:
        return (Fraction(int(text)),)
    if len(marks) > 1:
        return _several_marks(text, marks)
    head, _, tail = text.partition(marks[0])
    as_decimal = Fraction(f"{head}.{tail}")
    if len(tail) != 3 or len(head) > 3 or head.startswith("0"):
        return (as_decimal,)
    as_group = Fraction(int(head + tail))
    return (as_group, as_decimal) if marks[0] == decimal else (as_group,)


def _several_marks(text: str, marks: Sequence[str]) -> tuple[Fraction, ...]:
    if len(set(marks)) == 1:
        return (Fraction(int(text.replace(marks[0], ""))),) if _GROUPED.fullmatch(text) else ()
    head, _, tail = text.rpartition(marks[-1])
    if not _GROUPED.fullmatch(head):
        return ()
    return (Fraction(f"{head.replace(marks[0], '')}.{tail}"),)


# --- what only looks like a value


def _masked(text: str, tokens: list[Token], words: Words) -> list[Token]:
    """The tokens with addresses, names with digits, telephone numbers and the like masked."""
    if all(token.kind != "number" for token in tokens):
        return tokens
    hidden = (
        _addresses(text, tokens) | _codes(tokens, words) | _chains(tokens) | _rows(tokens, words)
    )
    return [replace(token, text=_MASK) if i in hidden else token for i, token in enumerate(tokens)]


def _addresses(text: str, tokens: Sequence[Token]) -> set[int]:
    if "@" not in text and "://" not in text and "www." not in text.lower():
        return set()
    spans = [chunk.span() for chunk in _CHUNK.finditer(text) if _ADDRESS.search(chunk.group())]
    hidden: set[int] = set()
    at = 0
    for index, token in enumerate(tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start:
            hidden.add(index)
    return hidden


def _codes(tokens: Sequence[Token], words: Words) -> set[int]:
    """Numbers that are part of a name: "iOS14", "COVID-19", "4G", "#123", and long ones."""
    hidden: set[int] = set()
    for index, token in enumerate(tokens):
        if token.kind != "number":
            continue
        is_long = token.text.isdecimal() and len(token.text) >= 7
        beside = _is_code_before(tokens, index, words) or _is_code_after(tokens, index, words)
        if is_long or beside:
            hidden.add(index)
    return hidden


def _is_code_before(tokens: Sequence[Token], index: int, words: Words) -> bool:
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.text == "§" or _is_second_of_paragraph(tokens, index):
        return True
    if not tokens[index].glued:
        return False
    if before.text == "-" and index > 1 and before.glued:  # "COVID-19", not "twenty-30"
        index -= 1
        before = tokens[index - 1]
        if before.kind == "word" and words.numbers.at(tokens, index - 1):
            return False
    if before.kind != "word":
        return before.text in ("#", "_", "\\")
    follows_number = index > 1 and before.glued and tokens[index - 2].kind == "number"
    return not follows_number and words.currencies.at(tokens, index - 1) is None


def _is_second_of_paragraph(tokens: Sequence[Token], index: int) -> bool:
    """The 1 of "§ 3-1" """
    return index > 2 and tokens[index - 1].text == "-" and tokens[index - 3].text == "§"


def _is_code_after(tokens: Sequence[Token], index: int, words: Words) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or not following.glued:
        return False
    if following.text == "_":
        return True
    if following.kind != "word":
        return False
    clock = words.clock
    quantities = (words.units, words.currencies, words.hundredths, words.percent, words.mixed)
    known = (*quantities, words.months, words.to, clock["after"], clock["am"], clock["pm"])
    return (
        following.text not in words.glued_units
        and following.text not in words.ordinals
        and following.text not in _FRACTIONS
        and not any(phrases.at(tokens, index + 1) for phrases in known)
    )


def _chains(tokens: Sequence[Token]) -> set[int]:
    """Three or more numbers joined by dashes or strokes that are no date: "1-2-3"."""
    hidden: set[int] = set()
    index = 0
    while index < len(tokens):
        end = index
        while _is_joined(tokens, end):
            end += 2
        if end - index >= 4 and not _is_date_chain(tokens[index : end + 1 : 2]):
            hidden.update(range(index, end + 1))
        index = end + 1
    return hidden


def _is_joined(tokens: Sequence[Token], index: int) -> bool:
    return (
        index + 2 < len(tokens)
        and tokens[index].kind == "number"
        and tokens[index + 1].text in "-/"
        and tokens[index + 2].kind == "number"
        and tokens[index + 1].glued
        and tokens[index + 2].glued
    )


def _is_date_chain(numbers: Sequence[Token]) -> bool:
    """Three numbers, of which the first or the last is a year."""
    lengths = [len(token.text) for token in numbers if token.text.isdecimal()]
    return len(lengths) == 3 and (lengths[0] == 4 or lengths[2] in (2, 4)) and lengths[1] <= 2


def _rows(tokens: Sequence[Token], words: Words) -> set[int]:
    """Numbers one blank apart that are no thousands: telephone and account numbers."""
    hidden: set[int] = set()
    index = 0
    while index < len(tokens):
        end = index + 1
        while end < len(tokens) and _is_row(tokens[end - 1], tokens[end]):
            end += 1
        row = tokens[index:end]
        plus = index > 0 and tokens[index - 1].text == "+" and row[0].glued
        if row[0].kind == "number" and (plus or (len(row) > 1 and not _are_groups(row, words))):
            hidden.update(range(index, end))
        index = end
    return hidden


def _is_row(before: Token, token: Token) -> bool:
    return before.text.isdecimal() and token.text.isdecimal() and _one_blank(before, token)


def _are_groups(row: Sequence[Token], words: Words) -> bool:
    grouped = len(row[0].text) <= 3 and not row[0].text.startswith("0")
    return words.marks[1] == " " and grouped and all(_is_group(token) for token in row[1:])


def _is_group(token: Token) -> bool:
    return len(token.text) == 3 and token.text.isdecimal()


def _one_blank(before: Token, token: Token) -> bool:
    return token.start - before.end == 1
