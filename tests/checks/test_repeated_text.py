"""repeated-text: each case with the reason why it fires or does not."""

from typing import Any

import jsonschema
import pytest

from linter.checks import CHECKS
from linter.checks.repeated_text import OPTIONS
from tests.checks.helpers import found_in_library, reply_of

FORMULA = "Your opinion helps us to get better every day."


def library(*texts: str, **options: Any) -> list[tuple[str, str]]:
    return found_in_library("repeated-text", options, [{"reply": text} for text in texts])


@pytest.mark.parametrize(
    ("texts", "expected", "why"),
    [
        ([FORMULA] * 3, [FORMULA], "three replies: shown once, where it stands first"),
        ([FORMULA] * 2, [], "two replies"),
        ([f"{FORMULA} {FORMULA} {FORMULA}", "Another one."], [], "three times in one reply"),
        ([f"{FORMULA} {FORMULA}", FORMULA, FORMULA], [FORMULA], "once in each of three replies"),
        (
            [FORMULA, FORMULA.upper(), "Your opinion helps us\nto get *better* every day!"],
            [FORMULA],
            "case, signs, breaks and emphasis make no other sentence",
        ),
        (
            ["Hi Jens, " + FORMULA, "Dear Ms Lind, " + FORMULA, FORMULA],
            [FORMULA],
            "the salutation apart",
        ),
        (
            ["We have sent {{order.id}} to you by mail today."] * 3,
            [],
            "a variable: it informs",
        ),
        (["You find the opening hours at https://example.org/hours today."] * 3, [], "an address"),
        (
            ["It takes 3 working days to look into a case like yours."] * 3,
            [],
            "a number",
        ),
        (["Thank you for your review."] * 3, [], "five words"),
        (
            ["Hi Jens! It left.\n\nKind regards, the whole team of the little shop"] * 3,
            [],
            "a signature",
        ),
        ([f"> {FORMULA}\n\nSorry."] * 3, [], "the customer's words"),
        ([f"```\n{FORMULA}\n```"] * 3, [], "code"),
        (
            ["Uw mening helpt ons om elke dag beter te worden."] * 3,
            ["Uw mening helpt ons om elke dag beter te worden."],
            "Dutch",
        ),
        (
            ["Din mening hjelper oss å bli bedre hver dag."] * 3,
            ["Din mening hjelper oss å bli bedre hver dag."],
            "Norwegian",
        ),
        ([], [], "no replies"),
    ],
)
def test_formulas(texts: list[str], expected: list[str], why: str) -> None:
    assert [place for _, place in library(*texts)] == expected, why


def test_the_sentence_is_found_among_others() -> None:
    texts = [f"It left on day {n}. {FORMULA} Call us." for n in range(3)]
    assert library(*texts) == [("reply-0", FORMULA)]


def test_options() -> None:
    assert len(library(FORMULA, FORMULA, replies=2)) == 1
    assert library(*[FORMULA] * 3, min_words=10) == []
    assert library(*[FORMULA] * 3, allow=["your opinion helps us to get better every day"]) == []


def test_many_is_relative_to_the_library() -> None:
    others = [f"The {n}th chair leaves us today with all its screws." for n in range(396)]
    assert library(*[FORMULA] * 3, *others) == [], "three of 399 are few"
    assert library(*[FORMULA] * 4, *others) == [("reply-0", FORMULA)], "four of 400 are one percent"
    assert len(library(*[FORMULA] * 3, *others, share=0)) == 1, "however many there are"


def test_the_message_can_say_how_often() -> None:
    replies = [reply_of({"reply": FORMULA}, n) for n in range(4)]
    matches = [match for _, match in CHECKS["repeated-text"].compile({}, None)(replies)]
    assert [match.values for match in matches] == [{"text": FORMULA, "count": "4"}]


@pytest.mark.parametrize("options", [{"replies": 1}, {"min_words": 1}])
def test_options_that_would_flag_everything_are_refused(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)


def test_a_long_row_of_signs_takes_linear_time() -> None:
    assert library(*["a" + "!" * 50_000 + "b" + "?' " * 20_000] * 3) == []
