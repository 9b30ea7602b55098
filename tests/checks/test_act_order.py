"""act-order: each case with the reason why it fires or does not."""

import pytest

from linter.checks.act_order import compile as compile_check
from linter.checks.errors import OptionError
from tests.checks.helpers import found, language, matches, reply_of

ORDER = {"acts": ["greeting", "thanks", "apology"]}


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("en", "Hi! Thank you for your review. We apologise for the delay.", "in this order"),
        ("en", "Hi! We apologise for the delay.", "one of them is missing"),
        ("en", "It left our warehouse today.", "none of them"),
        (
            "en",
            "Hi! Thank you for your review. We apologise for it. Thank you for your patience.",
            "what counts is where each is first performed",
        ),
        ("nl", "Hallo! Bedankt voor uw bericht. Onze excuses voor de vertraging.", "in this order"),
        ("nb", "Hei! Takk for meldingen din. Vi beklager forsinkelsen.", "in this order"),
    ],
)
def test_acts_in_order(code: str, text: str, why: str) -> None:
    assert found("act-order", ORDER, text, code) == [], why


@pytest.mark.parametrize(
    ("code", "text", "begin"),
    [
        ("en", "We apologise for the delay. Thank you for your patience.", "We apologise"),
        ("nl", "Onze excuses voor de vertraging. Bedankt voor uw bericht.", "Onze excuses"),
        ("nb", "Vi beklager forsinkelsen. Takk for meldingen din.", "Vi beklager"),
    ],
)
def test_an_act_before_its_time(code: str, text: str, begin: str) -> None:
    """The later act is what stands too early."""
    reply = reply_of({"reply": text})
    (match,) = matches("act-order", ORDER, reply, language(code))
    assert text[match.start : match.end].startswith(begin)
    assert (match.values["act"], match.values["earlier"]) == ("apology", "thanks")


def test_an_unknown_act_is_refused() -> None:
    with pytest.raises(OptionError) as error:
        compile_check({"acts": ["greeting", "tanks"]}, language("en"))
    assert error.value.pointer == ("acts", 1)
    assert (
        error.value.message == 'there is no act in English called "tanks"; did you mean "thanks"?'
    )
