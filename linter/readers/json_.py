"""JSON: an own scanner, since the standard one tells no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.model import Record
from linter.offsets import MapBuilder, OffsetMap
from linter.readers.context import MAX_TEXT
from linter.readers.nodes import MAX_DEPTH, Node, Problem, Tree
from linter.readers.records import Library
from linter.readers.source import Broken, Chunk, File

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*')
_USUAL = re.compile(r'"([^"\\\x00-\x1f]*+)"')
"""A string without escapes; and such a key."""
_KEY = re.compile(_USUAL.pattern + r"[ \t\r\n]*+:")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?([eE][-+]?[0-9]++)?(?![0-9.])")
_WORD = re.compile(r"[A-Za-z]++")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))"
)
_ESCAPED = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MAX_DIGITS = 4000
_MAX_STRING = 12 * MAX_TEXT
"""Code points of a string as it stands: an escape needs twelve at most (a surrogate pair)."""


def read(file: File) -> Iterator[Record]:
    """The replies of a JSON file."""
    return Library(file, place).replies(parse(file.whole()))


def parse(chunk: Chunk) -> Tree:
    """The one value that a chunk holds. Raises Broken where it is not JSON."""
    return _Scanner(chunk).tree()


def place(chunk: Chunk, node: Node) -> OffsetMap:
    """The map from a string's value to its chunk."""
    builder = MapBuilder()
    at, last = node.start + 1, node.end - 1
    for match in _ESCAPE.finditer(chunk.text, at, last):
        builder.add(chunk.text[at : match.start()], at)
        builder.add(_meaning(match), match.start(), len(match[0]))
        at = match.end()
    builder.add(chunk.text[at:last], at)
    return builder.map()


class _Scanner:
    """Reads a chunk from left to right, up to `_at`, without recursion."""

    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk
        self._text = chunk.text
        self._at = 0
        self._open: list[Node] = []
        self._problems: list[Problem] = []

    def tree(self) -> Tree:
        root = self._value()
        while self._open:
            self._go_on(self._open[-1])
        if self._peek():
            raise self._broken("the end was expected here")
        return Tree(self._chunk, root, tuple(sorted(self._problems)))

    def _broken(self, reason: str, at: int | None = None) -> Broken:
        return self._chunk.broken(f"not valid JSON: {reason}", self._at if at is None else at)

    def _peek(self) -> str:
        """The next character behind white space, "" at the end."""
        following = self._text[self._at : self._at + 1]
        if following in " \t\r\n" and (match := _SPACE.match(self._text, self._at)):
            self._at = match.end()
            following = self._text[self._at : self._at + 1]
        return following

    def _value(self) -> Node:
        """A scalar, or a list or mapping that is only opened."""
        first = self._peek()
        if first == '"':
            return self._string()
        if first in ("{", "["):
            node = Node({} if first == "{" else [], self._at, self._at)
            self._open.append(node)
            if len(self._open) > MAX_DEPTH:
                raise self._broken(f"nested over {MAX_DEPTH} levels deep")
            self._at += 1
            return node
        return self._number() or self._word()

    def _go_on(self, inside: Node) -> None:
        """Read the next item of the innermost list or mapping, or its end."""
        closing = "}" if isinstance(inside.value, dict) else "]"
        following = self._peek()
        if inside.value and following == ",":
            self._at += 1
            if self._peek() == closing:
                raise self._broken(f'no comma may stand before "{closing}"')
        elif following == closing:
            self._at += 1
            inside.end = self._at
            self._open.pop()
            return
        elif inside.value:
            raise self._broken(f'"," or "{closing}" was expected here')
        if isinstance(inside.value, dict):
            self._member(inside.value)
        elif isinstance(inside.value, list):
            inside.value.append(self._value())

    def _member(self, members: dict[str, Node]) -> None:
        self._peek()
        start = self._at
        key = self._key()
        value = self._value()
        if key in members:
            self._problems.append(Problem(start, f'duplicate key "{key[:40]}"'))
        else:
            members[key] = value

    def _key(self) -> str:
        """A key with the colon behind it."""
        usual = _KEY.match(self._text, self._at)
        if usual:
            self._at = usual.end()
            return usual[1]
        if self._peek() != '"':
            raise self._broken("a key in double quotes was expected here")
        key = self._string().text
        if self._peek() != ":":
            raise self._broken('":" was expected here')
        self._at += 1
        return key

    def _string(self) -> Node:
        start = self._at
        if usual := _USUAL.match(self._text, start):
            self._at = usual.end()
            return Node(usual[1], start, self._at, usual[1])
        match = _STRING.match(self._text, start)
        end = match.end() if match else start
        if self._text[end : end + 1] != '"':
            if end >= len(self._text):
                raise self._broken("this text is never closed", start)
            raise self._broken("a line break, tab or control character in a text", end)
        self._at = end + 1
        text = self._text[start + 1 : end]
        if len(text) > _MAX_STRING:
            self._problems.append(Problem(start, f"a text longer than {_MAX_STRING:,} code points"))
        elif "\\" in text:
            text = _ESCAPE.sub(lambda match: self._unescaped(match, start + 1), text)
        return Node(text, start, end + 1, text)

    def _unescaped(self, match: re.Match[str], start: int) -> str:
        meaning = _meaning(match)
        if not meaning:
            raise self._broken(f"unknown escape {match[0]}", start + match.start())
        if "\ud800" <= meaning <= "\udfff":
            reason = f"{match[0]} is half a character (a lone surrogate)"
            self._problems.append(Problem(start + match.start(), reason))
            return "\ufffd"
        return meaning

    def _number(self) -> Node | None:
        match = _NUMBER.match(self._text, self._at)
        if match is None:
            return None
        self._at = match.end()
        text = match[0]
        is_float = match[1] or match[2] or len(text) > _MAX_DIGITS
        return Node(float(text) if is_float else int(text), match.start(), match.end(), text)

    def _word(self) -> Node:
        match = _WORD.match(self._text, self._at)
        if match is None or match[0] not in _WORDS:
            raise self._broken("a value was expected here")
        self._at = match.end()
        return Node(_WORDS[match[0]], match.start(), match.end(), match[0])


def _meaning(match: re.Match[str]) -> str:
    """The character that an escape stands for, "" where it is none."""
    high, low, single, letter = match.groups()
    if letter:
        return _ESCAPED.get(letter, "")
    if single:
        return chr(int(single, 16))
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00))
