"""Which numbers and addresses are personal details, and which are something else."""

import pytest

from linter.language.details import KINDS, find
from linter.language.normalise import normalise


def details(text: str, code: str, *, sure: bool = True) -> list[tuple[str, str]]:
    found = find(normalise(text, "plain"), code, frozenset(KINDS) - {"order_number"})
    return [(item.kind, item.text) for item in found if item.sure or not sure]


@pytest.mark.parametrize(
    ("code", "text", "kind", "expected"),
    [
        ("en", "Mail jens.h@post.example now.", "email", "jens.h@post.example"),
        ("en", "GB33 BUKB 2020 1555 5555 55", "iban", "GB33 BUKB 2020 1555 5555 55"),
        ("nl", "NL91ABNA0417164300.", "iban", "NL91ABNA0417164300"),
        ("nl", "BE68 5390 0754 7034", "iban", "BE68 5390 0754 7034"),
        ("nb", "NO93 8601 1117 947", "iban", "NO93 8601 1117 947"),
        ("en", "card 4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
        ("en", "card 4111-1111-1111-1111", "card", "4111-1111-1111-1111"),
        ("en", "card 4111111111111111", "card", "4111111111111111"),
        ("en", "3782 822463 10005", "card", "3782 822463 10005"),
        ("nb", "15076500565", "national_number", "15076500565"),
        ("nb", "150765 00565", "national_number", "150765 00565"),
        ("nl", "BSN: 111222333", "national_number", "111222333"),
        ("nl", "burgerservicenummer 1112.22.333", "national_number", "1112.22.333"),
        ("nl", "rijksregisternummer 85.07.30-033.28", "national_number", "85.07.30-033.28"),
        ("nl", "85.07.30-033 28", "national_number", "85.07.30-033 28"),
        ("en", "+44 20 7946 0123", "phone", "+44 20 7946 0123"),
        ("en", "020 7946 0123", "phone", "020 7946 0123"),
        ("en", "202-456-1111", "phone", "202-456-1111"),
        ("en", "(202) 456-1111", "phone", "(202) 456-1111"),
        ("nl", "0612345678", "phone", "0612345678"),
        ("nl", "06-12345678", "phone", "06-12345678"),
        ("nl", "020 123 45 67", "phone", "020 123 45 67"),
        ("nl", "+32 471 23 45 67", "phone", "+32 471 23 45 67"),
        ("nb", "406 12 345", "phone", "406 12 345"),
        ("nb", "22 33 44 55", "phone", "22 33 44 55"),
        ("nb", "+47 22334455", "phone", "+47 22334455"),
    ],
)
def test_details_that_their_form_tells(code: str, text: str, kind: str, expected: str) -> None:
    assert details(text, code) == [(kind, expected)]


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("en", "Your order 4111111111111111 left.", "an order that has a card's check digit"),
        ("en", "4111 1111 1111 1112", "a wrong check digit"),
        ("en", "GB33BUKB20201555555556", "a wrong check digit"),
        ("en", "tracking number 2024561111", "a parcel that has a phone's digits"),
        ("en", "2024561111", "ten digits in a row that nothing calls a phone's"),
        ("en", "order 020-7946-0123", "an order with hyphens"),
        ("nl", "Ordernummer 111222333.", "an order that has a BSN's check digit"),
        ("nl", "111222333", "nine digits that nothing calls a BSN"),
        ("nl", "BSN 111222334", "a wrong check digit"),
        ("nl", "Zaaknummer: 1234567890", "a case"),
        ("nb", "Ordrenummer 15076500565", "an order that has a fødselsnummer's digits"),
        ("nb", "15076500566", "a wrong check digit"),
        ("nb", "22334455", "eight digits that nothing calls a phone's"),
        ("nb", "saksnummer 22 33 44 55", "a case"),
        ("nb", "Det koster kr 22 000 000.", "an amount"),
        ("nb", "26.12.2019 kl. 14.30", "a date and a time"),
        ("en", "2019-12-26 14:30:00", "a date and a time"),
        ("en", "version 10.15.7.4021", "a version"),
        ("en", "https://shop.example/orders/02079460123", "in a link"),
        ("en", "1 234 567,89", "an amount"),
        ("nl", "maandag 9.00-17.30", "opening hours"),
    ],
)
def test_numbers_that_are_something_else(code: str, text: str, why: str) -> None:
    assert details(text, code) == [], why


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "at 12 Mill Lane in", "12 Mill Lane"),
        ("en", "in SW1A 1AA.", "SW1A 1AA"),
        ("nl", "op Kerkstraat 12a te", "Kerkstraat 12a"),
        ("nl", "Van Baerlestraat 3", "Van Baerlestraat 3"),
        ("nl", "1012 AB Amsterdam", "1012 AB"),
        ("nb", "i Storgata 12 B.", "Storgata 12 B"),
        ("nb", "i Karl Johans gate 22.", "Karl Johans gate 22"),
    ],
)
def test_addresses_may_be_anybodys(code: str, text: str, expected: str) -> None:
    assert details(text, code, sure=False) == [("address", expected)]
    assert details(text, code) == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nl", "Onderweg 3 dagen"),
        ("nl", "in 2019 SA Amsterdam"),
        ("nb", "Underveis 3 dager"),
        ("nb", "Gå til gate 12"),
        ("en", "The 12 Angry Men"),
    ],
)
def test_what_only_looks_like_an_address(code: str, text: str) -> None:
    assert details(text, code, sure=False) == []


def test_where_two_kinds_fit_the_more_particular_one_counts() -> None:
    assert details("NL91ABNA0417164300", "nl", sure=False) == [("iban", "NL91ABNA0417164300")]
    assert details("15076500565", "nb", sure=False) == [("national_number", "15076500565")]


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    read = normalise("jens@post.example, +47 22 33 44 55", "plain")
    assert [item.kind for item in find(read, "nb", frozenset({"phone"}))] == ["phone"]
