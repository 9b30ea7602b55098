"""Findings for people: a line each, the source line with the stretch underlined, a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TextIO

from linter.model import Event, Finding, Level, Summary
from linter.reporters import redaction, safe, snippet, wording
from linter.reporters.run import Run

NAME = "text"

_LEVEL_COLOURS: dict[Level, str] = {"error": "1;31", "warning": "1;33", "note": "1;36"}
_BOLD = "1"
Paint = Callable[[str, str], str]


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """Stream the findings (or, for statistics, only count them), then say what was checked."""
    paint = _coloured if run.colour else _plain
    for finding in redaction.shown(run, findings):
        if not run.statistics:
            _print(_finding(run, finding, paint), out)
    summary = redaction.summary(run)
    if run.statistics:
        _print(_statistics(run, summary, paint), out)
    if not run.quiet:
        _print(_summary(summary), out)


def _print(lines: Iterator[str], out: TextIO) -> None:
    for line in lines:
        out.write(safe.log_line(line) + "\n")


def _finding(run: Run, finding: Finding, paint: Paint) -> Iterator[str]:
    start = finding.region.start
    column = "" if finding.event else f"{start.column}:"
    place = paint(_BOLD, f"{safe.visible(finding.path)}:{start.line}:{column}")
    level = paint(_LEVEL_COLOURS[finding.level], finding.level)
    message = safe.one_line(finding.message)
    yield f"{place} {level} {safe.visible(finding.rule)} {message}{wording.suggestion(finding)}"
    if run.quiet < 2 and not run.redact and (finding.line_text or not finding.event):
        yield from _source(finding, paint)
    if run.verbose and finding.event:
        yield f"  {_event(finding.reply, finding.event)}"
    if run.verbose:
        yield from _guidelines(run, finding)


def _event(name: str, event: Event) -> str:
    """What the finding is about, so that it can be found in the platform."""
    known = {"conversation": event.conversation, "by": event.actor, "see": event.other}
    parts = [f"{label} {value}" for label, value in known.items() if value is not None]
    return safe.one_line(", ".join([f"event {name}", event.time, *parts]))


def _source(finding: Finding, paint: Paint) -> Iterator[str]:
    line = finding.line_text
    shown, underline = snippet.marked(line, *_stretch(finding))
    number = str(finding.region.start.line)
    yield f"  {number} | {shown}"
    yield f"  {' ' * len(number)} | {_underlined(underline, finding.level, paint)}"


def _stretch(finding: Finding) -> tuple[int, int]:
    """What is found of the line that is shown."""
    event = finding.event
    if event is not None and event.start is not None and event.end is not None:
        return event.start - event.offset, event.end - event.offset
    start, end = finding.region.start, finding.region.end
    stop = end.column - 1 if end.line == start.line else len(finding.line_text)
    return start.column - 1, stop


def _underlined(underline: str, level: Level, paint: Paint) -> str:
    marks = underline.lstrip(" ")
    return " " * (len(underline) - len(marks)) + paint(_LEVEL_COLOURS[level], marks)


def _guidelines(run: Run, finding: Finding) -> Iterator[str]:
    rule = run.rules.get(finding.rule)
    for guideline in finding.guideline:
        sentence = rule.guidelines.get(guideline, "") if rule else ""
        text = f": {safe.one_line(sentence)}" if sentence else ""
        yield f"  guideline {safe.visible(guideline)}{text}"


def _statistics(run: Run, summary: Summary, paint: Paint) -> Iterator[str]:
    """The rules that found something, the most frequent first."""
    counts = sorted(summary.by_rule.items(), key=lambda item: (-item[1], item[0]))
    widest = max((len(str(count)) for _, count in counts), default=0)
    for name, count in counts:
        rule = run.rules.get(name)
        line = f"{count:>{widest}} {paint(_BOLD, safe.visible(name))}"
        if rule:
            level = paint(_LEVEL_COLOURS[rule.level], rule.level)
            line += f" {level} {safe.one_line(rule.title)}"
        yield line.rstrip()


def _summary(summary: Summary) -> Iterator[str]:
    if wording.total(summary):
        yield ""
    yield wording.headline(summary)
    lines = wording.not_checked(summary)
    if lines:
        yield "Not checked:"
    for line in lines:
        yield f"  {line}"


def _plain(_code: str, text: str) -> str:
    return text


def _coloured(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
