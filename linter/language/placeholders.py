"""Placeholders of response libraries: which variable a stretch of a template stands for.

Syntaxes: `{{path | filter}}` (Zendesk, Freshdesk, Front, Intercom, Gorgias, Chatwoot),
`{%path,fallback=x%}` (Help Scout, FreeScout), `#{path}` (Zammad), `%{name,fallback:x}` (Discourse,
osTicket), `<attribute key="path" default="x"/>` (Intercom's HTML), and those written by hand:
`[Name]`, `<NAME>`, `{name}`, `XXX`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

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
_SYNTAXES: tuple[Syntax, ...] = get_args(Syntax)

#: Syntaxes that a system fills in; the others are filled in by hand before a reply is sent.
MACHINE: frozenset[Syntax] = frozenset({"liquid", "helpscout", "zammad", "discourse", "attribute"})

_TAGS = (
    "A|B|BR|BLOCKQUOTE|BODY|CENTER|CODE|DD|DIV|DL|DT|EM|FONT|H[1-6]|HEAD|HR|HTML|IMG|LI|OL|PRE|SPAN"
    "|STRONG|SUB|SUP|TABLE|TBODY|TD|TH|TR|TT|UL"
)
_PATTERN = re.compile(
    rf"""
      \{{\{{-?\s*(?P<liquid>[^{{}}|\s][^{{}}|]{{0,79}}?)\s*(?P<liquid_filter>\|[^{{}}]{{0,120}})?-?\}}\}}
    | \{{%(?P<helpscout>[a-zA-Z.]{{1,60}})(?:,fallback=(?P<helpscout_fallback>[^}}%]{{0,80}}))?%\}}
    | \#\{{(?P<zammad>[a-z0-9_.]{{1,60}})\}}
    | %\{{(?P<discourse>[a-z_.]{{1,60}})(?:,fallback:(?P<discourse_fallback>[^}}]{{0,80}}))?\}}
    | <attribute\s+key="(?P<attribute>[\w.]{{1,60}})"
      (?:\s+default="(?P<attribute_fallback>[^"]{{0,80}})")?\s*/>
    | \[(?!(?:sic|redacted|removed|deleted|edit|edited)\])
      (?P<brackets>[^\W\d_][\w.\ '’/-]{{1,40}})\](?![(\[:])
    | <(?!(?:{_TAGS})\ ?>)
      (?P<angles>[A-ZÆØÅ][A-ZÆØÅ_\ -]{{1,30}}|(?:insert|your|reporter|customer|user|author|name|naam
      |navn|fyll|vul)[\w\ .-]{{0,30}})>
    | (?<![{{$\w])\{{(?P<braces>[^\W\d_][\w.\ ]{{1,40}})\}}
    | \b(?P<blank>X{{3,}}|NAVN|NAAM|NAME|KLANTNAAM|KUNDENAVN|FORNAVN|VOORNAAM|_{{4,}})\b
    """,
    re.VERBOSE,
)

_CUSTOMERS = (
    "requester|submitter|recipient|customer|contact|klant|kunde|kunden|bruke?a?r|user_?name|reporter"
    r"|original_poster|reply_to\w*|last_poster|person|client|guest|gast|author|reviewer|aanvrager"
    r"|(?:ticket|conversation)\.user|account"
)
_CUSTOMER = re.compile(rf"(?:^|[._ ])(?:{_CUSTOMERS})(?:[._ '’]|$)", re.IGNORECASE)
_CUSTOMER_ALONE = re.compile(rf"(?:\w+\.)?(?:{_CUSTOMERS})|article\.from", re.IGNORECASE)
_NAME = re.compile(
    r"name|na[vm]n|naam|[._ ](?:first|last|full|short|(?:short)?formal|legal|lastfirst)$",
    re.IGNORECASE,
)
_THE_NAME = re.compile(
    r"(?:first|last|full|given|sur|user|display|your)?[_ -]?name|first|handle"
    r"|ticket\.name(?:\.\w+)?|user\.(?:name|first_name|last_name)"
    r"|(?:(?:for|etter|kunde)?navn\.?)+|(?:voor|achter|klant)?naam",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"(?:id|mail|phone|telefon\w*|telefoon\w*|number|nummer|url|link|date|dato|datum|order|subject"
    r"|title|adress?e?|(?:company|organi[sz]ation|product|file|firma|bedrijfs?)[_ -]?\w*)$",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"(?:^|[._ ])(?:current_user|assignee|agent|staff|saksbehandler|medarbeider|medewerker|my_name"
    r"|my_username|signature|signatur|handtekening|avsender|afzender|sender|mailbox|support_rep)"
    r"(?:[._ '’]|$)|^user\.(?:fullname|signature|email|phone|jobtitle)$",
    re.IGNORECASE,
)
#: Where `user` is who answers; elsewhere it may be either.
_USER_IS_AGENT: frozenset[Syntax] = frozenset({"helpscout", "zammad"})


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
        """Whose name it stands for, the customer's or the agent's; "other" for anything else."""
        path = self.path
        if _AGENT.search(path) or (self.syntax in _USER_IS_AGENT and path.startswith("user.")):
            return "agent"
        if _NOT_A_NAME.search(path):
            return "other"
        of_customer = _CUSTOMER.search(path) is not None and _NAME.search(path) is not None
        if of_customer or _CUSTOMER_ALONE.fullmatch(path) or _THE_NAME.fullmatch(path):
            return "customer"
        return "other"


_HINT = re.compile(r"[{\[<]|XXX|NA[VMA]|____|FORN|VOORN|K[UL][NA][DN]")


def find(text: str) -> list[Placeholder]:
    """The placeholders of a text, in order, none inside another. Linear in the text's length."""
    if _HINT.search(text) is None:
        return []
    return [_placeholder(match) for match in _PATTERN.finditer(text)]


def _placeholder(match: re.Match[str]) -> Placeholder:
    groups = match.groupdict()
    syntax = next(name for name in _SYNTAXES if groups[name] is not None)
    fallback = groups.get(f"{syntax}_fallback")
    if groups["liquid_filter"]:
        fallback = _liquid_fallback(groups["liquid_filter"])
    path = groups[syntax].split(" or ")[0].strip()
    return Placeholder(match.start(), match.end(), syntax, path, fallback)


def _liquid_fallback(filters: str) -> str | None:
    """The value of `| fallback: "x"`, `| default: 'x'` or `|| 'x'`."""
    found = re.search(r"(?:(?:fallback|default)\s*:?|\|\|?)\s*(?:\"([^\"]*)\"|'([^']*)')", filters)
    return None if found is None else found.group(1) or found.group(2) or ""
