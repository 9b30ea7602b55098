"""Facts files: what they mean, and every fault at its place."""

from pathlib import Path

import pytest

from linter.documents import InvalidFile
from linter.language.facts import Fact, load_facts
from linter.language.values import exactly, parse_value

RETURNS = """\
facts:
  - id: return-period
    type: duration
    value: 30 days
    also: [4 weeks, {min: 40 days, max: 50 days}]
    subject:
      en: [return period, "return (it|them) within"]
      nb: [angrefrist]
"""


def load(tmp_path: Path, text: str) -> tuple[Fact, ...]:
    path = tmp_path / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return load_facts(path, "facts.yaml")


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(InvalidFile) as error:
        load(tmp_path, text)
    return [str(problem) for problem in error.value.problems]


def test_a_typed_fact(tmp_path: Path) -> None:
    (fact,) = load(tmp_path, RETURNS)
    assert (fact.id, fact.type, fact.value) == ("return-period", "duration", "30 days")
    assert fact.accepted[:2] == (*parse_value("duration", "P30D"), *parse_value("duration", "P28D"))
    assert (fact.accepted[2].low, fact.accepted[2].high) == (40 * 1440, 50 * 1440)
    assert fact.subject["nb"] == ("angrefrist",)
    assert fact.speaks("en")
    assert not fact.speaks("nl")


def test_a_range_may_be_open(tmp_path: Path) -> None:
    text = "facts: [{id: a, type: money, value: {min: 500 NOK}, subject: {nb: [fri frakt]}}]"
    (fact,) = load(tmp_path, text)
    assert fact.value == "at least 500 NOK"
    assert fact.accepted[0].high is None


def test_the_names_of_a_name_are_no_patterns(tmp_path: Path) -> None:
    text = "facts: [{id: a, type: name, value: Why?, subject: {en: [shop]}, wrong: [X (Y)]}]"
    (fact,) = load(tmp_path, text)
    assert fact.right == {"en": (r"Why\?",)}
    assert fact.wrong == {"en": (r"X \(Y\)",)}


def test_a_boolean_may_be_written_yes(tmp_path: Path) -> None:
    text = "facts: [{id: a, type: boolean, value: yes, right: {en: [ja]}, wrong: {en: [nei]}}]"
    (fact,) = load(tmp_path, text)
    assert (fact.value, fact.accepted) == ("yes", ())


def test_hours_hold_on_days(tmp_path: Path) -> None:
    text = """\
facts:
  - {id: a, type: hours, value: "09:00-17:00", days: ma-vr, subject: {en: [open]}}
"""
    (fact,) = load(tmp_path, text)
    assert fact.days is not None
    assert (fact.days.low, fact.days.high) == (0, 4)


def test_a_date_stays_what_it_is(tmp_path: Path) -> None:
    text = "facts: [{id: a, type: date, value: 2026-12-24, subject: {en: [last day]}}]"
    assert load(tmp_path, text)[0].accepted == (exactly(20261224, "date"),)


FAULTS = [
    (
        "an unknown type",
        "facts:\n  - {id: a, type: duraton, value: 1 day, subject: {en: [x]}}\n",
        ['facts.yaml:2:19: "duraton" is not one of duration, money, time, hours, weekday, date, '
         'number, percentage, boolean, name; did you mean "duration"?'],
    ),
    (
        "a value that is not of its type",
        "facts:\n  - {id: a, type: duration, value: soon, subject: {en: [x]}}\n",
        ['facts.yaml:2:36: "soon" is not a duration, such as "30 days"'],
    ),
    (
        "another right value that is not of the type",
        "facts:\n  - {id: a, type: duration, value: 1 day, also: [2 h, €4], subject: {en: [x]}}\n",
        ['facts.yaml:2:55: "€4" is not a duration, such as "30 days"'],
    ),
    (
        "a value that can be read in two ways",
        "facts:\n  - {id: a, type: time, value: half drie, subject: {en: [x]}}\n",
        ['facts.yaml:2:32: "half drie" can be read in two ways; write times of the 24-hour clock '
         "with two digits, such as 09:00"],
    ),
    (
        "the ends of a range in different units",
        "facts:\n  - {id: a, type: money, value: {min: €5, max: 9 NOK}, subject: {en: [x]}}\n",
        ["facts.yaml:2:33: min and max are not of the same unit"],
    ),
    (
        "no subject in any language",
        "facts:\n  - {id: a, type: number, value: 12}\n",
        ["facts.yaml:2:5: missing subject"],
    ),
    (
        "an empty subject",
        "facts:\n  - {id: a, type: number, value: 12, subject: {}}\n",
        ["facts.yaml:2:47: must not be empty"],
    ),
    (
        "a language without resources",
        "facts:\n  - {id: a, type: number, value: 12, subject: {de: [x]}}\n",
        ['facts.yaml:2:48: unknown key "de"; known: en, nb, nl'],
    ),
    (
        "a boolean that does not say how it is stated",
        "facts:\n  - {id: a, type: boolean, value: true, right: {en: [x]}}\n",
        ["facts.yaml:2:5: missing wrong"],
    ),
    (
        "two facts of one id",
        "facts:\n"
        "  - {id: a, type: number, value: 12, subject: {en: [x]}}\n"
        "  - {id: a, type: number, value: 13, subject: {en: [y]}}\n",
        ['facts.yaml:3:10: duplicate id "a"; first on line 2'],
    ),
    (
        "a phrase that is not of the form",
        'facts:\n  - {id: a, type: number, value: 12, subject: {en: ["(x"]}}\n',
        ["facts.yaml:2:53: an opening bracket without a closing one (at character 3)"],
    ),
    (
        "days of a fact that has none",
        "facts:\n  - {id: a, type: number, value: 12, days: Monday, subject: {en: [x]}}\n",
        ["facts.yaml:2:38: only a fact of type hours has days"],
    ),
    (
        "a time that YAML reads as a number",
        "facts:\n  - {id: a, type: time, value: 17:00, subject: {en: [x]}}\n",
        ['facts.yaml:2:32: 17:00 was read as the number 1020; quote it: "17:00"'],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_faults_stand_at_their_places(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert problems(tmp_path, text) == expected
