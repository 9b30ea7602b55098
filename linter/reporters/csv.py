"""A table for spreadsheets: a row a finding, then a row for each reason for not checking."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from linter.model import Event, Finding, NotChecked
from linter.reporters import redaction, safe
from linter.reporters.run import Run

NAME = "csv"

_COLUMNS = (
    "kind", "path", "line", "column", "end_line", "end_column", "level", "rule", "message",
    "text", "replacement", "reply", "language", "guideline", "fingerprint", "count",
)  # fmt: skip


_LOG_COLUMNS = ("time", "conversation", "actor", "other", "inferred", "start", "end")


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """`kind` is "finding" or why something was not checked; every cell is safe to open."""
    columns = _COLUMNS + (_LOG_COLUMNS if run.command == "audit" else ())
    table = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    table.writeheader()
    for finding in redaction.shown(run, findings):
        table.writerow(_row(finding))
    for entry in redaction.summary(run).not_checked:
        table.writerow(_left_out(entry))


def _row(finding: Finding) -> dict[str, object]:
    start, end = finding.region.start, finding.region.end
    words = {
        "path": finding.path,
        "rule": finding.rule,
        "message": finding.message.strip(),
        "text": finding.text,
        "replacement": finding.replacement or "",
        "reply": finding.reply,
        "language": finding.language or "",
        "guideline": " ".join(finding.guideline),
        "fingerprint": finding.fingerprint,
    }
    return {
        "kind": "finding",
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "level": finding.level,
        "count": 1,
        **{name: safe.cell(text) for name, text in words.items()},
        **({} if finding.event is None else _event(finding.event)),
    }


def _event(event: Event) -> dict[str, object]:
    return {
        "time": event.time,
        "conversation": safe.cell(event.conversation or ""),
        "actor": safe.cell(event.actor or ""),
        "other": safe.cell(event.other or ""),
        "inferred": "true" if event.inferred else "false",
        "start": event.start,
        "end": event.end,
    }


def _left_out(entry: NotChecked) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "path": safe.cell(" ".join(entry.where)),
        "rule": safe.cell(entry.rule or ""),
        "message": safe.cell(entry.reason),
        "count": entry.count,
    }
