"""Findings without the words of customers and agents.

A redacted message is the rule's own text with the names of its values where the values stood; it is
not the filled message with parts blotted out, which would miss what the reply itself does not say
(a customer's name). A finding in a log says itself what its message is without their words, since
who decided what on which ground is no text of theirs. Paths, ids, places and fingerprints stay:
without them a finding is no use. Why a record could not be read may name what stands in it, always
in double quotes or as the keys that were found; that is left out as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from linter.model import Finding, NotChecked, Summary
from linter.reporters.run import Run

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KEYS = re.compile("keys found: .*", re.DOTALL)
_QUOTED = re.compile('".*"', re.DOTALL)


def shown(run: Run, findings: Iterator[Finding]) -> Iterator[Finding]:
    """The findings as this run's report may show them, one by one."""
    for finding in findings:
        yield _redacted(run, finding) if run.redact else finding


def summary(run: Run) -> Summary:
    """The run's summary as its report may show it."""
    whole = run.summary()
    if not run.redact:
        return whole
    return replace(whole, not_checked=tuple(map(_reason, whole.not_checked)))


def _reason(entry: NotChecked) -> NotChecked:
    if entry.kind != "unreadable":
        return entry
    return replace(entry, reason=without_quotes(entry.reason))


def without_quotes(reason: str) -> str:
    """Why a record could not be read, without what stands in it."""
    # From the first quotation mark to the last: what is quoted may itself hold some.
    return _QUOTED.sub("[…]", _KEYS.sub("keys found: […]", reason))


def _redacted(run: Run, finding: Finding) -> Finding:
    return replace(
        finding,
        message=_message(run, finding),
        text=_mask(finding.text),
        line_text="",
        replacement=None if finding.replacement is None else _mask(finding.replacement),
    )


def _message(run: Run, finding: Finding) -> str:
    if finding.redacted is not None:
        return finding.redacted
    rule = run.rules.get(finding.rule)
    return _PLACEHOLDER.sub(r"[\1]", rule.message) if rule else _mask(finding.message)


def _mask(text: str) -> str:
    unit = "character" if len(text) == 1 else "characters"
    return f"[{len(text)} {unit}]" if text else ""
