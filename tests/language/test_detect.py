"""The language of texts that do not say it: sure, or not at all."""

import pytest

from linter.language.detect import detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hei Jens, takk for tilbakemeldingen", "nb"),
        ("Hei Kari, takk for at du seier frå. Me ser på det i dag.", "nb"),
        ("Takk for skryt!", "nb"),
        ("Beste Jan, bedankt voor je reactie.", "nl"),
        ("Thanks for letting us know, we look into it today.", "en"),
        ("Hallo Jens, vielen Dank für Ihre Nachricht.", "de"),
        ("Hej Jens, tack för ditt meddelande", "sv"),
    ],
)
def test_a_text_is_in_its_language(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("Ok 👍", "too short"),
        ("Hi Jens, thanks!", "a name and a word that many languages have"),
        ("Kære Jens, tak for din besked om pakken", "Danish or Bokmål"),
        ("https://example.org/a/b/c?d=e", "an address"),
    ],
)
def test_what_nobody_could_tell_is_no_language(text: str, why: str) -> None:
    assert detect(text) is None, why
