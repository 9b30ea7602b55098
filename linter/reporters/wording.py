"""The sentences about a run that several formats share."""

from __future__ import annotations

from collections.abc import Iterator

from linter.model import LEVELS, Finding, LogSummary, NotChecked, Summary
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
    if summary.log is not None:
        return f"{_findings(summary)}. {_log(summary, summary.log)}"
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


def _log(summary: Summary, log: LogSummary) -> str:
    events = number(log.events, "event")
    done = f"Judged {events} of {number(log.rows, 'row')} in {number(summary.files, 'file')}"
    done += f" with {number(summary.rules, 'rule')}"
    if log.vacuous:
        done += f", {len(log.vacuous)} of which had nothing to judge"
    if summary.replies:
        read = "" if summary.checked == summary.replies else f"{summary.checked} of "
        done += f"; read {read}{number(summary.replies, 'reply', 'replies')}{_languages(summary)}"
    return f"{done}."


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
    """A line for each reason; rules that cannot tell for the same reason share one. Of a log, lines
    on what it holds beside follow."""
    is_log = summary.log is not None
    groups: dict[tuple[object, ...], list[NotChecked]] = {}
    for entry in summary.not_checked:
        groups.setdefault((entry.kind, entry.reason, entry.count, entry.where), []).append(entry)
    lines = [(_in_log if is_log else _reason)(entries) for entries in groups.values()]
    return [safe.one_line(line) for line in (*lines, *_beside(summary.log))]


def _beside(log: LogSummary | None) -> Iterator[str]:
    if log is None:
        return
    if log.ignored:
        listed = ", ".join(f"{count} {name}" for name, count in sorted(log.ignored.items()))
        yield f"{number(sum(log.ignored.values()), 'row')} ignored by the source: {listed}"
    yield from log.notes


def _in_log(entries: list[NotChecked]) -> str:
    entry = entries[0]
    rules = ", ".join(dict.fromkeys(each.rule for each in entries if each.rule))
    if entry.kind == "unreadable":
        subject = f"{number(entry.count, 'row')} rejected"
    elif entry.kind == "cannot tell":
        subject = f"{number(entry.count, 'event')}, {rules or 'a rule'} cannot tell"
    elif entry.kind == "pending":
        subject = f"{number(entry.count, 'event')}, {rules or 'a rule'} pending"
    else:
        subject = number(entry.count, "event")
    return f"{subject}: {entry.reason}{_where(entry)}"


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
