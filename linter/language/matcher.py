"""All phrases of a language as one automaton over tokens.

An expansion to plain phrases grows with every alternative, and spaCy's Matcher slows with every
pattern. Here the trees of all phrases become one nondeterministic automaton, which is made
deterministic only where texts lead (McNaughton & Yamada's construction, done lazily as in RE2).
Most tokens of a text begin no phrase and cost one look-up, however many phrases there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

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
_SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for when found, and the conditions that the place must meet.

    A `cancels` entry undoes the matches of its label that it overlaps.
    """

    label: str
    where: str | None = None
    negatable: bool = True
    cancels: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry's phrase at the tokens `[start, end)`."""

    entry: Entry
    start: int
    end: int


@dataclass(slots=True)
class _State:
    """A state of the lazily determined automaton; `next` fills as texts lead."""

    members: frozenset[int]
    accepts: tuple[Entry, ...]
    accepts_at_end: tuple[Entry, ...]
    next: dict[Symbol, _State | None] = field(default_factory=dict)


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
        self._by_symbol: list[dict[Symbol, list[int]]] = []
        self._by_class: list[list[tuple[str, int]]] = []
        self._empty: list[list[int]] = []
        self._accept: dict[int, Entry] = {}
        self._accept_at_end: dict[int, Entry] = {}
        self._start = self._state()
        self._sentence_start = self._state()
        self._states: dict[frozenset[int], _State] = {}
        self._roots: tuple[_State, _State] | None = None
        self._tokens: dict[str, tuple[str, ...]] = {}

    # -- building

    def add(self, node: tree.Node, entry: Entry) -> None:
        """Add a phrase. Raises RuntimeError once the automaton has run."""
        if self._roots is not None:
            raise RuntimeError("phrases cannot be added to an automaton that has run")
        node, at_start, at_end = _edges(node)
        end = self._build(node, self._sentence_start if at_start else self._start)
        last = self._state()
        self._empty[end].append(last)
        (self._accept_at_end if at_end else self._accept)[last] = entry

    def _state(self) -> int:
        self._by_symbol.append({})
        self._by_class.append([])
        self._empty.append([])
        return len(self._empty) - 1

    def _build(self, node: tree.Node, at: int) -> int:
        """Add the states of a tree behind state `at`; the state where it ends."""
        match node:
            case tree.Word(text):
                for token in self._pieces(text):
                    at = self._step(at, token)
            case tree.Slot(name):
                nxt = self._state()
                if name == "number":
                    self._by_class[at].append((_NUMBER, nxt))
                else:
                    self._by_symbol[at].setdefault(self._symbol(_SLOT_MARKS[name]), []).append(nxt)
                at = nxt
            case tree.Gap(most):
                end = self._state()
                self._empty[at].append(end)
                for _ in range(most):
                    nxt = self._state()
                    self._by_class[at].append((_GAP, nxt))
                    self._empty[nxt].append(end)
                    at = nxt
                at = end
            case tree.Sequence(parts):
                for part in parts:
                    at = self._build(part, at)
            case tree.Choice(options):
                end = self._state()
                for option in options:
                    first = self._state()
                    self._empty[at].append(first)
                    self._empty[self._build(option, first)].append(end)
                at = end
            case tree.Edge():
                raise tree.PatternError('"^" stands first and "$" last in a phrase', 0)
        return at

    def _pieces(self, text: str) -> tuple[str, ...]:
        pieces = self._tokens.get(text)
        if pieces is None:
            pieces = self._tokens[text] = tuple(self._tokenize(text))
        return pieces

    def _step(self, at: int, token: str) -> int:
        """One token on; phrases that begin alike share their first states."""
        targets = self._by_symbol[at].setdefault(self._symbol(token), [])
        for target in targets:
            return target
        targets.append(self._state())
        return targets[0]

    def _symbol(self, token: str) -> Symbol:
        symbol = self._symbols.get(token)
        if symbol is None:
            symbol = self._symbols[token] = len(self._classes)
            self._classes.append(self._classify(token))
        return symbol

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
        return frozenset(classes)

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
            self._classes.append(classes)
        return known

    def is_negator(self, token: str) -> bool:
        return token in self._negators

    def run(
        self, symbols: Sequence[Symbol], starts: Sequence[bool], ends: Sequence[int]
    ) -> list[Hit]:
        """The longest match of every entry at every token.

        `starts[i]`: a sentence begins at token i; `ends[i]`: the index behind token i's sentence.
        """
        if self._roots is None:
            plain = self._closed((self._start,))
            self._roots = plain, self._closed((self._start, self._sentence_start))
        plain, at_start = self._roots
        hits: list[Hit] = []
        for first, symbol in enumerate(symbols):
            root = at_start if starts[first] else plain
            state = root.next[symbol] if symbol in root.next else self._advance(root, symbol)
            if state is None:
                continue
            best: dict[Entry, int] | None = None
            at, end = first + 1, ends[first]
            while True:
                if state.accepts:
                    best = {} if best is None else best
                    for entry in state.accepts:
                        best[entry] = at
                if state.accepts_at_end and self.only_signs(symbols, at, end):
                    best = {} if best is None else best
                    for entry in state.accepts_at_end:
                        best[entry] = at
                if at == end:
                    break
                read = symbols[at]
                nxt = state.next[read] if read in state.next else self._advance(state, read)
                if nxt is None:
                    break
                state = nxt
                at += 1
            if best:
                hits += [Hit(entry, first, last) for entry, last in best.items()]
        return hits

    def only_signs(self, symbols: Sequence[Symbol], start: int, end: int) -> bool:
        """Whether no word stands at the tokens `[start, end)`."""
        return all(_SIGN in self._classes[symbol] for symbol in symbols[start:end])

    def ends_sentence(self, symbol: Symbol) -> bool:
        return _SENTENCE_END in self._classes[symbol]

    def is_sign(self, symbol: Symbol) -> bool:
        return _SIGN in self._classes[symbol]

    def _advance(self, state: _State, symbol: Symbol) -> _State | None:
        classes = self._classes[symbol]
        targets: set[int] = set()
        for member in state.members:
            targets.update(self._by_symbol[member].get(symbol, ()))
            targets.update(target for name, target in self._by_class[member] if name in classes)
        state.next[symbol] = found = self._closed(targets) if targets else None
        return found

    def _closed(self, members: Iterable[int]) -> _State:
        """The state of these members and of all that they reach without a token."""
        reached = set(members)
        queue = list(reached)
        while queue:
            for target in self._empty[queue.pop()]:
                if target not in reached:
                    reached.add(target)
                    queue.append(target)
        # Only members that lead on or accept tell states apart.
        key = frozenset(
            member
            for member in reached
            if self._by_symbol[member]
            or self._by_class[member]
            or member in self._accept
            or member in self._accept_at_end
        )
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = _State(
                key,
                tuple({self._accept[m]: None for m in sorted(key) if m in self._accept}),
                tuple(
                    {self._accept_at_end[m]: None for m in sorted(key) if m in self._accept_at_end}
                ),
            )
        return state


def _edges(node: tree.Node) -> tuple[tree.Node, bool, bool]:
    """The tree without a leading "^" and a closing "$", and which of them it had."""
    parts = node.parts if isinstance(node, tree.Sequence) else (node,)
    at_start = parts[0] == tree.Edge("^")
    at_end = parts[-1] == tree.Edge("$")
    return tree.Sequence(parts[at_start : len(parts) - at_end]), at_start, at_end
