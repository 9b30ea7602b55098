"""What is read of a text: breaks, emphasis, quotes and width folded, code and quotations masked.

The result maps back to the text code point by code point; phrases are looked for in it, and found
whether or not somebody typed a doubled space, a curly apostrophe or half a phrase in bold.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from linter.language import markup, placeholders
from linter.language.placeholders import Placeholder
from linter.model import Markup
from linter.offsets import MapBuilder, OffsetMap, identity

# One private-use code point stands for each thing that is not words, so that it is one token.
CUSTOMER, AGENT, PLACEHOLDER, ADDRESS, MASKED, HANDLE = "\ue001\ue002\ue003\ue004\ue005\ue006"
MARKS = frozenset((CUSTOMER, AGENT, PLACEHOLDER, ADDRESS, MASKED, HANDLE))
_HOLDERS = {"customer": CUSTOMER, "agent": AGENT, "other": PLACEHOLDER}

PARAGRAPH = "\n"
# Words of a normalised text, whose apostrophes and hyphens are all of one kind; without digits.
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
LETTERS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Longer stretches without a blank are cut: a tokenizer's time grows with their square.
_LONGEST_WORD = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in the normalised text at `at`, and what stands there in the original."""

    kind: str
    at: int
    text: str
    placeholder: Placeholder | None = None


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text` is what is tokenised; `breaks` are its offsets just behind a single line break."""

    text: str
    map: OffsetMap
    marks: tuple[Mark, ...]
    breaks: frozenset[int]


_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"'\])]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
_HANDLE = r"(?<![\w@.])@\w[\w.]{1,39}"
_THINGS = re.compile(rf"(?P<address>{_ADDRESS})|(?P<handle>{_HANDLE})")

_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        **dict.fromkeys("\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff", ""),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
        **dict.fromkeys(MARKS, "\ufffd"),
    }
)  # fmt: skip
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMBINING = r"[\u0300-\u036f\u3099\u309a]"
# Whatever is not sure to stay as it is: an entity, or a code point with what combines with it.
_ODD = re.compile(
    r"[^ -%'-_a-~\u00c0-\u0131]"
    rf"(?:(?<=&)(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,8}});|{_COMBINING}*)"
)
_SOLID = re.compile(r"[^ ]+")
_IS_COMBINING = re.compile(_COMBINING)


def normalise(text: str, markup: Markup) -> Normalised:
    """Fold and mask `text`, read as `markup`."""
    if _is_simple(text):
        return Normalised(text, identity(len(text)), (), frozenset())
    return _Normaliser(text, markup).run()


_LEADS = frozenset(" -+")
_COMPLICATED = re.compile(r"[^ !\"$%'-)+,\-./0-9:;=?A-Z^a-z\u00c0-\u0131]")
_TO_FILL_IN = re.compile(r"XXX|NA[VMA]")


def _is_simple(text: str) -> bool:
    """Nothing in it to fold or mask: most one-line replies."""
    return (
        text[:1] not in _LEADS
        and "  " not in text
        and _COMPLICATED.search(text) is None
        and "://" not in text
        and "www." not in text
        and not (("NA" in text or "XXX" in text) and _TO_FILL_IN.search(text))
        and (len(text) < _LONGEST_WORD or max(map(len, text.split(" "))) < _LONGEST_WORD)
    )


class _Thing(NamedTuple):
    """A placeholder, an address or a handle: it becomes one token."""

    start: int
    end: int
    mark: str
    placeholder: Placeholder | None = None


class _Normaliser:
    def __init__(self, text: str, markup: Markup) -> None:
        self.source = _SURROGATE.sub("\ufffd", text)
        self.markup: Markup = markup
        self.out = MapBuilder()
        self.size = 0
        self.solid = 0  # length of the stretch without blanks that the text so far ends in
        self.gap: str | None = None
        self.gap_at = 0
        self.marks: list[Mark] = []
        self.read = 0  # behind the last mark: it may have taken in the beginning of a run
        self.breaks: set[int] = set()
        holders = placeholders.find(self.source)
        self.shadow = _shadow(self.source, holders)
        self.things = _things(self.source, self.shadow, holders)
        self.next_thing = 0
        self.reached = 0  # where the last thing ends; what a parser takes for markup may be of it

    def run(self) -> Normalised:
        for run in markup.runs(self.shadow, self.markup):
            if run.start < self.reached and run.kind != "text":
                continue
            match run.kind:
                case "text":
                    self._words(run.start, run.end)
                case "literal" if run.start >= self.read:
                    self._literal(run.text, run.start, run.end)
                case "masked":
                    self._mark(MASKED, run.start, run.end)
                case "paragraph":
                    self._space(PARAGRAPH, run.start)
                case "break":
                    self._space("soft", run.start)
        return Normalised(
            self.out.text(), self.out.map(), tuple(self.marks), frozenset(self.breaks)
        )

    def _words(self, start: int, end: int) -> None:
        """Prose, and the things in it; a thing may run on over what a parser took for markup."""
        at = start
        while self.next_thing < len(self.things) and self.things[self.next_thing].start < end:
            thing = self.things[self.next_thing]
            if thing.start >= at:
                self._prose(at, thing.start)
                self._mark(thing.mark, thing.start, thing.end, thing.placeholder)
                self.reached = thing.end
            at = max(at, thing.end)
            if at > end:
                return
            self.next_thing += 1
        self._prose(at, end)

    def _prose(self, start: int, end: int) -> None:
        at = start
        for match in _SPACE.finditer(self.source, start, end):
            self._letters(at, match.start())
            count = len(_LINE_BREAK.findall(match.group()))
            self._space(PARAGRAPH if count > 1 else "soft" if count else " ", match.start())
            at = match.end()
        self._letters(at, end)

    def _letters(self, start: int, end: int) -> None:
        """Text without runs of white space: copied, what needs it folded."""
        at = start
        for odd in _ODD.finditer(self.source, start, end):
            first = odd.start()
            if first > at and _IS_COMBINING.match(self.source, first):
                first -= 1
            self._copy(at, first)
            at = odd.end()
            letter = self.source[first:at]
            self._literal(html.unescape(letter) if letter[0] == "&" else letter, first, at)
        self._copy(at, end)

    def _copy(self, start: int, end: int) -> None:
        """Text as it stands. Blanks at its edges are noted: what is beside may fold to nothing."""
        if start < end and self.source[start] == " ":
            self._space(" ", start)
            start += 1
        closing = start < end and self.source[end - 1] == " "
        end -= closing
        self._emit(self.source[start:end], start, end - start)
        if closing:
            self._space(" ", end)

    def _literal(self, text: str, start: int, end: int) -> None:
        """What a stretch of the source stands for, folded: it maps to the stretch as a whole."""
        folded = _fold(text)
        if folded.isspace():
            self._space(" ", start)
        else:
            self._emit(" ".join(folded.split()), start, end - start)

    def _mark(self, kind: str, start: int, end: int, holder: Placeholder | None = None) -> None:
        self._space(" ", start)
        self._flush()
        self.marks.append(Mark(kind, self.size, self.source[start:end], holder))
        self._put(kind, start, end - start)
        self.read = end
        self._space(" ", end)

    def _emit(self, text: str, start: int, length: int) -> None:
        if not text:
            return
        self._flush()
        at = 0
        if len(text) == length:
            for cut in self._cuts(text):
                self._put(text[at:cut], start + at, cut - at)
                self._cut(start + cut)
                at = cut
        elif self.solid >= _LONGEST_WORD:
            self._cut(start)
        self._put(text[at:], start + at, length - at)

    def _cuts(self, text: str) -> list[int]:
        """Where to cut a text that follows on what has been written."""
        cuts: list[int] = []
        if self.solid + len(text) > _LONGEST_WORD:
            for word in _SOLID.finditer(text):
                before = 0 if word.start() else min(self.solid, _LONGEST_WORD)
                first = word.start() + _LONGEST_WORD - before
                cuts += range(first, word.end(), _LONGEST_WORD)
        return cuts

    def _cut(self, at: int) -> None:
        self._put(" ", at, 0)

    def _put(self, text: str, start: int, length: int) -> None:
        self.out.add(text, start, length)
        self.size += len(text)
        blank = max(text.rfind(" "), text.rfind(PARAGRAPH))
        self.solid = self.solid + len(text) if blank < 0 else len(text) - blank - 1

    def _space(self, kind: str, at: int) -> None:
        """Note white space; what follows decides whether any is written."""
        if _STRENGTH[kind] > _STRENGTH[self.gap]:
            self.gap_at = self.gap_at if self.gap else at
            self.gap = kind

    def _flush(self) -> None:
        gap, self.gap = self.gap, None
        if gap is None or not self.size:
            return
        width = 1 if self.source[self.gap_at : self.gap_at + 1].isspace() else 0
        self._put(PARAGRAPH if gap == PARAGRAPH else " ", self.gap_at, width)
        if gap == "soft":
            self.breaks.add(self.size)


_STRENGTH = {None: 0, " ": 1, "soft": 2, PARAGRAPH: 3}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)


def _shadow(text: str, holders: list[Placeholder]) -> str:
    """The text with placeholders blanked, so that a markup parser sees words in their place."""
    parts, at = [], 0
    for holder in holders:
        parts += [text[at : holder.start], "x" * (holder.end - holder.start)]
        at = holder.end
    return "".join([*parts, text[at:]]) if parts else text


def _things(text: str, shadow: str, holders: list[Placeholder]) -> list[_Thing]:
    """The things of a text, by place. An address may hold placeholders, a handle may not."""
    things = [_Thing(item.start, item.end, _HOLDERS[item.holder], item) for item in holders]
    if "@" not in shadow and "://" not in shadow and "www." not in shadow:
        return things
    for match in _THINGS.finditer(shadow):
        end = match.end()
        while shadow[end - 1] in ".,;:!?":
            end -= 1
        if match.lastgroup == "address":
            things.append(_Thing(match.start(), end, ADDRESS))
        elif text.startswith(shadow[match.start() : end], match.start()):
            things.append(_Thing(match.start(), end, HANDLE))
    things.sort(key=lambda thing: thing.start)
    return things
