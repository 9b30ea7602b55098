"""Bound the links of a reply, some domains apart.

What counts is where a link leads, be it written out, behind words of Markdown or in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.checks.common import Matcher, Options, masked
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import Match, Verdict

NAME = "links"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "max": {
            "type": "integer",
            "minimum": 0,
            "default": 0,
            "description": "How many links a reply may have.",
        },
        "allow": {
            "type": "array",
            "items": {"type": "string", "pattern": r"^[\w-]+(\.[\w-]+)+$"},
            "minItems": 1,
            "description": "Domains whose links do not count, nor those of their subdomains.",
        },
    },
}
VALUES = ("text", "domain", "count", "max")
EXAMPLE = {
    "options": {"allow": ["shop.example"]},
    "good": [{"reply": "See [our help](https://help.shop.example/returns)."}],
    "bad": [{"reply": "See [this page](https://other.example/offer)."}],
}

_LINK = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'()\[\]]+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:https?://)?(?:[^/@?#]*@)?(?:www\.)?([^/:?#]*)", re.IGNORECASE)


def compile(options: Options, language: Language) -> Matcher:
    most = int(options.get("max", 0))
    allowed = tuple(domain.lower() for domain in options.get("allow", ()))

    def match(analysis: Analysis) -> Verdict:
        text = analysis.reply.text
        if "://" not in text and "www." not in text.lower():
            return ()
        counted = [
            (start, end, domain)
            for start, end, domain in _links(analysis)
            if not any(domain == own or domain.endswith(f".{own}") for own in allowed)
        ]
        known = {"count": str(len(counted)), "max": str(most)}
        return [
            Match(start, end, {"text": text[start:end], "domain": domain, **known})
            for start, end, domain in counted[most:]
        ]

    return match


def _links(analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """The links of the text as written, each with its domain; none in code or quotations."""
    text = analysis.reply.text
    is_masked = masked(analysis)
    for found in _LINK.finditer(text):
        start, end = found.start(), found.start() + len(found.group().rstrip(".,;:!?*_"))
        domain = _DOMAIN.match(text, start, end)
        if domain and not is_masked(start):
            yield start, end, domain.group(1).lower()
