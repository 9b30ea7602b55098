"""The phrases' own small language: what it means, and how it refuses what is not of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.language.patterns import (
    Choice,
    Edge,
    Gap,
    Node,
    PatternError,
    Sequence,
    Slot,
    Word,
    can_be_empty,
    parse,
)

SETS: dict[str, Node] = {"we": Choice((Word("we"), Word("i")))}
NOTHING = Sequence(())


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("sorry", Word("sorry")),
        ("sorry for", Sequence((Word("sorry"), Word("for")))),
        ("so? sorry", Sequence((Choice((Word("so"), NOTHING)), Word("sorry")))),
        ("(a|b c)", Choice((Word("a"), Sequence((Word("b"), Word("c")))))),
        ("a | b", Choice((Word("a"), Word("b")))),
        ("((a))", Word("a")),
        ("(a|)b", Sequence((Choice((Word("a"), NOTHING)), Word("b")))),
        ("a * b", Sequence((Word("a"), Gap(3), Word("b")))),
        ("a *6 b", Sequence((Word("a"), Gap(6), Word("b")))),
        ("<we> go", Sequence((SETS["we"], Word("go")))),
        ("{number} days", Sequence((Slot("number"), Word("days")))),
        ("^ sorry $", Sequence((Edge("^"), Word("sorry"), Edge("$")))),
        (r"what \?", Sequence((Word("what"), Word("?")))),
        (r"\(ok\) a\*b", Sequence((Word("(ok)"), Word("a*b")))),
        ("don't 24/7 e-mail", Sequence((Word("don't"), Word("24/7"), Word("e-mail")))),
    ],
)
def test_a_phrase_is_read(pattern: str, tree: Node) -> None:
    assert parse(pattern, SETS) == tree


@pytest.mark.parametrize(
    ("pattern", "message", "at"),
    [
        ("", "every part of the phrase is optional: it would match nothing", 0),
        ("a? b?", "every part of the phrase is optional: it would match nothing", 0),
        ("*", "every part of the phrase is optional: it would match nothing", 0),
        ("(a|b", "an opening bracket without a closing one", 4),
        ("a) b", "a closing bracket without an opening one", 1),
        ("a <they> b", 'there is no word set called "they"', 2),
        (
            "a {nmber} b",
            'there is no slot called "nmber"; '
            "there are number, customer, agent, placeholder, address, handle",
            2,
        ),
        ("a *0 b", "a gap is of 1 to 12 words", 2),
        ("a *13 b", "a gap is of 1 to 12 words", 2),
        ("? a", '"?" follows what is optional; write "\\?" for a question mark', 0),
        ("what ?", '"?" follows what is optional; write "\\?" for a question mark', 5),
        ("a < b", '"<" cannot stand here; write "\\<" for the sign itself', 2),
        ("a } b", '"}" cannot stand here; write "\\}" for the sign itself', 2),
        ("a ^ b", '"^" stands first and "$" last in a phrase', 0),
        ("$ a", '"^" stands first and "$" last in a phrase', 0),
        ("(^ a|b) c", '"^" stands first and "$" last in a phrase', 1),
    ],
)
def test_a_phrase_that_is_not_of_the_form_is_refused(pattern: str, message: str, at: int) -> None:
    with pytest.raises(PatternError) as error:
        parse(pattern, SETS)
    assert (str(error.value), error.value.at) == (message, at)


def test_sets_can_be_looked_up_by_a_function() -> None:
    assert parse("<x>", lambda name: Word(name * 2)) == Word("xx")


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Word("a"), False),
        (Slot("number"), False),
        (Gap(3), True),
        (Sequence((Gap(1), Word("a"))), False),
        (Choice((Word("a"), NOTHING)), True),
        (NOTHING, True),
    ],
)
def test_what_can_be_empty(tree: Node, expected: bool) -> None:
    assert can_be_empty(tree) is expected


@given(st.text("ab ()|?*^$<>{}\\1", max_size=30))
def test_any_text_is_a_phrase_or_an_error_inside_it(pattern: str) -> None:
    fault: PatternError | None = None
    try:
        parse(pattern, SETS)
    except PatternError as error:
        fault = error
    assert fault is None or 0 <= fault.at <= len(pattern)


@pytest.mark.parametrize("pattern", ["(" * 5_000 + "a" + ")" * 5_000, "(" * 5_000])
def test_brackets_nested_too_deep_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="brackets are nested more than 50 deep"):
        parse(pattern, SETS)


def test_word_sets_that_grow_without_bound_are_refused() -> None:
    """Ten lines of ten sets each would be ten thousand million words."""
    sets: dict[str, Node] = {"s0": Word("a")}
    for level in range(3):
        sets[f"s{level + 1}"] = parse(f"<s{level}> " * 10, sets)
    with pytest.raises(PatternError, match="with its word sets the phrase has more than 10000"):
        parse("<s3> " * 10, sets)
