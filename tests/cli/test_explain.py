"""`explain`, `rules` and `coverage`: a policy documents itself."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import POLICY, Replylint, Write


def test_explains_a_rule(replylint: Replylint, policy: Path) -> None:
    result = replylint("explain", "thanks", "--policy", "policy.yaml")
    assert result.code == 0
    assert result.lines == [
        "thanks: Say thanks",
        "Level: error",
        "Policies: ours",
        "Defined at: policy.yaml:12:5",
        "Guideline G1: Say thanks.",
        "  (Our guide)",
        "Why: Who writes to us takes trouble.",
        "Applies: where comment.kind is complaint or praise, and channel is not email",
        "Check: require-act",
        "  act: thanks",
        "  within: opening",
        "Message: The reply does not say thanks.",
        "Good examples:",
        "  Hi Jens, thanks for your message.",
        "    comment: {kind: praise}",
        "    channel: twitter",
        "Bad examples:",
        "  Hi Jens, your kettle is on its way.",
        "    comment: {kind: complaint}",
        "    channel: twitter",
        "    why: it answers and does not thank",
    ]


def test_explains_a_rule_to_programs(replylint: Replylint, policy: Path) -> None:
    result = replylint("explain", "thanks", "-p", "policy.yaml", "--format", "json")
    data = json.loads(result.out)
    assert data["when"] == {"comment.kind": ["complaint", "praise"], "not": {"channel": "email"}}
    assert data["options"] == {"act": "thanks", "within": "opening"}
    assert data["guidelines"] == [{"id": "G1", "text": "Say thanks.", "document": "Our guide"}]
    assert [example["good"] for example in data["examples"]] == [True, False]


def test_a_rule_that_a_policy_changes_is_explained_as_changed(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write(
        "stricter.yaml",
        "policy: strict\nextends: policy.yaml\nrules: [{id: thanks, level: note}]\n",
    )
    result = replylint("explain", "thanks", "-p", "stricter.yaml")
    assert "Level: note" in result.lines
    assert "Defined at: stricter.yaml:3:9" in result.lines


def test_a_misspelt_rule_is_answered_with_the_nearest(replylint: Replylint, policy: Path) -> None:
    result = replylint("explain", "thank", "-p", "policy.yaml")
    assert result.code == 2
    assert result.err == 'replylint: there is no rule called "thank"; did you mean "thanks"?\n'


def test_explains_a_check(replylint: Replylint, policy: Path) -> None:
    result = replylint("explain", "require-act", "-p", "policy.yaml")
    assert result.lines[0] == "require-act (looks at one reply at a time)"
    assert result.lines[1] == "Require that a reply performs an act."
    assert any(line.split()[:2] == ["act", "text"] for line in result.lines)
    assert "A message may use: {act}" in result.lines


def test_lists_the_rules(replylint: Replylint, policy: Path) -> None:
    result = replylint("rules", "--policy", "policy.yaml")
    assert [line.split(maxsplit=3) for line in result.lines] == [
        ["RULE", "LEVEL", "CHECK", "GUIDELINES  TITLE"],
        ["thanks", "error", "require-act", "G1          Say thanks"],
        ["plain-words", "warning", "phrases", 'Write "{instead}" instead of "{text}".'],
    ]


def test_lists_the_rules_to_programs(replylint: Replylint, write: Write, policy: Path) -> None:
    write(".replylint.yaml", "policy: policy.yaml\n")
    rules = json.loads(replylint("rules", "-f", "json").out)["rules"]
    assert [rule["id"] for rule in rules] == ["thanks", "plain-words"]
    assert rules[0]["guidelines"] == ["G1"]


def test_no_such_policy(replylint: Replylint) -> None:
    result = replylint("rules", "-p", "handling-negative-coments")
    assert result.code == 2
    assert 'did you mean "handling-negative-comments"?' in result.err


def test_coverage_of_each_guideline(replylint: Replylint, policy: Path) -> None:
    result = replylint("coverage", "policy.yaml")
    assert result.code == 0
    assert result.lines == [
        "ours: How we answer",
        "G1 covered Say thanks.",
        "  rules: thanks",
        "  examples: en 1 good, 1 bad",
        "G2 not checkable Count to ten.",
        "  not checkable: nobody sees it",
        "G3 not checkable Be quick.",
        "  not checkable: No time is known.",
        "3 guidelines: 1 covered, 2 not checkable, 0 uncovered.",
        "",
    ]


def test_an_uncovered_guideline_fails(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("    guideline: G1\n", ""))
    result = replylint("coverage", "policy.yaml", "--format", "json")
    assert result.code == 1
    guidelines = json.loads(result.out)["policies"][0]["guidelines"]
    assert [each["status"] for each in guidelines] == [
        "uncovered",
        "not checkable",
        "not checkable",
    ]


def test_a_policy_without_guidelines_covers_nothing(replylint: Replylint, write: Write) -> None:
    write(
        "policy.yaml",
        "policy: ours\nlanguages: [en]\nrules: [{id: a, check: shouting, message: Calm}]\n",
    )
    result = replylint("coverage", "policy.yaml")
    assert result.code == 2
    assert "no policy lists guidelines" in result.err
