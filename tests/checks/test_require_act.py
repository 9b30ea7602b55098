"""require-act: each case with the reason why it fires or does not."""

import pytest

from linter.checks.errors import OptionError
from linter.checks.require_act import compile as compile_check
from tests.checks.helpers import found, language

MISSING = [""]


@pytest.mark.parametrize(
    ("code", "text", "act", "why"),
    [
        ("en", "Thank you for your feedback.", "thanks", "it is there"),
        ("en", "Your parcel is late. Thank you for your patience.", "thanks", "anywhere"),
        ("en", "Thank you for\nyour *feedback*.", "thanks", "a line break and emphasis"),
        ("nl", "Bedankt voor uw bericht.", "thanks", "it is there"),
        ("nb", "Takk for tilbakemeldingen.", "thanks", "it is there"),
        ("en", "We apologise for the delay.", ["thanks", "apology"], "either counts"),
    ],
)
def test_an_act_that_is_performed(code: str, text: str, act: object, why: str) -> None:
    assert found("require-act", {"act": act}, text, code) == [], why


@pytest.mark.parametrize(
    ("code", "text", "act", "why"),
    [
        ("en", "Your parcel is late.", "thanks", "it is not there"),
        ("en", "> Thank you for your feedback.\n\nNo.", "thanks", "only in the customer's words"),
        ("en", "`Thank you for your feedback`", "thanks", "only in code"),
        ("en", "There's no need to apologise.", "apology", "denied"),
        ("nl", "Uw pakket is te laat.", "thanks", "it is not there"),
        ("nb", "Pakken din er forsinket.", "thanks", "it is not there"),
        ("en", "Your parcel is late.", ["thanks", "apology"], "neither is there"),
    ],
)
def test_an_act_that_is_missing(code: str, text: str, act: object, why: str) -> None:
    assert found("require-act", {"act": act}, text, code) == MISSING, why


@pytest.mark.parametrize(
    ("within", "text", "fires", "why"),
    [
        ("first-sentence", "Thank you for writing, Jens. Your parcel left today.", False, "first"),
        (
            "first-sentence",
            "Hi Jens! Thank you for writing to us today.",
            False,
            "a salutation is no sentence",
        ),
        (
            "first-sentence",
            "Your parcel left our shop today. Thank you for writing.",
            True,
            "second",
        ),
        (
            "opening",
            "Hi. We saw what happened. It left today, late. Thank you for writing.",
            False,
            "third",
        ),
        (
            "opening",
            "We saw what happened. It left too late. It is on its way. Thank you for writing.",
            True,
            "fourth",
        ),
        ("closing", "We saw what happened. It left late. Thank you for writing.", False, "last"),
        (
            "closing",
            "Thank you for writing. It left too late. It is on its way. We are sorry.",
            True,
            "first",
        ),
    ],
)
def test_where_it_counts(within: str, text: str, fires: bool, why: str) -> None:
    expected = MISSING if fires else []
    assert found("require-act", {"act": "thanks", "within": within}, text) == expected, why


def test_it_points_at_the_sentence_where_it_was_looked_for() -> None:
    analysis = language("en").analyse
    from linter.model import Reply

    match = compile_check({"act": "apology"}, language("en"))
    (missing,) = match(analysis(Reply("x", "Hi Jens.\n\nIt left today.", None)))
    assert (missing.start, missing.end, missing.absent) == (0, 8, True)
    assert missing.values == {"act": "apology"}


@pytest.mark.parametrize(
    ("author", "text", "verdict"),
    [
        ("Jens Hansen", "Hi Jens, it left today.", []),
        ("Jens Hansen", "Hi, it left today.", MISSING),
        ("A Google user", "Hi, it left today.", "the customer's name is not known"),
        ("@116014", "Hi, it left today.", "the customer's name is not known"),
        ("A Google user", "Hi {{name}}, it left today.", []),
        (None, "Hi, it left today.", MISSING),
        (None, "Hi {{name}}, it left today.", []),
    ],
)
def test_a_name_is_asked_for_where_there_may_be_one(
    author: str | None, text: str, verdict: object
) -> None:
    """A template has no author: it can, and must, hold a placeholder."""
    assert found("require-act", {"act": "address_by_name"}, text, author=author) == verdict


@pytest.mark.parametrize(
    ("act", "pointer", "message"),
    [
        ("thank", ("act",), 'there is no act in English called "thank"; did you mean "thanks"?'),
        (
            ["thanks", "aplogy"],
            ("act", 1),
            'there is no act in English called "aplogy"; did you mean "apology"?',
        ),
    ],
)
def test_an_unknown_act_is_refused(act: object, pointer: tuple[object, ...], message: str) -> None:
    with pytest.raises(OptionError) as error:
        compile_check({"act": act}, language("en"))
    assert (error.value.pointer, error.value.message) == (pointer, message)


def test_an_act_like_no_other_is_refused_with_those_there_are() -> None:
    with pytest.raises(OptionError, match='called "zzz"; there are address_by_name, apology, '):
        compile_check({"act": "zzz"}, language("en"))
