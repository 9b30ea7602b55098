"""A first mapping for a file of unknown layout, made from the names and values of its columns.

What is proposed is a valid source, to be read and corrected by the team: what each column means is
guessed from its name, how times are written from the values.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linter.documents import InvalidFile, closest
from linter.log.sources.generic import FIELDS as EVENT_FIELDS
from linter.log.sources.load import find, shipped
from linter.log.sources.model import Source
from linter.logic.fields import ACTIONS

_ROWS = 1000
"""Rows that are looked at."""
_VERBS = 40
"""Different values that a column of verbs has at most."""
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_ -]*[A-Za-z0-9_]|[A-Za-z_]")
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})

_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "uuid", "guid", "key", "eventid", "commentid", "reviewid", "messageid",
           "entryid"),
    "time": ("time", "timestamp", "createdat", "created", "createdtime", "createdutc", "date",
             "datetime", "publishedat", "submittedat", "occurredat", "when", "ts"),
    "conversation": ("conversation", "conversationid", "thread", "threadid", "ticket", "ticketid",
                     "topic", "topicid", "case", "caseid"),
    "channel": ("channel", "platform", "network", "page", "app"),
    "actor": ("actor", "author", "user", "username", "authorname", "moderator", "mod", "agent",
              "createdby", "staffuser", "reviewer", "name", "from"),
    "target": ("target", "targetid", "parent", "parentid", "inreplyto", "replyto", "objectid",
               "contentid"),
    "target.author": ("targetauthor", "targetuser", "contentauthor", "affecteduser"),
    "target.text": ("targettext", "targetbody", "contenttext"),
    "text": ("text", "body", "message", "comment", "content", "review", "reviewtext", "caption"),
    "language": ("language", "lang", "locale"),
    "rating": ("rating", "stars", "score", "starrating"),
    "ground": ("ground", "grounds", "category", "violation", "violationtype"),
    "reason": ("reason", "note", "explanation", "details", "why"),
    "rule": ("rule", "policy", "rulecited", "guideline", "clause"),
    "notified": ("notified", "informed", "noticesent"),
    "notice": ("notice", "notification", "messagetoauthor"),
    "until": ("until", "expires", "expiresat", "expiry", "enddate"),
}  # fmt: skip
_DECISION: Mapping[str, tuple[str, ...]] = {
    "actor": ("moderator", "mod", "agent", "staff", "staffuser", "actor", "admin", "reviewer",
              "createdby", "user", "username"),
    "target.author": (*_NAMES["target.author"], "author", "authorname", "username", "user"),
    "target.text": (*_NAMES["target.text"], *_NAMES["text"]),
}  # fmt: skip
"""What columns mean in a log of decisions: whose text it is stands beside who decided."""
_REPLY_TEXT = ("reply", "replytext", "response", "responsetext", "companyreply", "ownerreply",
               "developerreplytext", "businessresponse", "answer")  # fmt: skip
_REPLY_TIME = ("replydate", "replytime", "repliedat", "responsedate", "respondedat",
               "replycreatedat", "developerreplydateandtime", "answeredat")  # fmt: skip
_VERB = ("action", "verb", "actiontype", "eventtype", "operation", "type", "event", "decision")
_ALIKE: Mapping[str, str] = {
    "delete": "remove", "deleted": "remove", "removed": "remove", "takedown": "remove",
    "reject": "remove", "hidden": "hide", "unhide": "restore", "undelete": "restore",
    "reinstate": "restore", "approved": "approve", "block": "ban", "unblock": "unban",
    "silence": "mute", "timeout": "mute", "warning": "warn", "flag": "escalate",
    "close": "lock", "reopen": "unlock", "edited": "edit", "banned": "ban",
}  # fmt: skip
_TALK = {"comment": "comment", "post": "comment", "review": "comment", "message": "comment",
         "reply": "reply", "response": "reply", "answer": "reply"}  # fmt: skip
_PATTERNS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
    "%d/%m/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d", "%d %b %Y %H:%M", "%d %b %Y", "%b %d, %Y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text of a mapping, or the shipped source that fits already."""

    text: str
    fits: str | None = None


def propose(path: Path) -> Proposal:
    """A mapping for a file's layout. Raises InvalidFile where the file cannot be read."""
    columns = columns_of(path)
    fits = _fitting(columns)
    return Proposal(_Draft(_slug(path), columns).text(path), fits)


def columns_of(path: Path) -> dict[str, list[str]]:
    """The values of each column or key in the first rows; nested keys with dots."""
    from tempfile import TemporaryDirectory

    from linter.log import database

    with TemporaryDirectory() as name:
        folder = Path(name)
        prepared = _prepared(path, folder)
        found: dict[str, list[str]] = {}
        con = database.connect(folder)
        try:
            for row in _rows(con, prepared):
                for key, value in _flat(row):
                    found.setdefault(key, []).append(value)
        finally:
            con.close()
    return found


def _prepared(path: Path, folder: Path) -> Any:
    """A JSON document's rows stand where one of the shipped sources has them, or in its list."""
    from linter.log.ingest import files

    known = {way: None for name in shipped() for way in find(name).records}
    try:
        return files.prepare(path, folder, tuple(known), None)
    except InvalidFile:
        return files.prepare(path, folder, (), None)


def _rows(con: Any, prepared: Any) -> Iterable[Mapping[str, Any]]:
    if prepared.format == "parquet":
        cursor = con.execute(
            "select cast(to_json(t) as VARCHAR) from read_parquet(?) t limit ?",
            [str(prepared.path), _ROWS],
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]
    rows: list[Mapping[str, Any]] = []
    with prepared.path.open(encoding="utf-8", newline="") as file:
        if prepared.format == "csv":
            import csv

            for cells in csv.reader(file):
                rows.append(dict(zip(prepared.header, cells[1:], strict=False)))
                if len(rows) >= _ROWS:
                    break
            return rows or [dict.fromkeys(prepared.header, "")]
        for line in file:
            try:
                data = json.loads(line)
            except ValueError:
                continue
            row = data[2] if prepared.numbered else data
            if isinstance(row, dict):
                rows.append(row)
            if len(rows) >= _ROWS:
                break
    return rows


def _flat(row: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    for key, value in row.items():
        if not key or any(character in key for character in "[]@") or ("." in key and before):
            continue
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        elif isinstance(value, bool):
            yield f"{before}{key}", "true" if value else "false"
        elif isinstance(value, list):
            yield f"{before}{key}", json.dumps(value, ensure_ascii=False)
        else:
            yield f"{before}{key}", "" if value is None else str(value)


# --- shipped sources -----------------------------------------------------------------------------


def _fitting(columns: Iterable[str]) -> str | None:
    """The shipped source that names most of the columns, if it names most of them."""
    names = set(columns)
    if {"event", "id", "time"} <= names and len(names & set(EVENT_FIELDS)) > len(names) / 2:
        return "generic"
    shares = {}
    for name in shipped():
        used = _paths(find(name))
        known = [each for each in names if each in used or each.partition(".")[0] in used]
        shares[name] = len(known) / max(len(names), 1)
    best = max(shares, key=lambda name: (shares[name], name), default="")
    return best if best and shares[best] >= 0.75 else None


def _paths(source: Source) -> set[str]:
    found: set[str] = set()
    for templates in source.verbs.values():
        for template in templates:
            for value in template.fields.values():
                found.update((*value.paths, *value.all_of))
            for test in template.when:
                found.update(test.paths)
            if template.each:
                found.add(template.each)
    if source.verb:
        found.update(source.verb.paths)
    if source.inside:
        return {"kind", *found, *(f"{source.inside}.{path}" for path in found)}
    return found | {path.partition(".")[0] for path in found}


# --- the draft -----------------------------------------------------------------------------------


class _Draft:
    def __init__(self, name: str, columns: Mapping[str, list[str]]) -> None:
        self._name, self._columns = name, columns
        self._used: set[str] = set()
        self._needs_zone = False

    def text(self, path: Path) -> str:
        verb = self._verb()
        fields = self._fields(skip=verb)
        lines = [
            f"# A first draft from the columns of {_comment(path.name)}. Read it, correct it, and",
            "# check it with: replylint validate",
            f"source: {self._name}",
            f"title: {_scalar(f'Exports such as {path.name}')}",
        ]
        body = self._with_verb(verb, fields) if verb else self._without_verb(fields)
        if self._needs_zone:
            lines += ["# The times have no offset. In which zone are they?", "timezone: UTC"]
        lines += ["", *body]
        left = [name for name in self._columns if name not in self._used]
        if left:
            lines += ["", "# Columns without a meaning yet; fields.NAME keeps one for conditions:"]
            lines += [f"#   {_comment(name)}" for name in left]
        return "\n".join(lines) + "\n"

    def _column(self, names: Sequence[str]) -> str | None:
        """The first column, in the order of the names, that is not used yet."""
        columns = list(self._columns)[::-1]
        bare = {_bare(column): column for column in columns}
        last = {_bare(column.rpartition(".")[2]): column for column in columns}
        for name in names:
            for known in (bare, last):
                if name in known and known[name] not in self._used:
                    return known[name]
        return None

    def _take(self, names: Sequence[str]) -> str | None:
        column = self._column(names)
        if column is not None:
            self._used.add(column)
        return column

    def _verb(self) -> str | None:
        column = self._column(_VERB)
        if column is None:
            return None
        values = [value for value in self._columns[column] if value]
        several = set(values)
        if not several or len(several) > min(_VERBS, max(len(values) - 1, 2)):
            return None
        if not any(_action(value) or _bare(value) in _TALK for value in several):
            return None
        self._used.add(column)
        return column

    def _fields(self, skip: str | None) -> dict[str, str]:
        fields = {}
        meanings = {**_NAMES, **_DECISION} if self._is_of_decisions(skip) else _NAMES
        for field, names in meanings.items():
            column = self._take(names)
            if column is not None:
                fields[field] = self._value(field, column)
        if "id" not in fields:
            listed = ", ".join(_scalar(column) for column in list(self._columns)[:20])
            fields = {"id": f"{{digest: [{listed}]}}", **fields}
        if "time" not in fields:
            fields["time"] = "{from: time}  # no column looks like a time"
        return fields

    def _is_of_decisions(self, verb: str | None) -> bool:
        values = {value for value in self._columns[verb] if value} if verb else set()
        return bool(values) and not any(_bare(value) in _TALK for value in values)

    def _value(self, field: str, column: str) -> str:
        if field not in ("time", "until"):
            return f"{{from: {_scalar(column)}}}"
        form = self._form(column)
        return f"{{from: {_scalar(column)}{f', as: {_scalar(form)}' if form else ''}}}"

    def _form(self, column: str) -> str | None:
        """How the times of a column are written, where that is not ISO 8601."""
        values = [value for value in self._columns[column] if value][:100]
        for form, shape in (
            ("seconds", r"1?[0-9]{9}(\.[0-9]+)?"),
            ("milliseconds", r"1?[0-9]{12}"),
            ("snowflake", r"[0-9]{17,20}"),
        ):
            if values and all(re.fullmatch(shape, value) for value in values):
                return form
        for pattern in _PATTERNS:
            if values and all(_reads(value, pattern) for value in values):
                self._needs_zone |= "%H" in pattern
                return pattern
        local = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+"
        self._needs_zone |= any(re.fullmatch(local, value) for value in values)
        return None

    def _with_verb(self, verb: str, fields: Mapping[str, str]) -> list[str]:
        counts = Counter(value for value in self._columns[verb] if value)
        known = {value: _action(value) for value in counts}
        talk = {value: _TALK[_bare(value)] for value in counts if _bare(value) in _TALK}
        ignored = sorted(value for value in counts if not known[value] and value not in talk)
        lines = [f"verb: {_scalar(verb)}", "common:"]
        lines += [f"  {field}: {value}" for field, value in fields.items()]
        lines.append("verbs:")
        for value in sorted(counts):
            if value in talk:
                lines.append(f"  {_scalar(value)}: {{event: {talk[value]}}}")
            elif known[value]:
                lines.append(f"  {_scalar(value)}: {{event: action, action: {known[value]}}}")
        if ignored:
            lines.append("# Which of these are moderation, and which action is each?")
            lines += ["ignore:", *(f"  - {_scalar(value)}" for value in ignored)]
        return lines

    def _without_verb(self, fields: Mapping[str, str]) -> list[str]:
        reply = self._take(_REPLY_TEXT)
        when = self._take(_REPLY_TIME) if reply else None
        lines = ["events:", "  - event: comment"]
        lines += [f"    {field}: {value}" for field, value in fields.items()]
        if reply:
            name = fields["id"].rstrip("}")
            lines += [
                "  # The answer in the same row.",
                "  - event: reply",
                f"    needs: {_scalar(reply)}",
                f"    id: {name}, template: '{{}}/reply'}}",
                f"    time: {self._value('time', when) if when else fields['time']}",
                "    actor.role: team",
                f"    target: {fields['id']}",
                f"    text: {{from: {_scalar(reply)}}}",
            ]
        return lines


def _action(word: str) -> str | None:
    """The canonical verb that a native one most likely is."""
    parts = [part for part in re.split(r"[^a-z]+", word.lower()) if part]
    for part in ("_".join(parts), *parts):
        if part in ACTIONS:
            return part
        if part in _ALIKE:
            return _ALIKE[part]
    joined = "".join(parts)
    for action in (*ACTIONS, *_ALIKE):
        if len(action) > 3 and joined.startswith(action):
            return _ALIKE.get(action, action)
    near = closest(joined, ACTIONS)
    return near if near and near[0] == joined[:1] else None


def _reads(value: str, pattern: str) -> bool:
    from datetime import datetime

    try:
        datetime.strptime(value, pattern)
    except ValueError:
        return False
    return True


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _slug(path: Path) -> str:
    name = path.name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "our-log"


def _comment(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _scalar(text: str) -> str:
    """A text as YAML has it within braces."""
    if _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
