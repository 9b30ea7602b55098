"""length: each case with the reason why it fires or does not."""

from typing import Any

import jsonschema
import pytest

from linter.checks.errors import OptionError
from linter.checks.length import OPTIONS
from linter.checks.length import compile as compile_check
from tests.checks.helpers import Bare, found, matches, reply_of


@pytest.mark.parametrize(
    ("options", "text", "expected", "why"),
    [
        ({"max_words": 3}, "one two three", [], "as many as may be"),
        ({"max_words": 3}, "one two three four five.", ["four five"], "what is over"),
        ({"max_words": 3}, "one *two* three - !", [], "signs are no words"),
        ({"max_words": 3}, "kl. 9.30 e-mail don't", ["don't"], "numbers and hyphens make one word"),
        ({"max_words": 2}, "see `a b c d`", [], "code is one"),
        ({"max_words": 2}, "Hi {{ first name }}", [], "a placeholder is one"),
        ({"max_words": 2}, "Hei på deg.", ["deg"], "in any language"),
        ({"min_words": 3}, "one two", [""], "too few"),
        ({"min_words": 3}, "one two three", [], "as few as may be"),
        ({"min_words": 1}, "<!-- nothing -->", [""], "none at all"),
        ({"max_characters": 10}, "0123456789\n", [], "the last line break apart"),
        ({"max_characters": 10}, "0123456789ab", ["ab"], "what is over"),
        ({"max_characters": 5}, "**a** b", [" b"], "signs of Markdown are characters"),
        ({"max_characters": 3}, "😀😀😀", [], "an emoji is one"),
        ({"max_characters": 6, "max_words": 1}, "hello world", ["world", "world"], "both"),
    ],
)
def test_length(options: dict[str, int], text: str, expected: list[str], why: str) -> None:
    assert found("length", options, text, Bare("en")) == expected, why


def test_the_message_can_say_how_many() -> None:
    options = {"min_words": 3, "max_words": 4}
    (match,) = matches("length", options, reply_of({"reply": "Hi."}), Bare("en"))
    assert match.values == {"count": "1", "limit": "3", "unit": "words"}
    (match,) = matches("length", options, reply_of({"reply": "a b c d e f"}), Bare("en"))
    assert match.values == {"count": "6", "limit": "4", "unit": "words"}


def test_bounds_that_no_reply_can_keep_are_refused() -> None:
    with pytest.raises(OptionError, match="no reply has 9 words or more and 3 or less") as error:
        compile_check({"min_words": 9, "max_words": 3}, Bare("en"))
    assert error.value.pointer == ("min_words",)


@pytest.mark.parametrize("options", [{}, {"max_words": 0}, {"max_words": "9"}])
def test_options_that_bound_nothing_are_refused(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
