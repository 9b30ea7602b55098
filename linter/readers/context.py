"""What a record tells of its replies' context: known keys, their paths and types."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.documents import suggest
from linter.model import KINDS, Comment
from linter.readers.layout import KEYS, MAPPABLE, Layout, language_tag
from linter.readers.nodes import Node, flat, walk
from linter.readers.source import Broken, Chunk

MAX_TEXT = 1_000_000
"""Code points of a reply, and of whatever else is said in a record."""
_PARTS = ("comment.text", "comment.kind", "comment.rating")
_SEPARATORS = re.compile(r"[,;|]")


class Context(NamedTuple):
    """All of a record but its id and text. `fields` has the scalars that no known key names."""

    language: str | None
    author: str | None
    comment: Comment | None
    channel: str | None
    tags: tuple[str, ...] | None
    fields: dict[str, object]


class Paths:
    """The paths of a layout, worked out once for all records."""

    def __init__(self, layout: Layout) -> None:
        self.of = {key: layout.paths(key) for key in MAPPABLE}
        self._comments = set(self.of["comment"])
        known = [path for key in (*KEYS, *_PARTS) for path in self.of[key]]
        self._taken = {path.partition(".*")[0] for path in known}

    def others(self, node: Node) -> tuple[dict[str, object], dict[str, object]]:
        """The scalars that no known key names: the record's own, and those of the comment."""
        own: dict[str, object] = {}
        of_comment: dict[str, object] = {}
        for path, value in flat(node):
            above = next((at for at in _above(path) if at in self._taken), None)
            if path in self._taken:
                continue
            if above is None:
                own[path] = value
            elif above in self._comments:
                of_comment[path[len(above) + 1 :]] = value
        return own, of_comment


class Fields:
    """The known keys of one record. All methods raise Broken where a value is of a wrong type."""

    def __init__(self, chunk: Chunk, node: Node, paths: Paths) -> None:
        self.node = node
        self._chunk = chunk
        self._paths = paths

    def broken(self, reason: str, node: Node | None = None) -> Broken:
        return self._chunk.broken(reason, (node or self.node).start)

    def find(self, key: str) -> list[tuple[str | None, Node]]:
        """What stands at the first of the key's paths where something does."""
        entries = self.node.value if isinstance(self.node.value, dict) else {}
        for path in self._paths.of[key]:
            if path in entries:
                return [(None, entries[path])]
            if path == "*" or "." in path:
                found = list(walk(self.node, path))
                if found:
                    return found
        return []

    def text(self, key: str) -> str | None:
        """The scalar of that key as it is written; None where it is absent, null or empty."""
        node = self._one(key)
        if node is None:
            return None
        if isinstance(node.value, list | dict):
            raise self.broken(f"`{key}` must be text, not {node.kind}", node)
        return self._bounded(key, node)

    def _bounded(self, key: str, node: Node) -> str:
        if len(node.text) > MAX_TEXT:
            raise self.broken(f"`{key}` is longer than {MAX_TEXT:,} code points", node)
        return node.text

    def context(self) -> Context:
        own, of_comment = self._paths.others(self.node)
        return Context(
            language=self._language(),
            author=self.text("author") or self.text("comment.author"),
            comment=self._comment(of_comment),
            channel=self.text("channel"),
            tags=self._tags(),
            fields=own,
        )

    def _one(self, key: str) -> Node | None:
        found = [node for _, node in self.find(key) if node.value not in (None, "")]
        if len(found) > 1:
            raise self.broken(f"`{key}` is {len(found)} values, not one", found[1])
        return found[0] if found else None

    def _language(self) -> str | None:
        text = self.text("lang")
        if text is None:
            return None
        tag = language_tag(text)
        if tag is None:
            reason = f'`lang` "{text[:40]}" is no language tag such as nb'
            raise self.broken(reason, self._one("lang"))
        return tag

    def _comment(self, fields: dict[str, object]) -> Comment | None:
        node = self._one("comment")
        if node is not None and isinstance(node.value, list):
            raise self.broken("`comment` must be text or a mapping, not a list", node)
        text = self.text("comment.text")
        if node is not None and not isinstance(node.value, dict):
            text = self._bounded("comment", node)
        rating = self._rating("comment.rating")
        if rating is None:
            rating = self._rating("rating")
        comment = Comment(text, self._kind(), rating, fields)
        return comment if fields or comment != Comment() else None

    def _kind(self) -> str | None:
        kind = self.text("comment.kind")
        if kind is None or kind in KINDS:
            return kind
        hint = suggest(kind, KINDS) or f"; it must be one of {', '.join(KINDS)}"
        raise self.broken(f'"{kind[:40]}" is no kind of comment{hint}', self._one("comment.kind"))

    def _rating(self, key: str) -> float | None:
        node = self._one(key)
        if node is None:
            return None
        rating = _number(node)
        if not math.isfinite(rating):
            shown = f'"{node.text[:40]}"' if isinstance(node.value, str) else node.text[:40]
            shown = shown or node.kind
            raise self.broken(f"`rating` must be a number, not {shown}", node)
        return rating

    def _tags(self) -> tuple[str, ...] | None:
        found = [node for _, node in self.find("tags") if node.value is not None]
        if not found:
            return None
        return tuple(tag for node in found for tag in self._tags_of(node))

    def _tags_of(self, node: Node) -> Iterator[str]:
        """The items of a list, or of a text that parts them by comma, semicolon or bar."""
        if isinstance(node.value, str):
            yield from filter(None, map(str.strip, _SEPARATORS.split(node.value)))
            return
        if not isinstance(node.value, list):
            raise self.broken(f"`tags` must be a list of texts, not {node.kind}", node)
        for item in node.value:
            if isinstance(item.value, list | dict):
                raise self.broken(f"a tag must be text, not {item.kind}", item)
            if item.value is not None and item.text:
                yield item.text


def _above(path: str) -> Iterator[str]:
    """The paths above a dotted one, the nearest to the root first."""
    at = path.find(".")
    while at >= 0:
        yield path[:at]
        at = path.find(".", at + 1)


def _number(node: Node) -> float:
    """The number that a scalar is or spells, or not a number."""
    if node.value is None or isinstance(node.value, bool | list | dict):
        return math.nan
    try:
        return float(node.value)
    except (ValueError, OverflowError):
        return math.nan
