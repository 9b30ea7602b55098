"""phrases: each case with the reason why it fires or does not."""

from typing import Any

import jsonschema
import pytest

from linter.checks.errors import OptionError
from linter.checks.phrases import OPTIONS
from linter.checks.phrases import compile as compile_check
from linter.model import CannotTell
from tests.checks.helpers import Bare, found, matches, reply_of

FORBID = {"forbid": ["at your earliest convenience"]}


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Call at your earliest convenience.", "at your earliest convenience", "as it is"),
        ("AT YOUR EARLIEST CONVENIENCE.", "AT YOUR EARLIEST CONVENIENCE", "in capitals"),
        ("at your\nearliest convenience", "at your\nearliest convenience", "a soft line break"),
        ("at your  earliest convenience", "at your  earliest convenience", "a doubled space"),
        ("at your\u00a0earliest convenience", "at your\u00a0earliest convenience", "no-break"),
        ("at your *earliest* convenience", "at your *earliest* convenience", "emphasis inside"),
        ("at **your earliest convenience**!", "at **your earliest convenience", "emphasis"),
        (
            "at your ｅａｒｌｉｅｓｔ convenience",
            "at your ｅａｒｌｉｅｓｔ convenience",
            "full width",
        ),
    ],
)
def test_a_phrase_whatever_was_typed(text: str, expected: str, why: str) -> None:
    assert found("phrases", FORBID, text, Bare("en")) == [expected], why


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("we don't", "We don’t know.", ["We don’t"]),
        ("café", "the cafe\u0301", ["cafe\u0301"]),
        ("contact * up", "We contact you to follow up.", ["contact you to follow up"]),
        ("(sorry|apologies) for", "Apologies for it, sorry for it", ["Apologies for", "sorry for"]),
    ],
)
def test_the_syntax_of_lexicons(phrase: str, text: str, expected: list[str]) -> None:
    assert found("phrases", {"forbid": [phrase]}, text, Bare("en")) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Call when it suits you.", "other words"),
        ("at your earliest", "half of it"),
        ("`at your earliest convenience`", "code"),
        ("```\nat your earliest convenience\n```", "a fence"),
        ("> at your earliest convenience", "the customer's words"),
        ('You wrote "at your earliest convenience" to us.', "the customer's words in quotes"),
        ("<!-- at your earliest convenience -->", "a comment in HTML"),
        ("[this](https://x.example/at-your-earliest-convenience)", "a link's target"),
        ("at your earliest. Convenience", "over a sentence's end"),
    ],
)
def test_what_is_left_alone(text: str, why: str) -> None:
    assert found("phrases", FORBID, text, Bare("en")) == [], why


def test_a_preferred_phrase_is_offered_instead() -> None:
    options = {"prefer": {"in order to": "to"}}
    (match,) = matches("phrases", options, reply_of({"reply": "In order to help."}), Bare("en"))
    assert (match.replacement, match.values["instead"], match.values["text"]) == (
        "to",
        "to",
        "In order to",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Dear Jens, it left.", []), ("Jens, it left.", [""]), ("It left. Yours, dear", [])],
)
def test_one_of_several_is_required(text: str, expected: list[str]) -> None:
    assert found("phrases", {"require": ["dear", "hi"]}, text, Bare("en")) == expected


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        (
            {"forbid": ["but"], "within": "first-sentence"},
            "It is, but late. We know, but hope.",
            ["but"],
        ),
        ({"require": ["dear"], "within": "first-sentence"}, "It left our shop. Yours, dear", [""]),
    ],
)
def test_where_it_counts(options: dict[str, Any], text: str, expected: list[str]) -> None:
    assert found("phrases", options, text, Bare("en")) == expected


def test_matches_come_in_the_order_of_the_text() -> None:
    options = {"forbid": ["zebra", "apple", "apple pie"]}
    assert found("phrases", options, "zebra and apple pie", Bare("en")) == [
        "zebra",
        "apple",
        "apple pie",
    ]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("nl", "Helaas pindakaas.", ["Helaas"]),
        ("nb", "Dessverre ikke.", ["Dessverre"]),
        ("nb", "Helaas pindakaas.", []),
    ],
)
def test_phrases_per_language(code: str, text: str, expected: list[str]) -> None:
    options = {"forbid": {"languages": {"nl": ["helaas"], "nb": ["dessverre"]}}}
    assert found("phrases", options, text, Bare(code)) == expected


@pytest.mark.parametrize(
    ("options", "pointer", "message"),
    [
        (
            {"forbid": ["a", "(b"]},
            ("forbid", 1),
            "an opening bracket without a closing one (at character 3)",
        ),
        (
            {"prefer": {"a?": "b"}},
            ("prefer", "a?"),
            "every part of the phrase is optional: it would match nothing (at character 1)",
        ),
        ({"require": ["<x>"]}, ("require", 0), 'there is no word set called "x" (at character 1)'),
        (
            {"forbid": ["a b"], "require": ["a b"]},
            ("require", 0),
            '"a b" is both forbidden and required',
        ),
        (
            {"forbid": {"languages": {"nl": ["helaas"]}}},
            ("forbid", "languages"),
            "no phrases in English, only: nl",
        ),
    ],
)
def test_options_that_cannot_be_meant(
    options: dict[str, Any], pointer: tuple[object, ...], message: str
) -> None:
    with pytest.raises(OptionError) as error:
        compile_check(options, Bare("en"))
    assert (error.value.pointer, error.value.message) == (pointer, message)


@pytest.mark.parametrize(
    "options",
    [{}, {"within": "opening", "forbid": []}, {"prefer": {}}, {"forbid": {"languages": {}}}],
)
def test_options_without_a_phrase_are_refused(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)


def test_a_language_that_has_read_a_text_takes_more_phrases() -> None:
    """Else the phrases of a rule that is compiled later would be looked for in vain."""
    language = Bare("en")
    assert found("phrases", {"forbid": ["zig"]}, "zig zag", language) == ["zig"]
    verdict = matches("phrases", {"forbid": ["zag"]}, reply_of({"reply": "zig zag"}), language)
    assert not isinstance(verdict, CannotTell)
    assert [match.values["text"] for match in verdict] == ["zag"]
