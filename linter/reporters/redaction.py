"""Findings without the words of customers and agents.

A redacted message is the rule's own text with the names of its values where the values stood; it is
not the filled message with parts blotted out, which would miss what the reply itself does not say
(a customer's name). Paths, ids, places and fingerprints stay: without them a finding is no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from linter.model import Finding
from linter.reporters.run import Run

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def shown(run: Run, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings as this run's report may show them, one by one."""
    for finding in findings:
        yield _redacted(run, finding) if run.redact else finding


def _redacted(run: Run, finding: Finding) -> Finding:
    rule = run.rules.get(finding.rule)
    return replace(
        finding,
        message=_PLACEHOLDER.sub(r"[\1]", rule.message) if rule else _mask(finding.message),
        text=_mask(finding.text),
        line_text="",
        replacement=None if finding.replacement is None else _mask(finding.replacement),
    )


def _mask(text: str) -> str:
    unit = "character" if len(text) == 1 else "characters"
    return f"[{len(text)} {unit}]" if text else ""
