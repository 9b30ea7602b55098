"""personal-data: each case with the reason why it fires or does not."""

from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest

from linter.checks.personal_data import OPTIONS
from linter.language.language import Language
from tests.checks.helpers import found, language, matches, reply_of


@pytest.mark.parametrize(
    ("code", "text", "expected", "why"),
    [
        ("en", "We called you on 020 7946 0123 yesterday.", "020 7946 0123", "called"),
        ("en", "Your e-mail address is jens@post.example.", "jens@post.example", "called so"),
        ("en", "We sent the invoice to jens@post.example.", "jens@post.example", "sent to"),
        ("en", "Jens, jens.h@gmail.com is on our list.", "jens.h@gmail.com", "a private mailbox"),
        ("en", "We refunded it to GB33BUKB20201555555555.", "GB33BUKB20201555555555", "an account"),
        ("en", "Your card 4111 1111 1111 1111 is blocked.", "4111 1111 1111 1111", "a card"),
        ("en", "You live at 12 Mill Lane in Ely.", "12 Mill Lane", "where they live"),
        ("nl", "We belden u op 020 123 45 67.", "020 123 45 67", "called"),
        ("nl", "Wij hebben 06-12345678 genoteerd.", "06-12345678", "a mobile"),
        ("nl", "Uw BSN 111222333 klopt niet.", "111222333", "a national number"),
        ("nl", "Teruggestort op NL91ABNA0417164300.", "NL91ABNA0417164300", "an account"),
        ("nl", "Bezorgd op Kerkstraat 12, gisteren.", "Kerkstraat 12", "where it was delivered"),
        ("nb", "Vi ringte deg på 22 33 44 55 i går.", "22 33 44 55", "called"),
        ("nb", "Vi har notert 406 12 345.", "406 12 345", "a mobile"),
        ("nb", "Fødselsnummer 15076500565 er feil.", "15076500565", "a national number"),
        ("nb", "Beløpet er overført til 1234.56.78903.", "1234.56.78903", "an account"),
        ("nb", "Du bor i Storgata 12, ikke sant?", "Storgata 12", "where they live"),
    ],
)
def test_the_customers_data(code: str, text: str, expected: str, why: str) -> None:
    assert found("personal-data", {}, text, code) == [expected], why


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("en", "Please call us on 020 7946 0123.", "offered as a contact"),
        ("en", "Call us on +44 20 7946 0123 or mail jo@shop.example.", "both offered"),
        ("en", "You can reach us at jo@gmail.com.", "offered, of a small shop"),
        ("en", "Mail help@shop.example.", "an office's mailbox"),
        ("en", "Our number is 020 7946 0123.", "a landline, whose is not said"),
        ("en", "It was jo@shop.example who wrote to you.", "a mailbox of a domain of its own"),
        ("en", "Your order 4111111111111111 left.", "an order"),
        ("en", "Complaints can be sent to jo@shop.example.", "the customer is to send them"),
        ("en", "Send your order number to jo@shop.example.", "offered as a contact"),
        ("en", "Our shop is at 12 Mill Lane.", "the shop's address"),
        ("en", "Mail {{ticket.requester.email}}.", "a placeholder is no data"),
        ("en", "`jens@gmail.com` is no valid address.", "code"),
        ("en", "> jens@gmail.com\n\nSorry.", "the customer's words"),
        ("en", "See https://shop.example/u/jens@gmail.com.", "in a link"),
        ("nl", "Bel ons op 020 123 45 67.", "offered as a contact"),
        ("nl", "Onze winkel is aan de Kerkstraat 12.", "the shop's address"),
        ("nl", "Klachten kunnen worden gestuurd naar hulp@winkel.example.", "to be sent"),
        ("nl", "Uw zending 111222333 is onderweg.", "a parcel"),
        ("nb", "Ring oss på 22 33 44 55.", "offered as a contact"),
        ("nb", "Betal til kontonummer 1234.56.78903.", "where to pay"),
        ("nb", "Send en e-post til hjelp@butikk.example.", "offered as a contact"),
        ("nb", "Butikken vår ligger i Storgata 12.", "the shop's address"),
        ("nb", "Det gjelder 2 av 3 pakker.", "small numbers"),
    ],
)
def test_what_is_not_the_customers(code: str, text: str, why: str) -> None:
    assert found("personal-data", {}, text, code) == [], why


@pytest.mark.parametrize(
    ("text", "comment", "expected", "why"),
    [
        ("Call us on 020 7946 0123.", "You called me on 02079460123!", ["020 7946 0123"], "theirs"),
        ("It is jo@shop.example, is it?", "I am JO@shop.example", ["jo@shop.example"], "theirs"),
        ("We see 12 Mill Lane.", "I live at 12, Mill Lane.", ["12 Mill Lane"], "theirs"),
        ("Order 20481377 left.", "Where is my order 20481377?", ["20481377"], "theirs"),
        ("Order AB-204813 left.", "Where is AB-204813?", ["AB-204813"], "theirs, with letters"),
        ("Order 20481377 left.", "Where is my order?", [], "an order that they did not name"),
        ("Order 20481377 left.", None, [], "nothing is known"),
        ("It costs 100 pounds.", "Why 100 pounds?", [], "a short number"),
    ],
)
def test_what_the_comment_holds(
    text: str, comment: str | None, expected: list[str], why: str
) -> None:
    assert found("personal-data", {}, text, comment=comment) == expected, why


def test_a_mailbox_with_the_customers_name_is_theirs() -> None:
    text = "It was hansen@firm.example who wrote."
    assert found("personal-data", {}, text, author="Jens Hansen") == ["hansen@firm.example"]
    assert found("personal-data", {}, text, author="Anne Lind") == []


@dataclass(frozen=True)
class Organisation:
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()


OWN = Organisation(emails=("shop.example", "jo@gmail.com"), phones=("+44 20 7946 0123",))


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("We called you on 020 7946 0123.", [], "the organisation's own number"),
        ("We called you on +44 (0)20 7946 0123.", [], "the same, written otherwise"),
        ("It was jens@shop.example who wrote.", [], "the organisation's domain"),
        ("It was jens@mail.shop.example who wrote.", [], "a subdomain of it"),
        ("It was jo@gmail.com who wrote.", [], "the organisation's own address"),
        ("It was jens@myshop.example who wrote.", ["jens@myshop.example"], "another domain"),
        ("It was jens@firm.example who wrote.", ["jens@firm.example"], "not among its own"),
        ("The number is 020 7946 0999.", ["020 7946 0999"], "not among its own"),
        ("Please call us on 020 7946 0999.", [], "offered as a contact"),
    ],
)
def test_the_organisations_own(text: str, expected: list[str], why: str) -> None:
    with_own = Language("en", organisation=OWN)
    assert found("personal-data", {}, text, with_own) == expected, why


@pytest.mark.parametrize(
    ("allow", "text"),
    [
        ("post.example", "We sent it to jens@post.example."),
        ("jens@post.example", "We sent it to jens@post.example."),
        ("020 7946 0123", "We called you on 020-7946-0123."),
        ("GB33 BUKB 2020 1555 5555 55", "Pay to GB33BUKB20201555555555."),
    ],
)
def test_what_is_allowed(allow: str, text: str) -> None:
    assert len(found("personal-data", {}, text)) == 1
    assert found("personal-data", {"allow": [allow]}, text) == []


def test_kinds() -> None:
    text = "We called you on 020 7946 0123, and mailed jens@gmail.com."
    reply = reply_of({"reply": text})
    both = matches("personal-data", {}, reply, language("en"))
    assert [match.values["kind"] for match in both] == ["phone", "email"]
    assert found("personal-data", {"kinds": ["email"]}, text) == ["jens@gmail.com"]


def test_order_numbers_alone_need_the_comment() -> None:
    reason = "the comment's text is not known"
    assert found("personal-data", {"kinds": ["order_number"]}, "Order 20481377 left.") == reason


@pytest.mark.parametrize("options", [{"kinds": []}, {"kinds": ["mail"]}, {"allow": ["a"]}])
def test_options_that_cannot_be_meant(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
