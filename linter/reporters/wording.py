"""The sentences about a run that several formats share."""

from __future__ import annotations

from linter.model import LEVELS, Finding, NotChecked, Summary
from linter.reporters import safe


def number(count: int, thing: str, things: str | None = None) -> str:
    """ "1 reply", "2 replies"."""
    return f"{count} {thing if count == 1 else things or thing + 's'}"


def suggestion(finding: Finding) -> str:
    """What should stand there instead, to follow on the message; "" where nothing is offered."""
    if finding.replacement is None:
        return ""
    return f" → {safe.visible(finding.replacement) or '(remove it)'}"


def total(summary: Summary) -> int:
    """How many findings there were, of all levels."""
    return sum(summary.findings.values())


def headline(summary: Summary) -> str:
    """What was found and what was checked, in one line."""
    replies = number(summary.replies, "reply", "replies")
    place = f"in {number(summary.files, 'file')}{_languages(summary)}"
    rules = f"with {number(summary.rules, 'rule')}"
    if summary.checked < summary.replies or not summary.replies:
        done = f"Checked {summary.checked} of {replies} {place} {rules}."
    elif total(summary) or summary.not_checked:
        done = f"Checked {'all ' if summary.replies > 1 else ''}{replies} {place} {rules}."
    elif summary.replies == 1:
        return f"No findings: the reply {place} was checked {rules}."
    else:
        return f"No findings: all {replies} {place} were checked {rules}."
    return f"{_findings(summary)}. {done}"


def _findings(summary: Summary) -> str:
    counts = [
        number(summary.findings[level], level)
        for level in reversed(LEVELS)
        if summary.findings.get(level)
    ]
    return ", ".join(counts) or "No findings"


def _languages(summary: Summary) -> str:
    counts = ", ".join(f"{summary.languages[name]} {name}" for name in sorted(summary.languages))
    return safe.visible(f" ({counts})") if counts else ""


def not_checked(summary: Summary) -> list[str]:
    """A line for each reason; rules that cannot tell for the same reason share one."""
    groups: dict[tuple[object, ...], list[NotChecked]] = {}
    for entry in summary.not_checked:
        groups.setdefault((entry.kind, entry.reason, entry.count, entry.where), []).append(entry)
    return [safe.one_line(_reason(entries)) for entries in groups.values()]


def _reason(entries: list[NotChecked]) -> str:
    entry = entries[0]
    if entry.kind == "unreadable":
        subject = f"{number(entry.count, 'record')} unreadable"
    elif entry.kind == "language":
        subject = number(entry.count, "reply", "replies")
    else:
        rules = ", ".join(each.rule or "a rule" for each in entries)
        subject = f"{number(entry.count, 'reply', 'replies')}, {rules} cannot tell"
    return f"{subject}: {entry.reason}{_where(entry)}"


def _where(entry: NotChecked) -> str:
    if not entry.where:
        return ""
    more = ", …" if entry.count > len(entry.where) else ""
    return f" ({', '.join(entry.where)}{more})"


def place(where: str) -> tuple[str, int | None]:
    """A `NotChecked.where` ("path:line" or "path") as path and line."""
    path, _, line = where.rpartition(":")
    if path and line.isascii() and line.isdigit():
        return path, max(1, int(line))
    return where, None
