"""Markdown: one reply a file, or one under each heading; YAML front matter tells their context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyromark

from linter.model import Record
from linter.offsets import MapBuilder
from linter.readers import text, yaml_
from linter.readers.nodes import Node, Problem, Tree
from linter.readers.records import Library
from linter.readers.source import Chunk, File

MAX_PARSED = 5_000_000
"""Code points of a file whose headings or fences have to be found."""
_FRONT = re.compile(r"---[ \t]*+(?:\r\n|\r|\n)")
_FRONT_END = re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*+(?:\r\n|\r|\n|\Z)")
_LONE_CR = re.compile(r"\r(?!\n)")
_NOT_IN_SLUG = re.compile(r"[^\w\s-]")


def read(file: File) -> Iterator[Record]:
    """The replies of a Markdown file."""
    layout = file.layout
    fields = {key: paths for key, paths in layout.fields.items() if key != "reply"}
    library = Library(
        replace(file, layout=replace(layout, fields=fields)),
        text.place,
        "plain" if layout.body == "fence" else "markdown",
    )
    chunk = file.whole()
    front, start = _front_matter(chunk)
    if layout.split == "file" and layout.body == "text":
        body = text.passage(chunk, start, len(chunk.text))
        yield from library.file_record(front.with_reply(body))
        return
    sections = _sections(chunk, start)
    if layout.split == "headings":
        own_id = layout.paths("id")[0]
        prefix = f"{front.entries[own_id].text}/" if own_id in front.entries else ""
        front.entries.pop(own_id, None)
        for section in _replies_of(chunk, sections):
            for body in section.bodies(chunk, layout.body):
                yield from library.record(front.with_reply(body), prefix + section.slug)
        return
    fences = [body for section in sections for body in section.fences]
    if not fences:
        raise chunk.broken("no fenced block in the file", start)
    for body in fences:
        yield from library.file_record(front.with_reply(body))


@dataclass(frozen=True, slots=True)
class _Front:
    """The entries of a file's front matter, and what is wrong with them."""

    chunk: Chunk
    entries: dict[str, Node]
    problems: tuple[Problem, ...] = ()

    def with_reply(self, body: Node) -> Tree:
        record = Node({**self.entries, "reply": body}, body.start, body.end)
        return Tree(self.chunk, record, self.problems)


def _front_matter(chunk: Chunk) -> tuple[_Front, int]:
    """The front matter of a file that begins with one, and where the text begins."""
    opening = _FRONT.match(chunk.text)
    if opening is None:
        return _Front(chunk, {}), 0
    closing = _FRONT_END.search(chunk.text, opening.end())
    if closing is None:
        raise chunk.broken('front matter begins here, and no line "---" ends it')
    trees = list(yaml_.documents(chunk, opening.end(), closing.start()))
    root = trees[0].root if trees else Node(None, 0, 0)
    if root.value is not None and not isinstance(root.value, dict):
        raise chunk.broken("the front matter is no mapping of keys to values", root.start)
    entries = root.value or {}
    if "reply" in entries:
        reason = "the reply of a Markdown file is its text; take `reply` out of the front matter"
        raise chunk.broken(reason, entries["reply"].start)
    return _Front(chunk, entries, trees[0].problems if trees else ()), closing.end()


@dataclass(slots=True)
class _Section:
    """What stands under a heading, up to the next; `level` 0 is what stands before the first."""

    level: int
    start: int
    end: int
    title: str = ""
    fences: list[Node] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return "-".join(_NOT_IN_SLUG.sub("", self.title.lower()).split()) or "section"

    def bodies(self, chunk: Chunk, body: str) -> Iterator[Node]:
        """The section's replies; an empty one where it has none."""
        if body == "text":
            yield text.passage(chunk, self.start, self.end)
        elif self.fences:
            yield from self.fences
        else:
            yield Node("", self.start, self.start)


def _replies_of(chunk: Chunk, sections: list[_Section]) -> Iterator[_Section]:
    """The sections under a heading, but for introductions: a heading without a text of its own, or
    the file's title, with deeper headings below."""
    headed = [section for section in sections if section.level]
    if not headed:
        raise chunk.broken("no heading in the file, although `split: headings` is set")
    titles = [section.level for section in headed].count(1)
    for number, section in enumerate(headed):
        below = number + 1 < len(headed) and headed[number + 1].level > section.level
        is_title = number == 0 and section.level == 1 and titles == 1
        is_blank = not chunk.text[section.start : section.end].strip()
        if not (below and not section.fences and (is_title or is_blank)):
            yield section


def _sections(chunk: Chunk, start: int) -> list[_Section]:
    if len(chunk.text) > MAX_PARSED:
        raise chunk.broken(f"the file is longer than {MAX_PARSED:,} code points; split it")
    body = _LONE_CR.sub("\n", chunk.text[start:])
    outline = _Outline(_Offsets(body, start), start)
    for event, place in pyromark.Markdown().events_with_range(body):
        outline.take(event, place)
    outline.sections[-1].end = len(chunk.text)
    return outline.sections


class _Outline:
    """Collects sections and fences from the events of a Markdown parser."""

    def __init__(self, offsets: _Offsets, start: int) -> None:
        self.sections = [_Section(0, start, start)]
        self._offsets = offsets
        self._depth = 0
        self._in_heading = False
        self._pieces: list[tuple[str, int, int]] | None = None

    def take(self, event: Any, place: Any) -> None:
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, "")
        if kind == "Start":
            self._open(value, place)
            self._depth += 1
        elif kind == "End":
            self._depth -= 1
            self._close(place)
        elif kind in ("Text", "Code") and self._in_heading:
            self.sections[-1].title += value
        elif kind == "Text" and self._pieces is not None:
            start, end = (self._offsets.at(place[side]) for side in ("start", "end"))
            self._pieces.append((value, start, end - start))

    def _open(self, block: Any, place: Any) -> None:
        """A block begins; a heading inside a quotation or a list parts nothing."""
        if not isinstance(block, dict):
            return
        if "Heading" in block and self._depth == 0:
            start = self._offsets.at(place["start"])
            self.sections[-1].end = start
            self.sections.append(_Section(int(block["Heading"]["level"][1]), start, start))
            self._in_heading = True
        elif isinstance(block.get("CodeBlock"), dict):
            self._pieces = []

    def _close(self, place: Any) -> None:
        if self._in_heading and self._depth == 0:
            self.sections[-1].start = self._offsets.at(place["end"])
            self._in_heading = False
        elif self._pieces is not None:
            self.sections[-1].fences.append(_fence(self._pieces, self._offsets.at(place["end"])))
            self._pieces = None


class _Offsets:
    """From offsets in UTF-8 to code points of the chunk, for offsets that ascend."""

    def __init__(self, body: str, start: int) -> None:
        self._data = body.encode()
        self._byte = 0
        self._offset = start

    def at(self, byte: int) -> int:
        self._offset += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._offset


def _fence(pieces: list[tuple[str, int, int]], end: int) -> Node:
    """The text of a fenced block, which may stand indented, without blank lines around it."""
    whole = "".join(piece for piece, _, _ in pieces)
    last = len(whole.rstrip())
    first = min(last, text.margin(whole))
    builder = MapBuilder()
    at = 0
    for piece, source, length in pieces:
        skipped = max(0, first - at)
        kept = piece[skipped : max(0, last - at)]
        if length == len(piece):
            builder.add(kept, source + skipped)
        else:
            builder.add(kept, source, length)
        at += len(piece)
    start = pieces[0][1] if pieces else end
    return Node(builder.text(), start, end, builder.text(), map=builder.map())
