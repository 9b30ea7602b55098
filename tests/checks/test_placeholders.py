"""placeholders: each problem's cases with the reason why they fire or do not."""

from typing import Any

import jsonschema
import pytest

from linter.checks.placeholders import OPTIONS
from tests.checks.helpers import found


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Hi [Name], thank you.", ["[Name]"], "to be filled in by hand"),
        ("Hi <NAME>, thank you.", ["<NAME>"], "to be filled in by hand"),
        ("Hei NAVN, takk.", ["NAVN"], "to be filled in by hand"),
        ("Your order XXX left.", ["XXX"], "to be filled in by hand"),
        ("See [link] and [date].", ["[link]", "[date]"], "several"),
        ("Hi {{first_name}}, thank you.", [], "the system fills it in"),
        ("Hi #{ticket.customer.firstname}, thank you.", [], "the system fills it in"),
        ("Hei [bruker.fornavn], takk.", [], "a system's variable in brackets"),
        ("Hi {name}, thank you.", [], "a system's variable in braces"),
        ("See [our site](https://shop.example).", [], "a link"),
        ("Run `cp <FILE> [DIR]`.", [], "code"),
        ("> Hi [Name]", [], "the customer's words"),
    ],
)
def test_unfilled(text: str, expected: list[str], why: str) -> None:
    assert found("placeholders", {"problem": "unfilled"}, text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Hi {{first_name}},", ["{{first_name}}"], '"Hi ," where it is not known'),
        ("Hi {%customer.firstName%},", ["{%customer.firstName%}"], "the same"),
        ("Hi %{reply_to_name},", ["%{reply_to_name}"], "the same"),
        ('Hi <attribute key="first_name"/>,', ['<attribute key="first_name"/>'], "the same"),
        ('Hi {{first_name | fallback: "there"}},', [], "a fallback"),
        ("Hi {%customer.firstName,fallback=there%},", [], "a fallback"),
        ("Hi #{ticket.customer.firstname},", [], "the syntax has none"),
        ("Your order {{order.id}} left.", [], "no name"),
        ("Regards, {{agent.name}}", [], "the agent's name is known"),
    ],
)
def test_no_fallback(text: str, expected: list[str], why: str) -> None:
    assert found("placeholders", {"problem": "no-fallback"}, text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Hi {{frist_name}},", ["{{frist_name}}"], "misspelt"),
        ("Hei [bruker.etternavn],", ["[bruker.etternavn]"], "not among those known"),
        ("Hi {{first_name}}, {{first_name | upcase}}", [], "known"),
        ("Hi [Name],", [], "filled in by hand: another problem"),
    ],
)
def test_unknown(text: str, expected: list[str], why: str) -> None:
    options = {"problem": "unknown", "known": ["first_name", "agent.name"]}
    assert found("placeholders", options, text) == expected, why


@pytest.mark.parametrize(
    ("code", "text", "expected", "why"),
    [
        ("en", "Hi {{agent.name}}, thank you.", ["{{agent.name}}"], "the agent greets himself"),
        ("en", "Hi @{{ current_user.name }}!", ["{{ current_user.name }}"], "the same"),
        ("nb", "Hei [saksbehandler.fornavn], takk.", ["[saksbehandler.fornavn]"], "the same"),
        ("nl", "Beste {{agent.name}}, bedankt.", ["{{agent.name}}"], "the same"),
        ("en", "Hi {{first_name}}, thank you. {{agent.name}}", [], "the signature"),
        ("en", "Hi {{first_name}}, {{agent.name}} here.", [], "the agent introduces himself"),
    ],
)
def test_agent_for_customer(code: str, text: str, expected: list[str], why: str) -> None:
    assert found("placeholders", {"problem": "agent-for-customer"}, text, code) == expected, why


@pytest.mark.parametrize(
    "options",
    [{}, {"problem": "unknown"}, {"problem": "misspelt"}, {"problem": "unknown", "known": []}],
)
def test_options_that_say_too_little(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
