"""quote: each case with the reason why it fires or does not."""

import pytest

from tests.checks.helpers import Bare, found, matches, reply_of

COMMENT = "I waited three weeks for a chair with four broken legs, and nobody called."


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "You got a chair with four broken legs?",
            ["a chair with four broken legs"],
            "six words in a row",
        ),
        (
            "So: waited THREE weeks\nfor a *chair* with four, sorry.",
            ["waited THREE weeks\nfor a *chair* with four"],
            "whatever their case, line breaks and emphasis",
        ),
        (
            "Four broken legs and nobody called; a chair with four broken legs!",
            ["Four broken legs and nobody called", "a chair with four broken legs"],
            "twice",
        ),
        ("A chair with four broken", [], "five words"),
        ("> a chair with four broken legs\n\nSorry.", [], "a block quotation"),
        ("A chair whose four legs are broken is no good.", [], "in words of its own"),
        ("", [], "nothing is said"),
    ],
)
def test_quotes(text: str, expected: list[str], why: str) -> None:
    assert found("quote", {}, text, Bare("en"), comment=COMMENT) == expected, why


@pytest.mark.parametrize(
    ("code", "comment", "text", "expected"),
    [
        (
            "nl",
            "Mijn stoel kwam met vier kapotte poten aan.",
            "Uw stoel kwam met vier kapotte poten aan.",
            1,
        ),
        (
            "nl",
            "Mijn stoel kwam met vier kapotte poten aan.",
            "Vier kapotte poten, dat kan niet.",
            0,
        ),
        ("nb", "Stolen kom med fire ødelagte bein.", "Stolen kom med fire ødelagte bein.", 1),
        ("nb", "Stolen kom med fire ødelagte bein.", "Fire ødelagte bein er ikke bra.", 0),
    ],
)
def test_quotes_in_other_languages(code: str, comment: str, text: str, expected: int) -> None:
    assert len(found("quote", {}, text, Bare(code), comment=comment)) == expected


def test_how_many_words() -> None:
    text = "A chair with four."
    assert found("quote", {"words": 4}, text, Bare("en"), comment=COMMENT) == ["A chair with four"]
    (match,) = matches(
        "quote", {"words": 3}, reply_of({"reply": text, "comment": COMMENT}), Bare("en")
    )
    assert match.values["words"] == "4"


def test_a_comment_shorter_than_that_cannot_be_quoted() -> None:
    assert found("quote", {}, "Too late.", Bare("en"), comment="Too late.") == []


def test_without_a_comment_it_cannot_tell() -> None:
    assert found("quote", {}, "Too late.", Bare("en")) == "the comment's text is not known"
