"""How SQL reaches the parts of a file's rows, which a mapping names by paths (`sources.paths`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from linter.log.columns import literal, quoted
from linter.log.sources.paths import IN_ITEM, ITEM, SECTION, WHOLE_FILE, steps


@dataclass(frozen=True, slots=True)
class Part:
    """Two expressions: the text of a part, and its sort: VARCHAR, ARRAY, OBJECT, BOOLEAN or a
    number's; None where all is text."""

    text: str
    sort: str | None = None


NOTHING = Part("NULL::VARCHAR")


class Access(Protocol):
    """One file's rows. What it was asked for decides what `lifted` reads."""

    def part(self, path: str, whole: bool = False) -> Part: ...

    def lifted(self) -> str:
        """A query with the columns row, problem, unknown, those of the parts and of `raw`."""
        ...

    @property
    def raw(self) -> str:
        """The row as a reject shows it: an expression over `lifted`."""
        ...


def _way(names: Sequence[str]) -> str:
    """A path of JSON."""
    escaped = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return "".join(f'."{name}"' for name in escaped)


def _chosen(json: str, path: str) -> str:
    """The text of what a path with choices leads to in a JSON value."""
    pending: list[str] = []
    for name, choice in steps(path):
        pending.append(name)
        if choice is not None:
            key, value = choice
            here = f"json_extract({json}, {literal('$' + _way(pending))})"
            keys = f"json_extract_string({here}, {literal('$[*]' + _way([key]))})"
            at = f"list_position({keys}, {literal(value)})"
            json = f"json_extract({here}, '$[' || ({at} - 1) || ']')"
            pending = []
    return f"json_extract_string({json}, {literal('$' + _way(pending))})"


def _of_item(path: str) -> Part:
    if path == ITEM:
        return Part("item")
    json = "case when json_valid(item) then json(item) end"
    return Part(_chosen(f"json_object('x', {json})", f"x.{path.removeprefix(IN_ITEM)}"))


@dataclass
class JsonAccess:
    """JSON Lines: a line is a record, or `[row, section, record, file]` where `numbered`.

    `inside`: a key that the record may stand under. `known`: the keys that need no note.
    """

    source: str
    numbered: bool = False
    inside: str | None = None
    known: Sequence[str] | None = None
    _ways: dict[str, int] = field(default_factory=dict)
    _chosen: dict[str, str] = field(default_factory=dict)

    def _index(self, way: str) -> int:
        return self._ways.setdefault(way, len(self._ways) + 1)

    def part(self, path: str, whole: bool = False) -> Part:
        if path.startswith("@"):
            return self._special(path)
        base = "$[2]" if self.numbered else "$"
        roots = [f"{base}{_way([self.inside])}", base] if self.inside else [base]
        if "[" in path and not whole:
            column = self._chosen.setdefault(path, f"x{len(self._chosen)}")
            return Part(column)
        ways = [root + _way([path]) for root in roots]
        if not whole and "." in path:
            ways += [root + _way(path.split(".")) for root in roots]
        indices = [self._index(way) for way in ways]
        if len(indices) == 1:
            return Part(f"s[{indices[0]}]", f"t[{indices[0]}]")
        texts = ", ".join(f"s[{index}]" for index in indices)
        sorts = ", ".join(f"nullif(t[{index}], 'NULL')" for index in indices)
        return Part(f"coalesce({texts})", f"coalesce({sorts})")

    def _special(self, path: str) -> Part:
        if path == ITEM or path.startswith(IN_ITEM):
            return _of_item(path)
        if not self.numbered:
            return NOTHING
        if path == SECTION:
            return Part(f"s[{self._index('$[1]')}]")
        return Part(f"s[{self._index('$[3]' + _way([path.removeprefix(WHOLE_FILE)]))}]")

    @property
    def raw(self) -> str:
        return "json_extract_string(raw, '$[2]')" if self.numbered else "raw"

    def lifted(self) -> str:
        ways = "[" + ", ".join(map(literal, self._ways)) + "]"
        record = "json_extract(line, '$[2]')" if self.numbered else "line"
        chosen = "".join(
            f", {_chosen(self._inner(record), path)} as {column}"
            for path, column in self._chosen.items()
        )
        row = "cast(json_extract_string(line, '$[0]') as BIGINT)" if self.numbered else "n"
        unknown = "NULL::VARCHAR[]"
        if self.known is not None:
            listed = "[" + ", ".join(map(literal, self.known)) + "]"
            keys = f"json_keys({record})"
            unknown = f"case when not list_has_all({listed}, {keys}) then {keys} end"
        problem = (
            "case when valid is null then 'the line is not JSON' "
            "when line is null then 'the line is not a JSON object' end"
        )
        is_object = "true" if self.numbered else "json_type(valid) = 'OBJECT'"
        return (
            f"select {row} as row, raw, {problem} as problem, {unknown} as unknown, "
            f"json_extract_string(line, {ways}) as s, json_type(line, {ways}) as t{chosen} from "
            f"(select *, case when {is_object} then valid end as line from "
            "(select n, raw, case when json_valid(raw) then raw end as valid "
            f"from {self.source} where trim(raw) <> ''))"
        )

    def _inner(self, record: str) -> str:
        if self.inside is None:
            return record
        return f"coalesce(json_extract({record}, {literal('$' + _way([self.inside]))}), {record})"


@dataclass
class TableAccess:
    """A table: `columns` says by which name of SQL, and of which type, each column is read."""

    source: str
    row: str
    columns: Mapping[str, tuple[str, str]]
    known: Sequence[str] | None = None
    _parts: dict[str, str] = field(default_factory=dict)

    def _column(self, name: str) -> tuple[str, str] | None:
        folded = {each.casefold(): found for each, found in self.columns.items()}
        return self.columns.get(name) or folded.get(name.casefold())

    def _named(self, expression: str) -> str:
        return self._parts.setdefault(expression, f"p{len(self._parts)}")

    def part(self, path: str, whole: bool = False) -> Part:
        if path == ITEM or path.startswith(IN_ITEM):
            return _of_item(path)
        if path.startswith("@"):
            return NOTHING
        column = self._column(path)
        if column is None and not whole:
            return self._inside(path)
        if column is None:
            return NOTHING
        return Part(self._named(_as_text(*column)), _sort(column[1]))

    def _inside(self, path: str) -> Part:
        """A part of a cell that holds JSON."""
        name, _, rest = path.partition(".")
        bare, bracket, choice = name.partition("[")
        column = self._column(bare)
        if column is None or not (rest or bracket):
            return NOTHING
        text = _as_text(*column)
        json = f"case when json_valid({text}) then json({text}) end"
        wrapped = f"json_object('x', {json})"
        inner = "x" + (f"[{choice}" if bracket else "") + (f".{rest}" if rest else "")
        return Part(self._named(_chosen(wrapped, inner)))

    @property
    def raw(self) -> str:
        cells = (f"{literal(name)}, {_as_text(*how)}" for name, how in self.columns.items())
        return f"cast(json_merge_patch('{{}}', json_object({', '.join(cells)})) as VARCHAR)"

    def lifted(self) -> str:
        parts = "".join(f", {expression} as {name}" for expression, name in self._parts.items())
        unknown = "NULL::VARCHAR[]"
        if self.known is not None:
            others = [name for name in self.columns if name not in self.known]
            if others:
                cells = ", ".join(
                    f"case when {_as_text(*self.columns[name])} is not null "
                    f"then {literal(name)} end"
                    for name in others
                )
                unknown = f"list_distinct([{cells}])"
        return (
            f"select *, {self.row} as row, NULL::VARCHAR as problem, {unknown} as unknown{parts} "
            f"from {self.source}"
        )


def _as_text(column: str, type_: str) -> str:
    name = quoted(column)
    if type_ == "VARCHAR":
        return f"nullif({name}, '')"
    if type_ in ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"):
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    if type_.startswith("TIMESTAMP"):
        return f"strftime(cast({name} as TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f')"
    if type_.endswith("[]") or type_.startswith(("STRUCT", "MAP")):
        return f"cast(to_json({name}) as VARCHAR)"
    return f"cast({name} as VARCHAR)"


def _sort(type_: str) -> str | None:
    if type_.endswith("[]"):
        return "'ARRAY'"
    if type_.startswith(("STRUCT", "MAP")):
        return "'OBJECT'"
    if type_ == "BOOLEAN":
        return "'BOOLEAN'"
    return None
