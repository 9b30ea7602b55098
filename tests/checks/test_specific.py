"""specific: each case with the reason why it fires or does not."""

import pytest

from tests.checks.helpers import found


@pytest.mark.parametrize(
    ("code", "comment", "text", "expected", "why"),
    [
        ("en", "The kettle leaks.", "A leaking kettle is no fun.", [], "the thing itself"),
        ("en", "The kettle leaks.", "Leaks like this should not happen.", [], "after inflection"),
        ("en", "The kettle leaks.", "We are sorry for this.", [""], "names nothing"),
        ("en", "The kettle leaks.", "> The kettle leaks.\n\nSorry.", [""], "only quotes it"),
        (
            "en",
            "My order is a problem.",
            "Sorry for the problem.",
            "the comment names nothing in particular",
            "fits any case",
        ),
        ("nl", "De ketel lekt.", "Een lekkende ketel is niet fijn.", [], "the thing itself"),
        ("nl", "Het inloggen lukt niet.", "Inlogproblemen zijn vervelend.", [], "a compound of it"),
        ("nl", "De ketel lekt.", "Wat vervelend voor u.", [""], "names nothing"),
        ("nb", "Kjelen lekker.", "En kjele som lekker er ikke bra.", [], "the thing itself"),
        ("nb", "Kjelen lekker.", "Så leit å høre.", [""], "names nothing"),
        ("en", None, "We are sorry.", "the comment's text is not known", "a template"),
        ("en", "😀", "We are sorry.", "the comment names nothing in particular", "no words"),
    ],
)
def test_specific(code: str, comment: str | None, text: str, expected: object, why: str) -> None:
    assert found("specific", {}, text, code, comment=comment) == expected, why


def test_the_customers_own_name_is_no_topic() -> None:
    comment = "The kettle leaks. Jens"
    text = "Hi Jens, we are sorry."
    assert found("specific", {}, text, author="Jens Hansen", comment=comment) == [""]


def test_how_many_words() -> None:
    comment = "The kettle leaks and the lid is cracked."
    assert found("specific", {"words": 2}, "Sorry about the kettle.", comment=comment) == [""]
    text = "Sorry about the kettle and its lid."
    assert found("specific", {"words": 2}, text, comment=comment) == []
