"""Findings made of verdicts: the rule's message with the values of the event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from linter.log.pseudonyms import Pseudonyms
from linter.log.versions import Entry
from linter.model import Event, Finding, Position, Region
from linter.policy import messages

INFERRED = " (kind inferred from the text)"
_NOBODY = ("unknown", "the customer")
"""What a message says of people whom the log does not name."""
# What a message may say that is no word, and no name, of a customer.
_HARMLESS = frozenset(
    (
        *("id", "conversation", "time", "channel", "action", "kind", "ground", "rule", "rating"),
        *("limit", "other", "elapsed", "count", "n", "rate", "low", "high", "beside", "period"),
        *("group", "actor", "target", "language"),
    )
)
_PEOPLE = frozenset({"actor", "author", "target", "target.author"})
_CUSTOMERS = frozenset({"author", "target", "target.author", "text", "target.text", "reason"})
"""Fields whose values are words or names of customers, or may be."""


class Maker:
    """Makes findings of rows of the table `findings`, by the ids of the rules' entries."""

    COLUMNS = (
        *("task", "event", "other", "conversation", "happened", "actor", "file", "row"),
        *('"values"', '"start"', '"end"', "absent", "text", "line", '"offset"', "replacement"),
        *("language", "inferred", "is_customer", "is_account"),
    )

    def __init__(
        self,
        entries: Mapping[str, Entry],
        pseudonyms: Pseudonyms | None = None,
        redact: bool = False,
    ) -> None:
        self._entries = entries
        self._redact = redact
        self._pseudonyms = pseudonyms
        self._groups = {id_: _group_fields(entry) for id_, entry in entries.items()}

    def finding(self, values: tuple[Any, ...]) -> Finding:
        """The finding of one row."""
        row = dict(zip((name.strip('"') for name in self.COLUMNS), values, strict=True))
        entry = self._entries[row["task"]]
        rule = entry.rule
        known = {key: str(value) for key, value in json.loads(row["values"] or "{}").items()}
        named = {**known, **self._named(row, known)}
        suffix = INFERRED if row["inferred"] else ""
        place = Position(max(1, row["row"] or 1), 1, 0)
        text = row["text"] or ""
        return Finding(
            rule=rule.id,
            level=rule.level,
            message=messages.fill(rule.message, named) + suffix,
            path=row["file"] or "",
            region=Region(place, place),
            reply=row["event"],
            language=row["language"],
            text=text,
            line_text=row["line"] or "",
            fingerprint=_fingerprint(rule.id, row["event"], text),
            absent=bool(row["absent"]),
            guideline=rule.guideline,
            replacement=row["replacement"],
            event=Event(
                time=row["happened"] or "",
                conversation=row["conversation"],
                actor=self._actor(row),
                other=row["other"],
                inferred=bool(row["inferred"]),
                start=row["start"],
                end=row["end"],
                offset=row["offset"] or 0,
            ),
            redacted=messages.fill(rule.message, self._harmless(row, named)) + suffix,
        )

    def _actor(self, row: Mapping[str, Any]) -> str | None:
        name: str | None = row["actor"]
        if name is not None and self._pseudonyms is not None:
            return self._pseudonyms(name)
        return None if self._redact and row["is_customer"] else name

    def _named(self, row: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, str]:
        """The values that name people, as they are to be shown."""
        if self._pseudonyms is None:
            return {}
        people = ["actor", "author", "target.author"]
        people += ["target"] if row["is_account"] else []
        named = {
            name: self._pseudonyms(known[name])
            for name in people
            if name in known and known[name] not in _NOBODY
        }
        if "group" in known:
            named["group"] = self._group(known["group"], self._groups[row["task"]])
        return named

    def _group(self, group: str, by: tuple[str, ...]) -> str:
        """The name of a group, which the values of the fields `by` make up."""
        if self._pseudonyms is None or not set(by) & _PEOPLE:
            return group
        parts = group.split(", ")
        if len(parts) != len(by):
            return self._pseudonyms(group)
        shown = (
            self._pseudonyms(part) if name in _PEOPLE and part not in _NOBODY else part
            for name, part in zip(by, parts, strict=True)
        )
        return ", ".join(shown)

    def _harmless(self, row: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, str]:
        """The values for a message without words and names of customers."""
        hidden = set(named) - _HARMLESS
        if row["is_account"]:
            hidden.add("target")
        by = set(self._groups[row["task"]])
        if row["is_customer"]:
            hidden.add("actor")
        if by & _CUSTOMERS or ("actor" in by and row["is_customer"]):
            hidden.add("group")
        return {name: f"[{name}]" if name in hidden else text for name, text in named.items()}


def _group_fields(entry: Entry) -> tuple[str, ...]:
    """The fields by which a rule groups events."""
    by = getattr(entry.constraint, "by", None)
    return (by,) if isinstance(by, str) else tuple(by or ())


def _fingerprint(rule: str, event: str, text: str) -> str:
    """Stays the same whatever file the event stands in, and when other events come or go."""
    words = " ".join(text.casefold().split())
    parts = "\0".join((rule, event, words))
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
