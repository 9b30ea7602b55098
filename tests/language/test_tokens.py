"""Texts are split as spaCy splits them, though each stretch between blanks is split only once."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.language.language import Language
from linter.language.normalise import normalise
from linter.language.tokens import Tokenised, Tokenizer
from linter.model import Reply

PIECES = [
    *("Hi", " Jens", ",", " ", "\n\n", ".", " we", "'ve", " can't", " don’t", " e.g.", " f.eks."),
    *(
        " o.a.",
        " (see",
        ")",
        " 18.",
        " 22 00",
        "!",
        "?!",
        "…",
        ' "',
        "www.a.example/b?c",
        " 5kg",
    ),
    *(" $9.99", " -", " and/or", "\u00a0", " @jens", " {{name}}", "**", " <b>", "😀", "x" * 130),
]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)


@cache
def language(code: str) -> Language:
    return Language(code)


@settings(deadline=None)  # the first text loads the pipelines
@given(TEXTS, st.sampled_from(["en", "nl", "nb"]))
def test_a_text_has_the_tokens_that_spacy_gives_it(text: str, code: str) -> None:
    reading = language(code).analyse(Reply("x", text, None)).reading
    whole = language(code).nlp.make_doc(normalise(text, "markdown").text)
    assert list(zip(reading.texts, reading.begins, strict=True)) == [
        (token.text, token.idx) for token in whole
    ]


def split(stretch: str) -> list[tuple[str, int]]:
    """At every hyphen, which stands alone."""
    parts = stretch.replace("-", " - ").split()
    begins = [0]
    for part in parts:
        begins.append(begins[-1] + len(part))
    return list(zip(parts, begins, strict=False))


@pytest.mark.parametrize(
    ("text", "texts", "begins"),
    [
        ("", [], []),
        ("one", ["one"], [0]),
        ("one two-three", ["one", "two", "-", "three"], [0, 4, 7, 8]),
        ("one two ", ["one", "two"], [0, 4]),
        ("one\ntwo\nthree four", ["one", "\n", "two", "\n", "three", "four"], [0, 3, 4, 7, 8, 14]),
    ],
)
def test_tokens_stand_where_their_text_does(text: str, texts: list[str], begins: list[int]) -> None:
    tokenizer = Tokenizer(split, len)
    expected = Tokenised(texts, begins, [len(part) for part in texts])
    assert tokenizer(text) == expected
    assert tokenizer(text) == expected, "a second time, when all is known"


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linter.language.tokens._KEPT", 10)
    asked: list[str] = []

    def noted(stretch: str) -> list[tuple[str, int]]:
        asked.append(stretch)
        return [(stretch, 0)]

    tokenizer = Tokenizer(noted, len)
    for _ in range(3):
        tokenizer("a b c")
    assert asked == ["a", "b", "c"], "each stretch is split once"
    tokenizer(" ".join(map(str, range(20))))
    tokenizer("a")
    assert asked.count("a") == 2, "and again once too many were known"
