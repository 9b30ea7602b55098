"""GitLab's code quality report: what its merge requests show beside the changed lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import TextIO

from linter.model import Finding, Level, NotChecked
from linter.reporters import redaction, safe, wording
from linter.reporters.run import Run

NAME = "gitlab"

_SEVERITIES: dict[Level, str] = {"error": "major", "warning": "minor", "note": "info"}


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """An array of issues, one a line. What was not checked is an issue too: the format has no
    other place for it."""
    seen: Counter[str] = Counter()
    separator = "[\n"
    for issue in _issues(run, findings):
        issue["fingerprint"] = _unique(str(issue["fingerprint"]), seen)
        out.write(separator + safe.json_text(issue))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _issues(run: Run, findings: Iterator[Finding]) -> Iterator[dict[str, object]]:
    for finding in redaction.shown(run, findings):
        yield _issue(
            name=safe.visible(finding.rule),
            description=safe.one_line(finding.message),
            fingerprint=f"{finding.path}\0{finding.fingerprint}",
            severity=_SEVERITIES[finding.level],
            location=_location(finding.path, finding.region.start.line, finding.region.end.line),
        )
    summary = redaction.summary(run)
    for entry in summary.not_checked:
        yield _left_out(entry)


def _left_out(entry: NotChecked) -> dict[str, object]:
    path, line = wording.place(entry.where[0]) if entry.where else (".", None)
    subject = f"{entry.rule} cannot tell" if entry.rule else "Not checked"
    return _issue(
        name="not-checked",
        description=safe.one_line(f"{subject}, {entry.count} ×: {entry.reason}"),
        fingerprint=f"{entry.kind}\0{entry.rule}\0{entry.reason}",
        severity="info",
        location=_location(path, line or 1, line or 1),
    )


def _issue(
    name: str, description: str, fingerprint: str, severity: str, location: dict[str, object]
) -> dict[str, object]:
    return {
        "check_name": name,
        "description": description,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": location,
    }


def _location(path: str, begin: int, end: int) -> dict[str, object]:
    return {"path": safe.visible(path), "lines": {"begin": begin, "end": end}}


def _unique(fingerprint: str, seen: Counter[str]) -> str:
    """GitLab drops a second issue with the same fingerprint, so each occurrence has its own."""
    seen[fingerprint] += 1
    name = f"{fingerprint}\0{seen[fingerprint]}"
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
