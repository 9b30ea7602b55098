"""`replay`: which findings of a past log another policy would add, free or change, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Replylint, Result, Write
from tests.cli.logs import FOUND, LOG, POLICY, jsonl


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def log(here: Path, write: Write, kept: Path) -> Path:
    write(".replylint.yaml", f"cache: {kept / 'cache'}\n")
    write("old.yaml", POLICY)
    return jsonl(here / "log.jsonl", LOG)


def replay(replylint: Replylint, *arguments: str) -> Result:
    return replylint("replay", "--old", "old.yaml", "--new", "new.yaml", "log.jsonl", *arguments)


def differences(result: Result) -> list[tuple[str, str, str, list[Any]]]:
    return [
        (each["change"], each["finding"]["rule"], each["finding"]["reply"], each["why"])
        for each in json.loads(result.out)["differences"]
    ]


def why(part: str, old: object, new: object) -> list[dict[str, object]]:
    return [{"part": part, "old": old, "new": new}]


def test_the_same_policy_changes_nothing(replylint: Replylint, log: Path, write: Write) -> None:
    write("new.yaml", POLICY)
    result = replay(replylint)
    assert result.code == 0
    assert result.lines == [
        "0 appear, 0 vanish, 0 change, 4 stay: 4 findings with the old policy, 4 with the new one."
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "within: 24 h", "within: 100 h",
            [("vanishes", "answer", "c2", why("options.within", "24 h", "100 h"))],
            id="a longer limit frees a late answer",
        ),
        pytest.param(
            "within: 24 h", "within: 1 h",
            [
                ("appears", "answer", "c1", why("options.within", "24 h", "1 h")),
                ("appears", "answer", "c3", why("options.within", "24 h", "1 h")),
            ],
            id="a shorter one adds answers that took hours",
        ),
        pytest.param(
            "      unless: {ground: [insult, spam]}\n", "",
            [],
            id="a2 was spam, and no complaint: without the excuse it is none either",
        ),
        pytest.param(
            "level: error", "level: note",
            [("changes", "keep-complaints", "a1", why("level", "error", "note"))],
            id="another level",
        ),
        pytest.param(
            "had no answer in", "waited longer than",
            [("changes", "answer", "c2",
              why("message",
                  "The comment of {author} had no answer in {limit} ({elapsed}).",
                  "The comment of {author} waited longer than {limit} ({elapsed})."))],
            id="another message",
        ),
        pytest.param(
            "check: require-act\n", "check: require-act\n    when: {language: nb}\n",
            [("vanishes", "thanks", "r1", why("when", None, "language is nb"))],
            id="a condition",
        ),
        pytest.param(
            "- id: thanks", "- id: say-thanks",
            [
                ("appears", "say-thanks", "r1", why("rule", None, "in force")),
                ("vanishes", "thanks", "r1", why("rule", "in force", None)),
            ],
            id="a rule of another name is another rule",
        ),
        pytest.param(
            "version: 1.0.0", "version: 2.0.0\neffective: {from: 2026-03-02}",
            [
                ("vanishes", rule, "r1",
                 why("effective", [[None, None]], [["2026-03-02", None]]))
                for rule in ("formula", "thanks")
            ],
            id="not yet in force then",
        ),
    ],
)  # fmt: skip
def test_what_differs_and_why(
    replylint: Replylint,
    log: Path,
    write: Write,
    old: str,
    new: str,
    expected: list[tuple[str, str, str, list[Any]]],
) -> None:
    assert old in POLICY
    write("new.yaml", POLICY.replace(old, new))
    assert differences(replay(replylint, "--format", "json")) == expected


def test_a_rule_that_is_switched_off_says_why(
    replylint: Replylint, log: Path, write: Write
) -> None:
    write(
        "new.yaml",
        "policy: draft\nextends: old.yaml\nrules: [{id: thanks, off: It sounds like a formula.}]\n",
    )
    result = replay(replylint)
    assert result.code == 0
    assert "- log.jsonl:2: warning thanks The reply to Jens says no thanks." in result.lines
    assert (
        "thanks: 1 vanishes: rule removed (switched off: It sounds like a formula.)" in result.lines
    )


def test_for_people(replylint: Replylint, log: Path, write: Write) -> None:
    write("new.yaml", POLICY.replace("within: 24 h", "within: 1 h").replace("error", "warning"))
    assert replay(replylint).lines == [
        "+ log.jsonl:1: warning answer The comment of Jens had no answer in 1 h (2 h). "
        "(kind inferred from the text)",
        "~ log.jsonl:3: warning keep-complaints A complaint was removed by mod-7 on ground "
        "off_topic: too loud (kind inferred from the text)",
        "+ log.jsonl:6: warning answer The comment of Kari had no answer in 1 h (6 h).",
        "answer: 2 appear: options.within changed: 24 h → 1 h",
        "keep-complaints: 1 changes: level changed: error → warning",
        "2 appear, 0 vanish, 1 change, 3 stay: 4 findings with the old policy, 6 with the new one.",
    ]
    assert len(replay(replylint, "-q").lines) == 3


def test_versions_replayed_against_versions(replylint: Replylint, log: Path, write: Write) -> None:
    """The old side is two versions; only what the second one judged differs."""
    write("old.yaml", POLICY.replace("1.0.0", "1.0.0\neffective: {to: 2026-03-01}"))
    later = POLICY.replace("1.0.0", "1.1.0\neffective: {from: 2026-03-02}")
    write("later.yaml", later.replace("within: 24 h", "within: 100 h"))
    write("new.yaml", POLICY)
    result = replay(replylint, "--old", "later.yaml", "--format", "json")
    assert differences(result) == [
        ("appears", "answer", "c2", why("options.within", "100 h", "24 h"))
    ]


def test_what_was_not_checked_is_said(replylint: Replylint, log: Path, write: Write) -> None:
    write("new.yaml", POLICY)
    log.write_text(log.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    result = replay(replylint)
    assert result.code == 3
    assert result.lines[-2:] == [
        "Not checked:",
        "  1 row rejected: the line is not JSON (log.jsonl:12)",
    ]
    assert replay(replylint, "--allow-partial").code == 0


def test_no_words_of_customers_where_they_are_not_wanted(
    replylint: Replylint, log: Path, write: Write
) -> None:
    write("new.yaml", POLICY.replace("version: 1.0.0", "effective: {from: 2030-01-01}"))
    for name in ("text", "json"):
        result = replay(replylint, "--redact", "--format", name)
        assert "keep-complaints" in result.out
        for word in ("Jens", "Anne", "too loud", "opinion"):
            assert word not in result.out


def test_written_to_a_file(replylint: Replylint, log: Path, write: Write, here: Path) -> None:
    write("new.yaml", POLICY.replace("policy: ours", "policy: ours\neffective: {to: 2020-01-01}"))
    result = replay(replylint, "-f", "json", "-o", "out.json")
    assert (result.code, result.out) == (3, ""), "no event fell into the time of the new policy"
    document = json.loads((here / "out.json").read_text(encoding="utf-8"))
    assert [(each["finding"]["rule"], each["finding"]["reply"])
            for each in document["differences"]] == FOUND  # fmt: skip
    assert {each["change"] for each in document["differences"]} == {"vanishes"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--select", "thansk"), 'did you mean "thanks"?'),
        (("--source", "discours"), "discours"),
        (("-o", "log.jsonl"), "take the place"),
        (("--memory", "1 elephant"), "amount of memory"),
    ],
)
def test_what_cannot_be_done(
    replylint: Replylint, log: Path, write: Write, arguments: tuple[str, ...], said: str
) -> None:
    write("new.yaml", POLICY)
    result = replay(replylint, *arguments)
    assert (result.code, said in result.err) == (2, True), result.err
