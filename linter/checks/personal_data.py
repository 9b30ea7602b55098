"""Forbid the customer's personal data in a public reply.

A detail is the customer's where the comment holds it, or the reply says so ("we called you on …").
The team's own are left alone: what the organisation and `allow` name, role mailboxes, and what is
offered as a contact. Where neither tells, what could be the team's is left alone too (a landline, a
mailbox of a domain of its own, a Norwegian account), unless the organisation's own are listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from linter.checks.common import Matcher, Options, at
from linter.language import details
from linter.language.analysis import Analysis
from linter.language.details import Detail, digits
from linter.language.language import Language
from linter.language.names import name_parts
from linter.language.reading import Span
from linter.model import CannotTell, Verdict

NAME = "personal-data"
SCOPE = "reply"
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "kinds": {
            "type": "array",
            "items": {"enum": list(details.KINDS)},
            "minItems": 1,
            "uniqueItems": True,
            "description": "Which data; all of them where left out.",
        },
        "allow": {
            "type": "array",
            "items": {"type": "string", "minLength": 3},
            "description": "The team's own addresses, domains and numbers.",
        },
    },
}
VALUES = ("kind", "text")
EXAMPLE = {
    "options": {},
    "good": [{"reply": "Please call us on 020 7946 0123, or mail help@shop.example."}],
    "bad": [{"reply": "We called you on 020 7946 0123 yesterday."}],
}

_THEIRS = "their_details"
_OFFERS = "private_channel"
#: Mailboxes of everybody: who writes from one writes as a private person.
_CONSUMER_DOMAINS = frozenset(
    (
        *(
            "gmail.com",
            "googlemail.com",
            "hotmail.com",
            "hotmail.co.uk",
            "hotmail.nl",
            "hotmail.no",
        ),
        *("outlook.com", "live.com", "live.nl", "live.no", "live.co.uk", "msn.com", "icloud.com"),
        *("me.com", "yahoo.com", "yahoo.co.uk", "yahoo.no", "ymail.com", "aol.com", "gmx.com"),
        *("proton.me", "protonmail.com", "btinternet.com", "sky.com", "virginmedia.com"),
        *("comcast.net", "verizon.net", "ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl"),
        *("home.nl", "hetnet.nl", "telenet.be", "skynet.be", "online.no", "broadpark.no"),
    )
)
#: Mailboxes of an office, whoever sits in it.
_ROLES = frozenset(
    (
        *("info", "support", "help", "helpdesk", "contact", "service", "services", "care", "hello"),
        *("feedback", "sales", "privacy", "team", "mail", "office", "press", "noreply", "hi"),
        *("customerservice", "customersupport", "customercare", "complaints", "orders", "returns"),
        *("klantenservice", "klantendienst", "klachten", "vragen", "bestellingen", "hulp"),
        *("kundeservice", "kundesenter", "kundestøtte", "post", "hjelp", "ordre", "klage", "hei"),
    )
)
_NEVER_AN_OFFICES = frozenset(("iban", "card", "national_number"))
_NEAR = 12


def compile(options: Options, language: Language) -> Matcher:
    language.ask((_THEIRS, _OFFERS))
    kinds = frozenset(options.get("kinds", details.KINDS))
    own = _Own(language.organisation, options.get("allow", ()))
    sure_kinds = kinds - _ONLY_IF_TOLD
    needs_comment = kinds <= {"order_number"}

    def match(analysis: Analysis) -> Verdict:
        if needs_comment and analysis.comment is None:
            return CannotTell("the comment's text is not known")
        is_told = analysis.comment is not None or analysis.spans(_THEIRS)
        asked = kinds if is_told else sure_kinds
        found = details.find(analysis.normalised, language.code, asked)
        if not found:
            return ()
        whose = _Whose(analysis, own)
        return [
            at(analysis, (detail.start, detail.end), kind=detail.kind)
            for detail in found
            if whose.is_customers(detail)
        ]

    return match


#: What is the customer's only where the comment or the reply says so. The last kinds to be looked
#: for: to leave them out hides no other.
_ONLY_IF_TOLD = frozenset(("address", "order_number"))


class _Own:
    """The organisation's details: the policy's `organisation`, and the option `allow`."""

    def __init__(self, organisation: Any, allowed: Sequence[str]) -> None:
        emails = tuple(getattr(organisation, "emails", ()))
        phones = tuple(getattr(organisation, "phones", ()))
        self.lists = {"email": bool(emails), "phone": bool(phones)}
        names = [item.casefold().strip().lstrip("@") for item in (*emails, *allowed)]
        self._addresses = frozenset(name for name in names if "@" in name)
        self._domains = tuple(name for name in names if "@" not in name and "." in name)
        self._numbers = tuple(filter(None, map(digits, (*phones, *allowed))))
        self._texts = frozenset(_plain(item) for item in allowed)

    def holds(self, detail: Detail) -> bool:
        if detail.kind == "email":
            address = detail.text.casefold()
            domain = address.rpartition("@")[2]
            return address in self._addresses or any(
                domain == own or domain.endswith(f".{own}") for own in self._domains
            )
        number = digits(detail.text)
        if any(_same_number(number, other) for other in self._numbers):
            return True
        return _plain(detail.text) in self._texts


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _same_number(one: str, other: str) -> bool:
    """Whether two numbers are one, with or without the country's code and the trunk's zero."""
    shorter, longer = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return len(shorter) >= 5 and longer.endswith(shorter)


class _Whose:
    """Whose the details of one reply are."""

    def __init__(self, analysis: Analysis, own: _Own) -> None:
        self.analysis = analysis
        self.own = own

    def is_customers(self, detail: Detail) -> bool:
        if self.own.holds(detail):
            return False
        if self._in_comment(detail):
            return True
        if detail.kind == "order_number":
            return False
        return self._is_called_theirs(detail) or (detail.sure and self._is_private(detail))

    def _is_private(self, detail: Detail) -> bool:
        if detail.kind in _NEVER_AN_OFFICES:
            return True
        return not self._is_offered(detail) and self._is_a_persons(detail)

    @cached_property
    def _comment(self) -> str:
        comment = self.analysis.comment
        if comment is None:
            return ""
        marks = " ".join(mark.text for mark in comment.normalised.marks)
        return _plain(f"{comment.text} {marks}")

    def _in_comment(self, detail: Detail) -> bool:
        return bool(self._comment) and _plain(detail.text) in self._comment

    def _is_called_theirs(self, detail: Detail) -> bool:
        """Behind words that call it so ("your number is"), with no other word between."""
        return any(
            end <= detail.start + 1
            and start < detail.start
            and detail.start - end <= _NEAR
            and not any(c.isalnum() for c in self.analysis.text[end : detail.start])
            for start, end in self.analysis.spans(_THEIRS)
        )

    def _is_offered(self, detail: Detail) -> bool:
        """Behind an offer to go on in private, and behind no later talk of the customer's own."""
        offer = self._last_before(detail, _OFFERS)
        theirs = self._last_before(detail, _THEIRS)
        return offer is not None and (theirs is None or theirs < offer)

    def _last_before(self, detail: Detail, label: str) -> int | None:
        """Where the act begins that stands last before a detail, in its sentence."""
        first, _ = self._sentence(detail)
        starts = [start for start, _ in self.analysis.spans(label)]
        return max((start for start in starts if first <= start <= detail.start), default=None)

    def _sentence(self, detail: Detail) -> Span:
        for start, end in self.analysis.sentences:
            if start <= detail.start < end:
                return start, end
        return 0, len(self.analysis.text)

    def _is_a_persons(self, detail: Detail) -> bool:
        """Whether a detail that nothing else tells of is a person's rather than an office's."""
        if detail.kind == "phone":
            return self.own.lists["phone"] or details.is_mobile(detail, self.analysis.language.code)
        local, _, domain = detail.text.casefold().rpartition("@")
        if _plain(local) in _ROLES:
            return False
        author = name_parts(self.analysis.reply.author or "")
        named = {part for part in author & name_parts(local) if len(part) >= 3}
        return self.own.lists["email"] or domain in _CONSUMER_DOMAINS or bool(named)
