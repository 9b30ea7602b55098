"""The automaton finds what a plain walk over the trees finds, and its states stay few."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.language.matcher import Automaton, Entry, Hit
from linter.language.normalise import ADDRESS, CUSTOMER, MASKED, PARAGRAPH
from linter.language.patterns import (
    Choice,
    Edge,
    Gap,
    Node,
    Sequence,
    Slot,
    Word,
    can_be_empty,
    parse,
)

NEGATORS = ("not", "n't")
Places = set[int]


def split(word: str) -> list[str]:
    return [word[:2], word[2:]] if word == "don't" else [word]


# -- a plain walk over the tree, slow and easy to believe


def is_sign(token: str) -> bool:
    return token in ".!,\n"


def spans(token: str) -> bool:
    return token not in (*NEGATORS, *".!\n", MASKED)


def ends_of(node: Node, tokens: list[str], at: int, last: int) -> Places:
    """Where a tree's matches that begin at a token can end; none reaches over `last`."""
    match node:
        case Word(text):
            words = split(text)
            return {at + len(words)} if tokens[at:last][: len(words)] == words else set()
        case Slot(name):
            token = tokens[at] if at < last else ""
            slots = {"customer": CUSTOMER, "address": ADDRESS}
            fits = token.isdigit() if name == "number" else token == slots[name]
            return {at + 1} if fits else set()
        case Gap(most):
            reach = at
            while reach < min(last, at + most) and spans(tokens[reach]):
                reach += 1
            return set(range(at, reach + 1))
        case Choice(options):
            return set().union(*(ends_of(option, tokens, at, last) for option in options))
        case Sequence(parts):
            places = {at}
            for part in parts:
                places = set().union(*(ends_of(part, tokens, place, last) for place in places))
            return places
        case Edge():
            raise AssertionError("edges are taken off before")


def walk(
    phrases: list[tuple[Node, Entry]], tokens: list[str], starts: list[bool], ends: list[int]
) -> set[Hit]:
    hits: dict[tuple[Entry, int], int] = {}
    for node, entry in phrases:
        parts = node.parts if isinstance(node, Sequence) else (node,)
        opens, closes = parts[:1] == (Edge("^"),), parts[-1:] == (Edge("$"),)
        inner = Sequence(parts[opens : len(parts) - closes])
        for at in range(len(tokens)):
            if opens and not starts[at]:
                continue
            for end in ends_of(inner, tokens, at, ends[at]):
                if not closes or all(is_sign(token) for token in tokens[end : ends[at]]):
                    hits[entry, at] = max(end, hits.get((entry, at), 0))
    return {Hit(entry, at, end) for (entry, at), end in hits.items()}


# -- trees, texts and sentences

LEAVES = st.one_of(
    st.builds(Word, st.sampled_from(["a", "b", "don't", "not", "."])),
    st.builds(Slot, st.sampled_from(["number", "customer", "address"])),
    st.builds(Gap, st.integers(1, 3)),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Sequence, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Choice, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
EDGED = st.tuples(TREES, st.booleans(), st.booleans()).map(
    lambda item: Sequence((Edge("^"),) * item[1] + (item[0],) + (Edge("$"),) * item[2])
)
PHRASES = st.lists(
    st.one_of(TREES, EDGED).filter(lambda tree: not can_be_empty(tree)), min_size=1, max_size=5
)
TOKENS = st.lists(
    st.sampled_from(
        ["a", "b", "zz", "do", "n't", "not", "7", ",", ".", "!", "\n", CUSTOMER, ADDRESS, MASKED]
    ),
    max_size=12,
)


def automaton_of(phrases: list[tuple[Node, Entry]]) -> Automaton:
    automaton = Automaton(split, NEGATORS)
    for node, entry in phrases:
        automaton.add(node, entry)
    return automaton


@settings(deadline=None)
@given(PHRASES, TOKENS, st.sets(st.integers(1, 11)), st.booleans())
def test_it_finds_what_a_plain_walk_finds(
    trees: list[Node], tokens: list[str], cuts: set[int], apart: bool
) -> None:
    phrases = [(tree, Entry(f"act {i if apart else 0}")) for i, tree in enumerate(trees)]
    firsts = [0, *sorted(cut for cut in cuts if cut < len(tokens)), len(tokens)]
    starts = [at in firsts for at in range(len(tokens))]
    ends = [next(first for first in firsts if first > at) for at in range(len(tokens))]
    automaton = automaton_of(phrases)
    symbols = [automaton.symbol(token) for token in tokens]
    hits = automaton.run(symbols, starts, ends)
    assert len(hits) == len(set(hits))
    assert set(hits) == walk(phrases, tokens, starts, ends)
    assert automaton.run(symbols, starts, ends) == hits, "a second run answers from its states"


# -- single points, by hand


def find(pattern: str, text: str) -> list[tuple[int, int]]:
    automaton = automaton_of([(parse(pattern, {}), Entry("act"))])
    tokens = [PARAGRAPH if token == "¶" else token for token in text.split()]
    enders = [index + 1 for index, token in enumerate(tokens) if token in (".", "!", PARAGRAPH)]
    firsts = [0, *enders, len(tokens)]
    starts = [at in firsts for at in range(len(tokens))]
    ends = [next(first for first in firsts if first > at) for at in range(len(tokens))]
    symbols = [automaton.symbol(token) for token in tokens]
    return [(hit.start, hit.end) for hit in automaton.run(symbols, starts, ends)]


@pytest.mark.parametrize(
    ("pattern", "text", "found", "why"),
    [
        ("a b", "x a b", [(1, 3)], "words in a row"),
        ("a * b", "a x y z b", [(0, 5)], "a gap of three"),
        ("a * b", "a x y z z b", [], "a gap of four"),
        ("a * b", "a not b", [], "a gap never spans a negation"),
        ("a not b", "a not b", [(0, 3)], "a negation that the phrase itself names"),
        ("a * b", "a . b", [], "a gap never leaves its sentence"),
        ("a * b", f"a {MASKED} b", [], "a gap never spans code"),
        ("a b", "a ¶ b", [], "words of two paragraphs"),
        ("a b? c?", "a b c", [(0, 3)], "the longest"),
        ("^ a", "a . a x a", [(0, 1), (2, 3)], "sentences' beginnings"),
        ("a $", "a x . a , !", [(3, 4)], "a sentence's end, signs apart"),
        ("{number} x", "7 x 14 x x x", [(0, 2), (2, 4)], "numbers"),
    ],
)
def test_what_a_phrase_finds(
    pattern: str, text: str, found: list[tuple[int, int]], why: str
) -> None:
    assert find(pattern, text) == found, why


def test_no_phrase_is_added_behind_the_first_run() -> None:
    automaton = automaton_of([(Word("a"), Entry("act"))])
    automaton.run([], [], [])
    with pytest.raises(RuntimeError, match="cannot be added to an automaton that has run"):
        automaton.add(Word("b"), Entry("act"))


def test_states_are_made_only_where_texts_lead() -> None:
    """Made deterministic at once, "(a|b) *12 a" alone would have thousands of states."""
    automaton = automaton_of(
        [(parse(f"(a|b|w{n}) *12 (a|b)", {}), Entry("act")) for n in range(50)]
    )
    tokens = ["x", "a", "b"] * 30
    symbols = [automaton.symbol(token) for token in tokens]
    automaton.run(symbols, [False] * 90, [90] * 90)
    assert len(automaton._states) < 100
