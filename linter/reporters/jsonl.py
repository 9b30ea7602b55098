"""A JSON object a line: a finding each, the last one the summary (`schemas/report.schema.json`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from linter.model import Finding
from linter.reporters import redaction, values
from linter.reporters.run import Run
from linter.reporters.safe import json_text

NAME = "jsonl"


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """A reader that finds no summary in the last line knows that the run broke off."""
    for finding in redaction.shown(run, findings):
        out.write(json_text({"type": "finding", **values.finding(finding)}) + "\n")
    last = {"type": "summary", **values.head(run), **values.summary(redaction.summary(run))}
    out.write(json_text(last) + "\n")
