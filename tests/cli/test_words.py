"""Conditions in words."""

from __future__ import annotations

from typing import Any

import pytest

from linter.cli import words
from linter.logic.fields import REPLY
from linter.logic.when import parse


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"channel": "email"}, "channel is email"),
        ({"channel": ["email", "chat", "sms"]}, "channel is email, chat or sms"),
        ({"rating": {"le": 3}}, "comment.rating is at most 3"),
        (
            {"rating": {"gt": 1, "lt": 2.5}},
            "comment.rating is above 1, and comment.rating is below 2.5",
        ),
        ({"channel": {"exists": False}}, "channel is not known"),
        ({"not": {"channel": {"exists": False}}}, "channel is known"),
        ({"not": {"author": {"matches": "^@"}}}, "author does not match /^@/"),
        (
            {"any": [{"channel": "email"}, {"tags": "vip"}]},
            "either channel is email, or tags is vip",
        ),
        (
            {"not": {"any": [{"channel": "email"}, {"tags": "vip"}]}},
            "it is not so that either channel is email, or tags is vip",
        ),
    ],
)
def test_reads_as_a_clause(written: dict[str, Any], expected: str) -> None:
    def refuse(pointer: object, message: str) -> None:
        raise AssertionError(message)

    assert words.condition(parse(written, REPLY, refuse)) == expected
