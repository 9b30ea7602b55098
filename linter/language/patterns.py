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


def parse(pattern: str, sets: Mapping[str, Node] | Callable[[str], Node | None]) -> Node:
    """The tree of a phrase. Raises PatternError; `sets` gives the word sets' trees by name."""
    lookup = sets if callable(sets) else sets.get
    return _Parser(pattern, lookup).run()


class _Parser:
    def __init__(self, pattern: str, sets: Callable[[str], Node | None]) -> None:
        self.pattern = pattern
        self.sets = sets
        self.tokens = list(_TOKEN.finditer(pattern))
        self.at = 0
        self.depth = 0

    def run(self) -> Node:
        tree = self._choice()
        if self.at < len(self.tokens):
            self._fail("a closing bracket without an opening one")
        inner = tree.parts if isinstance(tree, Sequence) else (tree,)
        if (
            any(_holds_edge(part) for part in inner[1:-1])
            or Edge("^") in inner[1:]
            or Edge("$") in inner[:-1]
            or any(_holds_edge(part) for part in inner if not isinstance(part, Edge))
        ):
            raise PatternError('"^" stands first and "$" last in a phrase', 0)
        _check_size(tree)
        if can_be_empty(tree):
            raise PatternError(
                "every part of the phrase is optional: it would match nothing at all", 0
            )
        return tree

    def _fail(self, message: str) -> NoReturn:
        at = self.tokens[self.at].start() if self.at < len(self.tokens) else len(self.pattern)
        raise PatternError(message, at)

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _is_sign(self, sign: str) -> bool:
        token = self._peek()
        return token is not None and token.lastgroup == "sign" and token.group() == sign

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._is_sign("|"):
            self.at += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while (
            (token := self._peek()) is not None
            and not self._is_sign("|")
            and not self._is_sign(")")
        ):
            if token.lastgroup == "blank":
                self.at += 1
                continue
            if self._is_sign("?"):
                parts.append(self._optional(parts, token))
                continue
            parts.append(self._part(token))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _optional(self, parts: list[Node], token: re.Match[str]) -> Node:
        if not parts or self.pattern[token.start() - 1 : token.start()].isspace():
            self._fail('"?" follows what is optional; write "\\?" for a question mark')
        self.at += 1
        return Choice((parts.pop(), Sequence(())))

    def _part(self, token: re.Match[str]) -> Node:
        part: Node
        match token.lastgroup:
            case "gap" | "most":
                part = self._gap(token)
            case "set":
                part = self._set(token["set"])
            case "slot":
                part = self._slot(token["slot"])
            case "word":
                part = Word(re.sub(r"\\(.)", r"\1", token.group()))
            case _ if token.group() == "(":
                return self._group()
            case _ if token.group() in ("^", "$"):
                part = Edge(token.group())
            case _:
                sign = token.group()
                self._fail(f'"{sign}" cannot stand here; write "\\{sign}" for the sign itself')
        self.at += 1
        return part

    def _gap(self, token: re.Match[str]) -> Gap:
        most = int(token["most"]) if token["most"] else DEFAULT_GAP
        if not 1 <= most <= MAX_GAP:
            self._fail(f"a gap is of 1 to {MAX_GAP} words")
        return Gap(most)

    def _set(self, name: str) -> Node:
        found = self.sets(name)
        if found is None:
            self._fail(f'there is no word set called "{name}"')
        return found

    def _slot(self, name: str) -> Slot:
        if name not in SLOTS:
            self._fail(f'there is no slot called "{name}"; there are {", ".join(SLOTS)}')
        return Slot(name)

    def _group(self) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._fail(f"brackets are nested more than {MAX_DEPTH} deep")
        self.at += 1
        tree = self._choice()
        if not self._is_sign(")"):
            self._fail("an opening bracket without a closing one")
        self.at += 1
        self.depth -= 1
        return tree


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


def _holds_edge(node: Node) -> bool:
    match node:
        case Edge():
            return True
        case Sequence(parts) | Choice(parts):
            return any(_holds_edge(part) for part in parts)
        case _:
            return False
