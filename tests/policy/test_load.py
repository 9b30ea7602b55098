"""What a policy's file becomes: rules, overlays, examples, several policies together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from linter.documents import InvalidFile
from linter.language.language import Language
from linter.logic.conditions import Comparison
from linter.policy.load import compile_problems, find, load, load_all
from linter.policy.messages import fill
from tests.policy.fakes import CHECKS, load_in, write

BASE = """\
policy: base
languages: [en, nb]
guidelines:
  document: Guide
  items: {N1: One., N2: {text: Two., not_checkable: nobody sees}}
examples: [examples/base.nb.yaml]
rules:
  - id: thanks
    guideline: N1
    level: error
    when: {comment.kind: praise}
    check: require-act
    options: {act: thanks, within: opening}
    message: Thank the customer.
    examples:
      bad: [{reply: Hello., lang: en, why: no thanks, fields: {shop: Oslo}}]
  - id: short
    check: length
    options: {max: 9}
    message: Too long.
"""
EXAMPLES = """\
language: nb-NO
rules:
  thanks:
    good: [{reply: Takk!, author: Jens}]
    bad: [{reply: Hei.}]
"""


def _base(folder: Path) -> None:
    write(folder, base=BASE)
    write(folder, **{"examples__base.nb": EXAMPLES})


def test_a_rule(tmp_path: Path) -> None:
    _base(tmp_path)
    policy = load("base.yaml", tmp_path, CHECKS)
    rule = policy.rule("thanks")
    assert (rule.check, rule.level, rule.policy) == ("require-act", "error", "base")
    assert rule.options == {"act": "thanks", "within": "opening"}
    assert rule.when == Comparison("comment.kind", "in", ("praise",))
    assert rule.guideline == ("N1",)
    assert str(rule.place).endswith("base.yaml:8:5")
    assert policy.rule("short").level == "warning"
    assert [path.name for path in policy.files] == ["base.yaml", "base.nb.yaml"]


def test_examples_in_the_rule_and_in_files(tmp_path: Path) -> None:
    _base(tmp_path)
    inside, good, bad = load("base.yaml", tmp_path, CHECKS).rule("thanks").examples
    assert (inside.good, inside.language, inside.why) == (False, "en", "no thanks")
    assert inside.records == ({"shop": "Oslo", "reply": "Hello.", "lang": "en"},)
    assert (good.good, good.language) == (True, "nb")
    assert good.records == ({"lang": "nb", "reply": "Takk!", "author": "Jens"},)
    assert str(bad.place).endswith("base.nb.yaml:5:11")


def test_a_case_of_a_library_check_is_a_list_of_records(tmp_path: Path) -> None:
    policy = load_in(
        tmp_path,
        p="policy: p\nlanguages: [nb]\nrules:\n"
        "  - id: a\n    check: repeated-text\n    message: x\n"
        "    examples: {bad: [[{reply: A.}, {reply: A.}]]}\n",
    )
    assert len(policy.rule("a").examples[0].records) == 2


def test_an_overlay_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    _base(tmp_path)
    policy = load_in(
        tmp_path,
        p="policy: p\nextends: base.yaml\nrules:\n"
        "  - {id: thanks, level: note, guideline: [N1, N2], message: Thanks first.}\n"
        "  - {id: short, options: {min: 2}}\n",
    )
    rule = policy.rule("thanks")
    assert (rule.level, rule.message, rule.policy) == ("note", "Thanks first.", "p")
    assert rule.guideline == ("N1", "N2")
    assert rule.when == Comparison("comment.kind", "in", ("praise",))
    assert len(rule.examples) == 3
    assert policy.rule("short").options == {"max": 9, "min": 2}
    assert policy.languages == ("en", "nb")
    assert [rule.id for rule in policy.rules] == ["thanks", "short"]


@pytest.mark.parametrize("change", ["options: {within: closing}", "when: {channel: x}"])
def test_examples_do_not_outlive_what_they_test(change: str, tmp_path: Path) -> None:
    """An example of the overlaid rule says nothing of a rule with other options or conditions."""
    _base(tmp_path)
    policy = load_in(
        tmp_path, p=f"policy: p\nextends: base.yaml\nrules:\n  - {{id: thanks, {change}}}\n"
    )
    assert policy.rule("thanks").examples == ()


def test_a_place_is_in_the_overlay_or_in_what_it_changes(tmp_path: Path) -> None:
    _base(tmp_path)
    policy = load_in(
        tmp_path,
        p="policy: p\nextends: base.yaml\nrules:\n  - {id: thanks, options: {act: thank}}\n",
    )
    origin = policy.rule("thanks").origin
    assert str(origin.place(("options", "act"))).endswith("p.yaml:4:33")
    assert str(origin.place(("options", "within"))).endswith("base.yaml:13:36")


def test_a_rule_that_is_switched_off(tmp_path: Path) -> None:
    _base(tmp_path)
    policy = load_in(
        tmp_path,
        p="policy: p\nextends: base.yaml\nrules:\n  - {id: short, off: We write letters.}\n",
    )
    assert [rule.id for rule in policy.rules] == ["thanks"]
    assert [(each.rule.id, each.reason) for each in policy.off] == [("short", "We write letters.")]


GUIDE = "policy: {0}\nextends: base.yaml\nrules:\n  - {{id: thanks, guideline: {1}}}\n"


def test_two_guides_share_the_rules_of_a_common_policy(tmp_path: Path) -> None:
    _base(tmp_path)
    write(tmp_path, one=GUIDE.format("one", "N1"), two=GUIDE.format("two", "N2"))
    one, two = load_all(["one.yaml", "two.yaml"], tmp_path, CHECKS)
    assert [rule.id for rule in one.rules] == ["thanks", "short"]
    assert one.rule("thanks").guideline == ("N1", "N2")
    assert len(one.rule("thanks").examples) == 3
    assert two.rules == ()


def test_two_guides_that_disagree_on_a_rule_are_refused(tmp_path: Path) -> None:
    _base(tmp_path)
    write(tmp_path, one=GUIDE.format("one", "N1"), two=GUIDE.format("two", "N1, level: note"))
    with pytest.raises(InvalidFile) as raised:
        load_all(["one.yaml", "two.yaml"], tmp_path, CHECKS)
    assert str(raised.value).endswith(
        'two.yaml:4:5: the policy one has a rule "thanks" with another level; use one of the two'
    )


def test_a_policy_that_is_not_there() -> None:
    with pytest.raises(InvalidFile) as raised:
        load_all(["handling-negative-coments", "none.yaml"], checks=CHECKS)
    first, second = raised.value.problems
    assert first.message.endswith('; did you mean "handling-negative-comments"?')
    assert second.message == 'there is no file "none.yaml"'


def test_shipped_policies_are_found_by_name() -> None:
    assert find("handling-negative-comments", Path("nowhere")).is_file()


def test_compile_problems_are_placed_at_the_option_and_named_once(tmp_path: Path) -> None:
    policy = load_in(
        tmp_path,
        p="policy: p\nlanguages: [nb, en]\nrules:\n"
        "  - {id: a, check: require-act, options: {act: smalltalk}, message: x}\n"
        "  - {id: b, check: length, message: x, when: {reply.acts: [thanks, thankz]}}\n",
    )
    found = compile_problems(policy, [Language("nb"), Language("nb"), Language("en")], CHECKS)
    assert [(problem.line, problem.column, problem.message) for problem in found] == [
        (4, 48, "there is no act smalltalk in Bokmål"),
        (5, 68, 'there is no act in English called "thankz"; did you mean "thanks"?'),
        (5, 68, 'there is no act in Norwegian Bokmål called "thankz"; did you mean "thanks"?'),
    ]


def test_messages() -> None:
    values = {"act": "{text}", "text": "b"}
    assert fill("{{{act}}} and {text}, {author}", values) == "{{text}} and b, {author}"


def test_loading_does_not_import_spacy() -> None:
    heavy = {"jsonschema", "spacy"}
    program = f"import sys, linter.policy.load, linter.config; print({heavy} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout == "set()\n"
