"""What a check says of a reply, for the checks' tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from linter.checks import CHECKS
from linter.language.language import Language
from linter.model import CannotTell, Comment, Match, Position, Region, Reply


class Memory:
    """A source that is nowhere: a reply of a test."""

    def __init__(self, path: str = "replies/x.md") -> None:
        self.path = path

    def region(self, start: int, end: int) -> Region:
        return Region(Position(1, start + 1, start), Position(1, end + 1, end))

    def line_text(self, line: int) -> str:
        return ""


@cache
def language(code: str) -> Language:
    return Language(code)


class Bare(Language):
    """A language without lexicons: made in no time, for checks that bring their own phrases."""

    lexicons = ()


def reply_of(item: Mapping[str, Any], number: int = 0) -> Reply:
    """The reply of an example as policies and checks write them."""
    comment = item.get("comment")
    return Reply(
        id=item.get("id", f"reply-{number}"),
        text=item["reply"],
        source=Memory(item.get("path", "replies/x.md")),
        language=item.get("lang"),
        markup=item.get("markup", "markdown"),
        author=item.get("author"),
        comment=Comment(comment) if isinstance(comment, str) else comment,
    )


def matches(
    check: str, options: Mapping[str, Any], reply: Reply, in_language: Language
) -> list[Match] | CannotTell:
    match = CHECKS[check].compile(options, in_language)
    verdict = match(in_language.analyse(reply))
    return verdict if isinstance(verdict, CannotTell) else list(verdict)


def found(
    check: str,
    options: Mapping[str, Any],
    text: str,
    code: str | Language = "en",
    **context: Any,
) -> list[str] | str:
    """What stands at each match in the reply ("" for what is absent), or why it cannot tell."""
    in_language = language(code) if isinstance(code, str) else code
    verdict = matches(check, options, reply_of({"reply": text, **context}), in_language)
    if isinstance(verdict, CannotTell):
        return verdict.reason
    return ["" if match.absent else text[match.start : match.end] for match in verdict]


def found_in_library(
    check: str, options: Mapping[str, Any], items: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str]]:
    """For each match the reply's id and what stands there."""
    replies = [reply_of(item, number) for number, item in enumerate(items)]
    return [
        (reply.id, reply.text[match.start : match.end])
        for reply, match in CHECKS[check].compile(options, None)(replies)
    ]
