"""`test`: the examples of a policy are its tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import POLICY, Replylint, Write


def test_examples_that_do_what_they_should(replylint: Replylint, policy: Path) -> None:
    result = replylint("test", "policy.yaml")
    assert (result.code, result.out) == (0, "2 rules, 4 examples, 0 failed.\n")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "thanks for your message.",
            "your kettle is on its way.",
            "policy.yaml:23:11: thanks: the rule finds something in this good example: "
            "The reply does not say thanks.",
        ),
        (
            "your kettle is on its way.",
            "thanks for telling us.",
            "policy.yaml:27:11: thanks: the rule finds nothing in this bad example",
        ),
        (
            "comment: {kind: complaint}",
            "comment: {kind: question}",
            "policy.yaml:27:11: thanks: the rule does not apply: it is for where comment.kind is "
            "complaint or praise, and channel is not email",
        ),
        (
            "          comment: {kind: praise}\n",
            "",
            "policy.yaml:23:11: thanks: the rule cannot tell: comment.kind is not known",
        ),
    ],
)
def test_an_example_that_does_not_is_shown_with_its_place_and_why(
    replylint: Replylint, write: Write, old: str, new: str, line: str
) -> None:
    write("policy.yaml", POLICY.replace(old, new))
    result = replylint("test", "policy.yaml")
    assert result.code == 1
    assert result.lines[0] == line
    assert result.lines[-1] == "2 rules, 4 examples, 1 failed."


def test_the_examples_own_reason_is_shown(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("your kettle is on its way.", "thanks for telling us."))
    assert "  why: it answers and does not thank" in replylint("test", "policy.yaml").lines


def test_a_language_that_cannot_be_told_must_be_said(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("[en]", "[en, nb]").replace("Call us when it", "Ok it"))
    result = replylint("test", "policy.yaml")
    assert "its language could not be recognised; say it with `lang`" in result.out
    assert result.code == 1


def test_without_a_policy_those_of_the_configuration(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write(".replylint.yaml", "policy: policy.yaml\n")
    assert replylint("test").out == "2 rules, 4 examples, 0 failed.\n"


def test_nothing_to_test_is_an_error(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.partition("    examples:")[0])
    result = replylint("test", "policy.yaml")
    assert result.code == 2
    assert "there is nothing to test: no rule has examples" in result.err


def test_rules_without_examples_are_named(replylint: Replylint, write: Write) -> None:
    head, _, rest = POLICY.partition("    examples:")
    write("policy.yaml", head + rest[rest.index("  - id: plain-words") :])
    result = replylint("test", "policy.yaml")
    assert (result.code, result.lines[-1]) == (0, "Rules without examples: thanks.")


def test_coverage_counts_by_rule_and_language(replylint: Replylint, policy: Path) -> None:
    result = replylint("test", "policy.yaml", "--coverage")
    assert result.code == 0
    assert [line.split() for line in result.lines[:3]] == [
        ["RULE", "en", "good/bad"],
        ["thanks", "1/1"],
        ["plain-words", "1/1"],
    ]


def test_coverage_fails_a_rule_that_nothing_fires_or_silences(
    replylint: Replylint, write: Write
) -> None:
    only_good = POLICY.replace("      bad: [{reply: Call us at your earliest convenience.}]\n", "")
    write("policy.yaml", only_good)
    assert replylint("test", "policy.yaml").code == 0
    result = replylint("test", "policy.yaml", "--coverage")
    assert result.code == 1
    assert "policy.yaml:31:5: plain-words: no bad example fires the rule" in result.lines


def test_a_failed_example_covers_nothing(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("your kettle is on its way.", "thanks for telling us."))
    result = replylint("test", "policy.yaml", "--coverage")
    assert "policy.yaml:12:5: thanks: no bad example fires the rule" in result.lines


def test_min_counts_in_each_language_of_the_policy(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("[en]", "[en, nb]").replace("reply: ", "lang: en, reply: "))
    # In block style a record is a mapping of lines.
    text = (
        (Path.cwd() / "policy.yaml")
        .read_text()
        .replace("- lang: en, reply", "- lang: en\n          reply")
    )
    write("policy.yaml", text)
    assert replylint("test", "policy.yaml", "--coverage", "--min", "1").code == 1
    out = replylint("test", "policy.yaml", "--coverage", "--min", "1").out
    assert "thanks: fewer than 1 examples: 0 good in nb, 0 bad in nb\n" in out


def test_min_needs_coverage(replylint: Replylint, policy: Path) -> None:
    result = replylint("test", "policy.yaml", "--min", "3")
    assert result.code == 2
    assert "--min needs --coverage" in result.err


FACT_RULE = """\
policy: ours
languages: [en]
examples: [examples.en.yaml]
rules:
  - {id: facts, check: facts, message: "{stated}, not {right}"}
"""
FACTS = "facts: [{id: d, type: duration, value: %s, subject: {en: [return period]}}]\n"
EXAMPLES = """\
language: en
facts: [facts.yaml]
rules:
  facts:
    good: [{reply: The return period is 30 days.}]
    bad: [{reply: The return period is 14 days.}]
"""


def test_a_file_of_examples_may_bring_its_facts(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", FACT_RULE)
    write("facts.yaml", FACTS % "30 days")
    write("examples.en.yaml", EXAMPLES)
    assert replylint("test", "policy.yaml").out == "1 rule, 2 examples, 0 failed.\n"


def test_the_facts_of_the_examples_hold_instead_of_the_teams(
    replylint: Replylint, write: Write
) -> None:
    write("policy.yaml", FACT_RULE)
    write("facts.yaml", FACTS % "30 days")
    write("ours.yaml", FACTS % "14 days")
    write("examples.en.yaml", EXAMPLES)
    write(".replylint.yaml", "policy: policy.yaml\nfacts: ours.yaml\n")
    assert replylint("test").code == 0


def test_facts_that_are_not_there_are_placed(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", FACT_RULE)
    write("examples.en.yaml", EXAMPLES)
    result = replylint("test", "policy.yaml")
    assert result.code == 2
    assert "examples.en.yaml:2:9: there is no file" in result.err


def test_examples_in_a_language_that_the_policy_has_not_are_counted(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("wide.yaml", POLICY.replace("[en]", "[en, nb]").replace("policy: ours", "policy: wide"))
    write(
        "narrow.yaml",
        "policy: narrow\nextends: wide.yaml\nlanguages: [nb]\nrules:\n"
        "  - id: plain-words\n    examples:\n"
        "      good: [{lang: nb, reply: Ring oss}, {lang: en, reply: Call us}]\n",
    )
    result = replylint("test", "narrow.yaml")
    assert "Examples in languages that the policy has not: 1, left out." in result.lines


def test_a_rule_that_policies_share_is_tried_once(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("more.yaml", "policy: more\nextends: policy.yaml\n")
    assert replylint("test", "policy.yaml", "more.yaml").out == "2 rules, 4 examples, 0 failed.\n"


def test_an_invalid_policy_is_an_error_with_its_place(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", POLICY.replace("act: thanks", "act: thx"))
    result = replylint("test", "policy.yaml")
    assert result.code == 2
    assert 'policy.yaml:18:20: there is no act in English called "thx"' in result.err


LIBRARY_RULE = """\
policy: ours
languages: [en]
rules:
  - id: formula
    check: repeated-text
    options: {replies: 2}
    message: 'Under {count} replies: "{text}".'
    examples:
      good:
        - - {reply: Your kettle left our warehouse in Bergen this morning.}
          - {reply: Your lamp needs another bulb and we send you one.}
      bad:
        - - {reply: Your opinion helps us to get better every day.}
          - {reply: Your opinion helps us to get better every day!}
"""


def test_a_case_of_a_library_rule_is_several_replies(replylint: Replylint, write: Write) -> None:
    write("policy.yaml", LIBRARY_RULE)
    assert replylint("test", "policy.yaml", "--coverage").lines[-1] == (
        "1 rule, 2 examples, 0 failed."
    )
    write("policy.yaml", LIBRARY_RULE.replace("every day!", "each time."))
    result = replylint("test", "policy.yaml")
    assert result.lines[0] == (
        "policy.yaml:13:11: formula: the rule finds nothing in this bad example"
    )


LOG_RULES = """\
policy: ours
languages: [en, nb]
rules:
  - id: keep
    check: absence
    options: {event: {event: action, action: remove}, unless: {ground: spam}}
    message: x
    examples:
      good:
        - {event: action, id: a, time: "2026-03-02", action: remove, ground: [spam]}
        - {event: action, id: a, time: "2026-03-02", action: hide}
      bad:
        - {event: action, id: a, time: "2026-03-02", action: remove, ground: [other]}
        - {event: action, id: a, time: "2026-03-02", action: remove, ground: [insult]}
"""
ACTS_RULE = """\
  - id: polite
    check: absence
    options: {event: {event: reply, acts: rude}}
    message: x
examples: [examples.yaml]
"""
ACTS_EXAMPLES = """\
language: en
rules:
  polite:
    good: [{event: reply, id: r, time: "2026-03-02", text: See you soon., language: en}]
    bad: [{event: reply, id: r, time: "2026-03-02", text: Get lost you idiot., language: en}]
"""


def test_rules_on_logs_need_examples_in_each_language_only_if_they_read_texts(
    replylint: Replylint, write: Write
) -> None:
    write("policy.yaml", LOG_RULES)
    result = replylint("test", "policy.yaml", "--coverage", "--min", "2")
    assert (result.code, result.lines) == (
        0,
        ["RULE  any good/bad", "keep  2/2", "", "1 rule, 4 examples, 0 failed."],
    )
    assert replylint("test", "policy.yaml", "--coverage", "--min", "3").lines[-2] == (
        "policy.yaml:4:5: keep: fewer than 3 examples: 2 good, 2 bad"
    )
    write("policy.yaml", LOG_RULES + ACTS_RULE)
    write("examples.yaml", ACTS_EXAMPLES)
    result = replylint("test", "policy.yaml", "--coverage", "--min", "1")
    assert (result.code, result.lines[:3]) == (
        1,
        [
            "RULE    en good/bad  nb good/bad  any good/bad",
            "keep    -            -            2/2",
            "polite  1/1          0/0          -",
        ],
    )
    assert result.lines[-2] == (
        "policy.yaml:15:5: polite: fewer than 1 examples: 0 good in nb, 0 bad in nb"
    )


def test_only_the_rules_that_are_asked_for(replylint: Replylint, policy: Path) -> None:
    tested = replylint("test", "policy.yaml", "--select", "thanks")
    assert (tested.code, tested.lines) == (0, ["1 rule, 2 examples, 0 failed."])
    wrong = replylint("test", "policy.yaml", "--select", "thank")
    assert wrong.code == 2
    assert 'there is no rule called "thank"; did you mean "thanks"?' in wrong.err
