"""shouting: each case with the reason why it fires or does not."""

import pytest

from tests.checks.helpers import found


@pytest.mark.parametrize(
    ("code", "text", "expected", "why"),
    [
        ("en", "READ THE TERMS before you write.", ["READ THE TERMS"], "three words in a row"),
        ("en", "Please READ THE TERMS!", ["READ THE TERMS"], "within a sentence"),
        ("nl", "DAT IS NIET waar.", ["DAT IS NIET"], "three words in a row"),
        ("nb", "DET ER IKKE sant.", ["DET ER IKKE"], "three words in a row"),
        ("en", "ABSOLUTELY WRONG ORDER.", ["ABSOLUTELY WRONG ORDER"], "long words in a row"),
        ("en", "Really?! No.", ["?!"], "heated"),
        ("en", "Thank you!!!", ["!!!"], "three signs"),
        ("en", "Why????", ["????"], "four signs"),
        ("en", "Thank you!!", [], "two signs"),
        ("en", "Thank you! Really! Yes!", [], "one sign each"),
        ("en", "Send the IBAN to us.", [], "an abbreviation"),
        ("en", "The PDF, GIF and PNG files.", [], "abbreviations one by one"),
        ("en", "The USB HDMI VGA ports.", [], "abbreviations in a row, none a common word"),
        ("en", "I AM here.", [], "two words"),
        ("en", "`READ THE TERMS!!!`", [], "code"),
        ("en", "> READ THE TERMS!!!", [], "the customer's words"),
        ("en", "READ\n\nTHE\n\nTERMS", [], "headings"),
        ("en", "NASA and ESA", [], "names"),
        ("en", "HOW TO RETURN IT\n\nPut it in the box.", [], "a heading"),
        ("en", "HOW TO RETURN IT:\nPut it in the box.", [], "a heading above a list"),
        ("en", "Your card (IN THE OLD FORMAT) is blocked.", [], "a choice to fill in"),
        ("en", "You did it. THIS IS NOT OURS.", ["THIS IS NOT OURS"], "a whole sentence"),
        ("en", "THIS IS NOT OURS", ["THIS IS NOT OURS"], "the whole reply"),
    ],
)
def test_shouting(code: str, text: str, expected: list[str], why: str) -> None:
    assert found("shouting", {}, text, code) == expected, why


@pytest.mark.parametrize(
    ("options", "text", "expected"),
    [
        ({"words": 1}, "We are NOT late.", ["NOT"]),
        ({"words": 2}, "You MUST NOT write.", ["MUST NOT"]),
        ({"signs": 2}, "Thank you!!", ["!!"]),
        ({"words": 2, "allow": ["DO", "NOT"]}, "We DO NOT know.", []),
    ],
)
def test_options(options: dict[str, object], text: str, expected: list[str]) -> None:
    assert found("shouting", options, text) == expected
