"""The analysis of a text: its sentences, its acts and where they stand in the text as written."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.language.language import Language
from linter.model import Comment, Reply


@cache
def language(code: str) -> Language:
    return Language(code)


def sentences(text: str, markup: str = "markdown", code: str = "en") -> list[str]:
    analysis = language(code).analyse(Reply("x", text, None, markup=markup))
    return [analysis.text[start:end].strip() for start, end in analysis.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("<!-- nothing -->", []),
        ("Hi Jens. It left today! Did it? Yes", ["Hi Jens.", "It left today!", "Did it?", "Yes"]),
        ("It left today...It is late", ["It left today...", "It is late"]),
        ("It left\ntoday, at noon", ["It left today, at noon"]),
        ("Hi Jens,\nThank you for writing", ["Hi Jens,", "Thank you for writing"]),
        ("One paragraph\n\nAnother one", ["One paragraph", "Another one"]),
        ("- One item\n- Another one", ["One item", "Another one"]),
    ],
)
def test_where_sentences_begin(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring 22 00 11 22. Send oss en PM.", ["Ring 22 00 11 22.", "Send oss en PM."]),
        ("Toget går kl. 18. Beklager!", ["Toget går kl. 18.", "Beklager!"]),
        ("Fristen er 3. mai.", ["Fristen er 3. mai."]),
    ],
)
def test_a_number_ends_a_sentence_where_a_capital_follows(text: str, expected: list[str]) -> None:
    # The Norwegian tokenizer takes "22." for an ordinal.
    assert sentences(text, code="nb") == expected


def test_acts_stand_where_they_were_written() -> None:
    text = "**Hi** Jens,\n\nThank  you for your _honest_ feedback."
    analysis = language("en").analyse(Reply("x", text, None, author="Jens Hansen"))
    shown = {act.label: text[act.start : act.end] for act in analysis.acts()}
    assert shown["greeting"] == "Hi"
    assert shown["address_by_name"] == "Jens"
    assert shown["thanks"].startswith("Thank  you for")


def test_the_label_of_a_rule_is_no_act() -> None:
    bare = Language("en")
    label = bare.add_phrases("mine", ["foo"])
    analysis = bare.analyse(Reply("x", "foo", None))
    assert analysis.spans(label) == [(0, 3)]
    assert analysis.acts() == []


def test_a_comment_without_words_is_not_known() -> None:
    analyse = language("en").analyse
    assert analyse(Reply("x", "Hi", None)).comment is None
    assert analyse(Reply("x", "Hi", None, comment=Comment())).comment is None
    assert analyse(Reply("x", "Hi", None, comment=Comment("  "))).comment is None
    with pytest.raises(ValueError, match="the comment's text is not known"):
        language("en").analyse_comment(Reply("x", "Hi", None))


PIECES = [
    "Hi ",
    "Jens",
    ", ",
    "thank you for ",
    "your feedback",
    ". ",
    "! ",
    "\n",
    "\n\n",
    "**",
    "> ",
]
TEXTS = st.lists(
    st.sampled_from([*PIECES, "`", "{{name}}", "@jens", "😀", "’", '"', "\ud800", "\x00"])
)


@settings(deadline=None)  # the first text loads the pipelines
@given(TEXTS.map("".join), st.sampled_from(["en", "nl", "nb"]), st.sampled_from([None, "Jens H."]))
def test_any_text_can_be_analysed(text: str, code: str, author: str | None) -> None:
    analysis = language(code).analyse(Reply("x", text, None, author=author))
    for act in analysis.acts():
        assert 0 <= act.start < act.end <= len(text)
    assert analysis.sentences == sorted(analysis.sentences)
    assert all(start < end <= len(analysis.text) for start, end in analysis.sentences)


def test_a_text_that_folding_makes_longer_than_spacy_allows_is_read() -> None:
    analysis = language("en").analyse(Reply("x", "a" * 1_000_000, None))
    assert len(analysis.text) > 1_000_000
