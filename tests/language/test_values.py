"""What is read as a value in each language, and what is not, with the reason."""

import string
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter.language.values import NotAValueError, agrees, parse_value, read_values
from tests.language.shown import shown

ENGLISH = [
    ("14 days", "duration: 14 days"),
    ("fourteen days", "duration: 14 days"),
    ("a fortnight", "duration: 14 days"),
    ("two weeks", "duration: 14 days"),
    ("48 hours", "duration: 2 days"),
    ("24h", "duration: 1 days"),
    ("one and a half hours", "duration: 90 minutes"),
    ("an hour and a half", "duration: 90 minutes"),
    ("half an hour", "duration: 30 minutes"),
    ("a quarter of an hour", "duration: 15 minutes"),
    ("three quarters of an hour", "duration: 45 minutes"),
    ("2½ hours", "duration: 150 minutes"),
    ("30-day", "duration: 30 days"),
    ("one-year", "duration: 12 months"),
    ("30 (thirty) days", "duration: 30 days"),
    ("1 hour and 30 minutes", "duration: 90 minutes"),
    ("24 hours to 3 days", "duration: 1..3 days"),
    ("12 months", "duration: 12 months"),
    ("5 business days", "duration: 5 business days"),
    ("2 to 3 working days", "duration: 2..3 business days"),
    ("2-3 days", "duration: 2..3 days"),
    ("between 2 and 3 weeks", "duration: 14..21 days"),
    ("14 or 30 days", "duration: 14 days | 30 days"),
    ("within 30 days", "duration: 30 days"),
    ("no more than 14 days", "duration: 14 days"),
    ("at least 14 days", "duration: 14.. days"),
    ("more than 14 days", "duration: 14.. days"),
    ("14 days or more", "duration: 14.. days"),
    ("less than 14 days", "duration: ..14 days"),
    ("about 30 days", "duration: about 30 days"),
    ("one hundred and twenty days", "duration: 120 days"),
    ("£4.95", "money: 4.95 GBP"),
    ("$5", "money: 5 USD | 5 AUD | 5 CAD"),
    ("€1,000.50", "money: 1000.5 EUR"),
    ("$1.500", "money: 1500 USD | 1500 AUD | 1500 CAD"),
    ("1,500 euros", "money: 1500 EUR"),
    ("five pounds", "money: 5 GBP"),
    ("99p", "money: 0.99 GBP"),
    ("NOK 49", "money: 49 NOK"),
    ("49 NOK", "money: 49 NOK"),
    ("from £5", "money: 5.. GBP"),
    ("€5 to €10", "money: 5..10 EUR"),
    ("5pm", "time: 17:00"),
    ("5.30 p.m.", "time: 17:30"),
    ("17:00", "time: 17:00"),
    ("10:30", "time: 10:30 | 22:30"),
    ("half past two", "time: 02:30 | 14:30"),
    ("half two", "time: 02:30 | 14:30"),
    ("quarter to six", "time: 05:45 | 17:45"),
    ("ten to six", "time: 05:50 | 17:50"),
    ("five o'clock", "time: 05:00 | 17:00"),
    ("noon", "time: 12:00"),
    ("12 midnight", "time: 00:00"),
    ("9 am to 5 pm", "hours: 09:00..17:00"),
    ("9-5pm", "hours: 09:00..17:00"),
    ("from 9 to 5", "hours: 09:00..17:00"),
    ("between 09:00 and 17:30", "hours: 09:00..17:30"),
    ("Tuesday", "weekday: Tue"),
    ("Mondays", "weekday: Mon"),
    ("Monday to Friday", "weekday: Mon..Fri"),
    ("Mon-Fri", "weekday: Mon..Fri"),
    ("weekdays", "weekday: Mon..Fri"),
    ("24 December", "date: 12-24"),
    ("the 24th of December", "date: 12-24"),
    ("December 24th, 2026", "date: 2026-12-24"),
    ("24 Dec 2026", "date: 2026-12-24"),
    ("2026-12-24", "date: 2026-12-24"),
    ("24/12", "date: 12-24"),
    ("5/6/2026", "date: 2026-06-05 | 2026-05-06"),
    ("24-26 December", "date: 12-24..12-26"),
    ("25%", "percentage: 25 percent"),
    ("twenty-five per cent", "percentage: 25 percent"),
    ("20% to 30%", "percentage: 20..30 percent"),
    ("half price", "percentage: 50 percent"),
    ("12 shops", "number: 12"),
    ("a dozen shops", "number: 12"),
    ("3,000 shops", "number: 3000"),
]

DUTCH = [
    ("14 dagen", "duration: 14 days"),
    ("veertien dagen", "duration: 14 days"),
    ("een dag", "duration: 1 days"),
    ("twee weken", "duration: 14 days"),
    ("anderhalf uur", "duration: 90 minutes"),
    ("anderhalve week", "duration: 252 hours"),
    ("tweeënhalf uur", "duration: 150 minutes"),
    ("twee en een half uur", "duration: 150 minutes"),
    ("een half uur", "duration: 30 minutes"),
    ("een halfuur", "duration: 30 minutes"),
    ("een half jaar", "duration: 6 months"),
    ("een halfjaar", "duration: 6 months"),
    ("een kwartier", "duration: 15 minutes"),
    ("drie kwartier", "duration: 45 minutes"),
    ("een uur en een kwartier", "duration: 75 minutes"),
    ("een etmaal", "duration: 1 days"),
    ("48 uur", "duration: 2 days"),
    ("24u", "duration: 1 days"),
    ("veertiendaagse", "duration: 14 days"),
    ("14-daagse", "duration: 14 days"),
    ("tweejarige", "duration: 24 months"),
    ("2 jaar", "duration: 24 months"),
    ("3 werkdagen", "duration: 3 business days"),
    ("2 à 3 werkdagen", "duration: 2..3 business days"),
    ("één à twee weken", "duration: 7..14 days"),
    ("binnen 24 tot 48 uur", "duration: 1..2 days"),
    ("tussen 2 en 3 weken", "duration: 14..21 days"),
    ("niet meer dan 14 dagen", "duration: 14 days"),
    ("minstens 30 dagen", "duration: 30.. days"),
    ("minder dan 14 dagen", "duration: ..14 days"),
    ("ongeveer 3 weken", "duration: about 21 days"),
    ("30 (dertig) dagen", "duration: 30 days"),
    ("honderdtwintig dagen", "duration: 120 days"),
    ("€ 4,95", "money: 4.95 EUR"),
    ("€4.95", "money: 4.95 EUR"),
    ("4,95 euro", "money: 4.95 EUR"),
    ("€ 49,-", "money: 49 EUR"),
    ("€ 1.000,50", "money: 1000.5 EUR"),
    ("1.500 euro", "money: 1500 EUR"),
    ("1,500 euro", "money: 1500 EUR"),
    ("vijf euro", "money: 5 EUR"),
    ("vijftienhonderd euro", "money: 1500 EUR"),
    ("50 cent", "money: 0.5 EUR"),
    ("vanaf € 50", "money: 50.. EUR"),
    ("€ 5 tot € 10", "money: 5..10 EUR"),
    ("half drie", "time: 02:30 | 14:30"),
    ("kwart over vijf", "time: 05:15 | 17:15"),
    ("kwart voor zes", "time: 05:45 | 17:45"),
    ("vijf voor half drie", "time: 02:25 | 14:25"),
    ("17.00 uur", "time: 17:00"),
    ("17:30", "time: 17:30"),
    ("16u30", "time: 16:30"),
    ("5 uur 's middags", "time: 17:00"),
    ("middernacht", "time: 00:00"),
    ("van 9 tot 17 uur", "hours: 09:00..17:00"),
    ("tussen 9 en 17 uur", "hours: 09:00..17:00"),
    ("9u-17u", "hours: 09:00..17:00; duration: 9..17 hours"),
    ("9.00-17.30 uur", "hours: 09:00..17:30"),
    ("dinsdag", "weekday: Tue"),
    ("maandag t/m vrijdag", "weekday: Mon..Fri"),
    ("ma-vr", "weekday: Mon..Fri"),
    ("doordeweeks", "weekday: Mon..Fri"),
    ("24 december", "date: 12-24"),
    ("24 dec. 2026", "date: 2026-12-24"),
    ("24-12-2026", "date: 2026-12-24"),
    ("24.12.2026", "date: 2026-12-24"),
    ("24/12", "date: 12-24"),
    ("1 tot 5 mei", "date: 05-01..05-05"),
    ("25%", "percentage: 25 percent"),
    ("25 procent", "percentage: 25 percent"),
    ("halve prijs", "percentage: 50 percent"),
    ("twaalf winkels", "number: 12"),
]

NORWEGIAN = [
    ("14 dager", "duration: 14 days"),
    ("fjorten dager", "duration: 14 days"),
    ("fjorten dagar", "duration: 14 days"),
    ("en uke", "duration: 7 days"),
    ("to uker", "duration: 14 days"),
    ("to veker", "duration: 14 days"),
    ("ein månad", "duration: 1 months"),
    ("halvannen uke", "duration: 252 hours"),
    ("en og en halv time", "duration: 90 minutes"),
    ("to og en halv uke", "duration: 420 hours"),
    ("en halv time", "duration: 30 minutes"),
    ("en halvtime", "duration: 30 minutes"),
    ("et halvt år", "duration: 6 months"),
    ("et halvår", "duration: 6 months"),
    ("tre kvarter", "duration: 45 minutes"),
    ("et døgn", "duration: 1 days"),
    ("to døgn", "duration: 2 days"),
    ("24 timer", "duration: 1 days"),
    ("24t", "duration: 1 days"),
    ("24-48 timer", "duration: 1..2 days"),
    ("14 dagers", "duration: 14 days"),
    ("fjorten dagers", "duration: 14 days"),
    ("30-dagers", "duration: 30 days"),
    ("to års", "duration: 24 months"),
    ("toårs", "duration: 24 months"),
    ("5-års", "duration: 60 months"),
    ("2-3 virkedager", "duration: 2..3 business days"),
    ("to til tre virkedager", "duration: 2..3 business days"),
    ("to-tre dager", "duration: 2..3 days"),
    ("mellom 2 og 3 uker", "duration: 14..21 days"),
    ("5 arbeidsdager", "duration: 5 business days"),
    ("inntil 14 dager", "duration: 14 days"),
    ("ikke mer enn 14 dager", "duration: 14 days"),
    ("minst 30 dager", "duration: 30.. days"),
    ("mindre enn 14 dager", "duration: ..14 days"),
    ("ca. 3 uker", "duration: about 21 days"),
    ("fire og tjue timer", "duration: 1 days"),
    ("3,5 timer", "duration: 210 minutes"),
    ("kr 49,-", "money: 49 NOK | 49 SEK | 49 DKK"),
    ("kr. 49,00", "money: 49 NOK | 49 SEK | 49 DKK"),
    ("49,-", "money: 49 NOK"),
    ("49 kroner", "money: 49 NOK | 49 SEK | 49 DKK"),
    ("49 kr", "money: 49 NOK | 49 SEK | 49 DKK"),
    ("NOK 49", "money: 49 NOK"),
    ("1 000 kr", "money: 1000 NOK | 1000 SEK | 1000 DKK"),
    ("1.500 kroner", "money: 1500 NOK | 1500 SEK | 1500 DKK"),
    ("to hundre og femti kroner", "money: 250 NOK | 250 SEK | 250 DKK"),
    ("over 500 kr", "money: 500.. NOK | 500.. SEK | 500.. DKK"),
    ("femti øre", "money: 0.5 NOK"),
    ("halv tre", "time: 02:30 | 14:30"),
    ("kvart over fem", "time: 05:15 | 17:15"),
    ("kvart på seks", "time: 05:45 | 17:45"),
    ("ti over halv fem", "time: 04:40 | 16:40"),
    ("fem på halv to", "time: 01:25 | 13:25"),
    ("kl. 17", "time: 17:00"),
    ("kl 17.00", "time: 17:00"),
    ("17.00", "time: 17:00"),
    ("klokken fem", "time: 05:00 | 17:00"),
    ("halv ni om kvelden", "time: 20:30"),
    ("kl. 09–17", "hours: 09:00..17:00"),
    ("09-17", "hours: 09:00..17:00; number: 9..17"),
    ("fra 9 til 17", "hours: 09:00..17:00; number: 9..17"),
    ("fra kl. 9 til kl. 17", "hours: 09:00..17:00"),
    ("tirsdag", "weekday: Tue"),
    ("måndag", "weekday: Mon"),
    ("mandag til fredag", "weekday: Mon..Fri"),
    ("man-fre", "weekday: Mon..Fri"),
    ("på hverdager", "weekday: Mon..Fri"),
    ("24. desember", "date: 12-24"),
    ("24. des. 2026", "date: 2026-12-24"),
    ("24.12.2026", "date: 2026-12-24"),
    ("24.-26. desember", "date: 12-24..12-26"),
    ("1. til 5. mai", "date: 05-01..05-05"),
    ("24/12", "date: 12-24"),
    ("25 %", "percentage: 25 percent"),
    ("25 prosent", "percentage: 25 percent"),
    ("halv pris", "percentage: 50 percent"),
    ("tolv butikker", "number: 12"),
]

NOT_READ = [
    ("en", "the app needs iOS 14", "a version"),
    ("en", "version 14.2.1", "a version"),
    ("en", "we are there 24/7", "an idiom"),
    ("en", "as easy as 1-2-3", "an idiom"),
    ("en", "the iPhone 15 works", "a model"),
    ("en", "Windows 11 works", "a model"),
    ("en", "COVID-19", "a name with a number"),
    ("en", "the 4G network and the A4 sheet", "names with numbers"),
    ("en", "call 020 7946 0958", "a telephone number"),
    ("en", "call +44 20 7946 0958", "a telephone number"),
    ("en", "order 1234567", "an order number"),
    ("en", "ticket #4711", "a ticket's number"),
    ("en", "since 2019", "a year"),
    ("en", "step 2 on page 3", "labels"),
    ("en", "a day or two", "vague, nobody is held to it"),
    ("en", "a couple of days", "vague"),
    ("en", "one of our colleagues", "a pronoun, not a number"),
    ("en", "part 2/2", "a part of a thread, not 2 February"),
    ("en", "rated 9/10", "a mark, not 9 October"),
    ("en", "see https://example.com/30-days and mail a1@example.com", "addresses"),
    ("en", "§ 3-1", "a paragraph"),
    ("nl", "bel 020-1234567", "a telephone number"),
    ("nl", "06 12345678", "a telephone number"),
    ("nl", "1234 AB Amsterdam", "a postcode"),
    ("nl", "bestelnummer 12345", "an order number"),
    ("nl", "een week of drie", "vague: about three weeks"),
    ("nl", "een paar dagen", "vague"),
    ("nl", "tot 3 uur", "a time or a duration, one cannot tell"),
    ("nl", "na 2 uur", "a time or a duration, one cannot tell"),
    ("nl", "in 2026", "a year"),
    ("nb", "tlf 22 33 44 55", "a telephone number"),
    ("nb", "ring 815 00 123", "a telephone number"),
    ("nb", "+47 22 33 44 55", "a telephone number"),
    ("nb", "ordrenummer 12345", "an order number"),
    ("nb", "0150 Oslo", "a postcode"),
    ("nb", "17.10", "a time or a day, one cannot tell"),
    ("nb", "skjema NAV 34-00.15", "a form's number"),
    ("nb", "etter § 21-3", "a paragraph"),
    ("nb", "et par dager", "vague"),
    ("nb", "noen uker", "vague"),
    ("nb", "man skal ikke", "the pronoun, not a short Monday"),
    ("nb", "det er nok", "enough, not a currency"),
]

ELSEWHERE = [
    ("nb", "nok 3 dager", "duration: 3 days", "nok is 'enough', so this is no sum"),
    ("nl", "na een half uur", "duration: 30 minutes", "half an hour is no time of day"),
    ("nl", "om 5 uur", "time: 05:00 | 17:00", "behind 'om' a time"),
    ("nl", "binnen 5 uur", "duration: 5 hours", "behind 'binnen' a duration"),
    ("nl", "tot 17 uur", "time: 17:00", "few things last 17 hours"),
    ("nl", "termijn van 24 uur", "duration: 1 days", "'van' alone makes no time"),
    ("en", "24 hours a day", "duration: 1 days", "'a day' is a rate"),
    ("en", "5 percentage points", "number: 5", "not a percentage"),
    ("en", "you may 5", "number: 5", "the verb, not the month"),
    ("en", "half an hour's drive", "duration: 30 minutes", "not half past one"),
    ("en-GB", "5/6/2026", "date: 2026-06-05", "British: the day first"),
    ("en-US", "5/6/2026", "date: 2026-05-06", "American: the month first"),
    ("nl-BE", "16u30", "time: 16:30", "a region without rules of its own"),
    ("nn", "fjorten dagar", "duration: 14 days", "Nynorsk is read with Bokmål"),
]


def read(text: str, code: str) -> str:
    return "; ".join(map(shown, read_values(text, code)))


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: str) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), DUTCH)
def test_dutch(text: str, expected: str) -> None:
    assert read(text, "nl") == expected


@pytest.mark.parametrize(("text", "expected"), NORWEGIAN)
def test_norwegian(text: str, expected: str) -> None:
    assert read(text, "nb") == expected


@pytest.mark.parametrize(("code", "text", "reason"), NOT_READ)
def test_only_looks_like_a_value(code: str, text: str, reason: str) -> None:
    assert read(text, code) == "", reason


@pytest.mark.parametrize(("code", "text", "expected", "reason"), ELSEWHERE)
def test_told_apart_by_the_words_around(code: str, text: str, expected: str, reason: str) -> None:
    assert read(text, code) == expected, reason


def test_a_value_stands_where_its_span_says() -> None:
    text = "Hi Jens, you have fourteen days, or at least 2 weeks; shipping is €4.95."
    found = [text[value.start : value.end] for value in read_values(text, "en")]
    assert found == ["fourteen days", "at least 2 weeks", "€4.95"]


def test_capitals_and_doubled_blanks_do_not_matter() -> None:
    assert read("FOURTEEN  Days", "en") == "duration: 14 days"


def test_a_language_without_resources_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_values("14 Tage", "de")


@pytest.mark.parametrize("code", ["en", "nb", "nl"])
def test_the_language_data_has_no_word_that_yaml_reads_as_something_else(code: str) -> None:
    """`no` and `on` unquoted are booleans in YAML 1.1, and would be lost as words."""
    path = Path(__file__).parents[2] / "linter" / "lexicons" / code / "_values.yaml"

    def leaves(data: object) -> list[object]:
        if isinstance(data, dict):
            return [leaf for value in data.values() for leaf in leaves(value)]
        if isinstance(data, list):
            return [leaf for value in data for leaf in leaves(value)]
        return [data]

    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data.pop("month_first")
    assert [leaf for leaf in leaves(data) if isinstance(leaf, bool) or leaf is None] == []


# --- equality

SAME = [
    ("en", "14 days", "2 weeks", "weeks are days"),
    ("en", "a fortnight", "14 days", "weeks are days"),
    ("en", "24 hours", "1 day", "hours are days"),
    ("nb", "et døgn", "24 hours", "across languages"),
    ("en", "a year", "12 months", "years are months"),
    ("nl", "half drie", "14:30", "one of its readings"),
    ("nl", "half drie", "02:30", "the other of its readings"),
    ("nb", "49 kr", "49 NOK", "kr may be Norwegian"),
    ("en", "24 December", "2026-12-24", "a date without year agrees in any year"),
    ("en", "at least 14 days", "30 days", "30 is at least 14"),
    ("en", "about 28 days", "30 days", "roughly the same"),
    ("en", "3 business days", "2-3 business days", "within the range"),
    ("en", "Tuesday", "Monday to Friday", "one of the days"),
]
DIFFERENT = [
    ("en", "5 working days", "5 days", "another unit"),
    ("en", "30 days", "1 month", "no month is always 30 days"),
    ("en", "14 days", "30 days", "another number"),
    ("en", "at least 60 days", "30 days", "30 is less"),
    ("en", "less than 14 days", "30 days", "30 is more"),
    ("en", "about 14 days", "30 days", "not even roughly"),
    ("en", "2-3 business days", "2-5 business days", "another range"),
    ("en", "€49", "49 NOK", "another currency"),
    ("en", "24 December 2025", "2026-12-24", "another year"),
    ("en", "9-4", "09:00-17:00", "inside the hours, and still other hours"),
]


def _agree(code: str, text: str, right: str) -> bool:
    (value,) = [v for v in read_values(text, code) if v.type != "number"]
    return agrees(value, parse_value(value.type, right))


@pytest.mark.parametrize(("code", "text", "right", "reason"), SAME)
def test_says_the_same(code: str, text: str, right: str, reason: str) -> None:
    assert _agree(code, text, right), reason


@pytest.mark.parametrize(("code", "text", "right", "reason"), DIFFERENT)
def test_says_something_else(code: str, text: str, right: str, reason: str) -> None:
    assert not _agree(code, text, right), reason


# --- values of a facts file


@pytest.mark.parametrize(
    ("kind", "text", "same"),
    [
        ("duration", "P30D", "30 days"),
        ("duration", "PT24H", "1 day"),
        ("duration", "P1Y", "12 months"),
        ("duration", "30 dager", "30 days"),
        ("duration", "twee weken", "14 days"),
        ("money", "EUR 4.95", "4.95 EUR"),
        ("money", "€ 4,95", "4.95 EUR"),
        ("number", "12", "twelve"),
        ("hours", "9 am to 5 pm", "09:00-17:00"),
    ],
)
def test_one_value_written_in_several_ways(kind: str, text: str, same: str) -> None:
    assert parse_value(kind, text) == parse_value(kind, same)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("duration", "a while", '"a while" is not a duration, such as "30 days"'),
        ("duration", "30", '"30" is not a duration, such as "30 days"'),
        ("duration", "P1M2D", '"P1M2D" mixes months and days, which no text states so'),
        ("money", "49", '"49" is not a sum of money, such as "49 NOK"'),
        ("percentage", "14 days", '"14 days" is not a percentage, such as "25 %"'),
        (
            "time",
            "half two",
            '"half two" can be read in two ways; write times of the 24-hour clock',
        ),
        ("date", "5/6", '"5/6" is not a date, such as "2026-12-24"'),
    ],
)
def test_a_value_that_is_none_of_its_type(kind: str, text: str, message: str) -> None:
    with pytest.raises(NotAValueError) as error:
        parse_value(kind, text)  # type: ignore[arg-type]
    assert str(error.value).startswith(message)


# --- hostile input

_SIGNS = st.text(alphabet=string.digits + ".,:-/ €%½§#'\"()aeuhkr" + "å\u2044\x00", max_size=60)
_WORD_LIST = (
    "14,2,half,halv,drie,tre,to,og,en,een,a,an,and,of,or,uur,u,kl,.,-,–,/,%,€,½,9,days,dagen,kr,"
    "december,fra,til,van,tot,between,17.00,kwart,over,past,pm,fri,mon,more than,at least"
)
_WORDS = st.lists(st.sampled_from(_WORD_LIST.split(",")), max_size=14).map(" ".join)


@given(st.one_of(_SIGNS, _WORDS, st.text(max_size=80)), st.sampled_from(["en", "nb", "nl"]))
def test_any_text_gives_values_inside_it(text: str, code: str) -> None:
    for value in read_values(text, code):
        assert 0 <= value.start < value.end <= len(text)
        assert value.readings


@pytest.mark.parametrize(
    "part", ["1 ", "1-", "1.", "at least ", "half ", "9 to ", "a and a half ", "€ ", "x@"]
)
def test_cost_is_linear(part: str) -> None:
    """Four times the text costs well under sixteen times the time."""

    def cost(times: int) -> float:
        text = part * times + "14 days"
        began = time.perf_counter()
        read_values(text, "en")
        return time.perf_counter() - began

    cost(100)
    small = min(cost(500) for _ in range(3))
    large = min(cost(2000) for _ in range(3))
    assert large < 10 * small + 0.01


def test_a_text_without_values_costs_next_to_nothing() -> None:
    text = "Thank you so much for letting us know; please send us a private message. " * 4
    read_values(text, "en")
    began = time.perf_counter()
    for _ in range(1000):
        read_values(text, "en")
    assert (time.perf_counter() - began) / 1000 < 50e-6  # measured: 2e-6


@pytest.mark.parametrize("text", ["from 5-፩ december", "kl. 8፩", "16h፩፩", "5.12.፩"])
def test_digits_that_are_no_decimals_stand_for_no_number(text: str) -> None:
    """Python takes the Ethiopic one for a digit, and for no integer."""
    for code in ("en", "nb", "nl"):
        assert not {value.type for value in read_values(text, code)} & {"date", "hours"}
    with pytest.raises(NotAValueError):
        parse_value("number", "፩")
