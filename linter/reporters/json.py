"""One JSON document (`schemas/report.schema.json`); its findings are written as they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from linter.model import Finding
from linter.reporters import redaction, values
from linter.reporters.run import Run
from linter.reporters.safe import json_text

NAME = "json"


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """A member of the document a line, and a finding a line."""
    out.write("{\n")
    for name, value in values.head(run).items():
        out.write(f'  "{name}": {json_text(value)},\n')
    out.write(f'  "rules": {json_text(values.rules(run))},\n')
    out.write('  "findings": [')
    separator = "\n"
    for finding in redaction.shown(run, findings):
        out.write(f"{separator}    {json_text(values.finding(finding))}")
        separator = ",\n"
    out.write("],\n" if separator == "\n" else "\n  ],\n")
    out.write(f'  "summary": {json_text(values.summary(redaction.summary(run)))}\n')
    out.write("}\n")
