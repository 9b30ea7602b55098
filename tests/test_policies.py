"""The shipped policies: every guideline has its rules, every rule its examples, and a log that is
told as a story comes out as the story says. That each rule judges its own examples rightly is what
`replylint test --coverage --min 3` says of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.checks import CHECKS
from linter.cli import main
from linter.cli.trials import languages
from linter.logic.conditions import MISSING, Condition, comparisons, evaluate
from linter.logic.constraints import conditions
from linter.logic.fields import EVENTS
from linter.policy.coverage import coverage
from linter.policy.load import load, load_all
from linter.shipped import folder, policies

SHOP = folder("policies").parent / "examples" / "shop"
GUIDES = ("handling-negative-comments", "responding-to-negative-reviews", "transparent-moderation")
SHIPPED = [load(name) for name in policies()]
LOG_RULES = {
    rule.id: (policy, rule)
    for policy in SHIPPED
    for rule in policy.rules
    if CHECKS[rule.check].SCOPE == "log"
}


@pytest.mark.parametrize("name", GUIDES)
def test_every_guideline_has_a_rule_or_a_reason(name: str) -> None:
    open_ = [each.guideline.id for each in coverage(load(name)) if each.status == "uncovered"]
    assert open_ == []


def test_both_guides_are_encoded_whole() -> None:
    norwegian, dutch = (coverage(load(name)) for name in GUIDES[:2])
    assert {each.guideline.id: each.status for each in norwegian} == dict.fromkeys(
        (f"N{number}" for number in range(1, 13)), "covered"
    )
    assert {each.guideline.id: each.status for each in dutch} == dict.fromkeys(
        (f"D{number}" for number in range(1, 23)), "covered"
    )


def test_policies_can_be_used_together() -> None:
    together = load_all(list(policies()))
    counts = Counter(rule.id for policy in together for rule in policy.rules)
    assert {id_ for id_, count in counts.items() if count > 1} == set()


@pytest.mark.parametrize("id_", LOG_RULES)
def test_log_rules_have_examples_each_with_its_reason(id_: str) -> None:
    policy, rule = LOG_RULES[id_]
    counts: dict[str | None, Counter[bool]] = defaultdict(Counter)
    for example in rule.examples:
        counts[example.language][example.good] += 1
        assert example.why, example.place
    for language in languages(policy, rule):
        assert min(counts[language][True], counts[language][False]) >= 3
    assert set(counts) == set(languages(policy, rule))


@pytest.mark.parametrize("id_", LOG_RULES)
def test_the_texts_of_examples_are_in_the_language_of_their_file(id_: str) -> None:
    for example in LOG_RULES[id_][1].examples:
        said = {row["language"] for row in example.records if "language" in row}
        assert said <= {example.language}, example.place


@pytest.mark.parametrize("id_", LOG_RULES)
def test_log_rules_judge_events_of_the_sorts_that_they_name(id_: str) -> None:
    """A comment has no action and a removal no kind: a condition that does not say which sort of
    event it is about would be undecided for all the others, and the rule could not tell of any."""
    policy, rule = LOG_RULES[id_]
    constraint = CHECKS[rule.check].compile(rule.options, policy.calendars)
    excused = getattr(constraint, "unless", None)
    judged = [each for each in conditions(constraint) if each != excused]
    assert judged
    for condition in judged:
        undecided = {sort for sort in EVENTS if _holds_for(condition, sort) is not False}
        assert undecided <= _sorts(condition)


def _holds_for(condition: Condition, sort: str) -> bool | None:
    """Whether it holds for an event of which nothing but its sort is known."""

    def known(name: str) -> object:
        return sort if name == "event" else MISSING

    return evaluate(condition, known).holds


def _sorts(condition: Condition) -> set[str]:
    tests = [test for test in comparisons(condition) if test.field == "event"]
    return {value for test in tests for value in test.value}


# --- the example shop's log ----------------------------------------------------------------------

FOUND = {
    "announce-changes": "c1017",
    "answer-before-others": "r2004",
    "appeal-has-reason": "a3026",
    "appeal-route": "a3010",
    "block-after-offence": "a3031",
    "cite-rule": "a3002 a3015 a3020 a3031",
    "decision-has-actor": "a3033",
    "evidence-at-solution": "s5002 s5004 s5005 s5006 s5008",
    "evidence-before-removal": "a3002 a3015 a3020 a3019 a3024",
    "hide-trolls": "a3020",
    "keep-complaints": "a3002",
    "least-restrictive": "a3002 a3020",
    "measure-and-duration": "a3031",
    "no-comment-unanswered": "c1024 c1040",
    "notify-author": "a3002 a3015 a3020 a3021 a3019 a3031",
    "one-reply-to-a-troll": "r2011",
    "praise-answered": "c1006",
    "reply-sooner-to-many": "c1039",
    "reply-within-a-day": "c1003 c1024 c1040",
    "reply-within-an-hour": "c1003 c1024 c1040 c1043",
    "report-hate": "a3010",
    "rule-cited": "a3002 a3015 a3020 a3031",
    "second-reviewer": "a3024",
    "specific-ground": "a3031",
    "warn-about-obscenity": "a3019",
    "warn-before-suspending": "a3031",
}
"""What the rules that read no text find in the log, by the ids of events."""
IN_TEXTS = {"cool-off": "c1012", "ground-fits-text": "a3024", "rating-after-solution": "r2026"}
"""The plainest of what the others find."""


def test_the_shops_log_comes_out_as_its_story_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHOP)
    chosen = [part for name in GUIDES for part in ("--policy", name)]
    options = ["--no-replies", "--no-cache", "--format", "jsonl"]
    result = CliRunner().invoke(main, ["audit", "log/2026-q1.jsonl", *chosen, *options])
    assert result.exit_code == 1, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line["type"] == "finding":
            found[line["rule"]].append(line["event"]["id"])
    structured = {id_ for id_, owned in LOG_RULES.items() if languages(*owned) == (None,)}
    assert {id_: " ".join(ids) for id_, ids in found.items() if id_ in structured} == FOUND
    assert {id_: " ".join(found[id_]) for id_ in IN_TEXTS} == IN_TEXTS


def test_the_shops_log_is_an_event_log() -> None:
    from linter.log.database import connect
    from linter.log.ingest import events_of_rows

    path: Path = SHOP / "log" / "2026-q1.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert events_of_rows(connect(), rows) == ()
    assert {row.get("language") for row in rows} == {"en", "nb", "nl", None}
