"""Placeholders of response libraries: which variable a stretch of a template stands for.

Syntaxes: `{{path | filter}}` (Zendesk, Freshdesk, Front, Intercom, Gorgias, Chatwoot), `{%path,fallback=x%}`
(Help Scout, FreeScout), `#{path}` (Zammad), `%{name,fallback:x}` (Discourse, osTicket),
`<attribute key="path" default="x"/>` (Intercom's HTML), and those written by hand: `[Name]`, `<NAME>`,
`{name}`, `XXX`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Holder = Literal["customer", "agent", "other"]
Syntax = Literal[
    "liquid",
    "helpscout",
    "zammad",
    "discourse",
    "attribute",
    "brackets",
    "angles",
    "braces",
    "blank",
]

#: Syntaxes that a system fills in; the others are filled in by hand and must not be left in a sent reply.
MACHINE: frozenset[Syntax] = frozenset({"liquid", "helpscout", "zammad", "discourse", "attribute"})

_PATTERN = re.compile(
    r"""
      \{\{-?\s*(?P<liquid>[^{}|]{1,80}?)\s*(?P<liquid_filter>\|[^{}]{0,120})?-?\}\}
    | \{%(?P<helpscout>[a-zA-Z.]{1,60})(?:,fallback=(?P<helpscout_fallback>[^}%]{0,80}))?%\}
    | \#\{(?P<zammad>[a-z0-9_.]{1,60})\}
    | %\{(?P<discourse>[a-z_.]{1,60})(?:,fallback:(?P<discourse_fallback>[^}]{0,80}))?\}
    | <attribute\s+key="(?P<attribute>[\w.]{1,60})"(?:\s+default="(?P<attribute_fallback>[^"]{0,80})")?\s*/>
    | \[(?P<brackets>[^\W\d_][\w.\ '’/-]{1,40})\](?![(\[:])
    | <(?P<angles>[A-ZÆØÅ][A-ZÆØÅ_\ -]{1,30}|(?:insert|your|reporter|customer|user|author|name|naam|navn|fyll|vul)[\w\ .-]{0,30})>
    | (?<![{$\w])\{(?P<braces>[^\W\d_][\w.\ ]{1,40})\}
    | \b(?P<blank>X{3,}|NAVN|NAAM|NAME|KLANTNAAM|KUNDENAVN|FORNAVN|VOORNAAM|_{4,})\b
    """,
    re.VERBOSE,
)

_CUSTOMER = re.compile(
    r"""(?:^|[._\ ])(?:requester|submitter|recipient|customer|contact|klant|kunde|bruker|user_?name|reporter
        |original_poster|reply_to\w*|last_poster|person|client|guest|gast|author|reviewer|aanvrager)(?:[._\ ]|$)
      |^(?:first|last|full|given|sur|user|display)?[_\ -]?name$
      |^(?:fornavn|etternavn|navn|voornaam|achternaam|naam|kundenavn|klantnaam|username|author|handle)$
      |^(?:user\.(?:name|first_name|last_name)|ticket\.(?:name|user)(?:\.\w+)?|article\.from)$
      |^(?:voornaam|fornavn|first|navn|naam)\ (?:klant|kunde|name)$""",
    re.VERBOSE | re.IGNORECASE,
)
_AGENT = re.compile(
    r"""(?:^|[._\ ])(?:current_user|assignee|agent|staff|saksbehandler|medarbeider|medewerker|my_name
        |my_username|signature|signatur|handtekening|avsender|afzender|sender|mailbox|support_rep)(?:[._\ ]|$)
      |^user\.(?:fullname|signature|email|phone|jobtitle)$""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"(?:id|e-?mail|mail|phone|telefon\w*|telefoon\w*|number|nummer|url|link|date|dato|datum|order|subject|title|adress?e?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A variable at `text[start:end]`. `fallback` is None where the syntax names none."""

    start: int
    end: int
    syntax: Syntax
    path: str
    fallback: str | None = None

    @property
    def holder(self) -> Holder:
        """Whose value it stands for: the customer's name, the agent's name, or anything else."""
        path = self.path.strip()
        if _AGENT.search(path):
            return "agent"
        if _CUSTOMER.search(path) and not _NOT_A_NAME.search(path):
            return "customer"
        return "other"


def find(text: str) -> list[Placeholder]:
    """The placeholders of a text, in order, none inside another. Linear in the text's length."""
    if not _may_hold(text):
        return []
    return [_placeholder(match) for match in _PATTERN.finditer(text)]


_HINT = re.compile(r"[{\[<]|XXX|NA[VMA]|____|FORN|VOORN|K[UL][NA][DN]")


def _may_hold(text: str) -> bool:
    return _HINT.search(text) is not None


def _placeholder(match: re.Match[str]) -> Placeholder:
    syntax = match.lastgroup
    groups = match.groupdict()
    name = next(
        name
        for name in (
            "liquid",
            "helpscout",
            "zammad",
            "discourse",
            "attribute",
            "brackets",
            "angles",
            "braces",
            "blank",
        )
        if groups[name] is not None
    )
    assert syntax is not None
    fallback = groups.get(f"{name}_fallback")
    if name == "liquid" and groups["liquid_filter"]:
        fallback = _liquid_fallback(groups["liquid_filter"])
    path = groups[name]
    if name == "liquid" and "||" not in path and " or " in path:
        path = path.split(" or ")[0]
    return Placeholder(match.start(), match.end(), name, path.strip(), fallback)


def _liquid_fallback(filters: str) -> str | None:
    """The value of `| fallback: "x"`, `| default: 'x'` or `|| 'x'`."""
    found = re.search(
        r"(?:fallback|default)\s*:?\s*[\"']([^\"']*)[\"']|\|\|?\s*[\"']([^\"']*)[\"']", filters
    )
    if found is None:
        return None
    return found.group(1) if found.group(1) is not None else found.group(2)
