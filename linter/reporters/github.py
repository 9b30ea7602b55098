"""Workflow commands, which GitHub Actions shows as annotations beside a pull request's lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from linter.model import Finding, Level
from linter.reporters import redaction, safe, wording
from linter.reporters.run import Run

NAME = "github"

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """A command a finding, then the totals: GitHub shows only ten of a kind for each step."""
    for finding in redaction.shown(run, findings):
        out.write(_annotation(finding) + "\n")
    summary = redaction.summary(run)
    lines = wording.not_checked(summary)
    if lines:
        out.write(_command("warning", {"title": "replylint: not checked"}, "\n".join(lines)) + "\n")
    out.write(_command("notice", {"title": "replylint"}, wording.headline(summary)) + "\n")


def _annotation(finding: Finding) -> str:
    start, end = finding.region.start, finding.region.end
    properties = {
        "file": safe.visible(finding.path),
        "line": str(start.line),
        "endLine": str(end.line),
    }
    if start.line == end.line:  # GitHub refuses columns on a stretch of several lines
        properties |= {"col": str(start.column), "endColumn": str(end.column)}
    properties["title"] = safe.visible(finding.rule)
    message = safe.one_line(finding.message) + wording.suggestion(finding)
    return _command(_COMMANDS[finding.level], properties, message)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
