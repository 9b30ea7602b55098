"""A source's mapping as SQL: a file's rows in, typed events and rejects out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from linter.log.columns import COLUMNS, FIELDS, FILE, ROW, TIME_END, literal, quoted
from linter.log.ingest import values
from linter.log.ingest.access import NOTHING, Access, Part
from linter.log.ingest.files import SHOWN
from linter.log.sources.model import Amendment, Constant, Source, Template, Test, Value
from linter.log.sources.paths import ITEM
from linter.log.sources.schema import GIVEN, type_of, vocabulary

EVENT_COLUMNS = (*GIVEN, TIME_END, FIELDS)
STAGED = {
    **{name: COLUMNS[name] for name in (*EVENT_COLUMNS, FILE, ROW)},
    "fault": "VARCHAR",
    "raw": "VARCHAR",
    "ignored": "VARCHAR",
    "amends": "INTEGER",
    "unknown": "VARCHAR[]",
}
"""The columns of staged rows. Each row is an event, or one that became none: `fault` says why it
is a reject, `ignored` names the verb that is no event. `amends` numbers the amendment that it is
rather than an event: then `ignored` is what counts if there is nothing to amend. `unknown` are the
columns that no event has."""
UNKNOWN = "unknown "
"""How the reason begins of a reject that has a word which is not among those that can be."""

_OWN = f"{FIELDS}."
_MARK = "\x01"
"""Before a native value that a mapping does not list."""
_REQUIRED = ("id", "time", "event")
_AMENDING = ("target", "time")
_WANTED = {
    "text": "must be text",
    "number": "must be a number",
    "flag": "must be true or false",
    "list": "must be a list of texts",
    "time": "cannot be read",
    "object": "must be an object",
}
_NO_ZONE = "has no zone: give it an offset, or its source a timezone"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Query:
    """`rows` gives staged rows; it reads the relation `lifted`, which is the query `lifted`.
    `is_single`: it does so but once, so that the relation need not be kept."""

    lifted: str
    rows: str
    is_single: bool


def staged(source: Source, access: Access, file: str) -> Query:
    """The query that makes staged rows of a file, whose name is `file`."""
    return _Builder(source, access, file).query()


def amendments(source: Source) -> list[Amendment]:
    """Those of a source, as `amends` numbers them."""
    return list(
        dict.fromkeys(
            template.amends
            for templates in source.verbs.values()
            for template in templates
            if template.amends is not None
        )
    )


@dataclass(frozen=True, slots=True)
class _Slot:
    """Templates of different verbs that one query can make."""

    each: str | None
    amends: Amendment | None
    templates: Mapping[str, Template]


def _slots(source: Source) -> Iterator[_Slot]:
    verbs = list(source.verbs)
    for row in zip_longest(*source.verbs.values()):
        groups: dict[tuple[str | None, Amendment | None], dict[str, Template]] = {}
        for verb, template in zip(verbs, row, strict=True):
            if template is not None:
                groups.setdefault((template.each, template.amends), {})[verb] = template
        for (each, amends), templates in groups.items():
            yield _Slot(each, amends, templates)


class _Builder:
    def __init__(self, source: Source, access: Access, file: str) -> None:
        self._source, self._access, self._file = source, access, file
        self._amendments = amendments(source)
        self._verb = self._text("text", source.verb).text if source.verb else None

    def query(self) -> Query:
        slots = list(_slots(self._source))
        is_single = (
            self._verb is None
            and len(slots) == 1
            and slots[0].each is None
            and not any(template.when for template in slots[0].templates.values())
        )
        selects = [self._events(slot, is_single) for slot in slots]
        if not is_single:
            selects.append(self._others(slots))
        rows = "\nunion all by name\n".join(selects)
        # Only now all parts are known that have to be lifted.
        return Query(self._access.lifted(), rows, is_single)

    @property
    def _raw(self) -> str:
        return f"substr({self._access.raw}, 1, {SHOWN})"

    # --- rows that are events --------------------------------------------------------------------

    def _events(self, slot: _Slot, is_single: bool) -> str:
        names = [
            name
            for name in EVENT_COLUMNS
            if any(name in template.fields for template in slot.templates.values())
        ]
        parts = {name: self._field(name, slot) for name in names}
        own = self._own_fields(slot)
        if own is not None:
            names, parts = [*names, FIELDS], {**parts, FIELDS: own}
        where = "true" if is_single else f"problem is null and {self._applies(slot)}"
        texts = ", ".join(
            f"{part.text} as f{index}, {part.sort or 'NULL::VARCHAR'} as k{index}"
            for index, part in enumerate(parts.values())
        )
        built = f"select *, {texts} from {self._raised(slot)} where {where}"
        typed = ", ".join(
            f"{self._typed(name, f'f{index}')} as v{index}" for index, name in enumerate(names)
        )
        checked = f"select *, {typed} from ({built})"
        required = _REQUIRED if slot.amends is None else _AMENDING
        wrong = f"select *, {self._reason(names, required)} as wrong from ({checked})"
        known = {name: f"v{index}" for index, name in enumerate(names)}
        if TIME_END not in known and "time" in known:
            known[TIME_END] = _end(f"f{names.index('time')}", known["time"])
        columns = {
            **{name: known.get(name, "NULL") for name in EVENT_COLUMNS},
            FILE: literal(self._file),
            ROW: "row",
            "fault": "wrong",
            "raw": f"case when wrong is not null then {self._raw} end",
            "ignored": "NULL" if slot.amends is None else self._verb or "NULL",
            "amends": "NULL" if slot.amends is None else str(self._amendments.index(slot.amends)),
            "unknown": "unknown" if is_single else "NULL",
        }
        return _select(columns, f"({wrong})")

    def _raised(self, slot: _Slot) -> str:
        if slot.each is None:
            return "lifted"
        items = values.items(self._part(slot.each).text)
        return f"(select *, unnest({items}) as item from lifted)"

    def _own_fields(self, slot: _Slot) -> Part | None:
        """The further fields that a mapping names one by one."""
        names = sorted(
            {
                name
                for template in slot.templates.values()
                for name in template.fields
                if name.startswith(_OWN)
            }
        )
        if not names:
            return None
        cells = ", ".join(
            f"{literal(name.removeprefix(_OWN))}, {self._field(name, slot).text}" for name in names
        )
        return Part(
            f"nullif(cast(json_merge_patch('{{}}', json_object({cells})) as VARCHAR), '{{}}')"
        )

    def _field(self, name: str, slot: _Slot) -> Part:
        """A field's text, which can hang on the verb."""
        by_part: dict[Part, list[str]] = {}
        for verb, template in slot.templates.items():
            value = template.fields.get(name)
            type_ = "text" if name.startswith(_OWN) else type_of(name)
            part = NOTHING if value is None else self._text(type_, value)
            by_part.setdefault(part, []).append(verb)
        if len(by_part) == 1:
            return next(iter(by_part))
        texts = _case(self._verb, ((verbs, part.text) for part, verbs in by_part.items()))
        sorts = _case(
            self._verb, ((verbs, part.sort) for part, verbs in by_part.items() if part.sort)
        )
        return Part(texts or NOTHING.text, sorts)

    def _typed(self, name: str, text: str) -> str:
        type_ = type_of(name)
        if type_ == "time":
            return values.time(text, self._source.timezone)
        readers: Mapping[str, Callable[[str], str]] = {
            "number": values.number,
            "flag": values.flag,
            "list": values.items,
            "object": values.mapping,
        }
        return readers[type_](text) if type_ in readers else text

    def _reason(self, names: Sequence[str], required: Sequence[str]) -> str:
        """The first thing that is wrong with a row, or NULL."""
        cases = ["when problem is not null then problem"]
        for name in required:
            missing = f"f{names.index(name)} is null" if name in names else "true"
            cases.append(f"when {missing} then {literal(f'{name} is missing')}")
        for index, name in enumerate(names):
            cases += self._wrong(name, f"f{index}", f"k{index}", f"v{index}")
        if "action" in names and "event" in required:
            event, action = f"v{names.index('event')}", f"v{names.index('action')}"
            says = literal("action is missing")
            cases.append(f"when {event} = 'action' and {action} is null then {says}")
        return f"case {' '.join(cases)} end"

    def _wrong(self, name: str, text: str, sort: str, value: str) -> Iterator[str]:
        type_ = type_of(name)
        unknown = f"{literal(f'{UNKNOWN}{name} ')} || "
        shown = f"'\"' || substr(ltrim({text}, {literal(_MARK)}), 1, {_SHOWN}) || '\"'"
        yield f"when starts_with({text}, {literal(_MARK)}) then {unknown}{shown}"
        if type_ == "time":
            zone = f"{text} is not null and {values.has_no_zone(text)}"
            if self._source.timezone is None:
                yield f"when {zone} then {literal(f'{name} {_NO_ZONE}')}"
        wrong = literal(f"{name} {_WANTED[type_]}")
        if type_ == "text":
            yield f"when {sort} in ('ARRAY', 'OBJECT', 'BOOLEAN') then {wrong}"
        elif type_ == "list":
            yield f"when {sort} in ('OBJECT', 'BOOLEAN') then {wrong}"
        yield f"when {text} is not null and {value} is null then {wrong}"
        words = vocabulary(name)
        if words:
            yield f"when {value} not in {_tuple(words)} then {unknown}{shown}"

    # --- the other rows --------------------------------------------------------------------------

    def _others(self, slots: Sequence[_Slot]) -> str:
        """A row for each one that no template takes."""
        taken = " or ".join(f"({self._applies(slot, with_items=False)})" for slot in slots)
        cases = ["when problem is not null then problem"]
        ignored = "NULL"
        if self._verb is None:
            cases.append("else 'the row fits none of the events of its source'")
        else:
            known = _tuple([*self._source.verbs, *self._source.ignored])
            shown = f"'\"' || substr({self._verb}, 1, {_SHOWN}) || '\"'"
            cases += [
                f"when {self._verb} is null then 'the verb is missing'",
                f"when {self._verb} not in {known} then {literal(UNKNOWN + 'verb ')} || {shown}",
            ]
            ignored = self._verb
        inner = (
            f"select *, case {' '.join(cases)} end as wrong from lifted "
            f"where problem is not null or not ({taken})"
        )
        columns = {
            FILE: literal(self._file),
            ROW: "row",
            "fault": "wrong",
            "raw": f"case when wrong is not null then {self._raw} end",
            "ignored": f"case when wrong is null then {ignored} end",
        }
        return _select(columns, f"({inner})")

    def _applies(self, slot: _Slot, with_items: bool = True) -> str:
        """Whether a row becomes an event of the slot: true or false, never NULL."""
        cases = []
        for verb, template in slot.templates.items():
            tests = [self._test(t) for t in template.when if with_items or not _is_of_item(t)]
            if slot.each is not None and not with_items:
                tests.append(f"len({values.items(self._part(slot.each).text)}) > 0")
            cases.append(([verb], " and ".join(tests) or "true"))
        if self._verb is None:
            found = cases[0][1]
        else:
            merged: dict[str, list[str]] = {}
            for verbs, condition in cases:
                merged.setdefault(condition, []).extend(verbs)
            found = _case(self._verb, ((v, condition) for condition, v in merged.items())) or ""
        return f"coalesce({found}, false)"

    def _test(self, test: Test) -> str:
        text = ", ".join(f"nullif({self._part(path).text}, '')" for path in test.paths)
        text = f"coalesce({text})" if len(test.paths) > 1 else text
        if test.exists is not None:
            # A list of nothing is not there.
            found = f"nullif({text}, '[]') is {'not ' if test.exists else ''}null"
        elif test.matches is not None:
            found = f"coalesce(regexp_matches({text}, {literal(test.matches)}), false)"
        else:
            found = f"coalesce({text} in {_tuple(test.values)}, false)"
        return f"not ({found})" if test.negated else f"({found})"

    # --- values ----------------------------------------------------------------------------------

    def _part(self, path: str) -> Part:
        return self._access.part(path)

    def _text(self, type_: str, value: Value) -> Part:
        """A value as text: a list or an object as JSON, a time as ISO 8601."""
        if value.constant is not None:
            return Part(_constant(value.constant))
        if value.given:
            found = [self._extracted(value, self._part(path).text) for path in value.paths]
            there = " or ".join(f"{text} is not null" for text in found)
            absent = "NULL" if value.otherwise == "absent" else "'false'"
            return Part(f"case when {there} then 'true' else {absent} end")
        if value.digest:
            parts = ", ".join(self._part(path).text for path in value.paths)
            text = f"substr(md5(cast(to_json([{parts}]) as VARCHAR)), 1, 20)"
            return Part(_filled(value.template, text) if value.template else text)
        if value.all_of:
            pieces = {path: f"nullif({self._part(path).text}, '')" for path in value.all_of}
            return Part(_joined(value.template or "", pieces))
        given = [self._access.part(path, value.literal) for path in value.paths]
        text = ", ".join(f"nullif({part.text}, '')" for part in given)
        text = f"coalesce({text})" if len(given) > 1 else text
        changed = self._changed(type_, value, text)
        is_same = changed == text and len(given) == 1
        return Part(changed, given[0].sort if is_same else None)

    @staticmethod
    def _extracted(value: Value, text: str) -> str:
        if value.extract is not None:
            text = f"regexp_extract({text}, {literal(value.extract)}, 1)"
        return f"nullif({text}, '')"

    def _changed(self, type_: str, value: Value, text: str) -> str:
        if value.extract is not None:
            text = self._extracted(value, text)
        if value.absent:
            text = f"case when {text} not in {_tuple(value.absent)} then {text} end"
        if value.split is not None:
            text = f"cast(to_json(string_split({text}, {literal(value.split)})) as VARCHAR)"
        if value.values is not None:
            translate = _translated_list if type_ == "list" else _translated
            text = translate(value, text)
        if value.template is not None:
            text = _filled(value.template, text)
        if type_ == "time":
            text = values.iso(text, value.form, value.pattern)
        return text


# --- pieces of SQL -------------------------------------------------------------------------------


def _is_of_item(test: Test) -> bool:
    return any(path.startswith(ITEM) for path in test.paths)


def _select(columns: Mapping[str, str], relation: str) -> str:
    listed = ", ".join(
        f"cast({columns.get(name, 'NULL')} as {type_}) as {quoted(name)}"
        for name, type_ in STAGED.items()
    )
    return f"select {listed} from {relation}"


def _case(verb: str | None, cases: Iterable[tuple[Sequence[str], str]]) -> str | None:
    listed = [f"when {verb} in {_tuple(verbs)} then {then}" for verbs, then in cases]
    return f"case {' '.join(listed)} end" if listed else None


def _tuple(words: Iterable[str]) -> str:
    return "(" + ", ".join(map(literal, words)) + ")"


def _end(text: str, time: str) -> str:
    """The last instant of a day, and otherwise the time itself."""
    return (
        f"case when {values.is_day(text)} then {time} + to_microseconds({86_400_000_000 - 1}) "
        f"else {time} end"
    )


def _constant(constant: Constant) -> str:
    if isinstance(constant, tuple):
        return f"cast(to_json([{', '.join(map(literal, constant))}]) as VARCHAR)"
    if isinstance(constant, bool):
        return literal("true" if constant else "false")
    return literal(str(constant))


def _filled(template: str, text: str) -> str:
    before, _, after = template.partition("{}")
    return f"({literal(before)} || {text} || {literal(after)})"


def _joined(template: str, pieces: Mapping[str, str]) -> str:
    """A template with the parts in its braces; NULL where one of them is not given."""
    joined = [literal("")]
    rest = template
    while rest:
        before, _, behind = rest.partition("{")
        joined.append(literal(before))
        name, brace, rest = behind.partition("}")
        if brace:
            joined.append(pieces[name])
    return f"({' || '.join(joined)})"


def _translated(value: Value, text: str) -> str:
    cases = " ".join(
        f"when {literal(native)} then {_constant(constant)}"
        for native, constant in (value.values or {}).items()
    )
    others = {"reject": f"{literal(_MARK)} || {text}", "keep": text, "absent": "NULL"}
    other = others.get(value.otherwise, literal(value.otherwise))
    return f"case when {text} is not null then case {text} {cases} else {other} end end"


def _translated_list(value: Value, text: str) -> str:
    """The translations of a list's items, sorted, each once."""
    native = f"coalesce({values.items(text)}, [])"
    cases = ", ".join(
        f"case when list_contains({native}, {literal(word)}) then {literal(str(constant))} end"
        for word, constant in (value.values or {}).items()
    )
    listed = f"cast(to_json(list_sort(list_distinct([{cases}]))) as VARCHAR)"
    known = f"[{', '.join(map(literal, value.values or {}))}]"
    unknown = f"{literal(_MARK)} || {text}" if value.otherwise == "reject" else listed
    whole = f"case when not list_has_all({known}, {native}) then {unknown} else {listed} end"
    return f"case when {text} is not null then nullif({whole}, '[]') end"
