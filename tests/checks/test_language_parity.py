"""language-parity: each case with the reason why it fires or does not."""

from typing import Any

import jsonschema
import pytest

from linter.checks import CHECKS
from linter.checks.language_parity import OPTIONS
from linter.model import CannotTell, Match
from tests.checks.helpers import reply_of

WANTED = {"languages": ["en", "nl", "nb"]}


def lacking(*items: tuple[str, str, str | None]) -> list[tuple[str, str, str]]:
    """(id, path, language) of replies -> (id, template, language) of what is missing."""
    replies = [
        reply_of({"id": name, "path": path, "lang": code, "reply": "It left.\n\nBye."})
        for name, path, code in items
    ]
    return [
        (reply.id, match.values["template"], match.values["language"])
        for reply, match in CHECKS["language-parity"].compile(WANTED, None)(replies)
        if isinstance(match, Match)
    ]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([("x/en", "a.yaml", "en"), ("x/nl", "a.yaml", "nl"), ("x/nb", "a.yaml", "nb")], "in ids"),
        (
            [("x/en", "x.en.md", "en"), ("x/nl", "x.nl.md", "nl"), ("x/nb", "x.nb.md", "nb")],
            "in files",
        ),
        ([("x", "en/x.md", "en"), ("x", "nl/x.md", "nl"), ("x", "nb/x.md", "nb")], "in folders"),
        (
            [("x/en_US", "a.json", "en-US"), ("x/nl_BE", "a.json", "nl"), ("x/no", "a.json", "no")],
            "in other tags of the languages",
        ),
        ([("x", "a.yaml", None)], "in no known language"),
        ([], "no replies"),
    ],
)
def test_templates_in_all_languages(items: list[tuple[str, str, str | None]], why: str) -> None:
    assert lacking(*items) == [], why


@pytest.mark.parametrize(
    ("items", "expected", "why"),
    [
        (
            [("x/en", "a.yaml", "en"), ("x/nb", "a.yaml", "nb"), ("y/en", "a.yaml", "en")],
            [("x/en", "x", "nl"), ("y/en", "y", "nl"), ("y/en", "y", "nb")],
            "one lacks one, one lacks two",
        ),
        (
            [
                ("x/en", "good/x.en.md", "en"),
                ("x/nl", "bad/x.nl.md", "nl"),
                ("x/nb", "bad/x.nb.md", "nb"),
            ],
            [("x/en", "x", "nl"), ("x/en", "x", "nb"), ("x/nl", "x", "en")],
            "files of one name in two folders are two templates",
        ),
        (
            [("en/1", "a.yaml", "en")],
            [("en/1", "en/1", "nl"), ("en/1", "en/1", "nb")],
            "only the last part of an id tells the language",
        ),
    ],
)
def test_what_is_missing(
    items: list[tuple[str, str, str | None]], expected: list[tuple[str, str, str]], why: str
) -> None:
    assert lacking(*items) == expected, why


def test_of_a_reply_in_no_known_language_it_cannot_tell() -> None:
    replies = [reply_of({"reply": "It left."})]
    ((_, verdict),) = CHECKS["language-parity"].compile(WANTED, None)(replies)
    assert verdict == CannotTell("the reply does not say its language")


def test_it_points_at_the_first_line_of_a_text_that_there_is() -> None:
    replies = [reply_of({"id": "x/en", "lang": "en", "reply": "It left.\n\nBye."})]
    (_, match), *_ = CHECKS["language-parity"].compile(WANTED, None)(replies)
    assert (match.start, match.end, match.absent) == (0, 8, True)


@pytest.mark.parametrize("options", [{}, {"languages": ["en"]}, {"languages": ["en", "nb-NO"]}])
def test_options_that_cannot_be_meant(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
