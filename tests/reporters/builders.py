"""A small run of a shop's replies, and tools to make others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TextIO

from linter.model import Finding, NotChecked, Position, Region, Summary
from linter.reporters import REPORTERS, PolicyInfo, RuleInfo, Run

RULES = {
    "address-by-name": RuleInfo(
        id="address-by-name",
        level="error",
        title="Address the customer by name",
        check="require-act",
        message="Start with the customer's name, {name}.",
        guidelines={"N5": "Start with the person's name."},
    ),
    "no-stock-phrase": RuleInfo(
        id="no-stock-phrase",
        level="warning",
        title="Say it in your own words",
        check="phrases",
        message="“{found}” sounds like a form letter.",
        help="A customer reads a stock phrase as indifference.",
        guidelines={"N7": "Write as a person.", "N8": "Avoid ready-made phrases."},
    ),
    "thank": RuleInfo(
        id="thank",
        level="note",
        title="Thank the customer",
        check="require-act",
        message="Thank for the comment.",
    ),
}


def make_finding(
    line: str = "We apologize for any inconvenience.",
    text: str = "apologize for any inconvenience",
    number: int = 3,
    **changes: object,
) -> Finding:
    """A finding at the place of `text` in `line`, which is line `number` of a file."""
    at = line.index(text)
    start = Position(number, at + 1, 40 + at)
    end = Position(number, at + 1 + len(text), 40 + at + len(text))
    values: dict[str, object] = {
        "rule": "no-stock-phrase",
        "level": "warning",
        "message": f"“{text}” sounds like a form letter.",
        "path": "replies/late.md",
        "region": Region(start, end),
        "reply": "late",
        "language": "en",
        "text": text,
        "line_text": line,
        "fingerprint": "0f3c",
        "guideline": ("N7", "N8"),
    }
    return Finding(**(values | changes))  # type: ignore[arg-type]


def make_absent() -> Finding:
    """What a check reports that misses a name: a point, and no text."""
    start = Position(1, 1, 0)
    return make_finding(
        line="Hello,",
        text="",
        rule="address-by-name",
        level="error",
        message="Start with the customer's name, Kari Moe.",
        region=Region(start, start),
        fingerprint="77aa",
        absent=True,
        guideline=("N5",),
    )


def make_summary(findings: list[Finding], not_checked: tuple[NotChecked, ...] = ()) -> Summary:
    """Of a run over four files with these findings."""
    levels = [finding.level for finding in findings]
    rules = [finding.rule for finding in findings]
    unread = sum(entry.count for entry in not_checked if entry.kind == "language")
    return Summary(
        files=4,
        replies=12,
        checked=12 - unread,
        findings={level: levels.count(level) for level in dict.fromkeys(levels)},
        by_rule={rule: rules.count(rule) for rule in dict.fromkeys(rules)},
        not_checked=not_checked,
        languages={"nb": 5, "en": 7 - unread},
        rules=3,
    )


UNCHECKED = (
    NotChecked("unreadable", "not valid JSON", 2, where=("broken.jsonl:3", "broken.jsonl:9")),
    NotChecked("language", "no resources for language fi", 1, where=("replies/hei.fi.md",)),
    NotChecked(
        "cannot tell",
        "the record has no comment.kind",
        3,
        rule="address-by-name",
        where=("library.yaml:4", "library.yaml:9"),
    ),
    NotChecked(
        "cannot tell",
        "the record has no comment.kind",
        3,
        rule="thank",
        where=("library.yaml:4", "library.yaml:9"),
    ),
)


def report(
    name: str,
    findings: list[Finding],
    not_checked: tuple[NotChecked, ...] = (),
    out: TextIO | None = None,
    **options: object,
) -> str:
    """The report in one format. The summary is refused while findings are left."""
    taken: list[Finding] = []

    def stream() -> Iterator[Finding]:
        for finding in findings:
            taken.append(finding)
            yield finding

    def summary() -> Summary:
        assert len(taken) == len(findings), "the summary was asked for too early"
        return make_summary(findings, not_checked)

    run = Run(
        version="1.2.3",
        command="check",
        policies=(PolicyInfo("shop", "2.0.0", "How we answer", "ab" * 32),),
        rules=RULES,
        summary=summary,
        **options,  # type: ignore[arg-type]
    )
    out = out or io.StringIO()
    REPORTERS[name].write(run, stream(), out)
    return out.getvalue() if isinstance(out, io.StringIO) else ""
