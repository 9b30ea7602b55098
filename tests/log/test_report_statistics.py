"""The figures of a report, each from a log small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from linter.log.finding import Maker
from linter.log.report import answers, statistics
from linter.log.report.model import Count, Ground, Mark, Rejected, Report, Shown, Unclear
from linter.log.report.share import Share
from linter.model import Finding
from tests.log import report_sample as sample
from tests.log.report_sample import ABOUT, ENTRIES, RULES, Verdicts, database

MONDAY = datetime(2026, 3, 2, 10)
HOUR = 3_600_000_000


def row(id_: str, event: str, minutes: float = 0, **values: Any) -> dict[str, Any]:
    """An event some minutes after Monday ten o'clock."""
    time = MONDAY + timedelta(minutes=minutes)
    given = {name.replace("__", "."): value for name, value in values.items()}
    made = {
        "event": event,
        "id": id_,
        "time": time,
        "time.end": time,
        "conversation": "t",
        "file": "log.jsonl",
        "row": 1,
        **given,
    }
    made.setdefault("subject", made.get("target") or id_)
    if event == "comment":
        made.setdefault("author", made.get("actor"))
    return made


def comment(id_: str, minutes: float = 0, actor: str | None = "Kari", **values: Any) -> Any:
    return row(id_, "comment", minutes, actor=actor, **{"actor.role": "customer"}, **values)


def reply(id_: str, minutes: float = 0, role: str = "team", **values: Any) -> Any:
    values = {"actor": "Tom", "author": "Kari", **values}
    return row(id_, "reply", minutes, **{"actor.role": role}, **values)


def action(id_: str, minutes: float = 0, **values: Any) -> Any:
    return row(id_, "action", minutes, **{"actor.role": "moderator", "actor": "Tom", **values})


def figures(
    *rows: Any, found: Any = (), told: Any = (), rejects: Any = (), entries: Any = ENTRIES
) -> Report:
    """The figures of a log. `found` are (rule, row) pairs, `told` (rule, verdict, row, reason)."""
    verdicts = Verdicts([], {})
    for rule, each in found:
        verdicts.tell(rule, "violation", each)
    for rule, verdict, each, reason in told:
        verdicts.tell(rule, verdict, each, reason)
    con = database(rows, verdicts, rejects)
    return statistics.statistics(con, entries, RULES, ABOUT)


def finding(report: Report, shown: Shown) -> Finding:
    return Maker({each.id: each for each in report.entries}, None).finding(shown.row)


# --- shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
        (10, 100, 0.0552, 0.1744),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_has_no_rate() -> None:
    assert (Share(0, 0).rate, Share(0, 0).interval) == (None, None)


# --- verdicts ------------------------------------------------------------------------------------


def test_a_rule_has_its_verdicts_and_the_rate_of_what_was_decided() -> None:
    rows = [comment(f"c{number}", number, f"P{number}") for number in range(6)]
    rule = "reply-within-a-day"
    report = figures(
        *rows,
        found=[(rule, rows[0])],
        told=[
            (rule, "pass", rows[1], None),
            (rule, "pass", rows[2], None),
            (rule, "pass", rows[3], None),
            (rule, "cannot tell", rows[4], "kind is not known"),
            (rule, "pending", rows[5], None),
        ],
    )
    judged = next(each for each in report.rules if each.rule == rule)
    assert (judged.violations, judged.passes, judged.cannot_tell, judged.pending) == (1, 3, 1, 1)
    assert judged.share == Share(1, 4)
    assert not judged.vacuous
    assert report.unclear == (Unclear(rule, "kind is not known", 1, ("log.jsonl:1",)),)


def test_a_rule_without_a_case_held_vacuously_and_errors_come_first() -> None:
    report = figures(comment("c"))
    assert all(each.vacuous and each.share.rate is None for each in report.rules)
    assert [each.level for each in report.rules] == ["error"] * 3 + ["warning"] * 4 + ["note"]


def test_a_message_is_no_title() -> None:
    untitled = replace(RULES["keep-evidence"], title=RULES["keep-evidence"].message)
    con = database([comment("c")], Verdicts([], {}))
    report = statistics.statistics(con, ENTRIES, {**RULES, "keep-evidence": untitled}, ABOUT)
    titles = {each.rule: each.title for each in report.rules}
    assert (titles["keep-evidence"], titles["keep-complaints"]) == ("", "Keep complaints")


def test_versions_of_a_rule_are_told_apart() -> None:
    early = sample.entry(RULES["keep-evidence"], end=datetime(2026, 3, 3))
    late = sample.entry(RULES["keep-evidence"], start=datetime(2026, 3, 3))
    report = figures(comment("c"), entries=(early, late))
    assert [(each.start, each.end) for each in report.rules] == [
        (None, "2026-03-03"),
        ("2026-03-03", None),
    ]


def test_rejected_rows_are_counted_by_reason() -> None:
    rejects = [
        ("b.csv", 7, "x", "no time", ""),
        ("a.csv", 9, None, "no time", ""),
        ("a.csv", None, None, "not a file of rows", ""),
    ]
    report = figures(comment("c"), rejects=rejects)
    assert report.rejected == 3
    assert report.rejects == (
        Rejected("no time", 2, ("a.csv:9", "b.csv:7")),
        Rejected("not a file of rows", 1, ("a.csv",)),
    )


# --- periods -------------------------------------------------------------------------------------


def test_findings_are_counted_by_week_and_level_and_no_week_is_left_out() -> None:
    week = 7 * 24 * 60
    rows = [comment("a"), comment("b", 1, "Ola"), comment("c", 2 * week, "Per")]
    report = figures(
        *rows,
        found=[
            ("keep-complaints", rows[0]),
            ("keep-evidence", rows[0]),
            ("keep-evidence", rows[2]),
        ],
    )
    assert [(each.start, each.share) for each in report.periods] == [
        ("2026-03-02", Share(1, 2)),
        ("2026-03-09", Share(0, 0)),
        ("2026-03-16", Share(1, 1)),
    ]
    assert [each.findings for each in report.periods] == [
        {"note": 1, "warning": 0, "error": 1},
        {"note": 0, "warning": 0, "error": 0},
        {"note": 1, "warning": 0, "error": 0},
    ]


@pytest.mark.parametrize(
    ("years", "unit"),
    [(1, "week"), (5, "month"), (15, "quarter"), (60, "year"), (3_000, "century")],
)
def test_a_long_log_is_shown_by_longer_periods(years: int, unit: str) -> None:
    rows = [comment("a"), comment("b", 1, "Ola")]
    rows[1]["time"] = rows[1]["time.end"] = datetime(2026 + years, 1, 1)
    report = figures(*rows)
    assert report.period == unit
    assert len(report.periods) <= 80
    assert sum(each.share.whole for each in report.periods) == 2


# --- answers -------------------------------------------------------------------------------------


def answered(*rows: Any) -> tuple[int, int]:
    share = figures(*rows).answers.answered
    return share.part, share.whole


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply("r", 5), "a reply to this customer"),
        (reply("r", 0), "at the same instant"),
        (reply("r", 5, author=None), "to nobody in particular"),
        (reply("r", 5, role="moderator"), "by a moderator"),
        (reply("r", 5) | {"actor.role": None}, "by somebody whose role is not known"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_answers_a_customer(answer: Any, why: str) -> None:
    assert answered(comment("c"), answer) == (1, 1), why


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply("r", -5), "before the comment"),
        (reply("r", 5, author="Ola"), "to another customer"),
        (reply("r", 5, role="bot"), "by a bot"),
        (reply("r", 5, role="other"), "by another customer"),
        (reply("r", 5, conversation="u"), "in another conversation"),
        (row("r", "private_message", 5, author="Kari"), "not in public"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_answer_a_customer(answer: Any, why: str) -> None:
    assert answered(comment("c"), answer) == (0, 1), why


def test_a_customer_asks_once_in_a_conversation() -> None:
    assert answered(comment("c"), reply("r", 5), comment("thanks", 9)) == (1, 1)


def test_each_customer_of_a_conversation_asks() -> None:
    rows = [comment("c"), comment("d", 1, "Ola"), reply("r", 5, author="Ola")]
    assert answered(*rows) == (1, 2)


def test_a_reply_can_be_to_an_author_who_is_not_known() -> None:
    assert answered(comment("c", 0, None), reply("r", 5)) == (1, 1)


def test_what_the_team_writes_is_no_question() -> None:
    assert answered(comment("c") | {"actor.role": "team"}) == (0, 0)


def test_what_was_removed_unanswered_is_in_no_share() -> None:
    removal = action("a", 1, action="remove", target="c")
    report = figures(comment("c"), removal, comment("d", 2, "Ola"), reply("r", 3, author="Ola"))
    assert (report.answers.questions, report.answers.removed) == (2, 1)
    assert report.answers.answered == Share(1, 1)
    assert answered(comment("c"), removal, reply("r", 3)) == (1, 1)


def test_waits_are_exact_to_the_microsecond() -> None:
    rows = []
    for number, wait in enumerate((HOUR, HOUR + 1, 24 * HOUR, 24 * HOUR + 1)):
        rows.append(comment(f"c{number}", 0, f"P{number}"))
        late = reply(f"r{number}", 0, author=f"P{number}")
        late["time"] = late["time.end"] = MONDAY + timedelta(microseconds=wait)
        rows.append(late)
    found = figures(*rows).answers
    marks = {mark.limit: mark.share for mark in found.marks}
    assert (marks[HOUR], marks[24 * HOUR]) == (Share(1, 4), Share(3, 4))
    assert (found.median, found.p90) == (HOUR + 1, 24 * HOUR + 1)
    assert sum(each.count for each in found.bins) == 4


def test_waits_of_days_have_no_length_but_count_as_answers() -> None:
    day = comment("c")
    day["time"] = datetime(2026, 3, 2)
    day["time.end"] = datetime(2026, 3, 2, 23, 59, 59, 999999)
    found = figures(day, reply("r", 5)).answers
    assert (found.answered, found.timed, found.median) == (Share(1, 1), 0, None)


def test_very_short_and_very_long_waits_are_counted() -> None:
    rows = [comment("c"), reply("r", 0), comment("d", 0, "Ola"), reply("s", 1e6, author="Ola")]
    bins = figures(*rows).answers.bins
    assert (bins[0].count, bins[-1].count, sum(each.count for each in bins)) == (1, 1, 2)


def test_answers_are_told_by_kind_and_by_period() -> None:
    week = 7 * 24 * 60
    rows = [
        comment("a", 0, "A", kind="praise"),
        comment("b", 0, "B", kind="complaint", kind__inferred=True),
        reply("r", 60, author="B"),
        comment("c", week, "C"),
    ]
    found = figures(*rows).answers
    assert [(each.kind, each.answered, each.inferred) for each in found.kinds] == [
        ("complaint", Share(1, 1), 1),
        ("praise", Share(0, 1), 0),
        (None, Share(0, 1), 0),
    ]
    assert [(each.start, each.answered, each.median) for each in found.periods] == [
        ("2026-03-02", Share(1, 2), HOUR),
        ("2026-03-09", Share(0, 1), None),
    ]


def test_an_hour_is_a_bound_of_the_histogram() -> None:
    assert answers.HOUR in answers.EDGES
    assert list(answers.EDGES) == sorted(set(answers.EDGES))


# --- people and decisions ------------------------------------------------------------------------


def test_moderators_stand_in_order_of_names_and_an_act_counts_once() -> None:
    rows = [
        reply("r1", 1, actor="Tom"),
        reply("r2", 2, actor="Tom"),
        action("a1", 3, actor="amira", action="remove"),
        row("p1", "private_message", 4, actor="Zoe"),
        comment("c1", 0, "Kari"),
        action("a2", 5, actor="Kari", actor__role="customer", action="appeal_open"),
    ]
    report = figures(*rows, found=[("keep-evidence", rows[0]), ("no-stock-phrase", rows[0])])
    assert [(each.name, each.replies, each.actions, each.share) for each in report.moderators] == [
        ("amira", 0, 1, Share(0, 1)),
        ("Tom", 2, 0, Share(1, 2)),
        ("Zoe", 0, 0, Share(0, 1)),
    ]


def test_a_moderator_has_the_role_of_most_acts() -> None:
    roles = ("bot", "team", "team", None, None, None)
    rows = [reply(f"r{number}") | {"actor.role": role} for number, role in enumerate(roles)]
    assert [each.role for each in figures(*rows).moderators] == ["team"]


def test_a_finding_about_a_comment_is_nobodys() -> None:
    rows = [comment("c"), reply("r", 5)]
    report = figures(*rows, found=[("reply-within-an-hour", rows[0])])
    assert report.moderators[0].share == Share(0, 1)
    assert report.findings[0].moderator is None


def test_those_with_few_acts_are_counted_together_when_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statistics, "PEOPLE", 2)
    rows = [reply(f"r{number}", number, actor=name) for number, name in enumerate("ccbbada")]
    report = figures(*rows)
    assert [each.name for each in report.moderators] == ["a", "b"]
    assert report.unnamed == 3


def test_grounds_are_counted_for_removals_and_hides() -> None:
    report = figures(
        action("a", action="remove", ground=["spam", "insult"]),
        action("b", action="hide", ground=["spam"]),
        action("c", action="remove", ground=[]),
        action("d", action="remove"),
        action("e", action="ban", ground=["hate"]),
    )
    assert report.grounds == (Ground("spam", 1, 1), Ground("insult", 1, 0), Ground(None, 2, 0))
    assert report.actions == (Count("remove", 3), Count("ban", 1), Count("hide", 1))


# --- findings ------------------------------------------------------------------------------------


def test_rules_take_turns_when_not_all_findings_can_be_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statistics, "SHOWN", 4)
    rows = [comment(f"c{number}", number, f"P{number}") for number in range(9)]
    found = [("reply-within-a-day", each) for each in rows[:8]] + [("keep-evidence", rows[8])]
    report = figures(*rows, found=found)
    shown = [finding(report, each) for each in report.findings]
    assert [each.reply for each in shown] == ["c0", "c1", "c2", "c8"]
    assert report.total == 9


def test_a_finding_stands_in_its_conversation() -> None:
    rows = [comment("c", 0), reply("r", 5), action("a", 9, action="remove", target="c")]
    report = figures(*rows, found=[("keep-complaints", rows[2])])
    (shown,) = report.findings
    assert [(turn.id, turn.marked, turn.gap) for turn in shown.turns] == [
        ("c", False, 0),
        ("r", False, 0),
        ("a", True, 0),
    ]
    assert (shown.after, shown.moderator, shown.period) == (0, "Tom", "2026-03-02")
    assert finding(report, shown).message == "A complaint was removed by Tom on ground unknown."


def test_a_long_conversation_is_shown_around_the_finding() -> None:
    rows = [comment("start", 0), *(reply(f"r{number:02}", number) for number in range(1, 31))]
    report = figures(*rows, found=[("no-stock-phrase", rows[20])])
    (shown,) = report.findings
    ids = [turn.id for turn in shown.turns]
    assert ids == ["start", "r16", "r17", "r18", "r19", "r20", "r21", "r22", "r23"]
    assert [turn.gap for turn in shown.turns] == [0, 15, 0, 0, 0, 0, 0, 0, 0]
    assert shown.after == 7


def test_the_related_event_is_shown_from_wherever_it_is() -> None:
    rows = [comment("c", 0), reply("r", 1), reply("far", 2, conversation="u")]
    verdicts = Verdicts([], {})
    verdicts.tell("keep-evidence", "violation", rows[1], other="far")
    con = database(rows, verdicts)
    (shown,) = statistics.statistics(con, ENTRIES, RULES, ABOUT).findings
    assert [(turn.id, turn.marked, turn.other) for turn in shown.turns] == [
        ("c", False, False),
        ("r", True, False),
        ("far", False, True),
    ]
    assert shown.after == 0


def test_an_event_without_a_conversation_stands_alone() -> None:
    lone = action("a", action="remove", conversation=None)
    report = figures(lone, found=[("keep-complaints", lone)])
    (shown,) = report.findings
    assert [turn.id for turn in shown.turns] == ["a"]


def test_each_finding_of_a_hot_conversation_shows_only_what_is_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(statistics, "SHOWN", 90)
    rows = [reply(f"r{number:05}", number) for number in range(120)]
    report = figures(*rows, found=[("no-stock-phrase", each) for each in rows])
    assert (len(report.findings), report.total) == (90, 120)
    assert max(len(each.turns) for each in report.findings) == 9


def test_texts_are_cut() -> None:
    long = comment("c", text="x" * 1_000)
    report = figures(long, found=[("keep-evidence", long)])
    (turn,) = report.findings[0].turns
    assert (turn.text, turn.cut) == ("x" * 600, 400)


def test_a_log_without_events_has_a_report() -> None:
    report = figures()
    assert (report.scope.events, report.scope.first, report.periods) == (0, None, ())
    assert report.answers.marks[0] == Mark(answers.MARKS[0], Share(0, 0))


def test_the_order_of_rows_does_not_matter() -> None:
    rows = sample.events(conversations=60)
    forward = database(rows, sample.judge(rows), sample.REJECTS)
    told = sample.judge(rows)
    told.violations.reverse()
    backward = database(rows[::-1], told, sample.REJECTS[::-1])
    reports = [statistics.statistics(con, ENTRIES, RULES, ABOUT) for con in (forward, backward)]
    assert reports[0] == reports[1]
