"""The phrases of a lexicon: a small language for people who know a language, not spaCy.

    sorry                      the word, in any case
    (sorry|apologies)          either
    (so|very)? sorry           optional: a word or a group followed by `?`
    contact * up               a gap of up to three words; `*6`: up to six (never over a sentence's
                               end, nor over a negation)
    <we> (are|were) sorry      `<we>`: a set of words that the lexicon or its language defines
    within {number} days       a slot: {number} {customer} {agent} {placeholder} {address} {handle}
    ^ sorry                    `^`: only where a sentence begins; `$`: only where one ends
    what is wrong \\?          a backslash makes a sign a plain word

A pattern is parsed to a tree; `matcher.py` makes one automaton of all trees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

SLOTS = ("number", "customer", "agent", "placeholder", "address", "handle")
MAX_GAP = 12
DEFAULT_GAP = 3
# Far beyond what people write; sets of sets of sets could else fill the memory.
MAX_DEPTH = 50
MAX_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch without blanks; the tokenizer may make several tokens of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning ("^") or the end ("$") of a sentence."""

    side: str


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Node, ...]


Node = Word | Slot | Gap | Edge | Sequence | Choice


class PatternError(ValueError):
    """A phrase that is not of the form; `at` is the offset of the fault in it."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<sign>[()|?^$])|(?P<gap>\*(?P<most>\d{0,3}))|<(?P<set>[\w-]{1,40})>|\{(?P<slot>[\w-]{1,40})\}"
    r"|(?P<word>(?:\\.|[^\s()|?*^$<>{}\\])+)|(?P<bad>.)",
    re.DOTALL,
)


def parse(
    pattern: str, sets: Mapping[str, Node] | Callable[[str], Node | None], *, trusted: bool = False
) -> Node:
    """The tree of a phrase; `sets` gives the word sets' trees by name.

    Raises PatternError. A `trusted` phrase is not measured: its sets are known to be small.
    """
    lookup = sets if callable(sets) else sets.get
    tree = _Parser(pattern, lookup).run()
    if not trusted:
        _check_size(tree)
    if can_be_empty(tree):
        raise PatternError("every part of the phrase is optional: it would match nothing", 0)
    return tree


_END = ("end", "", 0)


class _Parser:
    """`kind`, `text` and `start` are of the token at hand."""

    def __init__(self, pattern: str, sets: Callable[[str], Node | None]) -> None:
        self.pattern = pattern
        self.sets = sets
        tokens = map(_token, _TOKEN.finditer(pattern))
        self.rest = iter([*(token for token in tokens if token[0] != "blank"), _END])
        self.depth = 0
        self._next()

    def run(self) -> Node:
        tree = self._choice()
        if self.kind != "end":
            self._fail("a closing bracket without an opening one")
        parts = tree.parts if isinstance(tree, Sequence) else (tree,)
        if Edge("^") in parts[1:] or Edge("$") in parts[:-1]:
            raise PatternError(_EDGES, 0)
        return tree

    def _next(self) -> None:
        self.kind, self.text, self.start = next(self.rest)

    def _fail(self, message: str) -> NoReturn:
        raise PatternError(message, len(self.pattern) if self.kind == "end" else self.start)

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self.kind == "|":
            self._next()
            options.append(self._sequence())
        if len(options) > 1 and self.depth == 0 and any(map(_has_edge, options)):
            self._fail(_EDGES)
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self.kind not in ("|", ")", "end"):
            parts.append(self._optional(parts) if self.kind == "?" else self._part())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _optional(self, parts: list[Node]) -> Node:
        if not parts or self.pattern[self.start - 1 : self.start].isspace():
            self._fail('"?" follows what is optional; write "\\?" for a question mark')
        self._next()
        return Choice((parts.pop(), Sequence(())))

    def _part(self) -> Node:
        part: Node
        match self.kind:
            case "word":
                text = self.text
                part = Word(re.sub(r"\\(.)", r"\1", text) if "\\" in text else text)
            case "set":
                part = self._set(self.text)
            case "gap":
                part = self._gap(self.text)
            case "slot":
                part = self._slot(self.text)
            case "(":
                return self._group()
            case "^" | "$":
                if self.depth:
                    self._fail(_EDGES)
                part = Edge(self.kind)
            case _:
                self._fail(
                    f'"{self.text}" cannot stand here; write "\\{self.text}" for the sign itself'
                )
        self._next()
        return part

    def _gap(self, digits: str) -> Gap:
        most = int(digits) if digits else DEFAULT_GAP
        if not 1 <= most <= MAX_GAP:
            self._fail(f"a gap is of 1 to {MAX_GAP} words")
        return Gap(most)

    def _set(self, name: str) -> Node:
        found = self.sets(name)
        if found is None:
            self._fail(f'there is no word set called "{name}"')
        if _has_edge(found):
            self._fail(f'the word set "{name}" holds "^" or "$", which only a phrase can')
        return found

    def _slot(self, name: str) -> Slot:
        if name not in SLOTS:
            self._fail(f'there is no slot called "{name}"; there are {", ".join(SLOTS)}')
        return Slot(name)

    def _group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._fail(f"brackets are nested more than {MAX_DEPTH} deep")
        self._next()
        tree = self._choice()
        if self.kind != ")":
            self._fail("an opening bracket without a closing one")
        self._next()
        self.depth -= 1
        return tree


_EDGES = '"^" stands first and "$" last in a phrase'


def _token(match: re.Match[str]) -> tuple[str, str, int]:
    """A token's kind (for a sign, the sign), its text (of a set, its name) and where it begins."""
    kind = match.lastgroup or ""
    if kind in ("set", "slot"):
        return kind, match[kind], match.start()
    if kind in ("gap", "most"):
        return "gap", match["most"], match.start()
    return (match.group() if kind == "sign" else kind), match.group(), match.start()


def _has_edge(node: Node) -> bool:
    """Whether a tree begins or ends at a sentence's edge."""
    if isinstance(node, Sequence):
        return any(isinstance(part, Edge) for part in node.parts)
    return isinstance(node, Edge)


def _check_size(tree: Node) -> None:
    """Raises PatternError for a tree that its word sets make too large or too deep."""
    rest = [(tree, 1)]
    count = 0
    while rest:
        node, depth = rest.pop()
        count += 1
        if count > MAX_PARTS or depth > 2 * MAX_DEPTH:
            raise PatternError(f"with its word sets the phrase has more than {MAX_PARTS} parts", 0)
        if isinstance(node, Sequence):
            rest += [(part, depth + 1) for part in node.parts]
        elif isinstance(node, Choice):
            rest += [(option, depth + 1) for option in node.options]


def can_be_empty(node: Node) -> bool:
    """Whether a tree can match no word at all."""
    match node:
        case Word() | Slot():
            return False
        case Gap() | Edge():
            return True
        case Sequence(parts):
            return all(can_be_empty(part) for part in parts)
        case Choice(options):
            return any(can_be_empty(option) for option in options)
