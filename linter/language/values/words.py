"""The words of a language that values are made of: `_values.yaml`, num2words and Babel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import yaml

from linter.language import lexicon
from linter.language.values.model import DAY
from linter.language.values.tokens import Phrases, Token, tokenise

#: A unit of duration: how many of which base unit.
UNITS: Mapping[str, tuple[Fraction, str]] = {
    "second": (Fraction(1, 60), "minutes"),
    "minute": (Fraction(1), "minutes"),
    "quarter of an hour": (Fraction(15), "minutes"),
    "half an hour": (Fraction(30), "minutes"),
    "hour": (Fraction(60), "minutes"),
    "day": (Fraction(DAY), "minutes"),
    "week": (Fraction(7 * DAY), "minutes"),
    "fortnight": (Fraction(14 * DAY), "minutes"),
    "month": (Fraction(1), "months"),
    "quarter": (Fraction(3), "months"),
    "half year": (Fraction(6), "months"),
    "year": (Fraction(12), "months"),
    "business day": (Fraction(1), "business days"),
    "business hour": (Fraction(1), "business hours"),
}


@dataclass(frozen=True)
class Words:
    """The tables of one language, each made when a text first needs it."""

    data: Mapping[str, Any]
    date_order: tuple[str, ...]

    def _phrases(self, *keys: str) -> Phrases:
        part: Any = self.data
        for key in keys:
            part = part[key]
        return Phrases(part)

    # --- numbers

    @cached_property
    def numbers(self) -> Phrases:
        spelt = {word: Fraction(number) for word, number in self._spelt(range(1000))}
        also = {word: Fraction(number) for word, number in self._numbers["also"].items()}
        return Phrases({**spelt, **also})

    def spelt_number(self, word: str) -> Fraction | None:
        """What a single number word means."""
        tokens = tokenise(word)
        found = self.numbers.at(tokens, 0)
        return found[0] if found and found[1] == len(tokens) else None

    @property
    def _numbers(self) -> Mapping[str, Any]:
        numbers: Mapping[str, Any] = self.data["numbers"]
        return numbers

    def _spelt(self, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
        from num2words import num2words

        for number in (*numbers, *range(1000, 10_001, 500)):
            spellings = {num2words(number, lang=self._numbers["num2words"])}
            for old, new in self._numbers["spellings"]:
                spellings |= {spelling.replace(old, new) for spelling in spellings}
            if "backwards" in self._numbers and 20 < number < 100 and number % 10:
                spellings.add(self._backwards(number))
            for spelling in spellings.difference(self._numbers["articles"]):
                yield spelling, number

    def _backwards(self, number: int) -> str:
        """The old way of counting: "fire og tjue"."""
        from num2words import num2words

        tens, ones = number // 10 * 10, number % 10
        language = self._numbers["num2words"]
        joint = self._numbers["backwards"]
        return f"{num2words(ones, lang=language)} {joint} {num2words(tens, lang=language)}"

    @cached_property
    def articles(self) -> Phrases:
        return self._phrases("numbers", "articles")

    @cached_property
    def half(self) -> Phrases:
        return self._phrases("numbers", "half")

    @cached_property
    def mixed(self) -> Phrases:
        return Phrases({word: Fraction(text) for word, text in self._numbers["mixed"].items()})

    @cached_property
    def and_a_half(self) -> Phrases:
        return self._phrases("numbers", "and_a_half")

    @cached_property
    def to(self) -> Phrases:
        return Phrases([*self._numbers["to"], "-"])

    @cached_property
    def or_(self) -> Phrases:
        return self._phrases("numbers", "or")

    @cached_property
    def and_(self) -> Phrases:
        return self._phrases("numbers", "and")

    @cached_property
    def between(self) -> Phrases:
        """The first word of "between 2 and 3" → the second one."""
        return self._phrases("numbers", "between")

    @cached_property
    def bounds(self) -> Phrases:
        return _inverted(self.data["bounds"], ("limit", "at_least", "less", "about"))

    @cached_property
    def bounds_after(self) -> Phrases:
        return _inverted(self.data["bounds"], ("or_more", "or_less"))

    @cached_property
    def marks(self) -> tuple[str, str]:
        """The signs before decimals and between thousands."""
        from babel.numbers import get_decimal_symbol, get_group_symbol

        locale = self.data["locales"][0]
        return get_decimal_symbol(locale), get_group_symbol(locale).replace(
            "\N{NO-BREAK SPACE}", " "
        )

    # --- quantities

    @cached_property
    def units(self) -> Phrases:
        return _inverted(self.data["units"])

    @cached_property
    def glued_units(self) -> Mapping[str, str]:
        units: Mapping[str, str] = self.data["glued_units"]
        return units

    @cached_property
    def unit_suffixes(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.data["unit_suffixes"].items())

    @cached_property
    def unit_adjectives(self) -> Phrases:
        return self._phrases("unit_adjectives")

    @cached_property
    def currencies(self) -> Phrases:
        """A currency's sign, code or name → the codes that it may mean."""
        from babel.numbers import get_currency_name, get_currency_symbol

        meanings: dict[str, list[str]] = {}
        for code, names in self.data["currencies"].items():
            babel = [
                name(code, locale=locale)
                for locale in self.data["locales"]
                for name in (get_currency_name, get_currency_symbol, _plural_currency)
            ]
            for name in {name.casefold() for name in (*names, *babel, code)}:
                meanings.setdefault(name, []).append(code)
        return Phrases({name: tuple(codes) for name, codes in meanings.items()})

    @cached_property
    def hundredths(self) -> Phrases:
        meanings: dict[str, list[str]] = {}
        for code, names in self.data["hundredths"].items():
            for name in names:
                meanings.setdefault(name, []).append(code)
        return Phrases({name: tuple(codes) for name, codes in meanings.items()})

    @cached_property
    def implied_currency(self) -> tuple[str, ...]:
        return tuple(self.data["implied_currency"])

    @cached_property
    def percent(self) -> Phrases:
        return self._phrases("percent")

    @cached_property
    def percent_not(self) -> Phrases:
        return self._phrases("percent_not")

    @cached_property
    def shares(self) -> Phrases:
        return self._phrases("shares")

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(self.data["labels"])

    @cached_property
    def emphatic_one(self) -> frozenset[str]:
        return frozenset(self.data["emphatic_one"])

    # --- the clock

    @cached_property
    def clock(self) -> Mapping[str, Phrases]:
        return {key: Phrases(part) for key, part in self.data["clock"].items()}

    @cached_property
    def clock_cues(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words before an hour: surely a time; a time if it is an hour of the day's work."""
        clock = self.data["clock"]
        return frozenset(clock["certain"]), frozenset(clock["likely"])

    # --- the calendar

    @cached_property
    def weekdays(self) -> Phrases:
        """Names and groups of weekdays → first and last weekday (Monday is 0)."""
        table = {name: (day, day) for name, day in self._day_names("wide", "weekdays")}
        return Phrases({**table, **self.data["weekday_ranges"]})

    @cached_property
    def short_weekdays(self) -> Phrases:
        return Phrases(
            {name: (day, day) for name, day in self._day_names("abbreviated", "weekday_short")}
        )

    def _day_names(self, width: str, key: str) -> Iterator[tuple[str, int]]:
        for locale in self._locales():
            for day, name in locale.days["format"][width].items():
                yield name.casefold().rstrip("."), day
        for day, names in self.data[key].items():
            for name in names:
                yield name, day

    @cached_property
    def months(self) -> Phrases:
        table = {
            name.casefold().rstrip("."): month
            for locale in self._locales()
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for month, name in locale.months[context][width].items()
        }
        also = {name: month for month, names in self.data["months"].items() for name in names}
        return Phrases({**table, **also})

    def _locales(self) -> list[Any]:
        from babel import Locale

        return [Locale.parse(name) for name in self.data["locales"]]

    @cached_property
    def ordinals(self) -> frozenset[str]:
        return frozenset(self.data["ordinals"])

    @cached_property
    def month_first(self) -> bool:
        """Whether "May 5" is written beside "5 May"."""
        return bool(self.data["month_first"])

    @cached_property
    def rates(self) -> frozenset[str]:
        """Words before "a day" that make it "every day"."""
        return frozenset(self.data["rates"])

    @cached_property
    def of(self) -> Phrases:
        return self._phrases("of")

    # --- a cheap look before all this

    def may_begin_value(self, token: Token) -> bool:
        """Whether a value may begin with this token."""
        return (
            token.kind == "number"
            or token.text in self._openers
            or token.text.endswith(self._endings)
        )

    @cached_property
    def _openers(self) -> frozenset[str]:
        clock = [self.clock[key] for key in ("named", "before", "quarter", "half", "one")]
        tables = (
            *(self.numbers, self.articles, self.half, self.mixed, self.between, self.bounds),
            *(self.currencies, self.shares, self.weekdays, self.short_weekdays, self.months),
        )
        words = frozenset[str]().union(*(table.first_words for table in (*tables, *clock)))
        return words | {"½", "¼", "¾"} | self._first_words_of_units()

    def _first_words_of_units(self) -> frozenset[str]:
        """ "quarter of an hour" stands without number, too."""
        return Phrases(self.data["units"]["quarter of an hour"]).first_words

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(suffix for suffix, _ in self.unit_suffixes)

    @cached_property
    def may_hold_value(self) -> Callable[[str], object]:
        """Whether a text holds a digit or a word that a value is made of, told in microseconds."""
        import re2

        words = sorted({_anchor(phrase) for phrase in self._anchors()})
        suffixes = [suffix for suffix, _ in self.unit_suffixes]
        long = [word for word in words if len(word) >= 5]
        inside = "|".join(re2.escape(word) for word in (*long, *suffixes))
        alone = "|".join(re2.escape(word) for word in words if len(word) < 5)
        days = "|".join({name for name, _ in self._day_names("abbreviated", "weekday_short")})
        pattern = (
            rf"(?i)[\d%€£$½¼¾]|{inside}|(?:^|\PL)(?:{alone})(?:\PL|$)|(?:^|\PL)(?:{days})\.? ?[-–]"
        )
        search: Callable[[str], object] = re2.compile(pattern).search
        return search

    def _anchors(self) -> Iterator[str]:
        """Words of which every value without a digit has one."""
        yield from (
            word for word, number in self._spelt((*range(2, 20), *range(20, 101, 10))) if number > 1
        )
        yield from self._numbers["also"]
        yield from self._numbers["mixed"]
        for names in (*self.data["units"].values(), *self.data["currencies"].values()):
            yield from (name for name in names if name.isalpha())
        for key in ("half", "named"):
            yield from self.data["clock"][key]
        yield from (name for name, _ in self._day_names("wide", "weekdays"))
        yield from self.data["weekday_ranges"]
        yield from self.data["shares"]


def _anchor(phrase: str) -> str:
    """The longest word of a phrase."""
    return max((token.text for token in tokenise(phrase)), key=len)


def _inverted(table: Mapping[str, list[str]], keys: Iterable[str] | None = None) -> Phrases:
    return Phrases({phrase: key for key in keys or table for phrase in table[key]})


def _plural_currency(code: str, locale: str) -> str:
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, count=2, locale=locale))


@cache
def words(code: str) -> Words:
    """The words of a language ("nl", "en-GB"). Raises KeyError for one without resources."""
    path = lexicon.FOLDER / lexicon.canonical(code) / "_values.yaml"
    if not path.is_file():
        raise KeyError(code)
    data: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    region = code.replace("_", "-").lower().partition("-")[2]
    return Words(data, tuple(data["regions"].get(region, data["date_order"])))
