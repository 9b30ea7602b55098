"""A small log of all that has made engines disagree, and rules that hang on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from linter.log import sources
from linter.log.audit import plan_of
from linter.log.ingest import ingest
from linter.log.judge.plan import Plan
from linter.log.versions import entries, eras, load_versions

POLICY = r"""
policy: edges
version: 1.0.0
title: Rules on the edges
languages: [en]
calendars:
  office: {days: [mon, tue, wed, thu, fri, sat, sun], hours: 00:00-12:00, timezone: Europe/Oslo}
rules:
  - id: in-an-hour
    level: error
    check: response
    options: {event: {event: comment}, then: {event: reply}, within: 1 h}
    message: 'After {elapsed} of {limit}: {id}, {author}, {kind}, {rating}, {time}; {other}.'
  - id: in-working-time
    level: error
    check: response
    options: {event: {event: comment}, then: {event: reply}, within: 3 h, calendar: office}
    message: '{elapsed} {limit}'
  - id: on-these-grounds
    level: error
    check: absence
    options: {event: {event: action, action: remove}, unless: {ground: [spam, straße, İ]}}
    message: '{actor}: {ground}, {reason}'
  - id: in-lower-case
    level: error
    check: absence
    options: {event: {event: action, reason: {matches: '(?i)^(i̇|i|straße|\x{130})$'}}}
    message: '{reason}'
  - id: own-fields
    level: error
    check: absence
    options: {event: {fields.queue: [7, true], fields.note: {exists: true}}}
    message: '{id}'
  - id: with-evidence
    level: error
    check: precedence
    options:
      event: {event: action, action: remove}
      before: {event: action, evidence: {exists: true}}
      within: 1 s
      correlate: target
    message: '{elapsed}'
  - id: by-somebody-else
    level: error
    check: not-response
    options:
      event: {event: action, action: remove}
      then: {event: action, action: restore}
      correlate: target
      different: [actor]
    message: '{other} after {elapsed}'
  - id: resolved
    level: note
    check: existence
    options: {event: {event: resolution}, of: {event: comment}}
    message: '{count} of {limit}'
  - id: one-reply-an-hour
    level: note
    check: at-most-events
    options: {event: {event: reply}, at_most: 1, within: 1 h}
    message: '{count}'
  - id: many-at-once
    level: note
    check: burst
    options: {event: {event: comment}, at_least: 2, window: 1 s, by: channel}
    message: '{count}'
  - id: many-unanswered
    level: note
    check: burst
    options:
      event: {event: comment}
      at_least: 3
      window: 1 d
      then: {event: {event: announcement}, within: 24 h}
    message: '{count} {other}'
  - id: one-sided
    level: note
    check: rate-by
    options: {event: {ground: spam}, of: {event: action}, by: [actor], at_most: 10, at_least: 2}
    message: '{group} {rate} {low} {high} {n}'
  - id: all-in-all
    level: note
    check: rate-by
    options: {event: {ground: spam}, of: {event: action}, period: week, at_most: 1, at_least: 2}
    message: '{group} {period} {rate}'
"""


def _row(event: str, name: str, time: str, conversation: str | None = "k", **more: Any) -> str:
    fields = {"event": event, "id": name, "time": time, "conversation": conversation}
    return json.dumps({**fields, **more}, ensure_ascii=False)


def _lines() -> list[str]:
    comment = {"channel": "facebook", "actor": "İ ß", "kind": "complaint", "rating": 2}
    action = {"action": "remove", "actor": "m"}
    return [
        # The clocks go forward at 01:00 UTC on 29 March 2026, and back on 25 October.
        _row("comment", "spring", "2026-03-29T01:30:00+01:00", "dst", **comment),
        _row("reply", "spring-1", "2026-03-29T03:15:00+02:00", "dst"),
        _row("reply", "spring-2", "2026-03-29T05:00:00+02:00", "dst"),
        _row("comment", "autumn", "2026-10-25T02:30:00+02:00", "dst2", **comment),
        _row("reply", "autumn-1", "2026-10-25T02:45:00+01:00", "dst2"),
        "",
        _row("comment", "just", "2026-04-01T10:00:00Z", "exact", **comment),
        _row("reply", "just-1", "2026-04-01T11:00:00Z", "exact"),
        _row("comment", "late", "2026-04-01T10:00:00.000000Z", "late", **comment),
        _row("reply", "late-1", "2026-04-01T11:00:00.000001Z", "late"),
        _row("comment", "later", "2026-04-01T10:00:00Z", "later", channel=None),
        _row("reply", "later-1", "2026-04-01T11:00:00.4Z", "later"),
        '{"event": "comment", "id": "broken',
        "[1, 2]",
        _row("comment", "no-time", "yesterday"),
        # Ties, in both orders of the ids.
        _row("comment", "tie-b", "2026-04-02T10:00:00Z", "tie", **comment),
        _row("reply", "tie-a", "2026-04-02T10:00:00Z", "tie"),
        _row("reply", "tie-c", "2026-04-02T10:00:00Z", "tie"),
        _row("resolution", "tie-d", "2026-04-02", "tie"),
        _row("comment", "lone", "2026-04-02T10:00:00.5Z", None, channel=""),
        _row("action", "a1", "2026-04-03T10:00:00Z", "x", target="just", ground=[], **action),
        _row("action", "a2", "2026-04-03T10:00:00Z", "x", target="late", **action),
        _row("action", "a3", "2026-04-03", "x", target="tie-b", ground=["İ"], **action),
        _row("action", "a4", "2026-04-03T10:00:00Z", "x", target="gone", ground=["i̇"], **action),
        _row("action", "a5", "2026-04-03T10:00:00Z", target="lone", ground=["strasse"], **action),
        _row("action", "a6", "2026-04-03T10:00:00Z", target="later", ground=["straße"], **action),
        _row(
            "action", "a7", "2026-04-03T10:00:01Z", target="later", ground=["spam"], action="hide"
        ),
        _row("action", "e1", "2026-04-03T10:00:00Z", target="just", evidence=[], action="evidence"),
        _row("action", "e2", "2026-04-03T10:00:00Z", target="late", evidence=["f"], action="note"),
        _row("action", "r1", "2026-04-04T10:00:00Z", target="just", action="restore", actor="m"),
        _row("action", "r2", "2026-04-04T10:00:00Z", target="late", action="restore", actor="n"),
        _row("action", "r3", "2026-04-04T10:00:00Z", target="later", action="restore"),
        _row("action", "n1", "2026-04-05T10:00:00Z", action="note", actor="m", reason="İ"),
        _row("action", "n2", "2026-04-05T10:00:00Z", action="note", actor="m", reason="STRASSE"),
        _row("action", "n3", "2026-04-05T10:00:00Z", action="note", actor="m", reason="Straße"),
        _row("action", "n4", "2026-04-05T10:00:00Z", action="note", actor="m", reason=""),
        _row("announcement", "f1", "2026-04-06T10:00:00Z", None, fields={"queue": 7, "note": None}),
        _row("announcement", "f2", "2026-04-06T10:00:00Z", None, fields={"queue": "7", "note": ""}),
        _row("announcement", "f3", "2026-04-06T10:00:00Z", None, fields={"queue": 7.0, "note": 0}),
        "   ",
    ]


def store(folder: Path) -> Path:
    """The log as ingestion leaves it: a folder of Parquet files. Two of its lines are broken, and
    one has no time."""
    log = folder / "edges.jsonl"
    log.write_text("\n".join(_lines()) + "\n", encoding="utf-8")
    ingest([log], sources.find("generic"), folder / "edges")
    return folder / "edges" / "events"


def plan(folder: Path) -> Plan:
    """The plan of the rules."""
    path = folder / "edges.yaml"
    path.write_text(POLICY, encoding="utf-8")
    return plan_of(entries(eras(load_versions([str(path)], folder))), None)
