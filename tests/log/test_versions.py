"""Policies over time: eras, and the rules in each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from linter.documents import InvalidFile
from linter.log.versions import Entry, Era, entries, eras, load_versions

RULE = """\
  - id: {id}
    check: absence
    options: {{event: {{action: {action}}}}}
    message: "{message}"
"""


def policy(
    folder: Path,
    name: str,
    effective: str = "",
    *,
    action: str = "ban",
    message: str = "No bans.",
    id_: str = "no-bans",
    called: str = "ours",
) -> str:
    lines = [f"policy: {called}", "languages: [en]"]
    if effective:
        lines.append(f"effective: {{{effective}}}")
    text = "\n".join([*lines, "rules:", RULE.format(id=id_, action=action, message=message)])
    (folder / name).write_text(text, encoding="utf-8")
    return name


def found(folder: Path, *names: str) -> tuple[Era, ...]:
    return eras(load_versions(names, folder))


def spans(several: tuple[Era, ...] | tuple[Entry, ...]) -> list[tuple[str, str]]:
    def day(bound: datetime | None) -> str:
        return "" if bound is None else bound.date().isoformat()

    return [(day(each.start), day(each.end)) for each in several]


def test_a_policy_without_dates_is_always_in_force(tmp_path: Path) -> None:
    only = found(tmp_path, policy(tmp_path, "a.yaml"))
    assert spans(only) == [("", "")]
    assert [entry.id for entry in entries(only)] == ["no-bans"]


def test_a_version_ends_behind_its_last_day(tmp_path: Path) -> None:
    only = found(tmp_path, policy(tmp_path, "a.yaml", "from: 2026-01-01, to: 2026-01-31"))
    assert spans(only) == [("2026-01-01", "2026-02-01")]
    assert only[0].end == datetime(2026, 2, 1), "midnight UTC, when the day is over"


def test_a_version_ends_where_the_next_begins(tmp_path: Path) -> None:
    first = policy(tmp_path, "a.yaml")
    second = policy(tmp_path, "b.yaml", "from: 2026-03-01", action="mute")
    for names in ((first, second), (second, first)):
        assert spans(found(tmp_path, *names)) == [("", "2026-03-01"), ("2026-03-01", "")]
    both = entries(found(tmp_path, first, second))
    assert [(entry.id, entry.rule.id) for entry in both] == [
        ("no-bans@", "no-bans"),
        ("no-bans@2026-03-01", "no-bans"),
    ]


def test_a_rule_that_stays_the_same_is_one_rule(tmp_path: Path) -> None:
    first, second = policy(tmp_path, "a.yaml"), policy(tmp_path, "b.yaml", "from: 2026-03-01")
    both = found(tmp_path, first, second)
    assert len(both) == 2
    assert spans(entries(both)) == [("", "")]


def test_a_rule_is_not_one_over_a_gap(tmp_path: Path) -> None:
    first = policy(tmp_path, "a.yaml", "to: 2026-01-31")
    second = policy(tmp_path, "b.yaml", "from: 2026-03-01")
    assert spans(entries(found(tmp_path, first, second))) == [
        ("", "2026-02-01"),
        ("2026-03-01", ""),
    ]


@pytest.mark.parametrize("change", [{"action": "mute"}, {"message": "Never ban."}])
def test_another_meaning_is_another_entry(tmp_path: Path, change: dict[str, str]) -> None:
    first = policy(tmp_path, "a.yaml")
    second = policy(tmp_path, "b.yaml", "from: 2026-03-01", **change)
    assert len(entries(found(tmp_path, first, second))) == 2


def test_a_rule_that_two_policies_share_counts_once(tmp_path: Path) -> None:
    policy(tmp_path, "base.yaml", called="base")
    for name, since in (("x", "2026-01-01"), ("y", "2026-02-01")):
        (tmp_path / f"{name}.yaml").write_text(
            f"policy: {name}\nextends: base.yaml\nlanguages: [en]\neffective: {{from: {since}}}\n"
        )
    both = found(tmp_path, "x.yaml", "y.yaml")
    assert spans(both) == [("2026-01-01", "2026-02-01"), ("2026-02-01", "")]
    assert spans(entries(both)) == [("2026-01-01", "")]


def test_policies_that_contradict_each_other_may_follow_each_other(tmp_path: Path) -> None:
    first = policy(tmp_path, "a.yaml", "to: 2026-02-28", called="old")
    second = policy(tmp_path, "b.yaml", "from: 2026-03-01", action="mute", called="new")
    assert len(entries(found(tmp_path, first, second))) == 2
    policy(tmp_path, "a.yaml", "to: 2026-03-01", called="old")
    with pytest.raises(InvalidFile, match="another options"):
        found(tmp_path, first, second)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "begins when"),
        ("from: 2026-01-01", "from: 2026-01-01", "begins when"),
        ("to: 2026-03-01", "from: 2026-03-01", "begins while"),
    ],
)
def test_two_versions_at_once_are_refused(
    tmp_path: Path, first: str, second: str, said: str
) -> None:
    names = policy(tmp_path, "a.yaml", first), policy(tmp_path, "b.yaml", second)
    with pytest.raises(InvalidFile, match=said):
        found(tmp_path, *names)


def test_one_file_named_twice_is_one_version(tmp_path: Path) -> None:
    name = policy(tmp_path, "a.yaml")
    assert len(load_versions([name, f"../{tmp_path.name}/{name}"], tmp_path)) == 1


def test_all_faults_of_all_versions_are_said_at_once(tmp_path: Path) -> None:
    names = [policy(tmp_path, f"{n}.yaml", action=n) for n in ("bna", "mtue")]
    with pytest.raises(InvalidFile) as caught:
        load_versions(names, tmp_path)
    assert {problem.path.rpartition("/")[2] for problem in caught.value.problems} == {
        "bna.yaml",
        "mtue.yaml",
    }
