"""The words of a text in its markup: what is read, what parts it, what is not the writer's prose.

Code, fences, scripts and block quotations are masked; comments, tags and the targets of links are
left out. A mask that is opened in HTML and never closed masks nothing.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, Literal, NamedTuple, cast

from linter.model import Markup


class Run(NamedTuple):
    """A stretch of a source, in its order. A `literal` stands for `text` ("&amp;" for "&")."""

    kind: Literal["text", "literal", "masked", "break", "paragraph"]
    start: int
    end: int
    text: str = ""


def runs(source: str, markup: Markup) -> Iterator[Run]:
    """The runs of a source; stretches that none covers are markup. It holds no lone surrogates."""
    return _READERS[markup](source)


_PLAIN_QUOTE = re.compile(r"^[ \t]{0,3}>.*(?:\n[ \t]{0,3}>.*)*", re.MULTILINE)


def _plain(source: str) -> Iterator[Run]:
    at = 0
    for quote in _PLAIN_QUOTE.finditer(source) if ">" in source else ():
        yield Run("text", at, quote.start())
        yield from _set_apart("masked", quote.start(), quote.end())
        at = quote.end()
    yield Run("text", at, len(source))


def _set_apart(kind: Literal["masked"], start: int, end: int) -> tuple[Run, Run, Run]:
    return Run("paragraph", start, start), Run(kind, start, end), Run("paragraph", end, end)


_MARKDOWN_SIGNS = re.compile(
    r"[*_`<>\[\]~#&\\|]|^[ \t]{0,3}(?:[-+=>]|\d{1,9}[.)]|\t| {4})", re.MULTILINE
)


def _markdown(source: str) -> Iterator[Run]:
    if _MARKDOWN_SIGNS.search(source):
        return _Markdown(source).runs()
    return iter((Run("text", 0, len(source)),))


_BLOCKS = frozenset(("Paragraph", "Heading", "Item", "TableCell", "List"))
_INLINE_CODE = frozenset(("Code", "InlineMath", "DisplayMath"))


class _Markdown:
    """Reads the events of pulldown-cmark, through pyromark."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.html = _HtmlMasks(source)
        self.skipped = 0  # offset up to which a block has been dealt with as a whole

    def runs(self) -> Iterator[Run]:
        import pyromark

        place = _code_points(self.source)
        for event, where in pyromark.events_with_range(self.source):
            start, end = place(where["start"]), place(where["end"])
            if end <= self.skipped:
                continue
            if isinstance(event, str):
                if event in ("SoftBreak", "HardBreak"):
                    yield Run("break", start, end)
                continue
            name, value = cast(tuple[str, Any], next(iter(event.items())))
            if name in ("Start", "End"):
                yield from self._block(name, value, start, end)
            elif name == "InlineHtml":
                yield from self.html.runs(start, end)
            elif not self.html.open:
                yield from self._inline(name, value, start, end)

    def _block(self, name: str, value: Any, start: int, end: int) -> Iterator[Run]:
        block = value if isinstance(value, str) else next(iter(value))
        fenced = block == "CodeBlock" and value != {"CodeBlock": "Indented"}
        if name == "Start" and (fenced or block == "BlockQuote"):
            self.skipped = end
            yield from _set_apart("masked", start, end)
        elif name == "Start" and block == "HtmlBlock":
            self.skipped = end
            yield Run("paragraph", start, start)
            yield from self.html.runs(start, end)
            yield Run("paragraph", end, end)
        elif block in _BLOCKS or block == "CodeBlock":
            edge = start if name == "Start" else end
            yield Run("paragraph", edge, edge)

    def _inline(self, name: str, value: str, start: int, end: int) -> Iterator[Run]:
        if name in _INLINE_CODE:
            yield Run("masked", start, end)
        elif name == "Text" and self.source[start:end] == value:
            yield Run("text", start, end)
        elif name == "Text":
            yield Run("literal", start, end, value)


def _code_points(text: str) -> Callable[[int], int]:
    """A function from an offset in the UTF-8 bytes of `text` to the one in its code points."""
    if text.isascii():
        return lambda offset: offset
    ends: list[int] = []  # in bytes, behind each code point that takes several
    more: list[int] = [0]  # how many bytes more than code points stand before
    for match in re.finditer(r"[^\x00-\x7f]", text):
        width = len(match.group().encode())
        ends.append(match.start() + more[-1] + width)
        more.append(more[-1] + width - 1)
    return lambda offset: offset - more[bisect_left(ends, offset + 1)]


def _html(source: str) -> Iterator[Run]:
    return iter(_HtmlMasks(source).runs(0, len(source)))


_HTML_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    )
)
_HTML_MASKED = frozenset(("script", "style", "code", "pre", "blockquote", "template"))


class _HtmlMasks:
    """Reads the HTML of a source piece by piece; `open` are the masking tags not closed so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[str] = []
        self._closed_at: dict[str, int] = {}

    def runs(self, start: int, end: int) -> list[Run]:
        parser = _HtmlPiece(self, start, end)
        parser.feed(_closable(self.source[start:end]))
        parser.close()
        return parser.found

    def is_closed(self, tag: str, behind: int) -> bool:
        """Whether a closing tag stands behind that offset."""
        if tag not in self._closed_at:
            last = [match.start() for match in re.finditer(f"</{tag}", self.source, re.IGNORECASE)]
            self._closed_at[tag] = last[-1] if last else -1
        return self._closed_at[tag] > behind


def _closable(text: str) -> str:
    """The text without openings that nothing closes: the parser looks for the end of each."""
    comments = text.rfind("-->") + 1
    text = text[:comments] + text[comments:].replace("<!--", " !--")
    tags = text.rfind(">") + 1
    return text[:tags] + text[tags:].replace("<", " ")


class _HtmlPiece(HTMLParser):
    def __init__(self, masks: _HtmlMasks, start: int, end: int) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Run] = []
        self.masks = masks
        breaks = re.compile("\n").finditer(masks.source, start, end)
        self.lines = [start, *(match.end() for match in breaks)]

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _add(self, kind: Literal["text", "masked", "break", "paragraph"], length: int = 0) -> None:
        if not self.masks.open:
            at = self._at()
            self.found.append(Run(kind, at, at + length))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self._add("break")
        if tag in _HTML_BLOCKS:
            self._add("paragraph")
        if tag in _HTML_MASKED and self.masks.is_closed(tag, self._at()):
            self._add("masked", len(self.get_starttag_text() or ""))
            self.masks.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self._add("break")

    def handle_endtag(self, tag: str) -> None:
        opened = self.masks.open
        if tag in opened:
            del opened[opened.index(tag) :]
        if tag in _HTML_BLOCKS:
            self._add("paragraph")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        place = self.lineno, self.offset
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            # The standard parser asserts that "<![" opens a kind of section that it knows.
            self.lineno, self.offset = place
            return self.rawdata.find(">", i) + 1 or -1

    def handle_data(self, data: str) -> None:
        self._add("text", len(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, raw: str) -> None:
        if self.masks.open:
            return
        at = self._at()
        end = at + len(raw)
        end += self.masks.source.startswith(";", end)
        self.found.append(Run("literal", at, end, html.unescape(f"{raw};")))


_READERS: dict[Markup, Callable[[str], Iterator[Run]]] = {
    "plain": _plain,
    "markdown": _markdown,
    "html": _html,
}
