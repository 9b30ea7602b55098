"""Who is addressed by name, and whether that is the customer."""

from functools import cache

import pytest

from linter.language.language import Language
from linter.language.names import agrees, fold, is_personal, name_parts
from linter.model import Reply


@cache
def language(code: str) -> Language:
    return Language(code)


@pytest.mark.parametrize(
    ("display_name", "parts"),
    [
        ("jens_h92", {"jens", "h"}),
        ("J. P. Hansen", {"j", "p", "hansen"}),
        ("JensHansen", {"jens", "hansen"}),
        ("Åse", {"ase"}),
        ("Bjørn-Erik", {"bjorn", "erik"}),
        ("O'Brien", {"o", "brien"}),
        ("Zoë Müller", {"zoe", "muller"}),
        ("@noor.dv", {"noor", "dv"}),
        ("116014", set()),
    ],
)
def test_the_parts_of_a_display_name(display_name: str, parts: set[str]) -> None:
    assert name_parts(display_name) == parts


def test_case_and_diacritics_make_no_other_name() -> None:
    assert fold("Åse") == fold("ase")
    assert fold("SØREN") == fold("soren")


@pytest.mark.parametrize("display_name", ["jens_h92", "J. P. Hansen", "J", "@noor", "Иван", "李雷"])
def test_a_display_name_that_one_could_be_addressed_by(display_name: str) -> None:
    assert is_personal(display_name, language("en").name_words)


@pytest.mark.parametrize(
    ("code", "display_name", "why"),
    [
        ("en", None, "not known"),
        ("en", "", "empty"),
        ("en", "A Google user", "what the app store puts for a name"),
        ("en", "@116014", "digits"),
        ("en", "Guest", "no name"),
        ("en", "user 4711", "no name, numbered"),
        ("nl", "Een Google-gebruiker", "the same in Dutch"),
        ("nb", "En Google-bruker", "the same in Norwegian"),
        ("en", "😀😀", "signs"),
    ],
)
def test_a_display_name_that_names_nobody(code: str, display_name: str | None, why: str) -> None:
    assert not is_personal(display_name, language(code).name_words), why


@pytest.mark.parametrize(
    ("called", "display_name"),
    [
        ("Jens", "jens_h92"),
        ("Jens", "JensHansen92"),
        ("Hansen", "J. P. Hansen"),
        ("Peter", "J. P. Hansen"),
        ("heer Van der Berg", "Kees van der Berg"),
        ("mevrouw De Vries", "Anna de Vries"),
        ("Ms Lind", "Sara Lind"),
        ("Ase", "Åse Dahl"),
        ("Bjørn", "Bjørn-Erik Moe"),
        ("Bjorn-Erik", "Bjørn-Erik Moe"),
        ("O'Brien", "Pat O'Brien"),
        ("Rob", "Robert Vos"),
        ("Kari", "karinordmann"),
        ("Nordmann", "karinordmann"),
        ("Sir", "Jens"),
    ],
)
def test_names_that_may_be_the_same_person(called: str, display_name: str) -> None:
    assert agrees(called, display_name, language("nl" if "heer" in called else "en").name_words)


@pytest.mark.parametrize(
    ("called", "display_name", "why"),
    [
        ("Anne", "Jens Hansen", "another name"),
        ("Jan", "K. van Dijk", "another initial"),
        ("heer Van Vliet", "Kees van der Berg", "a particle alone is no name in common"),
        ("Bo", "Robert", "inside another name"),
        ("Ann", "Joanna", "the end of another name, too short to tell"),
    ],
)
def test_names_of_two_persons(called: str, display_name: str, why: str) -> None:
    assert not agrees(called, display_name, language("nl").name_words), why


def vocatives(code: str, text: str, author: str | None = None) -> list[tuple[str, str]]:
    analysis = language(code).analyse(Reply("x", text, None, author=author))
    spans = [analysis.char_span(name.start, name.end) for name in analysis.vocatives]
    places = [analysis.original(*span) for span in spans]
    return [
        (name.kind, text[start:end])
        for name, (start, end) in zip(analysis.vocatives, places, strict=True)
    ]


@pytest.mark.parametrize(
    ("code", "text", "author", "found"),
    [
        ("en", "Hi Jens, thank you.", None, ("name", "Jens")),
        ("en", "Dear Ms Lind, thank you.", None, ("name", "Ms Lind")),
        ("en", "Dear Mr. O'Brien, thank you.", None, ("name", "Mr. O'Brien")),
        ("en", "Hello J. P. Hansen, thank you.", None, ("name", "J. P. Hansen")),
        ("en", "Hi **Jens**! Thank you.", None, ("name", "Jens")),
        ("en", "Hi\nJens,\nthank you.", None, ("name", "Jens")),
        ("en", "Hi {{first_name}}, thank you.", None, ("placeholder", "{{first_name}}")),
        ("en", "Hi @{{ author }}, thank you.", None, ("placeholder", "{{ author }}")),
        ("en", "Hi [Name], thank you.", None, ("placeholder", "[Name]")),
        ("en", "@jens_h92 We see what happened.", "jens_h92", ("handle", "@jens_h92")),
        ("en", "Jens, we see what happened.", "jens_h92", ("name", "Jens")),
        ("en", "We see what happened, Jens.", "Jens Hansen", ("name", "Jens")),
        ("en", "Hi jens, thank you.", "jens_h92", ("name", "jens")),
        ("nl", "Beste heer Van der Berg, dank u wel.", None, ("name", "heer Van der Berg")),
        ("nl", "Goedemorgen mevrouw De Vries, dank u wel.", None, ("name", "mevrouw De Vries")),
        ("nl", "Hallo Noor, wat vervelend.", None, ("name", "Noor")),
        ("nl", "Beste [voornaam], wat vervelend.", None, ("placeholder", "[voornaam]")),
        ("nb", "Hei, Jens. Takk for tilbakemeldingen.", None, ("name", "Jens")),
        ("nb", "Hei Åse! Takk for tilbakemeldingen.", None, ("name", "Åse")),
        ("nb", "Kjære Bjørn-Erik, takk for sist.", None, ("name", "Bjørn-Erik")),
        ("nb", "Hei [bruker.fornavn], takk for sist.", None, ("placeholder", "[bruker.fornavn]")),
    ],
)
def test_a_name_that_is_called_out(
    code: str, text: str, author: str | None, found: tuple[str, str]
) -> None:
    assert vocatives(code, text, author) == [found]


@pytest.mark.parametrize(
    ("code", "text", "author", "why"),
    [
        ("en", "Hi there, thank you.", None, "nobody's name"),
        ("en", "Dear customer, thank you.", None, "nobody's name"),
        ("en", "Dear Customer, thank you.", None, "nobody's name, with a capital"),
        ("en", "Hi! Thank you for your review.", None, "the next sentence"),
        ("en", "Thank you for your review. Regards, Anne", None, "a signature"),
        ("en", "Jens Hansen called us about his order.", "Jens Hansen", "spoken of"),
        ("en", "Our colleague Jens will help you.", "Jens Hansen", "a colleague of that name"),
        ("en", "@116014 We see what happened.", None, "a numeric handle"),
        ("en", "Regards, {{agent.name}}", None, "the agent's own name"),
        ("nl", "Beste klant, dank u wel.", None, "nobody's name"),
        ("nl", "Beste heer/mevrouw, dank u wel.", None, "nobody's name"),
        ("nb", "Hei! Takk for tilbakemeldingen.", None, "the next sentence"),
        ("nb", "Kjære kunde, takk for sist.", None, "nobody's name"),
        ("nb", "[bruker.navn] ringer om vedtaket.", None, "spoken of"),
    ],
)
def test_nobody_is_called_out(code: str, text: str, author: str | None, why: str) -> None:
    assert vocatives(code, text, author) == [], why
