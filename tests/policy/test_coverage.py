"""Guidelines, their rules, and how many examples these have."""

from __future__ import annotations

from pathlib import Path

from linter.policy.coverage import Count, coverage
from tests.policy.fakes import load_in

POLICY = """\
policy: p
languages: [en, nb]
guidelines:
  document: Guide
  items:
    N1: One.
    N2: {text: Two., not_checkable: nobody sees when}
    N3: {text: Three., not_checkable: it happens before writing}
    N4: Four.
    N5: {text: Five., not_checkable: the rest is not seen}
rules:
  - id: a
    guideline: [N1, N5]
    check: length
    message: x
    examples: {good: [{reply: A, lang: en}, {reply: B, lang: nb}], bad: [{reply: C, lang: en}]}
  - id: b
    guideline: N1
    check: length
    message: x
    examples: {good: [{reply: A}]}
"""


def test_coverage(tmp_path: Path) -> None:
    one, two, three, four, five = coverage(load_in(tmp_path, p=POLICY))
    assert [each.status for each in (one, two, three, four, five)] == [
        "covered",
        "not checkable",
        "not checkable",
        "uncovered",
        "covered",
    ]
    assert [rule.id for rule in one.rules] == ["a", "b"]
    assert one.examples == {"en": Count(1, 1), "nb": Count(1, 0), "?": Count(1, 0)}
    assert four.examples == {"en": Count(), "nb": Count()}
    assert (two.guideline.not_checkable, four.guideline.not_checkable) == ("nobody sees when", None)
