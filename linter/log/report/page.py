"""The report as one HTML page that stands alone: no network, no font, no picture from elsewhere.

Everything of a log is data. The template escapes it, `reporters.safe` makes visible what is not,
and the page's own policy lets only its own style and script act, by their digests. The same report
gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from linter.log.finding import Maker
from linter.log.pseudonyms import Pseudonyms
from linter.log.report import charts, wording
from linter.log.report.answers import DAY, HOUR
from linter.log.report.model import Report, RuleFigures, Shown, Turn, Unclear
from linter.log.report.share import Share
from linter.log.report.wording import counted, interval, number, percent, shown
from linter.model import LEVELS, Finding

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_ASSETS = Path(__file__).parent / "assets"
_CONVERSATIONS = 3_000_000
"""How many bytes of conversations a page holds; then findings stand without theirs."""
_IGNORED = 12
"""How many sorts of ignored rows are named."""
FEW = 20
"""Fewer acts than this say little of a person; they are shown in grey."""
_TITLES = (
    ("summary", "Summary"),
    ("rules", "By rule"),
    ("periods", "By {unit}"),
    ("moderators", "By moderator"),
    ("waits", "Time to first reply"),
    ("answered", "Share answered"),
    ("decisions", "Decisions"),
    ("unclear", "What could not be told"),
    ("rejects", "Rows not read"),
    ("findings", "All findings"),
    ("reading", "How to read this"),
)
_PLURALS = {
    "comment": "comments",
    "reply": "replies",
    "private_message": "private messages",
    "action": "actions of moderators",
    "resolution": "resolutions",
    "release": "releases",
    "announcement": "announcements",
}
_DONE = {
    "remove": "removed",
    "hide": "hid",
    "restore": "restored",
    "approve": "approved",
    "edit": "edited",
    "label": "labelled",
    "demote": "demoted",
    "lock": "locked",
    "unlock": "unlocked",
    "warn": "warned about",
    "mute": "muted",
    "unmute": "unmuted",
    "ban": "banned",
    "unban": "unbanned",
    "suspend": "suspended",
    "unsuspend": "unsuspended",
    "terminate": "terminated",
    "escalate": "escalated",
    "note": "made a note on",
    "notify": "gave notice about",
    "report_external": "reported",
    "evidence": "kept a copy of",
    "appeal_open": "appealed against the decision on",
    "appeal_accept": "accepted the appeal on",
    "appeal_reject": "rejected the appeal on",
}
"""What an action did to its target."""
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SPEAKING = ("team", "moderator", "bot", "platform")
"""Roles whose names stay on a redacted page."""


def write(
    report: Report,
    out: TextIO,
    *,
    redact: bool = False,
    pseudonyms: Pseudonyms | None = None,
) -> None:
    """Write the page. `redact` leaves out the words of customers and agents, and customers' names;
    `pseudonyms` gives what stands for the name of a person."""
    environment = _environment()
    view = _View(report, _Names(report.names, redact, pseudonyms), redact)
    out.write(environment.get_template("page.html.j2").render(_page(view, environment)))
    out.write("\n")


def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """How people are called on the page."""

    known: frozenset[str]
    redact: bool
    pseudonyms: Pseudonyms | None

    def person(self, name: str | None, role: str | None = None) -> str:
        """One who acts; a customer has no name on a redacted page."""
        if name is None:
            return role or "somebody"
        if self.pseudonyms is not None:
            return shown(self.pseudonyms(name), 80)
        silent = self.redact and role not in _SPEAKING
        return role or "somebody" if silent else shown(name, 80)

    def target(self, written: str) -> str:
        """What a decision is about, which can be an account."""
        if written in self.known:
            return self.person(written, "an account")
        return shown(written, 80)


@dataclass(frozen=True, slots=True)
class _View:
    report: Report
    names: _Names
    redact: bool

    @property
    def unit(self) -> str:
        return self.report.period

    @property
    def starts(self) -> list[str]:
        return [each.start for each in self.report.periods]


def _page(view: _View, environment: Environment) -> dict[str, Any]:
    """All that the template names."""
    report = view.report
    style, style_hash = _asset("page.css")
    script, script_hash = _asset("page.js")
    return {
        "css": style,
        "css_hash": style_hash,
        "js": script,
        "js_hash": script_hash,
        "version": report.about.version,
        "policies": [
            {
                "title": shown(each.title or each.name),
                "name": shown(each.name),
                "version": shown(each.version or ""),
            }
            for each in report.about.policies
        ],
        "contents": [(id_, title.format(unit=view.unit)) for id_, title in _TITLES],
        "unit": view.unit,
        "unit_title": view.unit.capitalize(),
        **_summary(view),
        **_rules(view),
        **_periods(view),
        **_moderators(view),
        **_waits(view),
        **_answered(view),
        **_decisions(view),
        **_unclear(view),
        **_findings(view, environment),
        "notes": _notes(view),
    }


def _asset(name: str) -> tuple[Markup, str]:
    """A file of the package as it stands in the page, and its digest for the page's policy."""
    from markupsafe import Markup

    text = (_ASSETS / name).read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).digest()
    return Markup(text), base64.b64encode(digest).decode()  # noqa: S704 - our own file


# --- summary -------------------------------------------------------------------------------------


def _summary(view: _View) -> dict[str, Any]:
    report, scope = view.report, view.report.scope
    span = _span(scope.first, scope.last)
    levels = {
        level: sum(r.violations for r in report.rules if r.level == level) for level in LEVELS
    }
    unclear = sum(rule.cannot_tell for rule in report.rules)
    decided = sum(rule.share.whole for rule in report.rules)
    figures = [
        ("Findings", number(report.total), _by_level(levels) or "none of any level"),
        ("Cannot tell", number(unclear), f"beside {number(decided)} cases decided"),
        ("Rows not read", number(report.rejected), "listed below"),
        ("Median first reply", wording.wait(report.answers.median), _quick(report)),
        (
            "Answered",
            percent(report.answers.answered.rate),
            f"of {counted(report.answers.answered.whole, 'customer')}",
        ),
    ]
    if not report.rejected:
        figures[2] = ("Rows not read", "0", "all could be read")
    return {
        "span": span,
        "lead": f"{counted(report.total, 'finding')} in {counted(scope.events, 'event')} of "
        f"{counted(scope.conversations, 'conversation')}, {span}.",
        "figures": [dict(zip(("name", "value", "detail"), each, strict=True)) for each in figures],
        "checked": _checked(report),
        "unchecked": _unchecked(view, unclear),
    }


def _span(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return "no time"
    begin, end = wording.day(first), wording.day(last)
    return begin if begin == end else f"{begin} to {end}"


def _by_level(levels: Mapping[Any, int]) -> str:
    counts = [counted(levels[level], level) for level in reversed(LEVELS) if levels[level]]
    return ", ".join(counts)


def _quick(report: Report) -> str:
    day = next(mark.share for mark in report.answers.marks if mark.limit == DAY)
    return f"{percent(day.rate)} within 24 h" if day.whole else "no wait is known"


def _checked(report: Report) -> list[str]:
    scope = report.scope
    kinds = ", ".join(
        f"{number(each.count)} {_PLURALS.get(each.name or '', each.name)}"
        if each.count != 1
        else f"1 {(each.name or '').replace('_', ' ')}"
        for each in scope.kinds
    )
    lines = [f"{counted(scope.events, 'event')} from {counted(scope.files, 'file')}: {kinds}"]
    if report.about.rows is not None:
        lines.insert(0, f"{counted(report.about.rows, 'row')} were in the files")
    judged = sum(not rule.vacuous for rule in report.rules)
    lines.append(f"{counted(len(report.rules), 'rule')}, of which {judged} had something to judge")
    return lines


def _unchecked(view: _View, unclear: int) -> list[tuple[str, str | None]]:
    """What was not checked, each with the section that says more."""
    report = view.report
    pending = sum(rule.pending for rule in report.rules)
    ignored = report.about.ignored
    lines: list[tuple[str, str | None]] = []
    if report.rejected:
        lines.append((f"{counted(report.rejected, 'row')} could not be read", "rejects"))
    lines += [(shown(note, 300), None) for note in report.about.notes]
    if unclear:
        words = f"{counted(unclear, 'case')} in which a rule could not tell"
        lines.append((words, "unclear"))
    if pending:
        words = f"{counted(pending, 'case')} still open when the log ended"
        lines.append((words, "unclear"))
    if ignored:
        named = ignored[:_IGNORED]
        names = ", ".join(f"{shown(each.name or '?', 60)} {number(each.count)}" for each in named)
        if len(ignored) > len(named):
            names += ", …"
        total = sum(each.count for each in ignored)
        lines.append(
            (f"{counted(total, 'row')} about neither answers nor decisions: {names}", None)
        )
    return lines


# --- rules, periods, people ----------------------------------------------------------------------


def _rules(view: _View) -> dict[str, Any]:
    """The rules in groups, those that found something first."""
    rules = view.report.rules
    found = sorted((each for each in rules if each.violations), key=_by_findings)
    rest = [each for each in rules if not each.violations]
    passed = [each for each in rest if each.passes]
    undecided = [each for each in rest if not each.passes and not each.vacuous]
    vacuous = [each for each in rest if each.vacuous]
    most = charts.scale(rule.share for rule in (*found, *passed))
    folded = (
        (passed, "found nothing"),
        (undecided, "could decide no case"),
        (vacuous, "had nothing to judge"),
    )
    return {
        "rules_scale": f"{most:.0%}",
        "rules": [_rule(each, most, view) for each in found],
        "folded_rules": [
            {
                "title": f"{counted(len(group), 'rule')} {words}",
                "rules": [_rule(each, most, view) for each in group],
            }
            for group, words in folded
            if group
        ],
    }


def _by_findings(rule: RuleFigures) -> tuple[int, int]:
    return -LEVELS.index(rule.level), -rule.violations


def _rule(rule: RuleFigures, most: float, view: _View) -> dict[str, Any]:
    return {
        "title": shown(rule.title),
        "rule": shown(rule.rule),
        "level": rule.level,
        "guidelines": [(shown(id_), shown(text)) for id_, text in rule.guidelines.items()],
        "force": _force(rule, view),
        "vacuous": rule.vacuous,
        "violations": number(rule.violations),
        "passes": number(rule.passes),
        "cannot_tell": number(rule.cannot_tell),
        "pending": number(rule.pending),
        **_rate(rule.share, most),
    }


def _force(rule: RuleFigures, view: _View) -> str:
    """When a rule was in force, if it was not all the time that the log spans."""
    first, last = view.report.scope.first or "", view.report.scope.last or ""
    start = rule.start if rule.start and rule.start > first[:10] else None
    end = rule.end if rule.end and rule.end <= last[:10] else None
    words = [f"from {wording.day(start)}"] if start else []
    return " ".join([*words, f"until {wording.day(end)}"] if end else words)


def _rate(share: Share, most: float) -> dict[str, Any]:
    return {
        "part": number(share.part),
        "whole": number(share.whole),
        "rate": percent(share.rate),
        "interval": interval(share),
        "dot": charts.dot(share, most),
    }


def _periods(view: _View) -> dict[str, Any]:
    periods = view.report.periods
    return {
        "findings_chart": charts.findings(periods, view.unit, "findings-chart") if periods else "",
        "broken_chart": charts.shares(
            {each.start: each.share for each in periods},
            view.starts,
            view.unit,
            "Share of events with a finding",
            "broken-chart",
        ),
        "findings_rows": [
            (
                _begins(each.start, view),
                *(number(each.findings.get(level, 0)) for level in reversed(LEVELS)),
                number(each.share.whole),
                number(each.share.part),
                percent(each.share.rate),
                interval(each.share),
            )
            for each in periods
        ],
    }


def _period(start: str, view: _View) -> str:
    name = wording.period(start, view.unit)
    return name[:1].upper() + name[1:]


def _begins(start: str, view: _View) -> str:
    """A period in a table whose head says what sort it is."""
    return wording.day(start) if view.unit == "week" else _period(start, view)


def _moderators(view: _View) -> dict[str, Any]:
    people = view.report.moderators
    most = charts.scale(each.share for each in people)
    shown_people = [
        {
            "name": view.names.person(each.name, each.role or "team"),
            "bot": each.role if each.role in ("bot", "platform") else "",
            "few": each.share.whole < FEW,
            "replies": number(each.replies),
            "actions": number(each.actions),
            "acts": number(each.share.whole),
            "found": number(each.share.part),
            **_rate(each.share, most),
        }
        for each in people
    ]
    unnamed = view.report.unnamed
    return {
        "people_scale": f"{most:.0%}",
        "moderators": sorted(
            shown_people, key=lambda each: (each["name"].casefold(), each["name"])
        ),
        "unnamed": unnamed
        and f"{counted(unnamed, 'act')} of others, with fewer acts each, are not listed.",
    }


# --- answers -------------------------------------------------------------------------------------


def _waits(view: _View) -> dict[str, Any]:
    answers = view.report.answers
    if not answers.timed:
        return {"waits_chart": "", "waits_intro": "No wait for a reply is known."}
    marks = [mark for mark in answers.marks if mark.limit in (HOUR, DAY)]
    untimed = answers.answered.part - answers.timed
    intro = (
        f"{counted(answers.timed, 'first reply', 'first replies')}: half came within "
        f"{wording.wait(answers.median)}, nine of ten within {wording.wait(answers.p90)}, "
        "by the clock, nights and weekends included."
    )
    if untimed:
        intro += f" Of {number(untimed)} more only the day is known."
    return {
        "waits_intro": intro,
        "waits_chart": charts.distribution(answers.bins, marks, "waits-chart"),
        "waits_rows": [
            (
                wording.wait(mark.limit),
                number(mark.share.part),
                percent(mark.share.rate),
                interval(mark.share),
            )
            for mark in answers.marks
        ],
        "waits_by_chart": charts.waits(answers.periods, view.starts, view.unit, "waits-by-chart"),
        "waits_by_rows": [
            (
                _begins(each.start, view),
                number(each.timed),
                wording.wait(each.median),
                wording.wait(each.p90),
            )
            for each in answers.periods
        ],
    }


def _answered(view: _View) -> dict[str, Any]:
    answers = view.report.answers
    if not answers.answered.whole:
        return {
            "answered_intro": "The log holds no comment of a customer in a conversation.",
            "answered_chart": "",
        }
    intro = (
        f"{number(answers.answered.part)} of {counted(answers.answered.whole, 'customer')} who "
        f"began to speak in a conversation were answered in it ({percent(answers.answered.rate)}, "
        f"95% interval {interval(answers.answered)})."
    )
    if answers.removed:
        intro += (
            f" {number(answers.removed)} more, whose comment was removed unanswered, "
            "are not counted."
        )
    intro += " The latest can still be waiting for their reply."
    return {
        "answered_intro": intro,
        "answered_chart": charts.shares(
            {each.start: each.answered for each in answers.periods},
            view.starts,
            view.unit,
            "Share answered",
            "answered-chart",
        ),
        "answered_rows": [
            (
                _begins(each.start, view),
                number(each.answered.whole),
                number(each.answered.part),
                percent(each.answered.rate),
                interval(each.answered),
            )
            for each in answers.periods
        ],
        "kinds": [
            {
                "name": shown(each.kind) if each.kind else "not known",
                "inferred": number(each.inferred),
                **_rate(each.answered, 1.0),
            }
            for each in answers.kinds
        ],
    }


# --- decisions and what could not be told --------------------------------------------------------


def _decisions(view: _View) -> dict[str, Any]:
    report = view.report
    most = max((each.removed + each.hidden for each in report.grounds), default=1)
    times = max((each.count for each in report.actions), default=1)
    return {
        "grounds": [
            {
                "name": _plain(each.name) if each.name else "none stated",
                "removed": number(each.removed),
                "hidden": number(each.hidden),
                "bar": charts.bar(
                    (each.removed, "removed"), (each.hidden, "hidden"), whole=max(1, most)
                ),
            }
            for each in report.grounds
        ],
        "actions": [
            {
                "name": _plain(each.name) if each.name else "not known",
                "count": number(each.count),
                "bar": charts.bar((each.count, "times"), whole=max(1, times)),
            }
            for each in report.actions
        ],
    }


def _plain(name: str) -> str:
    return shown(name.replace("_", " "), 60)


def _unclear(view: _View) -> dict[str, Any]:
    report = view.report
    pending = [rule for rule in report.rules if rule.pending]
    open_ = ", ".join(f"{shown(rule.rule)} {number(rule.pending)}" for rule in pending)
    return {
        "unclear": _reasons(report.unclear),
        "pending": pending
        and f"Still open when the log ended, because a limit of time had not run out: {open_}.",
        "rejects": [
            {
                "reason": _reason(each.reason, view),
                "count": number(each.count),
                "places": _places(each.places, each.count),
            }
            for each in report.rejects
        ],
    }


def _reasons(unclear: Iterable[Unclear]) -> list[dict[str, Any]]:
    """What the log lacks, each with the rules that need it."""
    groups: dict[str, list[Unclear]] = {}
    for each in unclear:
        groups.setdefault(each.reason, []).append(each)
    totals = {reason: sum(each.count for each in group) for reason, group in groups.items()}
    return [
        {
            "reason": shown(reason),
            "rules": [
                (shown(each.rule), number(each.count))
                for each in sorted(groups[reason], key=lambda one: (-one.count, one.rule))
            ],
            "count": number(total),
            "places": _places(groups[reason][0].places, total),
        }
        for reason, total in sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    ]


def _reason(reason: str, view: _View) -> str:
    from linter.reporters import redaction

    # What is quoted can be words of a customer, or a name.
    quoted = not view.redact and view.names.pseudonyms is None
    return shown(reason if quoted else redaction.without_quotes(reason))


def _places(places: Sequence[str], count: int) -> str:
    written = ", ".join(shown(each, 120) for each in places)
    return f"{written}, …" if places and count > len(places) else written


# --- findings ------------------------------------------------------------------------------------


def _findings(view: _View, environment: Environment) -> dict[str, Any]:
    report = view.report
    make = Maker({each.id: each for each in report.entries}, view.names.pseudonyms)
    made = {each.rank: make.finding(each.row) for each in report.findings}
    conversations = _conversations(view, made, environment)
    rows = [_finding(each, made[each.rank], view, conversations) for each in report.findings]
    left = report.total - len(rows)
    intro = "Each opens the conversation around it."
    if left:
        intro = (
            f"{number(len(rows))} of {number(report.total)}: the first of each rule, in turns. "
            "The formats csv and jsonl hold all of them. " + intro
        )
    if not rows:
        intro = "No rule found anything."
    return {
        "findings": rows,
        "findings_intro": intro,
        "choices": {
            "levels": [
                level for level in reversed(LEVELS) if any(each["level"] == level for each in rows)
            ],
            "rules": sorted({each["rule"] for each in rows}),
            "moderators": sorted({each["moderator"] for each in rows} - {""}, key=str.casefold),
            "periods": [
                (start, _period(start, view))
                for start in sorted({each["period"] for each in rows} - {""})
            ],
        },
    }


def _conversations(
    view: _View, findings: Mapping[int, Finding], environment: Environment
) -> dict[int, Markup]:
    """The conversations by the ranks of their findings, as far as the page has room."""
    from markupsafe import Markup

    template = environment.get_template("conversation.html.j2")
    made: dict[int, Markup] = {}
    left = _CONVERSATIONS
    for each in sorted(view.report.findings, key=lambda one: one.rank):
        by_id = {turn.id: turn for turn in each.turns}
        finding = findings[each.rank]
        event = None if finding.absent else finding.event
        span = (event.start, event.end) if event else (None, None)
        turns = [_turn(turn, by_id, span, view) for turn in each.turns]
        written = template.render(turns=turns, after=_left_out(each.after))
        left -= len(written.encode())
        if left < 0:
            break
        if turns:
            made[each.rank] = Markup(written)  # noqa: S704 - escaped by its template
    return made


def _left_out(events: int) -> str:
    return counted(events, "event") if events > 0 else ""


def _finding(
    shown_: Shown, finding: Finding, view: _View, conversations: Mapping[int, Markup]
) -> dict[str, Any]:
    message = finding.redacted if view.redact else finding.message
    time = finding.event.time if finding.event else ""
    return {
        "level": finding.level,
        "rule": shown(finding.rule),
        "moderator": ""
        if shown_.moderator is None
        else view.names.person(shown_.moderator, "team"),
        "period": shown_.period,
        "iso": wording.instant(time),
        "time": wording.moment(time),
        "message": shown(message or "", 500),
        "place": f"{shown(finding.path, 120)}, row {finding.region.start.line}",
        "turns": conversations.get(shown_.rank, ""),
    }


Span = tuple[int | None, int | None]
"""The stretch of a text that a rule found."""


def _turn(turn: Turn, by_id: Mapping[str, Turn], span: Span, view: _View) -> dict[str, Any]:
    return {
        "gap": _left_out(turn.gap),
        "who": view.names.person(turn.actor, turn.role),
        "what": " · ".join(_what(turn, by_id, view)),
        "iso": wording.instant(turn.time),
        "time": wording.moment(turn.time),
        "marked": turn.marked,
        "other": turn.other,
        "text": _text(turn, span if turn.marked else (None, None), view),
        "language": turn.language if _LANGUAGE.fullmatch(turn.language or "") else "",
    }


def _what(turn: Turn, by_id: Mapping[str, Turn], view: _View) -> Iterable[str]:
    """What happened, in parts."""
    if turn.actor is not None and turn.role is not None:
        yield shown(turn.role, 40)
    if turn.event == "action" and turn.action:
        yield f"{_DONE.get(turn.action, _plain(turn.action))} {_target(turn, by_id, view)}"
    else:
        yield _plain(turn.event)
    if turn.event == "comment" and turn.kind:
        yield f"{shown(turn.kind, 40)}{' (inferred)' if turn.inferred else ''}"
    if turn.grounds:
        yield f"ground: {', '.join(_plain(each) for each in turn.grounds[:8])}"
    if turn.reason is not None:
        yield f"reason: {_mask(turn.reason) if view.redact else shown(turn.reason, 300)}"


def _target(turn: Turn, by_id: Mapping[str, Turn], view: _View) -> str:
    """What an action is about: an event of the conversation in words, else its name."""
    if turn.target is None:
        return "something"
    target = by_id.get(turn.target)
    if target is None:
        return view.names.target(turn.target)
    return f"the {_plain(target.event)} of {view.names.person(target.actor, target.role)}"


def _text(turn: Turn, span: Span, view: _View) -> dict[str, str] | None:
    """An event's text in three parts, of which the second one was found."""
    if turn.text is None:
        return None
    if view.redact:
        words = f"[{counted(len(turn.text) + turn.cut, 'character')}]"
        return {"before": words, "found": "", "after": ""}
    more = f" … ({counted(turn.cut, 'more character')})" if turn.cut else ""
    start, end = (len(turn.text) if bound is None else bound for bound in span)
    return {
        "before": wording.lines(turn.text[:start]),
        "found": wording.lines(turn.text[start:end]),
        "after": wording.lines(turn.text[end:]) + more,
    }


def _mask(text: str) -> str:
    return f"[{counted(len(text), 'character')}]"


# --- notes ---------------------------------------------------------------------------------------


def _notes(view: _View) -> list[tuple[str, str]]:
    unit = view.unit
    days = "A week begins on Monday. " if unit == "week" else ""
    notes = [
        ("Times", f"All times are in UTC. {days}Where only the day is known, no hour is shown."),
        (
            "Found, passed, cannot tell, pending",
            "A rule judges the cases that it is about. A case is found where it breaks the rule; "
            "nobody can tell where the log lacks what the rule needs; it is pending where a limit "
            "of time had not run out when the log ended. A rule without any case had nothing to "
            "judge, which is no praise.",
        ),
        (
            "95% interval",
            "Wilson’s score interval: the rates with which what was counted agrees well. With few "
            "cases it is wide, and then the rate says little.",
        ),
        (
            "First reply",
            "From a customer’s first comment in a conversation to the first public reply in it by "
            "the team, to this customer or to nobody in particular. A bot’s replies do not count.",
        ),
        (
            "Acts of a moderator",
            "Replies, private messages and decisions. One act counts once, however many rules "
            f"found something in it. Whoever has fewer than {FEW} acts is shown in grey.",
        ),
    ]
    if view.redact:
        notes.append(("Redacted", "Words and names of customers are left out of this report."))
    elif view.names.pseudonyms is not None:
        notes.append(
            ("Pseudonyms", "Names are replaced, but texts stand as written and can hold names.")
        )
    else:
        notes.append(
            ("Personal data", "This report holds names and words of people. Share it with care.")
        )
    return notes
