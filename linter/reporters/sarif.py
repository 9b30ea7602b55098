"""SARIF 2.1.0, for code scanning services and editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO, cast
from urllib.parse import quote

from linter.model import Finding, Level, NotChecked, Region, Summary
from linter.reporters import redaction, safe, values, wording
from linter.reporters.run import RuleInfo, Run

NAME = "sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
# An unreadable record means that the run did not do its work; the others are known limits.
_NOTICES: dict[str, Level] = {
    "unreadable": "error",
    "language": "warning",
    "not in force": "warning",
    "cannot tell": "note",
    "pending": "note",
}
# A replacement with one of these could end a quoted value of YAML, JSON or CSV or begin another.
_SYNTAX = frozenset("\"'\\:#,\n\r\t")
_PLAIN_FILES = (".md", ".markdown", ".txt")

Json = dict[str, object]


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """Held until the end: one document, with results that point into the list of rules."""
    index = {rule: at for at, rule in enumerate(sorted(run.rules))}
    results = [_result(run, index, each) for each in redaction.shown(run, findings)]
    summary = redaction.summary(run)
    not_checked = summary.not_checked
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run)},
                "invocations": [
                    {
                        "executionSuccessful": all(e.kind != "unreadable" for e in not_checked),
                        "toolExecutionNotifications": [_notice(index, e) for e in not_checked],
                    }
                ],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The folder that replylint ran in."}}
                },
                "results": results,
                "properties": _properties(run, summary),
            }
        ],
    }
    out.write(safe.json_text(document, indent=2) + "\n")


def _properties(run: Run, summary: Summary) -> Json:
    return {
        "command": run.command,
        "redacted": run.redact,
        "policies": [
            {"name": policy.name, "version": policy.version, "sha256": policy.sha256}
            for policy in run.policies
        ],
        "summary": wording.headline(summary),
    }


def _driver(run: Run) -> Json:
    return {
        "name": "replylint",
        "version": run.version,
        "rules": [_rule(run.rules[rule]) for rule in sorted(run.rules)],
    }


def _rule(rule: RuleInfo) -> Json:
    guidelines = [f"{name}: {rule.guidelines[name]}" for name in sorted(rule.guidelines)]
    help_text = "\n".join(part for part in (rule.help or rule.title, *guidelines) if part)
    return {
        "id": safe.visible(rule.id),
        "shortDescription": _message(rule.title or rule.id),
        "help": {"text": _no_link(help_text or rule.id)},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"check": rule.check, "guideline": sorted(rule.guidelines)},
    }


def _result(run: Run, index: dict[str, int], finding: Finding) -> Json:
    result: Json = {
        "ruleId": safe.visible(finding.rule),
        "level": finding.level,
        "message": _message(finding.message),
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(finding.path),
                    "region": _place_of(run, finding),
                },
                "logicalLocations": [{"name": safe.visible(finding.reply), "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"replylint/v1": finding.fingerprint},
        "properties": {
            "language": finding.language,
            "guideline": list(finding.guideline),
            "absent": finding.absent,
        },
    }
    if finding.event is not None:
        known = values.finding(finding)["event"]
        result["properties"] = {**cast(Json, result["properties"]), "event": known}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.replacement is not None and not run.redact and _is_fixable(finding):
        result["fixes"] = [_fix(finding, finding.replacement)]
    return result


def _place_of(run: Run, finding: Finding) -> Json:
    """A stretch of a file, or a row of a log: what was found there is no stretch of the file."""
    text = "" if run.redact else finding.text
    if finding.event is None:
        return _region(finding.region, text)
    return {"startLine": finding.region.start.line}


def _region(region: Region, text: str) -> Json:
    place: Json = {
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
        "charOffset": region.start.offset,
        "charLength": region.end.offset - region.start.offset,
    }
    return place | {"snippet": {"text": text}} if text else place


def _is_fixable(finding: Finding) -> bool:
    """Whether the replacement may be put into the file as it is.

    It may not where the file writes the text otherwise (an escape, a folded line) or where the
    replacement could be taken for syntax of the file.
    """
    start, end = finding.region.start, finding.region.end
    in_file = finding.line_text[start.column - 1 : end.column - 1]
    if start.line != end.line or in_file != finding.text:
        return False
    is_plain = finding.path.lower().endswith(_PLAIN_FILES)
    return is_plain or not _SYNTAX.intersection(finding.replacement or "")


def _fix(finding: Finding, replacement: str) -> Json:
    change = {
        "deletedRegion": _region(finding.region, ""),
        "insertedContent": {"text": replacement},
    }
    return {
        "description": _message(f"Replace by “{replacement}”." if replacement else "Remove it."),
        "artifactChanges": [
            {"artifactLocation": _artifact(finding.path), "replacements": [change]}
        ],
    }


def _notice(index: dict[str, int], entry: NotChecked) -> Json:
    notice: Json = {
        "level": _NOTICES[entry.kind],
        "message": _message(f"{entry.count} ×: {entry.reason}"),
        "descriptor": {"id": entry.kind},
        "locations": [_place(where) for where in entry.where],
    }
    if entry.rule:
        known = {"index": index[entry.rule]} if entry.rule in index else {}
        notice["associatedRule"] = {"id": safe.visible(entry.rule), **known}
    return notice


def _place(where: str) -> Json:
    path, line = wording.place(where)
    location: Json = {"artifactLocation": _artifact(path)}
    if line:
        location["region"] = {"startLine": line}
    return {"physicalLocation": location}


def _message(text: str) -> Json:
    return {"text": _no_link(safe.one_line(text))}


def _no_link(text: str) -> str:
    """SARIF viewers make links of `[text](address)` in a message, so a customer's gets a space."""
    return text.replace("](", "] (")


def _artifact(path: str) -> Json:
    # Bytes of a file name that are no UTF-8 stand in a path as surrogates, and go back to bytes.
    raw = path.encode("utf-8", "surrogateescape" if _is_from_bytes(path) else "replace")
    if path.startswith("/"):
        return {"uri": f"file://{quote(raw)}"}
    return {"uri": quote(raw), "uriBaseId": _ROOT}


def _is_from_bytes(path: str) -> bool:
    return not any("\ud800" <= each <= "\udc7f" or "\udd00" <= each <= "\udfff" for each in path)
