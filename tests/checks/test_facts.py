"""Replies and comments against facts: each case with the reason why it fires or does not."""

from pathlib import Path

import pytest

from linter.checks import facts as check
from linter.checks.errors import OptionError
from linter.language.facts import Fact, from_data, load_facts
from linter.language.language import Language
from linter.model import CannotTell, Comment, Match, Reply

FACTS = """\
facts:
  - id: return-period
    type: duration
    value: 30 days
    subject:
      en: [return period, return policy, "return (it|them|the item)", returns, days to return]
      nl: [retourtermijn, bedenktijd, retourneren]
      nb: [angrefrist, angrefristen, angreretten, åpent kjøp]
  - id: delivery
    type: duration
    value: 2-3 business days
    subject: {en: [delivery], nl: [levertijd], nb: [leveringstid, leveringstiden]}
  - id: shipping-cost
    type: money
    value: 49 NOK
    subject: {en: [shipping], nl: [verzendkosten], nb: [frakt, frakten]}
  - id: free-shipping-from
    type: money
    value: 500 NOK
    subject: {en: [free shipping], nb: [fri frakt]}
  - id: opening-hours
    type: hours
    value: "09:00-17:00"
    days: Monday to Friday
    subject: {en: [open], nl: [geopend], nb: [åpent, åpningstidene]}
  - id: order-before
    type: time
    value: "22:00"
    subject: {en: [order before], nl: [besteld], nb: [bestill før]}
  - id: market-day
    type: weekday
    value: Tuesday
    subject: {en: [market day], nl: [marktdag], nb: [torgdag]}
  - id: last-order-day
    type: date
    value: 2026-12-20
    subject: {en: [last order day], nl: [laatste besteldag], nb: [siste bestillingsdag]}
  - id: shops
    type: number
    value: 12
    subject: {en: [shops], nl: [winkels], nb: [butikker]}
  - id: student-discount
    type: percentage
    value: 10 %
    subject: {en: [student discount], nl: [studentenkorting], nb: [studentrabatt]}
  - id: ships-to-belgium
    type: boolean
    value: true
    right:
      en: ["(ship|deliver) to Belgium"]
      nl: [leveren in België]
      nb: [sender til Belgia]
    wrong:
      en: ["(do not|don't|cannot|can't) (ship|deliver) to Belgium"]
      nl: [leveren niet in België]
      nb: [sender ikke til Belgia]
  - id: carrier
    type: name
    value: PostNord
    subject: {en: [delivered by], nl: [bezorgd door], nb: [sendes med]}
    wrong: [DHL, Bring]
"""


class PlainLanguage(Language):
    """Without the shipped lexicons, which facts do not need."""

    lexicons = ()


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fact, ...]:
    path: Path = tmp_path_factory.mktemp("facts") / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return load_facts(path)


@pytest.fixture(scope="module")
def languages(facts: tuple[Fact, ...]) -> dict[str, Language]:
    return {code: PlainLanguage(code, facts=facts) for code in ("en", "nb", "nl")}


@pytest.fixture(scope="module")
def in_reply(languages):
    return {code: check.compile({}, language) for code, language in languages.items()}


@pytest.fixture(scope="module")
def in_comment(languages):
    return {
        code: check.compile({"in": "comment"}, language) for code, language in languages.items()
    }


def reply(text: str, comment: str | None = None) -> Reply:
    about = None if comment is None else Comment(text=comment)
    return Reply(id="r", text=text, source=None, comment=about)  # type: ignore[arg-type]


def stated(matches) -> list[tuple[str, str]]:
    assert all(isinstance(match, Match) for match in matches)
    return [(match.values["fact"], match.values["stated"]) for match in matches]


FIRES = [
    ("en", "The return period is 14 days.", "return-period", "14 days"),
    ("en", "You can return it within two weeks.", "return-period", "within two weeks"),
    ("en", "You have a month to return it.", "return-period", "a month"),
    ("en", "We have a 14-day return policy.", "return-period", "14-day"),
    ("en", "The return period of a fortnight has passed.", "return-period", "a fortnight"),
    ("en", "Returns are taken for 30 days, delivery takes 5 days.", "delivery", "5 days"),
    ("en", "Delivery takes 2-3 days.", "delivery", "2-3 days"),
    ("en", "Shipping is 59 kr.", "shipping-cost", "59 kr"),
    ("en", "You get free shipping from 600 kr.", "free-shipping-from", "from 600 kr"),
    ("en", "We are open 10-18 on weekdays.", "opening-hours", "10-18"),
    ("en", "Please order before 8 pm.", "order-before", "8 pm"),
    ("en", "The market day is Wednesday.", "market-day", "Wednesday"),
    ("en", "The last order day is 23 December.", "last-order-day", "23 December"),
    ("en", "We have fifteen shops.", "shops", "fifteen"),
    ("en", "The student discount is 15%.", "student-discount", "15%"),
    ("en", "Sorry, we don't ship to Belgium.", "ships-to-belgium", "don't ship to Belgium"),
    ("en", "It will be delivered by DHL.", "carrier", "DHL"),
    ("nl", "De retourtermijn is 14 dagen.", "return-period", "14 dagen"),
    ("nl", "U kunt het binnen twee weken retourneren.", "return-period", "binnen twee weken"),
    (
        "nl",
        "U heeft niet binnen de bedenktijd van 14 dagen gereageerd.",
        "return-period",
        "14 dagen",
    ),
    ("nl", "De levertijd is 5 werkdagen.", "delivery", "5 werkdagen"),
    ("nl", "Wij zijn geopend van 10 tot 18 uur.", "opening-hours", "van 10 tot 18 uur"),
    ("nl", "Voor 17.00 uur besteld, morgen in huis.", "order-before", "17.00 uur"),
    ("nl", "De marktdag is op woensdag.", "market-day", "woensdag"),
    ("nl", "De laatste besteldag is 23 december.", "last-order-day", "23 december"),
    ("nl", "Wij hebben vijftien winkels.", "shops", "vijftien"),
    ("nl", "Wij leveren niet in België.", "ships-to-belgium", "leveren niet in België"),
    ("nl", "Uw pakket wordt bezorgd door DHL.", "carrier", "DHL"),
    ("nb", "Angrefristen er 14 dager.", "return-period", "14 dager"),
    ("nb", "Du har fjorten dagers angrefrist.", "return-period", "fjorten dagers"),
    ("nb", "Leveringstiden er fem virkedager.", "delivery", "fem virkedager"),
    ("nb", "Frakten koster kr 59,-.", "shipping-cost", "kr 59,-"),
    ("nb", "Vi har åpent 10–18 på hverdager.", "opening-hours", "10-18"),
    ("nb", "Bestill før kl. 20, så sender vi i dag.", "order-before", "kl. 20"),
    ("nb", "Siste bestillingsdag er 23. desember.", "last-order-day", "23. desember"),
    ("nb", "Vi har 15 butikker.", "shops", "15"),
    ("nb", "Vi sender ikke til Belgia.", "ships-to-belgium", "sender ikke til Belgia"),
    ("nb", "Pakken sendes med Bring.", "carrier", "Bring"),
]

SILENT = [
    ("en", "The return period is 30 days.", "right"),
    ("en", "Our return period is thirty days, so no hurry.", "right, in words"),
    ("en", "You mentioned 14 days, but the return period is 30 days.", "gives the right value"),
    ("en", "The return period is not 14 days but 30 days.", "gives the right value"),
    ("en", "You wrote that the return period is 14 days.", "the customer's words"),
    ("en", 'The return period is "14 days" on that page.', "quoted"),
    ("en", "Is your return period 14 days?", "a question"),
    ("en", "The return period is not 14 days.", "denied"),
    ("en", "That the return period is 14 days is not correct.", "denied behind it"),
    ("en", "If you return it within 14 days, you get all back.", "a condition"),
    ("en", "It arrived 14 days ago and the return period has passed.", "time passed"),
    ("en", "We have extended the return period to 60 days for you.", "made for this customer"),
    ("en", "The return period is long, but your parcel took 14 days.", "another clause"),
    ("en", "It took 14 days.", "no fact is spoken of"),
    ("en", "The return period is fine. It took 14 days.", "another sentence"),
    ("en", "You have at least 14 days for returns.", "30 is at least 14"),
    ("en", "Delivery takes up to 3 working days.", "within the range"),
    ("en", "Shipping is free over 500 kr.", "the sum from which it is free"),
    ("en", "Open Mon-Fri 9-17, Sat 10-15.", "the other hours are Saturday's"),
    ("en", "We are open on Saturdays from 10 am to 3 pm.", "other days than the fact's"),
    ("en", "We have twelve shops in 3 countries.", "the 3 counts something else"),
    ("en", "The market day is every Tuesday.", "right"),
    ("en", "We do ship to Belgium.", "right"),
    ("en", "Delivered by PostNord, no longer by DHL.", "gives the right name"),
    ("en", "The return period ends soon on iOS 14.", "a version"),
    ("nl", "U schrijft dat de retourtermijn 14 dagen is.", "the customer's words"),
    ("nl", "De retourtermijn is geen 14 maar 30 dagen.", "gives the right value"),
    ("nl", "Als u binnen 14 dagen wilt retourneren, kan dat.", "a condition"),
    ("nl", "De bedenktijd is een maand geleden verstreken.", "time passed"),
    ("nl", "De retourtermijn is verlengd tot 60 dagen.", "made for this customer"),
    ("nl", "De bedenktijd is dertig dagen.", "right, in words"),
    ("nl", "De levertijd bedraagt twee tot drie werkdagen.", "right, in words"),
    ("nl", "Op zaterdag zijn wij geopend van 10 tot 16 uur.", "other days than the fact's"),
    ("nl", "Voor tien uur 's avonds besteld, morgen in huis.", "right: 22:00"),
    ("nl", "Is de retourtermijn 14 dagen?", "a question"),
    ("nb", "Du skrev at angrefristen er 14 dager.", "the customer's words"),
    ("nb", "Angrefristen er ikke 14 dager.", "denied"),
    ("nb", "Hvis du bruker angreretten innen 14 dager, ordner vi det.", "a condition"),
    ("nb", "Angrefristen gikk ut for 14 dager siden.", "time passed"),
    ("nb", "Du har 30 dagers åpent kjøp.", "right"),
    ("nb", "Frakten er 49 kroner.", "right: kr is NOK"),
    ("nb", "Frakten er gratis over 500 kr.", "the sum from which it is free"),
    ("nb", "Åpningstidene er mandag til fredag kl. 9-17, lørdag 10-15.", "Saturday's own hours"),
    ("nb", "Bestill før klokken ti om kvelden.", "right: 22:00"),
    ("nb", "Angrefristen er utvidet til 60 dager.", "made for this customer"),
]


@pytest.mark.parametrize(("code", "text", "fact", "value"), FIRES)
def test_fires(in_reply, languages, code: str, text: str, fact: str, value: str) -> None:
    assert stated(in_reply[code](languages[code].analyse(reply(text)))) == [(fact, value)]


@pytest.mark.parametrize(("code", "text", "reason"), SILENT)
def test_is_silent(in_reply, languages, code: str, text: str, reason: str) -> None:
    assert stated(in_reply[code](languages[code].analyse(reply(text)))) == [], reason


def test_the_finding_stands_at_the_value_as_it_was_written(in_reply, languages) -> None:
    text = "The **return  period** is only “nice”: fourteen\n**days**."
    (match,) = in_reply["en"](languages["en"].analyse(reply(text)))
    assert text[match.start : match.end] == "fourteen\n**days"
    assert match.values["subject"] == "return period"
    assert match.values["right"] == "30 days"
    assert match.values["stated"] == "fourteen days"


COMMENT_FIRES = [
    ("en", "Your return period is only 14 days!", "Sorry about that."),
    ("en", "You told me the return period is 14 days.", "Sorry about that."),
    ("en", "Your return period is only 14 days!", "Sorry, we take 2-3 days to answer."),
    ("nl", "Jullie bedenktijd is maar 14 dagen.", "Wat vervelend."),
    ("nb", "Dere har bare 14 dagers angrefrist.", "Det var leit."),
]
COMMENT_SILENT = [
    ("en", "Your return period is only 14 days!", "Our return period is 30 days.", "corrected"),
    ("en", "Your return period is only 14 days!", "No, it is a full 30 days.", "corrected briefly"),
    ("en", "Is your return period 14 days?", "Thanks for asking.", "a question"),
    ("en", "I sent it back after 14 days, returns are hard.", "Sorry.", "the customer's own case"),
    ("en", "Your return period of 30 days is great.", "Thanks.", "right"),
    ("en", "Great shop.", "Thanks.", "no fact"),
    ("nl", "Jullie bedenktijd is maar 14 dagen.", "U heeft 30 dagen.", "corrected"),
    ("nb", "Dere har bare 14 dagers angrefrist.", "Du har en frist på 30 dager.", "corrected"),
]


@pytest.mark.parametrize(("code", "comment", "text"), COMMENT_FIRES)
def test_a_comment_left_uncorrected(in_comment, languages, code, comment, text) -> None:
    (match,) = in_comment[code](languages[code].analyse(reply(text, comment)))
    assert match.values["fact"] == "return-period"
    assert match.absent


@pytest.mark.parametrize(("code", "comment", "text", "reason"), COMMENT_SILENT)
def test_a_comment_that_needs_no_correction(
    in_comment, languages, code, comment, text, reason
) -> None:
    assert stated(in_comment[code](languages[code].analyse(reply(text, comment)))) == [], reason


def test_cannot_tell_without_a_comment(in_comment, languages) -> None:
    verdict = in_comment["en"](languages["en"].analyse(reply("Hello.")))
    assert verdict == CannotTell("the comment's text is not known")


def test_cannot_tell_without_facts() -> None:
    language = PlainLanguage("en")
    verdict = check.compile({}, language)(language.analyse(reply("Hello.")))
    assert verdict == CannotTell("no facts are given")


def test_cannot_tell_in_a_language_that_no_fact_speaks() -> None:
    data = [{"id": "a", "type": "number", "value": 12, "subject": {"en": ["shops"]}}]
    language = PlainLanguage("nl", facts=from_data(data))
    verdict = check.compile({}, language)(language.analyse(reply("Hallo.")))
    assert verdict == CannotTell("no fact has phrases in this language")


def test_only_the_facts_that_are_named(facts: tuple[Fact, ...]) -> None:
    language = PlainLanguage("en", facts=facts)
    match = check.compile({"facts": ["shops"]}, language)
    text = "The return period is 14 days and we have 15 shops."
    assert stated(match(language.analyse(reply(text)))) == [("shops", "15")]


def test_an_unknown_fact_is_an_error(facts: tuple[Fact, ...]) -> None:
    with pytest.raises(OptionError) as error:
        check.compile({"facts": ["shop"]}, PlainLanguage("en", facts=facts))
    assert error.value.pointer == ("facts", 0)
    assert error.value.message == 'there is no fact called "shop"; did you mean "shops"?'


def test_a_range_without_end() -> None:
    data = [
        {"id": "a", "type": "money", "value": {"min": "500 NOK"}, "subject": {"nb": ["fri frakt"]}}
    ]
    language = PlainLanguage("nb", facts=from_data(data))
    match = check.compile({}, language)
    right = "Du får fri frakt over 500 kr, og fri frakt ved 700 kr."
    assert stated(match(language.analyse(reply(right)))) == []
    wrong = "Du får fri frakt over 300 kr."
    assert stated(match(language.analyse(reply(wrong)))) == [("a", "over 300 kr")]


def test_the_example_of_the_manual() -> None:
    language = PlainLanguage("en", facts=from_data(check.EXAMPLE["facts"]))
    match = check.compile(check.EXAMPLE["options"], language)
    for example in check.EXAMPLE["good"]:
        assert list(match(language.analyse(reply(example["reply"])))) == []
    for example in check.EXAMPLE["bad"]:
        assert len(list(match(language.analyse(reply(example["reply"]))))) == 1
