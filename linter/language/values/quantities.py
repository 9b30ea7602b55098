"""Durations, money, percentages and plain numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from linter.language.values import clock
from linter.language.values.model import Amount, Type, Value
from linter.language.values.scan import Quantity, Scan
from linter.language.values.words import UNITS

Read = tuple[Value, int]
_Numbers = tuple[tuple[Fraction, Fraction], ...]
_LONG_DASHES = frozenset("-=")


def duration(scan: Scan, index: int) -> Read | None:
    """ "14 days", "a fortnight", "2-3 weeks", "an hour and a half", "veertiendaagse" """
    quantity = scan.quantity(index)
    if quantity is None:
        return _compound(scan, index) or _bare_quarter(scan, index)
    unit = _unit(scan, quantity.next)
    if unit is None or _is_vague(scan, quantity, unit[1]) or not clock.is_duration(scan, quantity):
        return None
    name, after = unit
    factor, base = UNITS[name]
    numbers = [(low * factor, high * factor) for low, high in quantity.readings]
    half = scan.words.and_a_half.at(scan.tokens, after)
    if half:
        numbers = [(low + factor / 2, high + factor / 2) for low, high in numbers]
        after = half[1]
    elif not quantity.is_range and quantity.bound != "less" and len(numbers) == 1:
        low, high, after = _continued(scan, numbers[0][0], after, name)
        numbers = [(low, high)]
        quantity = quantity if low == high else replace(quantity, bound=None)
    return _value(scan, "duration", quantity, after, tuple(numbers), (base,))


def _unit(scan: Scan, index: int) -> tuple[str, int] | None:
    """The unit behind a number: "days", "-day", "full days", "h"."""
    glued = scan.words.glued_units.get(scan.text(index))
    known = scan.words.units.at(scan.tokens, index)
    if known:
        return known
    if glued and scan.is_glued(index):
        return glued, index + 1
    if scan.text(index) == "-" and scan.is_glued(index) and scan.is_glued(index + 1):
        return scan.words.units.at(scan.tokens, index + 1)
    adjective = scan.words.unit_adjectives.at(scan.tokens, index)
    return scan.words.units.at(scan.tokens, adjective[1]) if adjective else None


def _is_vague(scan: Scan, quantity: Quantity, after: int) -> bool:
    """ "a day or two", "een week of drie", to which nobody is held; "24 hours a day", a rate"""
    if not quantity.is_article:
        return False
    if scan.words.units.at(scan.tokens, quantity.first - 1):
        return True
    if scan.text(quantity.first - 1) in scan.words.rates:
        return True
    choice = scan.words.or_.at(scan.tokens, after)
    return choice is not None and scan.number(choice[1]) is not None


def _continued(
    scan: Scan, amount: Fraction, after: int, unit: str
) -> tuple[Fraction, Fraction, int]:
    """The duration with what follows its unit: "1 hour and 30 minutes", "24 hours to 3 days"."""
    factor, base = UNITS[unit]
    second = _plain_duration(scan, scan.skip(scan.words.and_, after))
    if second and second[1] == base and second[0] < factor and second[3] < factor:
        return amount + second[0], amount + second[0], second[2]
    separator = scan.words.to.at(scan.tokens, after)
    second = _plain_duration(scan, separator[1]) if separator else None
    if second and second[1] == base and second[0] > amount:
        return amount, second[0], second[2]
    return amount, amount, after


def _plain_duration(scan: Scan, index: int) -> tuple[Fraction, str, int, Fraction] | None:
    """One number with its unit: the amount, its base unit, the index behind, the unit's factor."""
    quantity = scan.quantity(index)
    if quantity is None or quantity.is_range or quantity.bound or len(quantity.readings) > 1:
        return None
    unit = _unit(scan, quantity.next)
    if unit is None:
        return None
    factor, base = UNITS[unit[0]]
    return quantity.readings[0][0] * factor, base, unit[1], factor


def _compound(scan: Scan, index: int) -> Read | None:
    """A number word and its unit in one: "veertiendaagse", "fjortendagers"."""
    token = scan.token(index)
    if token is None or token.kind != "word":
        return None
    for suffix, unit in scan.words.unit_suffixes:
        number = token.text.removesuffix(suffix)
        if number != token.text and number:
            found = scan.words.spelt_number(number)
            if found is not None:
                factor, base = UNITS[unit]
                readings = ((found * factor, found * factor),)
                plain = Quantity(readings, index, index, index + 1)
                return _value(scan, "duration", plain, index + 1, readings, (base,))
    return None


def _bare_quarter(scan: Scan, index: int) -> Read | None:
    """ "quarter of an hour", without article"""
    found = scan.words.units.at(scan.tokens, index)
    if found is None or found[0] != "quarter of an hour" or found[1] == index + 1:
        return None
    readings = ((Fraction(15), Fraction(15)),)
    plain = Quantity(readings, index, index, found[1])
    return _value(scan, "duration", plain, found[1], readings, ("minutes",))


def money(scan: Scan, index: int) -> Read | None:
    """ "€ 4,95", "kr 49,-", "five pounds", "5-10 euro", "99p" """
    quantity = scan.quantity(index)
    if quantity and not quantity.is_article:
        return _money_after(scan, quantity)
    return _money_before(scan, index)


def _money_before(scan: Scan, index: int) -> Read | None:
    """A currency and then the number, perhaps behind a comparison."""
    bound, at = scan.bound(index)
    codes = _currency_before(scan, at)
    if codes is None:
        return None
    quantity = scan.quantity(codes[1])
    if quantity is None or quantity.is_article or quantity.start != quantity.first:
        return None
    after = _skip_round(scan, quantity.next)
    after = after if after != quantity.next else _skip_second(scan, quantity, codes[0])
    numbers = _in_full(quantity.readings)
    if after == quantity.next:
        numbers, after = _range_of_money(scan, quantity, codes[0])
    is_pair = numbers[0][0] != numbers[0][1]
    whole = Quantity(numbers, index, at, after, None if is_pair else bound)
    return _value(scan, "money", whole, after, numbers, codes[0])


def _currency_before(scan: Scan, index: int) -> tuple[tuple[str, ...], int] | None:
    found = scan.words.currencies.at(scan.tokens, index)
    if found is None:
        return None
    codes, after = found
    token = scan.tokens[index]
    is_code = after == index + 1 and token.text.upper() in codes
    if is_code and not token.written.isupper():
        return None  # "nok 3" is Norwegian for "enough"
    return codes, scan.skip_dot(after)


def _skip_second(scan: Scan, quantity: Quantity, codes: tuple[str, ...]) -> int:
    """ "€ 4,95 euro": said twice."""
    again = scan.words.currencies.at(scan.tokens, quantity.next)
    return again[1] if again and set(again[0]) & set(codes) else quantity.next


def _in_full(numbers: _Numbers) -> _Numbers:
    """Without the readings of "1,500" as one and a half: no price has three decimals."""
    lows = {low for low, _ in numbers}
    return tuple(pair for pair in numbers if not pair[0] or pair[0] * 1000 not in lows)


def _range_of_money(scan: Scan, quantity: Quantity, codes: tuple[str, ...]) -> tuple[_Numbers, int]:
    """ "€ 5 - € 10" """
    separator = scan.words.to.at(scan.tokens, quantity.next)
    second = _currency_before(scan, separator[1]) if separator else None
    if quantity.is_range or second is None or second[0] != codes:
        return _in_full(quantity.readings), quantity.next
    high = scan.number(second[1])
    if high is None or not quantity.readings[0][0] < high[0][0]:
        return _in_full(quantity.readings), quantity.next
    return ((quantity.readings[0][0], high[0][0]),), high[1]


def _money_after(scan: Scan, quantity: Quantity) -> Read | None:
    """A number and then the currency, its hundredth or ",-"."""
    after = _skip_round(scan, quantity.next)
    numbers = _in_full(quantity.readings)
    found = scan.words.currencies.at(scan.tokens, after)
    if found:
        return _value(scan, "money", quantity, found[1], numbers, found[0])
    if after > quantity.next and scan.words.implied_currency:
        return _value(scan, "money", quantity, after, numbers, scan.words.implied_currency)
    found = scan.words.hundredths.at(scan.tokens, quantity.next)
    if found is None:
        return None
    small = tuple((low / 100, high / 100) for low, high in numbers)
    return _value(scan, "money", quantity, found[1], small, found[0])


def _skip_round(scan: Scan, index: int) -> int:
    """The index behind the ",-" of a round price."""
    is_round = scan.text(index) in (",", ".") and scan.text(index + 1) in _LONG_DASHES
    return index + 2 if is_round and scan.is_glued(index) and scan.is_glued(index + 1) else index


def percentage(scan: Scan, index: int) -> Read | None:
    """ "25 %", "twenty-five percent", "half price" """
    share = scan.words.shares.at(scan.tokens, index)
    if share:
        number = Fraction(share[0])
        plain = Quantity(((number, number),), index, index, share[1])
        return _value(scan, "percentage", plain, share[1], plain.readings, ("percent",))
    quantity = scan.quantity(index)
    if quantity is None or quantity.is_article:
        return None
    sign = scan.words.percent.at(scan.tokens, quantity.next)
    if sign is None:
        return None
    behind = sign[1] + 1 if scan.text(sign[1]) == "-" else sign[1]
    if scan.words.percent_not.at(scan.tokens, behind):
        return None
    numbers = quantity.readings
    separator = scan.words.to.at(scan.tokens, sign[1])
    if separator and not quantity.is_range:  # "10 % to 20 %"
        second = scan.quantity(separator[1])
        last = scan.words.percent.at(scan.tokens, second.next) if second else None
        if second and last and second.readings[0][0] > numbers[0][0]:
            pair = ((numbers[0][0], second.readings[0][0]),)
            quantity = replace(quantity, bound=None)
            return _value(scan, "percentage", quantity, last[1], pair, ("percent",))
    return _value(scan, "percentage", quantity, sign[1], numbers, ("percent",))


def number(scan: Scan, index: int) -> Read | None:
    """A number of things: not a year, not the number of something ("version 14", "page 3")."""
    quantity = scan.quantity(index)
    if quantity is None or quantity.is_article or _unit(scan, quantity.next):
        return None
    if not _counts(scan, quantity):
        return None
    return _value(scan, "number", quantity, quantity.next, quantity.readings, ("number",))


def _counts(scan: Scan, quantity: Quantity) -> bool:
    token = scan.tokens[quantity.first]
    if scan.words.or_.at(scan.tokens, quantity.first - 1):
        return False
    if token.kind == "word":
        is_one = quantity.readings[0][1] == 1
        return not is_one or token.text in scan.words.emphatic_one
    if scan.text(quantity.next) == "/" or _is_ordinal(scan, quantity.next):
        return False
    if is_labelled(scan, quantity.first) or clock.is_dotted(scan, quantity.first):
        return False
    if len(token.text) == 4 and token.text.isdecimal():
        following = scan.token(quantity.next)
        is_postcode = following is not None and following.written[:1].isupper()
        return not is_postcode and not "1900" <= token.text <= "2099"
    return token.text[0] != "0" or not token.text.isdecimal() or quantity.is_range


def _is_ordinal(scan: Scan, index: int) -> bool:
    """ "22nd"; "22." before a small letter, in a language that marks ordinals so"""
    if scan.words.ordinals:
        return scan.text(index) in scan.words.ordinals
    following = scan.token(index + 1)
    is_small = following is not None and following.written[0].islower()
    return scan.text(index) == "." and scan.is_glued(index) and is_small


def is_labelled(scan: Scan, index: int) -> bool:
    """Whether the number is the name of something: "version 14", "nr. 3", "iPhone 15"."""
    at = index - 1
    while scan.text(at) in (".", ":", "#", "("):
        at -= 1
    before = scan.token(at)
    if before is None or before.kind != "word":
        return False
    is_name = before.written[0].isupper() and at > 0 and scan.text(at - 1) not in ".!?:"
    return before.text in scan.words.labels or is_name or _has_inner_capital(before.written)


def _has_inner_capital(word: str) -> bool:
    """ "iOS", "iPhone", "macOS" """
    return word[0].islower() and any(letter.isupper() for letter in word)


def _value(  # noqa: PLR0917 - in the order of reading
    scan: Scan,
    kind: Type,
    quantity: Quantity,
    after: int,
    numbers: _Numbers,
    units: tuple[str, ...],
) -> Read:
    """The value from the quantity's comparison to `after`, and to "or more" if that follows."""
    bound = quantity.bound
    trailing = scan.words.bounds_after.at(scan.tokens, after)
    if trailing and bound is None:
        bound, after = trailing
    readings = tuple(
        _bounded(low, high, unit, bound) for low, high in dict.fromkeys(numbers) for unit in units
    )
    start, end = scan.tokens[quantity.start].start, scan.tokens[after - 1].end
    return Value(start, end, kind, readings, about=bound == "about"), after


def _bounded(low: Fraction, high: Fraction, unit: str, bound: str | None) -> Amount:
    if bound in ("at_least", "or_more"):
        return Amount(low, None, unit)
    if bound in ("less", "or_less"):
        return Amount(None, high, unit)
    return Amount(low, high, unit)
