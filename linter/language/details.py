"""Personal details in a text: e-mail addresses, phone, account and national numbers, addresses.

Numbers are read by well-kept libraries (phonenumbers, python-stdnum). A number counts as `sure`
only where its form or the word before it says what it is; else it may as well be an order's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from linter.language.normalise import ADDRESS, Normalised

KINDS = (
    "email",
    "iban",
    "card",
    "national_number",
    "account",
    "phone",
    "address",
    "order_number",
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail at `text[start:end]` of the normalised text; `text` is as it was written.

    One that is not `sure` is a detail only where something else says so.
    """

    kind: str
    start: int
    end: int
    text: str
    sure: bool = True


def find(normalised: Normalised, language: str, kinds: frozenset[str]) -> list[Detail]:
    """The details of these kinds, in order; where two kinds fit, the more particular one."""
    if not _EIGHT_DIGITS.search(normalised.text):
        kinds -= _NUMBERS
    if not normalised.marks:
        kinds -= _MARKED
    if not kinds:
        return []
    found: list[Detail] = []
    covered: set[int] = set()
    for kind, finder in _FINDERS.items():
        if kind not in kinds:
            continue
        for detail in finder(normalised, language):
            places = range(detail.start, detail.end)
            if covered.isdisjoint(places):
                covered.update(places)
                found.append(detail)
    return sorted(found, key=lambda detail: detail.start)


def digits(text: str) -> str:
    """The digits of a number, without what groups them, and without the trunk's "(0)"."""
    return "".join(filter(str.isdigit, text.replace("(0)", "")))


_Finder = Callable[[Normalised, str], Iterator[Detail]]


def _emails(normalised: Normalised, language: str) -> Iterator[Detail]:
    for mark in normalised.marks:
        if mark.kind == ADDRESS and "@" in mark.text and "://" not in mark.text:
            yield Detail("email", mark.at, mark.at + 1, mark.text)


#: The kinds that are marks in a normalised text, and those that have eight digits or more.
_MARKED = frozenset(("email",))
_NUMBERS = frozenset(("iban", "card", "national_number", "account", "phone"))
_EIGHT_DIGITS = re.compile(r"\d(?:[ ()./-]{0,3}\d){7}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(
    r"(?<![\w.,-])[3-6]\d{3}(?:([ -]?)\d{4}\1\d{4}\1\d{1,7}|[ -]\d{6}[ -]\d{5})(?![\w-])"
)
_NATIONAL = re.compile(
    r"(?<![\w.,-])(?:\d{6} ?\d{5}|\d{2}\.\d{2}\.\d{2}[ -]?\d{3}[. -]?\d{2}"
    r"|\d{4}\.\d{2}\.\d{3}|\d{9})(?![\w-])"
)
_NORWEGIAN_ACCOUNT = re.compile(r"(?<![\w.,-])\d{4}([ .]?)\d{2}\1\d{5}(?![\w-])")
_NATIONAL_WORD = re.compile(
    r"\b(?:bsn|burgerservice\w*|sofi-?nummer|fødselsn\w*|personn\w*|fnr|d-nummer|rijksregister\w*"
    r"|insz|national (?:id|number)\w*)\b[^.!?\d]{0,30}$",
    re.IGNORECASE,
)
_ACCOUNT_WORD = re.compile(r"\bkonto(?:n\w*|en\w*)?\b[^.!?]{0,20}$", re.IGNORECASE)
#: What a number is of where it is nobody's own: an order, a parcel, a case.
_REFERENCE_WORD = re.compile(
    r"(?:order|ordre|bestil|bestel|track|sporing|pakke|pakket|zending|sending|shipment|parcel|sak|zaak"
    r"|case|ticket|melding|referan|referen|\bref\b|faktura|factuur|invoice|booking|boeking|klant|kunde"
    r"|customer|\bkid\b|org)[\w-]*\W{0,3}(?:n\w{0,9}\W{0,3}|#)?(?:(?:is|er|was|var)\W)?$",
    re.IGNORECASE,
)
_LOOK_BACK = 40


def _before(text: str, at: int) -> str:
    return text[max(0, at - _LOOK_BACK) : at]


def _ibans(normalised: Normalised, language: str) -> Iterator[Detail]:
    from stdnum import iban

    for match in _IBAN.finditer(normalised.text):
        if iban.is_valid(match.group(), check_country=False):
            yield Detail("iban", *match.span(), match.group())


def _numbers(
    kind: str, pattern: re.Pattern[str], is_one: Callable[[str, str], bool], *, sure: bool = True
) -> _Finder:
    """A finder of numbers: `is_one` decides by the number and by what stands before it."""

    def find_numbers(normalised: Normalised, language: str) -> Iterator[Detail]:
        text = normalised.text
        for match in pattern.finditer(text):
            if is_one(match.group(), _before(text, match.start())):
                yield Detail(kind, *match.span(), match.group(), sure)

    return find_numbers


def _is_card(number: str, before: str) -> bool:
    from stdnum import luhn

    return (
        len(digits(number)) >= 13
        and luhn.is_valid(digits(number))
        and not _REFERENCE_WORD.search(before)
    )


def _is_national(number: str, before: str) -> bool:
    from stdnum.be import nn
    from stdnum.nl import bsn
    from stdnum.no import fodselsnummer

    valid: tuple[Callable[[str], bool], ...]
    if _REFERENCE_WORD.search(before):
        return False
    if _NATIONAL_WORD.search(before):
        valid = (fodselsnummer.is_valid, nn.is_valid, bsn.is_valid)
    else:
        # Eleven digits with a date and two check digits, or with points, are no accident.
        grouped = "." in number or "-" in number
        valid = (nn.is_valid,) if grouped else (fodselsnummer.is_valid,)
    return any(is_valid(number) for is_valid in valid)


def _is_account(number: str, before: str) -> bool:
    from stdnum.no import kontonr

    has_form = "." in number or _ACCOUNT_WORD.search(before) is not None
    return has_form and kontonr.is_valid(number) and not _REFERENCE_WORD.search(before)


_REGIONS = {"en": ("GB", "US"), "nl": ("NL", "BE"), "nb": ("NO",)}
_PHONE_FORM = re.compile(
    r"\+|0|\(0|\d{2}(?: \d{2}){3}$|\d{3} \d{2} \d{3}$|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$"
)


def _phones(normalised: Normalised, language: str) -> Iterator[Detail]:
    from phonenumbers import Leniency, PhoneNumberMatcher, is_valid_number

    text = normalised.text
    seen: dict[tuple[int, int], Detail] = {}
    for region in _REGIONS.get(language, (None,)):
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE):
            raw = found.raw_string
            sure = (
                is_valid_number(found.number)
                and _PHONE_FORM.match(raw) is not None
                and not _REFERENCE_WORD.search(_before(text, found.start))
            )
            place = found.start, found.end
            if len(digits(raw)) >= 8 and (sure or place not in seen):
                seen[place] = Detail("phone", *place, raw, sure)
    yield from seen.values()


_NAMES = r"(?:[A-ZÆØÅ][\w'’.-]* ){0,3}"
_ADDRESSES = {
    "en": re.compile(
        r"\b\d{1,5}[A-Za-z]? (?:[A-Z][\w'-]* ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close"
        r"|Boulevard|Blvd|Crescent|Terrace|Court|Gardens|Square)\b(?:\.?, [^.!?]{0,40})?"
        r"|\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})\b"
    ),
    "nl": re.compile(
        rf"\b{_NAMES}(?!Onderweg|Halverwege)[A-Z][\w'-]*(?:straat|laan|weg|plein|gracht|kade|singel"
        r"|dreef|steeg|plantsoen) \d{1,4}[a-z]?\b(?! (?:dag|week|weken|uur|jaar|maand))"
        r"|\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b(?=,? [A-Z][a-z]|[.,)]|$)"
    ),
    "nb": re.compile(
        r"\b(?:[A-ZÆØÅ][\w-]* ){0,2}[A-ZÆØÅ][\w-]*(?:veien|vegen|gata|gaten|gate|vei|veg|allé"
        r"|svingen|bakken|stien) \d{1,4} ?[A-H]?\b"
        r"|\b(?:[A-ZÆØÅ][\w-]* ){1,2}(?:gate|gata|vei|veg|plass|allé) \d{1,4} ?[A-H]?\b"
    ),
}


def is_mobile(detail: Detail, language: str) -> bool:
    """Whether a phone number is a mobile's for certain."""
    from phonenumbers import NumberParseException, PhoneNumberType, number_type, parse

    for region in _REGIONS.get(language, (None,)):
        try:
            if number_type(parse(detail.text, region)) == PhoneNumberType.MOBILE:
                return True
        except NumberParseException:
            continue
    return False


def _streets(normalised: Normalised, language: str) -> Iterator[Detail]:
    pattern = _ADDRESSES.get(language)
    for match in pattern.finditer(normalised.text) if pattern else ():
        yield Detail("address", *match.span(), match.group(), sure=False)


_ORDER = re.compile(
    r"(?<![\w.,/-])(?:[A-Z]{1,4}[ -]?)?(?:\d{6,20}|\d{3,}(?:-\d{2,})+)(?![\w/]|[.,]\d)"
)


def _orders(normalised: Normalised, language: str) -> Iterator[Detail]:
    for match in _ORDER.finditer(normalised.text):
        yield Detail("order_number", *match.span(), match.group(), sure=False)


_FINDERS: dict[str, _Finder] = {
    "email": _emails,
    "iban": _ibans,
    "card": _numbers("card", _CARD, _is_card),
    "national_number": _numbers("national_number", _NATIONAL, _is_national),
    "account": _numbers("account", _NORWEGIAN_ACCOUNT, _is_account, sure=False),
    "phone": _phones,
    "address": _streets,
    "order_number": _orders,
}
