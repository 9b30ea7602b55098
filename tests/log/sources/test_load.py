"""The language of mappings: what it can say, and each fault at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linter.documents import InvalidFile
from linter.log.sources import find, load
from linter.log.sources.schema import EXAMPLE
from tests.log.sources.common import read, rejects

GOOD = """\
source: our-forum
timezone: Europe/Oslo
verb: what
common:
  event: action
  id: {from: nr, template: 'f{}'}
  time: {from: at, as: '%d.%m.%Y %H:%M'}
  target: {template: '{board}/{post}'}
verbs:
  slettet: {action: remove, ground: {from: why, split: ',', values: {spam: spam, frekk: insult}}}
  skjult:
    - {action: hide, when: {why: {exists: true}}}
    - {action: label, when: {why: {exists: false}}, notified: {given: told}}
ignore: [flyttet]
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "source.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load(path)
    return [str(each).partition("source.yaml:")[2] for each in caught.value.problems]


def test_what_a_mapping_says_becomes_of_the_rows(tmp_path: Path) -> None:
    mapping = tmp_path / "our-forum.yaml"
    mapping.write_text(GOOD, encoding="utf-8")
    log = tmp_path / "log.csv"
    log.write_text(
        "nr;at;what;board;post;why;told\n"
        "1;01.07.2026 12:00;slettet;a;7;spam,frekk;\n"
        "2;01.12.2026 12:00;skjult;a;8;x;\n"
        "3;02.12.2026 12:00;skjult;;8;;ja\n"
        "4;02.12.2026 12:00;flyttet;;8;;\n"
        "5;02.12.2026 12:00;slettet;a;9;frek;\n"
        "6;31.02.2026 12:00;slettet;a;9;;\n"
        "7;02.12.2026 12:00;sletet;a;9;;\n"
        "8;02.12.2026 12:00;;a;9;;\n",
        encoding="utf-8",
    )
    done, events = read(tmp_path / "store", str(mapping), log)
    assert done.ignored == {"flyttet": 1}
    common = {"event": "action"}
    assert events == [
        {
            **common,
            "id": "f1",
            "row": 2,
            # Oslo is two hours ahead in summer, and one in winter.
            "time": "2026-07-01T10:00:00",
            "action": "remove",
            "target": "a/7",
            "conversation": "a/7",
            "ground": ["insult", "spam"],
        },
        {
            **common,
            "id": "f2",
            "row": 3,
            "time": "2026-12-01T11:00:00",
            "action": "hide",
            "target": "a/8",
            "conversation": "a/8",
        },
        # A template needs all its parts.
        {
            **common,
            "id": "f3",
            "row": 4,
            "time": "2026-12-02T11:00:00",
            "action": "label",
            "notified": True,
            "conversation": "f3",
        },
    ]
    assert rejects(tmp_path / "store") == [
        (6, 'unknown ground "["frek"]"'),
        (7, "time cannot be read"),
        (8, 'unknown verb "sletet"; did you mean "slettet"?'),
        (9, "the verb is missing"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("event: action\n", "evnet: action\n", '5: unknown key "evnet"; did you mean "event"?'),
        ("from: nr,", "form: nr,", '6: unknown key "form"; did you mean "from"?'),
        (
            "Europe/Oslo",
            "Europe/Olso",
            '2: there is no time zone "Europe/Olso"; did you mean "Europe/Oslo"?',
        ),
        ("spam: spam,", "spam: [spam],", "10: must be text, not a list"),
        ("{given: told}", "{given: told, from: x}", "13: cannot be together with from"),
        ("template: 'f{}'", "template: f", "6: needs {} once, for the value"),
        ("'{board}/{post}'", "'{board/{post'", "8: a brace is not closed"),
        ("'{board}/{post}'", "board", "8: needs the names of parts in braces, such as {id}"),
        ("'%d.%m.%Y %H:%M'", "'%d.%Q'", "7: %Q is not known in a pattern of times"),
        (
            "'%d.%m.%Y %H:%M'",
            "secnds",
            '7: "secnds" is not one of seconds, milliseconds, snowflake or a pattern such as '
            '%d.%m.%Y; did you mean "seconds"?',
        ),
        (
            "from: nr,",
            "from: nr, extract: '[0-9]+',",
            "6: needs a group in parentheses, which is the value",
        ),
        ("from: nr,", "from: nr, extract: '(',", "6: is not a pattern: missing ): ("),
        (
            "split: ',',",
            "split: ',', else: keep,",
            "10: the items of a list can be rejected or absent",
        ),
        (
            "ignore: [flyttet]",
            "ignore: [slettet]",
            '14: "slettet" is one of the verbs that become events',
        ),
        ("verb: what\n", "", "8: rows have no verb here; what they become is events"),
        (
            "from: at,",
            "from: '@itme',",
            '7: "@itme" is not a path: known are @item, @item.NAME, @section and @file.NAME; '
            'did you mean "@item"?',
        ),
        ("what\n", "'a..b'\n", '3: "a..b" is not a path: a step has no name'),
        ("what\n", "'a[b]'\n", '3: "a[b]" is not a path: a choice is written [key=value]'),
    ],
)
def test_each_fault_is_found_at_its_place(
    before: str, after: str, expected: str, tmp_path: Path
) -> None:
    assert before in GOOD
    found = faults(tmp_path, GOOD.replace(before, after))
    assert expected in [re.sub(r"^([0-9]+):[0-9]+", r"\1", each) for each in found]


def test_the_example_of_the_manual_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert load(path).name == "our-forum"


def test_a_misspelt_action_is_told_from_those_that_there_are(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, GOOD.replace("action: remove,", "action: remvoe,"))
    assert found.startswith('10:21: "remvoe" is not one of remove, hide, restore, ')
    assert found.endswith('; did you mean "remove"?')


def test_what_events_need_is_missed_once_an_event(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD.replace("  time:", "  until:")) == [
        "10:3: missing time, here and under common",
        "12:7: missing time, here and under common",
        "13:7: missing time, here and under common",
    ]


def test_a_source_is_found_by_name_or_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD, encoding="utf-8")
    assert find("mine.yaml", tmp_path).name == "our-forum"
    with pytest.raises(InvalidFile, match='there is no source "redit"; did you mean "reddit"'):
        find("redit")
    with pytest.raises(InvalidFile, match="there is no such file"):
        find("other.yaml", tmp_path)


def test_the_event_log_in_another_time_zone(tmp_path: Path) -> None:
    mapping = tmp_path / "ours.yaml"
    mapping.write_text("source: ours\nform: event-log\ntimezone: Europe/Oslo\n", encoding="utf-8")
    log = tmp_path / "log.csv"
    log.write_text(
        "event,id,time\ncomment,a,2026-07-01 12:00\ncomment,b,2026-07-01\n", encoding="utf-8"
    )
    _, events = read(tmp_path / "store", str(mapping), log)
    assert [(e["time"], e.get("time.end")) for e in events] == [
        ("2026-07-01T00:00:00", "2026-07-01T23:59:59.999999"),
        ("2026-07-01T10:00:00", None),
    ]
    bad = mapping.read_text(encoding="utf-8") + "verb: x\n"
    assert faults(tmp_path, bad) == ["4:1: says nothing where the rows are those of an event log"]


def test_hostile_words_of_a_mapping_stay_words(tmp_path: Path) -> None:
    """All of a mapping's texts reach SQL as literals."""
    evil = "x'); drop table y; --"
    mapping = tmp_path / "evil.yaml"
    mapping.write_text(
        'source: evil\nverb: "v\'\\""\ncommon:\n  event: comment\n'
        f'  id: {{from: id, template: "{{}}{evil}"}}\n'
        f'  time: {{from: t, absent: "{evil}"}}\n'
        f'  channel: "{evil}"\n'
        f'  fields.a\'b": {{from: id, values: {{"{evil}": "1"}}, else: keep}}\n'
        f'verbs:\n  "{evil}": {{when: {{"k\'": {{not: "{evil}"}}}}}}\n',
        encoding="utf-8",
    )
    log = tmp_path / "log.jsonl"
    log.write_text(
        '{"v\'\\"": "x\'); drop table y; --", "id": "1", "t": "2026-01-01"}\n',
        encoding="utf-8",
    )
    _, events = read(tmp_path / "store", str(mapping), log)
    assert [(e["id"], e["channel"], e["fields"]) for e in events] == [
        (f"1{evil}", evil, {"a'b\"": "1"})
    ]
