"""What is read of a text: soft breaks, emphasis, quotes and width folded, code and quotations masked.

The result maps back to the text code point by code point; phrases are looked for in it, and found
whether or not somebody typed a doubled space, a curly apostrophe or half a phrase in bold.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

from linter.language import placeholders
from linter.language.placeholders import Placeholder
from linter.model import Markup
from linter.offsets import MapBuilder, OffsetMap, identity

# One private-use code point stands for each thing that is not words, so that it is one token.
CUSTOMER, AGENT, PLACEHOLDER, ADDRESS, MASKED, HANDLE = "\ue001\ue002\ue003\ue004\ue005\ue006"
MARKS = frozenset((CUSTOMER, AGENT, PLACEHOLDER, ADDRESS, MASKED, HANDLE))
_HOLDERS = {"customer": CUSTOMER, "agent": AGENT, "other": PLACEHOLDER}

PARAGRAPH = "\n"


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
_HANDLE = r"(?<![\w@.])@[\w.]{2,40}"
_THINGS = re.compile(rf"(?P<address>{_ADDRESS})|(?P<handle>{_HANDLE})")
_PLAIN_QUOTE = re.compile(r"^[ \t]{0,3}>.*(?:\n[ \t]{0,3}>.*)*", re.MULTILINE)

_FOLD = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "\u00ad": "", "\u200b": "", "\u200c": "", "\u2060": "", "\ufeff": "", "\u200e": "", "\u200f": "",
        **{mark: "\ufffd" for mark in MARKS},
    }
)  # fmt: skip
_TO_FOLD = re.compile("[" + "".join(map(re.escape, map(chr, _FOLD))) + "]")
_SPACE = re.compile(r"[^\S ]\s*| \s+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a]*", re.DOTALL)
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")


def normalise(text: str, markup: Markup) -> Normalised:
    """Fold and mask `text`, read as `markup`."""
    if _is_simple(text):
        return Normalised(text, identity(len(text)), (), frozenset())
    return _Normaliser(text, markup).run()


_COMPLICATED = re.compile(
    r"[^ -~\u00c0-\u024f]|  |[`*_<>\[\]{}~#&\\@|]|://|www\.|XXX|NA[VMA]|____|^[ \t]|^[-+>]"
)


def _is_simple(text: str) -> bool:
    """Nothing in it to fold or mask: most one-line replies."""
    return _COMPLICATED.search(text) is None and unicodedata.is_normalized("NFKC", text)


class _Normaliser:
    def __init__(self, text: str, markup: Markup) -> None:
        self.source = text
        self.markup = markup
        self.out = MapBuilder()
        self.size = 0
        self.last = PARAGRAPH
        self.gap: str | None = None
        self.gap_at = 0
        self.marks: list[Mark] = []
        self.breaks: set[int] = set()
        self.found = placeholders.find(text)

    def run(self) -> Normalised:
        runs = _RUNS[self.markup](self._shadow())
        things = self._things()
        for start, end, what in runs:
            if what == "text":
                self._words(start, end, things)
            elif what == "masked":
                self._mark(MASKED, start, end)
            elif what == "paragraph":
                self._space(PARAGRAPH, start)
            elif what == "break":
                self._space("soft", start)
            else:
                self._literal(what, start, end)
        return Normalised(
            self.out.text(), self.out.map(), tuple(self.marks), frozenset(self.breaks)
        )

    def _shadow(self) -> str:
        """The text with placeholders blanked, so that a markup parser sees words in their place."""
        parts, at = [], 0
        for holder in self.found:
            parts += [self.source[at : holder.start], "x" * (holder.end - holder.start)]
            at = holder.end
        return "".join([*parts, self.source[at:]]) if parts else self.source

    def _things(self) -> list[tuple[int, int, str, Placeholder | None]]:
        """Placeholders, addresses and handles, in order: each becomes one token."""
        things: list[tuple[int, int, str, Placeholder | None]] = [
            (holder.start, holder.end, _HOLDERS[holder.holder], holder) for holder in self.found
        ]
        if "@" in self.source or "://" in self.source or "www." in self.source:
            for match in _THINGS.finditer(self._shadow()):
                kind = ADDRESS if match.lastgroup == "address" else HANDLE
                end = match.end()
                while self.source[end - 1] in ".,;:!?":
                    end -= 1
                if not any(a < end and match.start() < b for a, b, _, _ in things):
                    things.append((match.start(), end, kind, None))
        things.sort(key=lambda thing: thing[0])
        return things

    def _words(
        self, start: int, end: int, things: list[tuple[int, int, str, Placeholder | None]]
    ) -> None:
        at = start
        for a, b, kind, holder in things:
            if b <= at or a >= end:
                continue
            if a < at:
                at = min(b, end)
                continue
            self._fold(at, a)
            self._mark(kind, a, b, holder)
            at = min(b, end) if b <= end else b
        self._fold(at, end)

    def _fold(self, start: int, end: int) -> None:
        if start >= end:
            return
        at = start
        chunk = self.source[start:end]
        for match in _SPACE.finditer(chunk):
            self._letters(at, start + match.start())
            run = match.group()
            count = len(_LINE_BREAK.findall(run))
            self._space(PARAGRAPH if count > 1 else "soft" if count else " ", start + match.start())
            at = start + match.end()
        self._letters(at, end)

    def _letters(self, start: int, end: int) -> None:
        """Text without runs of white space: copy it, folding what needs folding."""
        if start >= end:
            return
        chunk = self.source[start:end]
        if chunk[0] == " ":
            self._space(" ", start)
            self._letters(start + 1, end)
            return
        if chunk[-1] == " ":
            self._letters(start, end - 1)
            self._space(" ", end - 1)
            return
        entities = "&" in chunk and _ENTITY.search(chunk) is not None
        if not entities and unicodedata.is_normalized("NFKC", chunk) and not _TO_FOLD.search(chunk):
            self._emit(chunk, start, len(chunk))
            return
        at = 0
        while at < len(chunk):
            entity = _ENTITY.match(chunk, at) if entities and chunk[at] == "&" else None
            match = entity or _CLUSTER.match(chunk, at)
            assert match is not None
            raw = html.unescape(match.group()) if entity else match.group()
            folded = unicodedata.normalize("NFKC", raw.translate(_FOLD)).translate(_FOLD)
            if folded.isspace():
                self._space(" ", start + at)
            else:
                self._emit(folded, start + at, match.end() - at)
            at = match.end()

    def _literal(self, text: str, start: int, end: int) -> None:
        """Text that a markup parser decoded, such as an entity: it maps to its source as a whole."""
        folded = unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)
        if not folded.strip():
            self._space(" ", start)
        else:
            self._emit(" ".join(folded.split()), start, end - start)

    def _mark(self, kind: str, start: int, end: int, holder: Placeholder | None = None) -> None:
        self._space(" ", start)
        self._flush()
        self.marks.append(Mark(kind, self.size, self.source[start:end], holder))
        self._put(kind, start, end - start)
        self._space(" ", end)

    def _emit(self, text: str, start: int, length: int) -> None:
        if not text:
            return
        self._flush()
        self._put(text, start, length)

    def _put(self, text: str, start: int, length: int) -> None:
        self.out.add(text, start, length)
        self.size += len(text)
        self.last = text[-1]

    def _space(self, kind: str, at: int) -> None:
        """Note white space; what follows decides whether any is written."""
        strength = (None, " ", "soft", PARAGRAPH)
        if strength.index(kind) > strength.index(self.gap):
            self.gap_at = self.gap_at if self.gap else at
            self.gap = kind

    def _flush(self) -> None:
        if self.gap is None or not self.size:
            self.gap = None
            return
        character = PARAGRAPH if self.gap == PARAGRAPH else " "
        width = 1 if self.source[self.gap_at : self.gap_at + 1].isspace() else 0
        self._put(character, self.gap_at, width)
        if self.gap == "soft":
            self.breaks.add(self.size)
        self.gap = None


_Runs = list[tuple[int, int, str]]


def _plain_runs(text: str) -> _Runs:
    runs: _Runs = []
    at = 0
    for quote in _PLAIN_QUOTE.finditer(text) if ">" in text else ():
        runs += [(at, quote.start(), "text"), (quote.start(), quote.start(), "paragraph")]
        runs += [(quote.start(), quote.end(), "masked"), (quote.end(), quote.end(), "paragraph")]
        at = quote.end()
    runs.append((at, len(text), "text"))
    return runs


_MARKDOWN_SIGNS = re.compile(
    r"[*_`<>\[\]~#&\\|]|^[ \t]{0,3}(?:[-+=>]|\d{1,9}[.)]|\t| {4})", re.MULTILINE
)
_BLOCKS = frozenset(
    {"Paragraph", "Heading", "Item", "TableCell", "List", "BlockQuote", "CodeBlock", "HtmlBlock"}
)


def _markdown_runs(text: str) -> _Runs:
    if not _MARKDOWN_SIGNS.search(text):
        return [(0, len(text), "text")]
    import pyromark

    places = _code_points(text)
    runs: _Runs = []
    quotes = fence = 0
    for event, where in pyromark.events_with_range(text):
        start, end = places(where["start"]), places(where["end"])
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        block = (
            value
            if isinstance(value, str)
            else next(iter(value))
            if isinstance(value, dict)
            else ""
        )
        if name == "Start" and block == "BlockQuote":
            quotes += 1
            runs += [(start, start, "paragraph"), (start, end, "masked")] if quotes == 1 else []
        elif name == "End" and block == "BlockQuote":
            quotes -= 1
            runs.append((end, end, "paragraph"))
        elif quotes:
            continue
        elif name == "Start" and block == "CodeBlock" and value != {"CodeBlock": "Indented"}:
            fence = 1
            runs += [(start, start, "paragraph"), (start, end, "masked"), (end, end, "paragraph")]
        elif name == "End" and block == "CodeBlock":
            fence = 0
            runs.append((end, end, "paragraph"))
        elif fence:
            continue
        elif name == "Text":
            assert isinstance(value, str)
            same = text[start:end] == value
            runs.append((start, end, "text" if same else value or "break"))
        elif name in ("Code", "InlineMath", "DisplayMath"):
            runs.append((start, end, "masked"))
        elif name in ("SoftBreak", "HardBreak"):
            runs.append((start, end, "break"))
        elif name in ("Html", "InlineHtml"):
            runs += [(start + a, start + b, what) for a, b, what in _html_runs(text[start:end])]
        elif name in ("Start", "End") and block in _BLOCKS:
            runs.append((start if name == "Start" else end,) * 2 + ("paragraph",))
    return runs


def _code_points(text: str):  # type: ignore[no-untyped-def]
    """A function from an offset in the UTF-8 bytes of `text` to one in its code points."""
    if text.isascii():
        return lambda offset: offset
    table: dict[int, int] = {}
    at = 0
    for index, character in enumerate(text):
        table[at] = index
        code = ord(character)
        at += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
    table[at] = len(text)
    return table.__getitem__


def _html_runs(text: str) -> _Runs:
    parser = _HtmlText(text)
    parser.feed(text)
    parser.close()
    return parser.runs


_HTML_BLOCKS = frozenset(
    "address article blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th tr ul".split()
)
_HTML_MASKED = frozenset(("script", "style", "code", "pre", "blockquote", "template"))


class _HtmlText(HTMLParser):
    """The words of HTML with their places; scripts, styles, code and quotations masked."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.runs: _Runs = []
        self.masked: list[str] = []
        self.starts = [0]
        for line_break in re.finditer("\n", text):
            self.starts.append(line_break.end())

    def _at(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def _add(self, length: int, what: str) -> None:
        if not self.masked:
            at = self._at()
            self.runs.append((at, at + length, what))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self._add(0, "break")
        if tag in _HTML_BLOCKS:
            self._add(0, "paragraph")
        if tag in _HTML_MASKED:
            self._add(len(self.get_starttag_text() or ""), "masked")
            self.masked.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self._add(0, "break")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.masked:
            while self.masked.pop() != tag:
                pass
        if tag in _HTML_BLOCKS:
            self._add(0, "paragraph")

    def handle_data(self, data: str) -> None:
        self._add(len(data), "text")

    def handle_entityref(self, name: str) -> None:
        raw = f"&{name};"
        self._add(len(raw), html.unescape(raw))

    def handle_charref(self, name: str) -> None:
        raw = f"&#{name};"
        self._add(len(raw), html.unescape(raw))


_RUNS = {"plain": _plain_runs, "markdown": _markdown_runs, "html": _html_runs}
