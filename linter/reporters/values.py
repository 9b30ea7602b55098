"""Findings and summaries as JSON values: what `schemas/report.schema.json` describes."""

from __future__ import annotations

from linter.model import LEVELS, Event, Finding, LogSummary, NotChecked, Position, Summary
from linter.reporters import wording
from linter.reporters.run import Run

SCHEMA = "replylint-report/1"


def head(run: Run) -> dict[str, object]:
    """What made the report, and by which policies."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "replylint", "version": run.version},
        "command": run.command,
        "redacted": run.redact,
        "policies": [
            {
                "name": policy.name,
                "version": policy.version,
                "title": policy.title,
                "sha256": policy.sha256,
            }
            for policy in run.policies
        ],
    }


def rules(run: Run) -> list[dict[str, object]]:
    """The rules that ran, by id."""
    return [
        {
            "id": rule.id,
            "level": rule.level,
            "title": rule.title,
            "check": rule.check,
            "help": rule.help,
            "guidelines": dict(sorted(rule.guidelines.items())),
        }
        for _, rule in sorted(run.rules.items())
    ]


def finding(found: Finding) -> dict[str, object]:
    """A finding; offsets, columns and lengths count code points."""
    return {
        "rule": found.rule,
        "level": found.level,
        "message": found.message,
        "path": found.path,
        "start": _position(found.region.start),
        "end": _position(found.region.end),
        "reply": found.reply,
        "language": found.language,
        "text": found.text,
        "absent": found.absent,
        "replacement": found.replacement,
        "guideline": list(found.guideline),
        "fingerprint": found.fingerprint,
        **({} if found.event is None else {"event": _event(found.reply, found.event)}),
    }


def _event(name: str, event: Event) -> dict[str, object]:
    return {
        "id": name,
        "conversation": event.conversation,
        "time": event.time,
        "actor": event.actor,
        "other": event.other,
        "inferred": event.inferred,
        "start": event.start,
        "end": event.end,
    }


def _position(at: Position) -> dict[str, int]:
    return {"line": at.line, "column": at.column, "offset": at.offset}


def summary(result: Summary) -> dict[str, object]:
    """What was and was not checked. `clean`: no finding; `complete`: nothing was left unchecked."""
    levels = {str(level): result.findings.get(level, 0) for level in reversed(LEVELS)}
    return {
        "clean": not wording.total(result),
        "complete": all(entry.kind == "pending" for entry in result.not_checked),
        "files": result.files,
        "replies": result.replies,
        "checked": result.checked,
        "rules": result.rules,
        "languages": dict(sorted(result.languages.items())),
        "findings": {"total": wording.total(result), **levels},
        "by_rule": dict(sorted(result.by_rule.items())),
        "not_checked": [_not_checked(entry) for entry in result.not_checked],
        **({} if result.log is None else {"log": _log(result.log)}),
    }


def _log(log: LogSummary) -> dict[str, object]:
    return {
        "rows": log.rows,
        "events": log.events,
        "rejected": log.rejected,
        "ignored": dict(sorted(log.ignored.items())),
        "passes": dict(sorted(log.passes.items())),
        "vacuous": list(log.vacuous),
        "notes": list(log.notes),
    }


def _not_checked(entry: NotChecked) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "reason": entry.reason,
        "rule": entry.rule,
        "count": entry.count,
        "where": list(entry.where),
    }
