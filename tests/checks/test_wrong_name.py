"""wrong-name: each case with the reason why it fires or does not."""

import pytest

from tests.checks.helpers import found


@pytest.mark.parametrize(
    ("code", "author", "text", "expected", "why"),
    [
        ("en", "Jens Hansen", "Hi Anne, thank you for writing.", ["Anne"], "somebody else"),
        ("en", "Jens Hansen", "Dear Ms Lind, thank you for writing.", ["Ms Lind"], "somebody else"),
        ("en", "jens_h92", "Hi **Anne**! Thank you for writing.", ["Anne"], "in bold"),
        (
            "nl",
            "Kees van der Berg",
            "Beste heer Van Vliet, bedankt.",
            ["heer Van Vliet"],
            "a particle",
        ),
        ("nb", "Jens Hansen", "Hei Åse! Takk for meldingen.", ["Åse"], "somebody else"),
        ("en", "Jens Hansen", "Hi Jens, thank you for writing.", [], "the first name"),
        ("en", "jens_h92", "Hi Jens, thank you for writing.", [], "a handle made of it"),
        ("en", "J. P. Hansen", "Dear Mr Hansen, thank you for writing.", [], "the surname"),
        ("en", "J. P. Hansen", "Hi Jens, thank you for writing.", [], "the initial agrees"),
        (
            "nl",
            "Anna de Vries",
            "Beste mevrouw De Vries, bedankt.",
            [],
            "the surname with its particle",
        ),
        ("nb", "Bjørn-Erik Moe", "Hei Bjørn! Takk for meldingen.", [], "half of the first name"),
        ("nb", "Åse Dahl", "Hei Ase! Takk for meldingen.", [], "without the ring"),
        ("en", "Robert Vos", "Hi Rob, thank you for writing.", [], "the short form"),
        ("en", "Jens Hansen", "Hi there, thank you for writing.", [], "nobody's name"),
        ("en", "Jens Hansen", "Hi {{name}}, thank you for writing.", [], "a placeholder"),
        ("en", "Jens Hansen", "Hi Jens. My colleague Anne will call you.", [], "spoken of"),
        ("en", "Jens Hansen", "Thank you for writing. Regards, Anne", [], "the signature"),
        (
            "en",
            "A Google user",
            "Hi Anne, thank you.",
            "the customer's name is not known",
            "no name",
        ),
        ("en", None, "Hi Anne, thank you.", "the customer's name is not known", "a template"),
        ("en", None, "Hi there, thank you.", [], "nobody is called by name"),
    ],
)
def test_names(code: str, author: str | None, text: str, expected: object, why: str) -> None:
    assert found("wrong-name", {}, text, code, author=author) == expected, why
