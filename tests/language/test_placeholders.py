"""Every placeholder syntax of response libraries, and whose value a variable stands for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.language.placeholders import Placeholder, find


def only(text: str) -> Placeholder:
    found = find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "syntax", "path", "fallback"),
    [
        ("{{ticket.requester.first_name}}", "liquid", "ticket.requester.first_name", None),
        ("{{ contact.name }}", "liquid", "contact.name", None),
        ("{{- contact.name -}}", "liquid", "contact.name", None),
        ('{{first_name | fallback: "there"}}', "liquid", "first_name", "there"),
        ("{{first_name | default: 'there'}}", "liquid", "first_name", "there"),
        ("{{ contact.first_name || 'there' }}", "liquid", "contact.first_name", "there"),
        ("{{ name | upcase }}", "liquid", "name", None),
        ('{{ name | default: "" }}', "liquid", "name", ""),
        ("{%customer.firstName%}", "helpscout", "customer.firstName", None),
        ("{%customer.firstName,fallback=there%}", "helpscout", "customer.firstName", "there"),
        ("#{ticket.customer.lastname}", "zammad", "ticket.customer.lastname", None),
        ("%{reply_to_username}", "discourse", "reply_to_username", None),
        ("%{reply_to_name,fallback:there}", "discourse", "reply_to_name", "there"),
        ("%{ticket.name.first}", "discourse", "ticket.name.first", None),
        ('<attribute key="first_name"/>', "attribute", "first_name", None),
        ('<attribute key="first_name" default="there" />', "attribute", "first_name", "there"),
        ("[First Name]", "brackets", "First Name", None),
        ("[bruker.fornavn]", "brackets", "bruker.fornavn", None),
        ("<NAME>", "angles", "NAME", None),
        ("<insert issue>", "angles", "insert issue", None),
        ("{reporter}", "braces", "reporter", None),
        ("XXX", "blank", "XXX", None),
        ("KUNDENAVN", "blank", "KUNDENAVN", None),
        ("____", "blank", "____", None),
    ],
)
def test_each_syntax(text: str, syntax: str, path: str, fallback: str | None) -> None:
    found = only(f"Hi {text}, thanks")
    assert (found.start, found.end) == (3, 3 + len(text))
    assert (found.syntax, found.path, found.fallback) == (syntax, path, fallback)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[our site](https://shop.example)", "a link"),
        ("[our site][1]", "a link by reference"),
        ("[site]: https://shop.example", "a link's definition"),
        ("[x] done", "a ticked box"),
        ("they wrote “it dont [sic] work”", "an editor's word"),
        ("his name is [redacted]", "withheld, not to be filled in"),
        ("${path}", "a shell's variable"),
        ("size XXL or XXXL", "a size"),
        ("<BR><B>bold</B><UL><LI>one</LI></UL>", "HTML tags"),
        ("if a < b and b > c", "comparisons"),
        ("{% if ticket.open %}", "a condition of Liquid, no value"),
        ("{1, 2}", "a set"),
        ("{{ }} {{|x}}", "no variable"),
        ("NAMES AND NAVNE", "words that only begin alike"),
    ],
)
def test_what_is_no_placeholder(text: str, why: str) -> None:
    assert find(text) == [], why


@pytest.mark.parametrize(
    "text",
    [
        "{{ticket.requester.name}}",
        "{{ticket.requester.first_name}}",
        "{{ticket.requester.firstname}}",
        "{{ticket.submitter.last_name}}",
        "{{first_name}}",
        "{{user.name}}",
        "{{ticket.customer.firstname}}",
        "{{recipient.name}}",
        "{{account.name}}",
        "{%customer.fullName%}",
        "{{contact.last_name}}",
        "#{ticket.customer.fullname}",
        "#{article.from}",
        "%{original_poster_username}",
        "%{reply_to_or_last_poster_username}",
        "%{last_poster_name}",
        "%{ticket.name.short}",
        "%{ticket.user.name}",
        "[Customer Name]",
        "[customer's first name]",
        "[Customer]",
        "[naam klant]",
        "[voornaam]",
        "[bruker.navn]",
        "[Bruker.fornavn]",
        "[navn]",
        "<NAME>",
        "<username>",
        "{reporter}",
        "NAVN",
        "VOORNAAM",
        "@{{ author }}",
    ],
)
def test_the_customers_name(text: str) -> None:
    assert only(text).holder == "customer"


@pytest.mark.parametrize(
    "text",
    [
        "{{current_user.name}}",
        "{{ticket.assignee.first_name}}",
        "{{ticket.agent.name}}",
        "{{user.signature}}",
        "{%user.firstName%}",
        "#{user.fullname}",
        "{{agent.name}}",
        "%{my_name}",
        "%{my_username}",
        "%{ticket.staff}",
        "[saksbehandler.fornavn]",
        "[agent name]",
        "[naam medewerker]",
    ],
)
def test_the_agents_name(text: str) -> None:
    assert only(text).holder == "agent"


@pytest.mark.parametrize(
    "text",
    [
        "{{ticket.id}}",
        "{{ticket.requester.email}}",
        "{{ticket.requester.phone}}",
        "{{ticket.customer.organization}}",
        "{{contact.company_name}}",
        "{{order.number}}",
        "{%customer.company%}",
        "#{ticket.title}",
        "[product name]",
        "[bruker.subjekt]",
        "[DATO]",
        "<insert link>",
        "XXX",
        "____",
    ],
)
def test_something_else(text: str) -> None:
    """Greeting a customer by one of these addresses nobody by name."""
    assert only(text).holder == "other"


def test_several_stand_in_order_and_apart() -> None:
    found = find("Hi {{name}}, your {{order.id}} for [Product] is here. {{agent.name}}")
    assert [item.path for item in found] == ["name", "order.id", "Product", "agent.name"]
    assert all(one.end <= two.start for one, two in pairwise(found))


@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", "#{", "[", "]", "<", ">", "a", " ", "|", "x.y"])
    )
)
def test_placeholders_lie_inside_the_text_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    at = 0
    for item in find(text):
        assert at <= item.start < item.end <= len(text)
        assert item.path
        at = item.end


def test_unclosed_brackets_take_linear_time() -> None:
    assert find("{{" * 50_000 + "[a" * 50_000) == []
