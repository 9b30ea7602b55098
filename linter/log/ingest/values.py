"""How the text of a value becomes a typed one, in SQL: each function gives an expression.

An expression is NULL where the text cannot be read so; that it was given all the same makes the
row a reject.
"""

from __future__ import annotations

from linter.log.columns import literal

_HOUR = "([01][0-9]|2[0-3])"
_CLOCK = f"{_HOUR}:[0-5][0-9](:[0-5][0-9]([.,][0-9]{{1,9}})?)?"
# No offset leads out of the years that every engine and Python know.
_DAY = "[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}"
DAY = _DAY
LOCAL = f"{_DAY}[T ]{_CLOCK}"
ZONED = f"{LOCAL} ?(Z|z|UTC|GMT|[+-]{_HOUR}(:?[0-5][0-9])?)"
NUMBER = r"[-+]?[0-9]{1,300}(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?"
_MICROSECONDS = {"seconds": 1_000_000, "milliseconds": 1000}
_DISCORD_EPOCH = 1_420_070_400_000


def is_day(text: str) -> str:
    """Whether a time is known only to the day."""
    return f"regexp_full_match({text}, {literal(DAY)})"


def has_no_zone(text: str) -> str:
    """Whether a time says neither its zone nor only its day."""
    return f"regexp_full_match({text}, {literal(LOCAL)})"


def iso(text: str, form: str = "iso", pattern: str | None = None) -> str:
    """A time in another form as ISO 8601; what cannot be read stays as it is."""
    if pattern is not None:
        shape = "%Y-%m-%dT%H:%M:%S.%f" if "%H" in pattern or "%I" in pattern else "%Y-%m-%d"
        return f"coalesce(strftime(try_strptime({text}, {literal(pattern)}), '{shape}'), {text})"
    if form == "snowflake":
        milliseconds = f"((try_cast({text} as BIGINT) >> 22) + {_DISCORD_EPOCH})"
        found = f"case when {_whole(text)} then make_timestamp({milliseconds} * 1000) end"
    elif form in _MICROSECONDS:
        scaled = f"try_cast({text} as DECIMAL(24, 6)) * {_MICROSECONDS[form]}"
        # A larger one is a count in another unit.
        inside = f"try_cast({text} as DECIMAL(24, 6)) between 0 and {_limit(form)}"
        found = f"case when {inside} then make_timestamp(cast({scaled} as BIGINT)) end"
    else:
        return text
    return f"coalesce(strftime({found}, '%Y-%m-%dT%H:%M:%S.%fZ'), {text})"


def time(text: str, timezone: str | None) -> str:
    """A time in UTC; a day is its midnight in UTC. `timezone` is that of times without offset."""
    dotted = f"replace(replace({text}, ',', '.'), ' ', 'T')"
    zoned = f"make_timestamp(epoch_us(try_cast({_zone(text)} as TIMESTAMPTZ)))"
    cases = [
        f"when regexp_full_match({text}, {literal(ZONED)}) then {zoned}",
        f"when {is_day(text)} then try_cast({text} as TIMESTAMP)",
    ]
    if timezone is not None:
        local = f"try_cast({dotted} as TIMESTAMP)"
        at = f"make_timestamp(epoch_us(timezone({literal(timezone)}, {local})))"
        cases.append(f"when {has_no_zone(text)} then {at}")
    return f"case {' '.join(cases)} end"


def _whole(text: str) -> str:
    return f"regexp_full_match({text}, '[0-9]{{15,20}}')"


def _limit(form: str) -> int:
    return 9_223_372_036 * 1_000_000 // _MICROSECONDS[form]


def _zone(text: str) -> str:
    """Written as DuckDB reads it: a point before the fraction, no space before the zone."""
    plain = f"replace(replace(replace({text}, ',', '.'), 'GMT', 'UTC'), 'z', 'Z')"
    return f"regexp_replace({plain}, ' ([-+])', '\\1')"


def number(text: str) -> str:
    """A finite number."""
    value = f"try_cast({text} as DOUBLE)"
    return (
        f"case when regexp_full_match({text}, {literal(NUMBER)}) and isfinite({value}) "
        f"then {value} end"
    )


def flag(text: str) -> str:
    return f"case lower({text}) when 'true' then true when 'false' then false end"


def items(text: str) -> str:
    """A list: the texts of a JSON array, or the text as its only item."""
    is_array = f"left({text}, 1) = '[' and json_valid({text})"
    return (
        f"case when {is_array} then try_cast(json({text}) as VARCHAR[]) "
        f"when {text} is not null then [{text}] end"
    )


def mapping(text: str) -> str:
    """A JSON object, in its shortest form."""
    is_object = f"left({text}, 1) = '{{' and json_valid({text})"
    return f"case when {is_object} then cast(json({text}) as VARCHAR) end"
