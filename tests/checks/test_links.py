"""links: each case with the reason why it fires or does not."""

from typing import Any

import jsonschema
import pytest

from linter.checks.links import OPTIONS
from tests.checks.helpers import Bare, found, matches, reply_of


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("See https://a.example/b?c=d.", ["https://a.example/b?c=d"], "written out"),
        ("See www.a.example, please.", ["www.a.example"], "without a scheme"),
        ("See [this](https://a.example/b).", ["https://a.example/b"], "behind words"),
        ("See <https://a.example>.", ["https://a.example"], "in angles"),
        ("[a][1]\n\n[1]: https://a.example", ["https://a.example"], "by reference"),
        ("HTTPS://A.EXAMPLE", ["HTTPS://A.EXAMPLE"], "in capitals"),
        ("**https://a.example**", ["https://a.example"], "in bold"),
        ("See https://a.example/{{id}}", ["https://a.example/{{id}}"], "with a placeholder"),
        ("Mail help@a.example.", [], "an address to write to"),
        ("See a.example", [], "nothing says that it is a link"),
        ("`https://a.example`", [], "code"),
        ("> https://a.example", [], "the customer's words"),
        ("It left today.", [], "none"),
    ],
)
def test_no_links(text: str, expected: list[str], why: str) -> None:
    assert found("links", {}, text, Bare("en")) == expected, why


def test_links_of_html() -> None:
    text = '<p>See <a href="https://a.example/b">this</a></p>'
    assert found("links", {}, text, Bare("en"), markup="html") == ["https://a.example/b"]


@pytest.mark.parametrize(
    ("text", "fires", "why"),
    [
        ("https://shop.example/a", False, "the domain"),
        ("https://www.shop.example", False, "with www"),
        ("https://help.shop.example/a", False, "a subdomain"),
        ("https://SHOP.example:8080/a", False, "capitals and a port"),
        ("https://myshop.example", True, "another domain that ends alike"),
        ("https://shop.example.evil.example", True, "another domain that begins alike"),
        ("https://shop.example@evil.example", True, "a user of another domain"),
        ("https://evil.example/?shop.example", True, "only in the query"),
    ],
)
def test_domains_that_do_not_count(text: str, fires: bool, why: str) -> None:
    assert bool(found("links", {"allow": ["shop.example"]}, text, Bare("en"))) == fires, why


def test_the_links_that_are_too_many() -> None:
    reply = reply_of({"reply": "https://a.example https://b.example https://c.example"})
    (match,) = matches("links", {"max": 2}, reply, Bare("en"))
    assert match.values == {
        "text": "https://c.example",
        "domain": "c.example",
        "count": "3",
        "max": "2",
    }


@pytest.mark.parametrize("options", [{"max": -1}, {"allow": ["https://shop.example"]}])
def test_options_that_cannot_be_meant(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
