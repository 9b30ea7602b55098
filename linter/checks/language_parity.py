"""Require that every template of a library exists in all of its languages.

Replies are one template where their ids and files differ only by the language: the record's `x/nb`
and `x/en`, the files `x.nb.md` and `x.en.md`, or the folders `nb/` and `en/`. Of a reply that does
not say its language it cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from linter.checks.common import LibraryMatcher, Options
from linter.language.language import Language
from linter.language.lexicon import canonical
from linter.model import CannotTell, Match, Reply

NAME = "language-parity"
SCOPE = "library"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["languages"],
    "properties": {
        "languages": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z]{2,3}$"},
            "minItems": 2,
            "uniqueItems": True,
            "description": "The languages that every template exists in.",
        }
    },
}
VALUES = ("template", "language")
EXAMPLE = {
    "options": {"languages": ["en", "nl"]},
    "good": [
        {"id": "refund/en", "lang": "en", "reply": "Your money is on its way."},
        {"id": "refund/nl", "lang": "nl", "reply": "Uw geld is onderweg."},
    ],
    "bad": [{"id": "refund/en", "lang": "en", "reply": "Your money is on its way."}],
}


def compile(options: Options, language: Language | None) -> LibraryMatcher:
    wanted = tuple(options["languages"])

    def match(replies: Sequence[Reply]) -> Iterator[tuple[Reply, Match | CannotTell]]:
        templates: dict[tuple[str, str], tuple[Reply, set[str]]] = {}
        for reply in replies:
            if reply.language is None:
                yield reply, CannotTell("the reply does not say its language")
                continue
            _, known = templates.setdefault(_template(reply), (reply, set()))
            known.add(canonical(reply.language))
        for (_, name), (first, known) in templates.items():
            for code in wanted:
                if canonical(code) not in known:
                    end = len(first.text.partition("\n")[0])
                    yield first, Match(0, end, {"template": name, "language": code}, absent=True)

    return match


def _template(reply: Reply) -> tuple[str, str]:
    """A reply's file and id, with its language taken out of both."""

    def is_language(part: str) -> bool:
        return reply.language is not None and canonical(part) == canonical(reply.language)

    name, _, suffix = reply.id.rpartition("/")
    path = PurePosixPath(reply.source.path)
    stem, _, named = path.stem.rpartition(".")
    file = f"{stem}{path.suffix}" if stem and is_language(named) else path.name
    folders = ["*" if is_language(part) else part for part in path.parent.parts]
    return "/".join([*folders, file]), name if name and is_language(suffix) else reply.id
