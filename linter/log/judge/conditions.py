"""Conditions as SQL over the event log's columns.

SQL's three-valued logic is Kleene's, so a condition becomes one expression whose NULL says that it
is undecided. `logic.conditions.evaluate` says what it must mean; a test holds the two together.
The record that it is about: the columns by name; a further field as its JSON value, where a list or
object inside a list counts as its JSON text. A NULL inside a list is no item.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from linter.log.columns import FIELDS, quoted
from linter.logic.conditions import All, AnyOf, Comparison, Condition, Not, comparisons
from linter.logic.fields import EVENT, OWN_PREFIX, field_of

_SYMBOLS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_EXACT = 2**53
_WRITTEN_NUMBER = r"[-+]?[0-9]{1,300}(\.[0-9]{1,300})?"


def sql(condition: Condition) -> str:
    """A truth value in SQL; NULL where the condition is undecided."""
    match condition:
        case Comparison():
            return _comparison(condition)
        case Not(part):
            return f"(not {sql(part)})"
        case All(parts):
            return _joined(map(sql, parts), "and", "true")
        case AnyOf(parts):
            return _joined(map(sql, parts), "or", "false")


def hanging(condition: Condition) -> dict[str, str]:
    """For each field of a condition, in its order: whether the condition is undecided and hangs on
    it; in SQL, never NULL."""
    names = dict.fromkeys(test.field for test in comparisons(condition))
    found = {name: _hangs(condition, name) for name in names}
    return {name: hangs for name, hangs in found.items() if hangs != "false"}


def missing(condition: Condition) -> str:
    """The names of the fields on which an undecided condition hangs, as SQL: a list of text in the
    order in which the condition names them, empty where it is decided."""
    return names_where(hanging(condition).items())


def missing_of(names: Iterable[str]) -> str:
    """Which of these fields a row lacks, as SQL: a list of their names."""
    return names_where((name, f"not {known(name)}") for name in dict.fromkeys(names))


def names_where(named: Iterable[tuple[str, str]]) -> str:
    """The names for which something holds, as SQL: a list of text."""
    cases = ", ".join(f"case when {holds} then {text(name)} end" for name, holds in named)
    return f"[item for item in ([{cases}]::varchar[]) if item is not null]"


def reason(condition: Condition) -> str:
    """SQL that completes "cannot tell: …" for a row on which the condition is undecided."""
    return worded(missing(condition))


def worded(names: str, of: str = "") -> str:
    """A list of the names of fields in SQL, as `Outcome.reason` puts it. `of`: of what event."""
    singular, plural = text(f"{of} is not known"), text(f"{of} are not known")
    verb = f"case when len({names}) = 1 then {singular} else {plural} end"
    return f"(array_to_string({names}, ' and ') || {verb})"


def text(value: str) -> str:
    """A text in SQL, whatever is in it."""
    parts = (part.replace("'", "''") for part in value.split("\0"))
    joined = "' || chr(0) || '".join(parts)
    return f"('{joined}')" if "\0" in value else f"'{joined}'"


def known(field: str) -> str:
    """Whether a row has a field, in SQL."""
    if not field.startswith(OWN_PREFIX):
        return f"({quoted(field)} is not null)"
    return f"(coalesce(json_type({own(field)}), 'NULL') <> 'NULL')"


def own(field: str) -> str:
    """The JSON value of a further field, in SQL."""
    name = field.removeprefix(OWN_PREFIX).replace("~", "~0").replace("/", "~1")
    return f"json_extract({quoted(FIELDS)}, {text('/' + name)})"


def json_text(item: str) -> str:
    """A JSON value as conditions read it (`conditions._text`), in SQL."""
    plain = f"json_extract_string({item}, '$')"
    whole = f"regexp_full_match({plain}, '-?[0-9]+')"
    number = number_text(f"try_cast({plain} as double)")
    return (
        f"(case when json_type({item}) = 'DOUBLE' and not {whole} then {number} else {plain} end)"
    )


def number_text(number: str) -> str:
    """A DOUBLE as text: whole numbers without a point."""
    whole = f"{number} = trunc({number}) and abs({number}) < 1e38"
    return (
        f"(case when {whole} then cast(cast({number} as hugeint) as varchar)"
        f" else cast({number} as varchar) end)"
    )


def _joined(parts: Iterable[str], operator: str, nothing: str) -> str:
    return f"({f' {operator} '.join(parts) or nothing})"


def _hangs(condition: Condition, field: str) -> str:
    """Whether an undecided condition hangs on a field, in SQL: never NULL."""
    match condition:
        case Comparison():
            asks = condition.field == field and condition.operator != "exists"
            return f"({sql(condition)} is null)" if asks else "false"
        case Not(part):
            return _hangs(part, field)
        case All(parts) | AnyOf(parts):
            parts_hang = [hang for hang in (_hangs(p, field) for p in parts) if hang != "false"]
            if not parts_hang:
                return "false"
            return f"(({sql(condition)}) is null and {_joined(parts_hang, 'or', 'false')})"


# --- one comparison ------------------------------------------------------------------------------


def _comparison(test: Comparison) -> str:
    if test.operator == "exists":
        return known(test.field) if test.value else f"(not {known(test.field)})"
    if test.field.startswith(OWN_PREFIX):
        return _own_comparison(test)
    column = quoted(test.field)
    several = field_of(test.field, EVENT).type == "list"
    if test.operator == "matches":
        found = f"[regexp_matches(item, {text(test.value)}) for item in {column}]"
        alone = f"regexp_matches({column}, {text(test.value)})"
        return f"list_contains({found}, true)" if several else alone
    if test.operator == "in":
        wanted = ", ".join(_written(value) for value in test.value if _writable(value))
        if several:
            return f"list_has_any({column}, [{wanted}]::varchar[])"
        # Without a value that could be equal, it is still unknown where the field is missing.
        return f"({column} in ({wanted}))" if wanted else f"({column} is null and null)"
    bound = f"{column} {_SYMBOLS[test.operator]} {_double(test.value)}"
    return f"(case when isfinite({column}) then {bound} end)"


def _written(value: str | float | bool) -> str:
    if isinstance(value, str):
        return text(value)
    return str(value).lower() if isinstance(value, bool) else _double(value)


def _own_comparison(test: Comparison) -> str:
    value = own(test.field)
    items = (
        f"case when json_type({value}) = 'ARRAY' then json_extract({value}, '$[*]')"
        f" else [{value}] end"
    )
    marks = f"[{_mark(test, 'item')} for item in {items}]"
    verdict = f"case list_max({marks}) when 2 then true when 1 then null else false end"
    return f"(case when {known(test.field)} then {verdict} end)"


def _mark(test: Comparison, item: str) -> str:
    """2 where an item of a further field passes, 1 where that is undecided, 0 where it fails."""
    number = _number(item)
    if test.operator == "matches":
        passed = f"when regexp_matches({json_text(item)}, {text(test.value)}) then 2"
    elif test.operator == "in":
        equal = " or ".join(_equal(item, value) for value in test.value if _writable(value))
        passed = f"when {equal or 'false'} then 2"
    else:
        bound = f"{number} {_SYMBOLS[test.operator]} {_double(test.value)}"
        passed = f"when {number} is null then 1 when {bound} then 2"
    return f"(case when json_type({item}) = 'NULL' then 0 {passed} else 0 end)"


def _equal(item: str, wanted: str | float | bool) -> str:
    if isinstance(wanted, bool):
        return f"lower({json_text(item)}) = '{str(wanted).lower()}'"
    if isinstance(wanted, str):
        return f"{json_text(item)} = {text(wanted)}"
    # Names such as 1234567890123456789 are whole numbers that a DOUBLE would round.
    same = (
        f"coalesce({_number(item)} = {_double(wanted)}, false)" if _is_double(wanted) else "false"
    )
    if isinstance(wanted, int) and abs(wanted) > _EXACT:
        whole = f"json_type({item}) in ('BIGINT', 'UBIGINT')"
        plain = f"json_extract_string({item}, '$')"
        return f"(case when {whole} then {plain} = '{wanted}' else {same} end)"
    return same


def _number(item: str) -> str:
    """The number that a JSON value is or, as text, says; else NULL."""
    plain = f"json_extract_string({item}, '$')"
    written = f"regexp_full_match({plain}, {text(_WRITTEN_NUMBER)})"
    return (
        f"(case when json_type({item}) in ('BIGINT', 'UBIGINT', 'DOUBLE') or"
        f" (json_type({item}) = 'VARCHAR' and {written}) then try_cast({plain} as double) end)"
    )


def _is_double(value: float) -> bool:
    try:
        return float(value) == value
    except OverflowError:
        return False


def _double(value: float) -> str:
    try:
        number = float(value)
    except OverflowError:
        number = math.copysign(math.inf, value)
    return f"'{number!r}'::double"


def _writable(value: object) -> bool:
    """Whether something in a log can be equal to it: no text has a lone surrogate."""
    return (
        not isinstance(value, str)
        or value.isascii()
        or value == value.encode("utf-8", "replace").decode()
    )
