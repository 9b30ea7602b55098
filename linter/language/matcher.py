"""All phrases of a language as one automaton over tokens.

An expansion to plain phrases grows with every alternative, and spaCy's Matcher slows with every
pattern. Here a state is the set of what may still follow, the partial derivatives of the phrases
(Antimirov 1996), and is worked out when a text first leads there, as in RE2. Most tokens of a text
begin no phrase and cost one look-up, however many phrases there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from linter.language import patterns as tree
from linter.language.normalise import (
    ADDRESS,
    AGENT,
    CUSTOMER,
    HANDLE,
    MARKS,
    MASKED,
    PARAGRAPH,
    PLACEHOLDER,
)

Symbol = int

_SLOT_MARKS = {
    "customer": CUSTOMER,
    "agent": AGENT,
    "placeholder": PLACEHOLDER,
    "address": ADDRESS,
    "handle": HANDLE,
}
_SENTENCE_END = "end"
_GAP = "gap"
_NUMBER = "number"
_ORDINAL = "ordinal"
_SIGN = "sign"
_FEW = 8


class Entry(NamedTuple):
    """What a phrase stands for when found, and the conditions that the place must meet.

    A `cancels` entry undoes the matches of its label that it overlaps.
    """

    label: str
    where: str | None = None
    negatable: bool = True
    cancels: bool = False


class Hit(NamedTuple):
    """An entry's phrase at the tokens `[start, end)`."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """Nothing more is to follow: the entry is found, or, `at_end`, if its sentence ends here."""

    entry: Entry
    at_end: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Rest:
    """What is still to follow: a node, then the rest of the phrase."""

    node: _Node
    then: _Rest | _End


@dataclass(frozen=True, slots=True, eq=False)
class _Tokens:
    """The tokens of a word that the tokenizer splits, from the second on."""

    texts: tuple[str, ...]


_Node = tree.Node | _Tokens
_Follow = _Rest | _End


@dataclass(frozen=True, slots=True)
class _Firsts:
    """With what a node can begin: symbols, or any token of some class."""

    symbols: frozenset[Symbol]
    any_of_class: bool


@dataclass(slots=True)
class _State:
    """What may follow at a place in a text; `next` fills as texts lead.

    `named` are the symbols that what follows asks for by name (None: not worked out yet); what
    comes behind any other one hangs on its classes alone, and stands in `by_class`.
    """

    follows: frozenset[_Follow]
    accepts: tuple[Entry, ...]
    accepts_at_end: tuple[Entry, ...]
    is_end: bool
    next: dict[Symbol, _State | None] = field(default_factory=dict)
    named: frozenset[Symbol] | None = None
    by_class: dict[frozenset[str], _State | None] = field(default_factory=dict)


class _Index:
    """Which of many nodes can begin with a symbol."""

    def __init__(self, items: Iterable[tuple[_Node, _Follow | None]], automaton: Automaton) -> None:
        self._by_symbol: dict[Symbol, list[tuple[_Node, _Follow | None]]] = {}
        self._by_class: list[tuple[_Node, _Follow | None]] = []
        #: The symbols that some node asks for by name.
        self.symbols: set[Symbol] = set()
        for item in items:
            firsts = automaton.firsts(item[0])
            self.symbols |= firsts.symbols
            if firsts.any_of_class:
                self._by_class.append(item)
                continue
            for symbol in firsts.symbols:
                self._by_symbol.setdefault(symbol, []).append(item)

    def candidates(self, symbol: Symbol) -> Iterable[tuple[_Node, _Follow | None]]:
        return (*self._by_symbol.get(symbol, ()), *self._by_class)


class Automaton:
    """Built with `add`, frozen by the first `run`.

    `tokenize` splits a word of a pattern as the text's tokenizer would; `negators` are the words
    that a gap never spans.
    """

    def __init__(self, tokenize: Callable[[str], Sequence[str]], negators: Iterable[str]) -> None:
        self._tokenize = tokenize
        self._negators = frozenset(negators)
        self._symbols: dict[str, Symbol] = {}
        self._classes: list[frozenset[str]] = []
        self.labels: set[str] = set()
        #: By symbol: whether it ends a sentence; whether it does so, or may before a capital.
        self.closers: list[bool] = []
        self.pauses: list[bool] = []
        self._plain: list[tuple[_Node, _Follow | None]] = []
        self._at_start: list[tuple[_Node, _Follow | None]] = []
        self._states: dict[frozenset[_Follow], _State] = {}
        self._roots: tuple[_State, _State] | None = None
        self._root_indexes: tuple[_Index, _Index] | None = None
        # What is worked out of nodes once, by the identity of a node: `_seen` keeps them alive.
        self._seen: dict[int, _Node] = {}
        self._pieces: dict[str, tuple[str, ...]] = {}
        self._firsts: dict[int, _Firsts] = {}
        self._empty: dict[int, bool] = {}
        self._choices: dict[int, _Index] = {}
        self._tails: dict[tuple[int, int], _Node] = {}
        self._behinds: dict[tuple[str, ...], _Tokens] = {}
        self._rests: dict[tuple[int, int], _Rest] = {}
        self._gaps = [tree.Gap(most) for most in range(tree.MAX_GAP + 1)]
        #: The symbols of the negators, which no other word has.
        self.negators = frozenset(map(self._known, sorted(self._negators)))

    # -- building

    def add(self, node: tree.Node, entry: Entry) -> None:
        """Add a phrase. Raises RuntimeError once the automaton has run."""
        if self._roots is not None:
            raise RuntimeError("phrases cannot be added to an automaton that has run")
        node, at_start, at_end = _edges(node)
        self.labels.add(entry.label)
        self._learn(node)
        (self._at_start if at_start else self._plain).append((node, _End(entry, at_end)))

    def _learn(self, node: tree.Node) -> None:
        """Give every token of a phrase its symbol, before any text is read."""
        if id(node) in self._seen:
            return
        self._seen[id(node)] = node
        match node:
            case tree.Word(text):
                if text not in self._pieces:
                    self._pieces[text] = tuple(self._tokenize(text))
                    for token in self._pieces[text]:
                        self._known(token)
            case tree.Slot(name):
                if name != "number":
                    self._known(_SLOT_MARKS[name])
            case tree.Sequence(parts) | tree.Choice(parts):
                for part in parts:
                    self._learn(part)
            case tree.Edge():
                raise tree.PatternError('"^" stands first and "$" last in a phrase', 0)

    def _known(self, token: str) -> Symbol:
        symbol = self._symbols.get(token)
        if symbol is None:
            symbol = self._symbols[token] = len(self._classes)
            self._add_class(self._classify(token))
        return symbol

    def _add_class(self, classes: frozenset[str]) -> None:
        self._classes.append(classes)
        self.closers.append(_SENTENCE_END in classes)
        self.pauses.append(_SENTENCE_END in classes or _ORDINAL in classes)

    def _classify(self, token: str) -> frozenset[str]:
        if token == PARAGRAPH or token.isspace():
            return frozenset((_SENTENCE_END, _SIGN))
        if token == MASKED:
            return frozenset()
        sign = token not in MARKS and not any(character.isalnum() for character in token)
        if sign and any(c in ".!?…" for c in token):
            return frozenset((_SENTENCE_END, _SIGN))
        classes = set() if token in self._negators else {_GAP}
        if sign:
            classes.add(_SIGN)
        if any(character.isdigit() for character in token):
            classes.add(_NUMBER)
            if token[-1] == "." and token[:-1].isdecimal():
                classes.add(_ORDINAL)
        return frozenset(classes)

    # -- what can be said of a node

    def firsts(self, node: _Node) -> _Firsts:
        """With what a node can begin."""
        found = self._firsts.get(id(node))
        if found is None:
            self._seen[id(node)] = node
            found = self._firsts[id(node)] = self._work_out_firsts(node)
        return found

    def _work_out_firsts(self, node: _Node) -> _Firsts:
        match node:
            case tree.Word(text):
                return _Firsts(frozenset((self._symbols[self._pieces[text][0]],)), False)
            case _Tokens(texts):
                return _Firsts(frozenset((self._symbols[texts[0]],)), False)
            case tree.Slot(name) if name != "number":
                return _Firsts(frozenset((self._symbols[_SLOT_MARKS[name]],)), False)
            case tree.Choice(options):
                return _join(map(self.firsts, options))
            case tree.Sequence(parts):
                leading = []
                for part in parts:
                    leading.append(self.firsts(part))
                    if not self._can_be_empty(part):
                        break
                return _join(leading)
            case _:
                return _Firsts(frozenset(), True)

    def _can_be_empty(self, node: _Node) -> bool:
        found = self._empty.get(id(node))
        if found is None:
            self._seen[id(node)] = node
            found = self._empty[id(node)] = not isinstance(node, _Tokens) and tree.can_be_empty(
                node
            )
        return found

    def _beginning(self, choice: tree.Choice, symbol: Symbol) -> Iterable[_Node]:
        """The options of a large choice that can begin with the symbol."""
        index = self._choices.get(id(choice))
        if index is None:
            index = _Index(((option, None) for option in choice.options), self)
            self._choices[id(choice)] = index
        return (option for option, _ in index.candidates(symbol))

    def _tail(self, sequence: tree.Sequence, start: int) -> _Node:
        """The parts of a sequence from one on, as one node."""
        if start == len(sequence.parts) - 1:
            return sequence.parts[start]
        found = self._tails.get((id(sequence), start))
        if found is None:
            found = self._tails[id(sequence), start] = tree.Sequence(sequence.parts[start:])
        return found

    def _rest(self, node: _Node, then: _Follow) -> _Rest:
        key = id(node), id(then)
        found = self._rests.get(key)
        if found is None:
            found = self._rests[key] = _Rest(node, then)
        return found

    # -- running

    def symbol(self, token: str) -> Symbol:
        """The symbol of a text's token (lower-cased). Unknown words share one symbol per class."""
        known = self._symbols.get(token)
        if known is not None:
            return known
        classes = self._classify(token)
        name = "\0" + " ".join(sorted(classes))
        known = self._symbols.get(name)
        if known is None:
            known = self._symbols[name] = len(self._classes)
            self._add_class(classes)
        return known

    def run(
        self, symbols: Sequence[Symbol], starts: Sequence[bool], ends: Sequence[int]
    ) -> list[Hit]:
        """The longest match of every entry at every token.

        `starts[i]`: a sentence begins at token i; `ends[i]`: the index behind token i's sentence.
        """
        if self._roots is None:
            self._roots = _State(frozenset(), (), (), False), _State(frozenset(), (), (), False)
            self._root_indexes = _Index(self._plain, self), _Index(self._at_start, self)
        plain, at_start = (root.next for root in self._roots)
        hits: list[Hit] = []
        for first, symbol in enumerate(symbols):
            try:
                state = (at_start if starts[first] else plain)[symbol]
            except KeyError:
                state = self._advance(self._roots[starts[first]], symbol)
            if state is None:
                continue
            best: dict[Entry, int] = {}
            last = ends[first]
            if state.is_end:
                self._accept(state, symbols, first + 1, last, best)
            for at, read in enumerate(symbols[first + 1 : last], first + 2):
                try:
                    nxt = state.next[read]
                except KeyError:
                    nxt = self._advance(state, read)
                if nxt is None:
                    break
                state = nxt
                if state.is_end:
                    self._accept(state, symbols, at, last, best)
            if best:
                hits += [Hit(entry, first, last) for entry, last in best.items()]
        return hits

    def _accept(
        self, state: _State, symbols: Sequence[Symbol], at: int, end: int, best: dict[Entry, int]
    ) -> None:
        """Enter in `best` what is found where a state is reached."""
        for entry in state.accepts:
            best[entry] = at
        if state.accepts_at_end and self.only_signs(symbols, at, end):
            for entry in state.accepts_at_end:
                best[entry] = at

    def only_signs(self, symbols: Sequence[Symbol], start: int, end: int) -> bool:
        """Whether no word stands at the tokens `[start, end)`."""
        return all(_SIGN in self._classes[symbol] for symbol in symbols[start:end])

    def is_sign(self, symbol: Symbol) -> bool:
        return _SIGN in self._classes[symbol]

    def _advance(self, state: _State, symbol: Symbol) -> _State | None:
        """The state behind one more token; None where nothing can follow."""
        if state.named is None:
            state.named = self._named(state)
        if symbol in state.named:
            nxt = self._behind_token(state, symbol)
        else:
            classes = self._classes[symbol]
            if classes not in state.by_class:
                state.by_class[classes] = self._behind_token(state, symbol)
            nxt = state.by_class[classes]
        state.next[symbol] = nxt
        return nxt

    def _named(self, state: _State) -> frozenset[Symbol]:
        """The symbols that what may follow asks for by name."""
        rests = (rest for follow in state.follows for rest in self._open(follow))
        return frozenset().union(
            *(self.firsts(rest.node).symbols for rest in rests),
            *(index.symbols for index in self._indexes(state)),
        )

    def _indexes(self, state: _State) -> Sequence[_Index]:
        """The phrases that can begin at a root; none at another state."""
        if self._root_indexes is None or self._roots is None or state.follows:
            return ()
        return self._root_indexes[: 1 + (state is self._roots[1])]

    def _open(self, follow: _Follow) -> Iterator[_Rest]:
        """What the next token may be of: a rest, and those behind it if it can be empty."""
        while isinstance(follow, _Rest):
            yield follow
            if not self._can_be_empty(follow.node):
                return
            follow = follow.then

    def _behind_token(self, state: _State, symbol: Symbol) -> _State | None:
        classes = self._classes[symbol]
        found: set[_Follow] = set()
        for index in self._indexes(state):
            for node, then in index.candidates(symbol):
                if then is not None:
                    self._consume(node, then, symbol, classes, found)
        for follow in state.follows:
            for rest in self._open(follow):
                self._consume(rest.node, rest.then, symbol, classes, found)
        return self._state(frozenset(found)) if found else None

    def _consume(
        self,
        node: _Node,
        then: _Follow,
        symbol: Symbol,
        classes: frozenset[str],
        found: set[_Follow],
    ) -> None:
        """Add to `found` what may follow once a node has taken the symbol as its first token."""
        firsts = self.firsts(node)
        if symbol not in firsts.symbols and not firsts.any_of_class:
            return
        match node:
            case tree.Word(text):
                self._take(self._pieces[text], then, symbol, found)
            case _Tokens(texts):
                self._take(texts, then, symbol, found)
            case tree.Slot(name):
                fits = (
                    _NUMBER in classes
                    if name == "number"
                    else self._symbols[_SLOT_MARKS[name]] == symbol
                )
                if fits:
                    found.add(then)
            case tree.Gap(most):
                if _GAP in classes:
                    found.add(self._rest(self._gaps[most - 1], then) if most > 1 else then)
            case tree.Choice(options):
                for option in self._beginning(node, symbol) if len(options) > _FEW else options:
                    self._consume(option, then, symbol, classes, found)
            case tree.Sequence(parts):
                for at, part in enumerate(parts):
                    last = at == len(parts) - 1
                    after = then if last else self._rest(self._tail(node, at + 1), then)
                    self._consume(part, after, symbol, classes, found)
                    if not self._can_be_empty(part):
                        break

    def _take(
        self, pieces: tuple[str, ...], then: _Follow, symbol: Symbol, found: set[_Follow]
    ) -> None:
        if self._symbols[pieces[0]] == symbol:
            found.add(then if len(pieces) == 1 else self._rest(self._behind(pieces), then))

    def _behind(self, pieces: tuple[str, ...]) -> _Tokens:
        """The tokens of a word from the second on."""
        found = self._behinds.get(pieces)
        if found is None:
            found = self._behinds[pieces] = _Tokens(pieces[1:])
        return found

    def _state(self, follows: frozenset[_Follow]) -> _State:
        state = self._states.get(follows)
        if state is None:
            ends = {end: None for follow in follows if (end := self._end(follow)) is not None}
            state = self._states[follows] = _State(
                follows,
                tuple({end.entry: None for end in ends if not end.at_end}),
                tuple({end.entry: None for end in ends if end.at_end}),
                bool(ends),
            )
        return state

    def _end(self, follow: _Follow) -> _End | None:
        """The end of a phrase of which nothing more needs to follow."""
        while isinstance(follow, _Rest):
            if not self._can_be_empty(follow.node):
                return None
            follow = follow.then
        return follow


def _join(all_firsts: Iterable[_Firsts]) -> _Firsts:
    found = list(all_firsts)
    return _Firsts(
        frozenset().union(*(firsts.symbols for firsts in found)),
        any(firsts.any_of_class for firsts in found),
    )


def _edges(node: tree.Node) -> tuple[tree.Node, bool, bool]:
    """The tree without a leading "^" and a closing "$", and which of them it had."""
    parts = node.parts if isinstance(node, tree.Sequence) else (node,)
    at_start = parts[0] == tree.Edge("^")
    at_end = parts[-1] == tree.Edge("$")
    return tree.Sequence(parts[at_start : len(parts) - at_end]), at_start, at_end
