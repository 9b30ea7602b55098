"""forbid-act: each case with the reason why it fires or does not."""

import pytest

from linter.checks.errors import OptionError
from linter.checks.forbid_act import compile as compile_check
from tests.checks.helpers import found, language


@pytest.mark.parametrize(
    ("code", "options", "text", "expected", "why"),
    [
        (
            "en",
            {"act": "apology"},
            "We apologise for the delay.",
            ["We apologise for"],
            "it is there",
        ),
        ("en", {"act": "apology"}, "It left today.", [], "it is not there"),
        ("en", {"act": "apology"}, "Better safe than sorry.", [], "a saying"),
        ("en", {"act": "apology"}, "> We apologise for the delay.\n\nNo.", [], "quoted"),
        ("nl", {"act": "thanks"}, "Bedankt voor uw bericht.", ["Bedankt"], "it is there"),
        ("nl", {"act": "thanks"}, "Uw pakket is onderweg.", [], "it is not there"),
        ("nb", {"act": "thanks"}, "Takk for meldingen din.", ["Takk for"], "it is there"),
        ("nb", {"act": "thanks"}, "Pakken er på vei.", [], "it is not there"),
        (
            "en",
            {"act": "greeting", "within": "closing"},
            "Hi Jens, it left our warehouse today.",
            ["Hi"],
            "one sentence is opening and closing",
        ),
        (
            "en",
            {"act": "thanks", "within": "closing"},
            "Thank you for your review. It left our shop today. You have it tomorrow. Bye for now.",
            [],
            "not in the closing",
        ),
        (
            "en",
            {"act": "thanks", "after": "apology"},
            "Thank you for your review. We apologise for the delay.",
            [],
            "before it",
        ),
        (
            "en",
            {"act": "greeting", "unless": "apology"},
            "Hi Jens, we apologise for the delay.",
            [],
            "the third act is there as well",
        ),
        ("en", {"act": "greeting", "unless": "apology"}, "Hi Jens, it left.", ["Hi"], "it is not"),
        (
            "en",
            {"act": "greeting", "after": "apology"},
            "Hi Jens, it left.",
            [],
            "no such act before",
        ),
    ],
)
def test_forbidden_acts(
    code: str, options: dict[str, object], text: str, expected: list[str], why: str
) -> None:
    places = found("forbid-act", options, text, code)
    assert len(places) == len(expected), (places, why)
    assert all(place.startswith(begin) for place, begin in zip(places, expected, strict=True))


def test_behind_another_act_it_fires() -> None:
    text = "We apologise for the delay. Thank you for your patience."
    (place,) = found("forbid-act", {"act": "thanks", "after": "apology"}, text)
    assert place.startswith("Thank you for")


@pytest.mark.parametrize("key", ["act", "after", "unless"])
def test_an_unknown_act_is_refused_wherever_it_stands(key: str) -> None:
    with pytest.raises(OptionError) as error:
        compile_check({"act": "thanks", key: ["thanks", "apologie"]}, language("en"))
    assert error.value.pointer == (key, 1)
    assert error.value.message.endswith('called "apologie"; did you mean "apology"?')
