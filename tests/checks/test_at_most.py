"""at-most: each case with the reason why it fires or does not."""

import pytest

from linter.checks.at_most import compile as compile_check
from linter.checks.errors import OptionError
from tests.checks.helpers import found, language, matches, reply_of


@pytest.mark.parametrize(
    ("code", "text", "most", "begins", "why"),
    [
        ("en", "We apologise for the delay. It left today.", 1, [], "once"),
        ("en", "It left today.", 1, [], "never"),
        ("en", "We apologise for the delay. Please accept our apologies.", 2, [], "twice"),
        (
            "en",
            "We apologise for the delay. Please accept our apologies.",
            1,
            ["accept our apologies"],
            "the second is one too many",
        ),
        ("nl", "Onze excuses voor de vertraging. Het spijt ons.", 1, ["Het spijt"], "the second"),
        ("nb", "Vi beklager forsinkelsen. Vi beklager virkelig.", 1, ["Vi beklager"], "the second"),
    ],
)
def test_how_often(code: str, text: str, most: int, begins: list[str], why: str) -> None:
    places = found("at-most", {"act": "apology", "max": most}, text, code)
    assert len(places) == len(begins), (places, why)
    assert all(begin in place for place, begin in zip(places, begins, strict=True)), places


def test_acts_of_several_kinds_are_counted_together() -> None:
    text = "Thank you for your review. We apologise for the delay. Thank you for your patience."
    reply = reply_of({"reply": text})
    places = matches("at-most", {"act": ["thanks", "apology"], "max": 2}, reply, language("en"))
    assert [text[match.start :].startswith("Thank you for your p") for match in places] == [True]
    assert places[0].values["count"] == "3"
    assert places[0].values["max"] == "2"


def test_an_unknown_act_is_refused() -> None:
    with pytest.raises(
        OptionError, match='there is no act in Dutch called "apologie"; did you mean'
    ):
        compile_check({"act": "apologie", "max": 1}, language("nl"))
