"""`new`: rules that are tested from the start, checks that pass their own test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import linter
from tests.cli.conftest import POLICY, Replylint, Write


def test_a_rule_is_added_with_examples_that_work(
    replylint: Replylint, here: Path, policy: Path
) -> None:
    result = replylint("new", "rule", "no-office-words", "--policy", "policy.yaml")
    assert result.code == 0
    assert result.out == (
        "added the rule no-office-words at policy.yaml:38; change it, then: "
        "replylint test policy.yaml\n"
    )
    assert policy.read_text(encoding="utf-8").startswith(POLICY)
    tested = replylint("test", "policy.yaml", "--coverage")
    assert (tested.code, tested.lines[-1]) == (0, "3 rules, 6 examples, 0 failed.")


@pytest.mark.parametrize("language", ["en", "nb", "nl"])
def test_its_examples_are_in_the_policys_language(
    replylint: Replylint, write: Write, language: str
) -> None:
    write(
        "policy.yaml",
        f"policy: ours\nlanguages: [{language}]\nrules:\n"
        "- {id: a, check: shouting, message: Calm}\n",
    )
    assert replylint("new", "rule", "b", "-p", "policy.yaml").code == 0
    tested = replylint("test", "policy.yaml")
    assert (tested.code, tested.lines[0]) == (0, "2 rules, 2 examples, 0 failed.")


def test_what_follows_the_rules_stays_behind_them(replylint: Replylint, write: Write) -> None:
    tail = "\n# Where it is in force.\neffective: {from: 2020-01-01}\n"
    path = write("policy.yaml", POLICY + tail)
    assert replylint("new", "rule", "b", "-p", "policy.yaml").code == 0
    text = path.read_text(encoding="utf-8")
    assert text.endswith(tail)
    assert text.index("- id: b\n") < text.index("# Where it is in force")


def test_a_policy_that_only_extends_gets_its_first_rule(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    path = write("more.yaml", "policy: more\nextends: policy.yaml\n")
    assert replylint("new", "rule", "b", "-p", "more.yaml").code == 0
    assert "\nrules:\n  - id: b\n" in path.read_text(encoding="utf-8")


def test_line_ends_are_kept(replylint: Replylint, write: Write) -> None:
    path = write("policy.yaml", POLICY.replace("\n", "\r\n"))
    assert replylint("new", "rule", "b", "-p", "policy.yaml").code == 0
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert replylint("test", "policy.yaml").code == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("thanks", 'there is a rule called "thanks" already'),
        ("No_Words", '"No_Words" is no name of a rule'),
    ],
)
def test_a_name_that_cannot_be(replylint: Replylint, policy: Path, name: str, message: str) -> None:
    result = replylint("new", "rule", name, "-p", "policy.yaml")
    assert result.code == 2
    assert message in result.err
    assert policy.read_text(encoding="utf-8") == POLICY


def test_rules_on_one_line_are_left_alone(replylint: Replylint, write: Write) -> None:
    text = "policy: a\nlanguages: [en]\nrules: [{id: a, check: shouting, message: Calm}]\n"
    path = write("policy.yaml", text)
    result = replylint("new", "rule", "b", "-p", "policy.yaml")
    assert result.code == 2
    assert "policy.yaml:3: the rules are not a list with a dash a line" in result.err
    assert path.read_text(encoding="utf-8") == text


def test_a_check_is_entered_and_passes_its_test(replylint: Replylint, here: Path) -> None:
    package = Path(linter.__file__).parent
    shutil.copytree(package, here / "linter", ignore=shutil.ignore_patterns("__pycache__"))
    (here / "tests" / "checks").mkdir(parents=True)
    result = replylint("new", "check", "no-emoji")
    assert result.code == 0
    assert result.lines[:3] == [
        "wrote linter/checks/no_emoji.py",
        "wrote tests/checks/test_no_emoji.py",
        "entered no_emoji in linter/checks/__init__.py",
    ]
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/checks"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in tested.stdout, tested.stdout
    known = subprocess.run(
        [sys.executable, "-m", "linter.cli", "explain", "no-emoji"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert known.stdout.startswith("no-emoji (looks at one reply at a time)"), known.stderr


def test_a_check_needs_a_checkout(replylint: Replylint) -> None:
    result = replylint("new", "check", "no-emoji")
    assert result.code == 2
    assert "run this at the top of a checkout of replylint" in result.err


def test_a_check_that_is_there_already(replylint: Replylint) -> None:
    result = replylint("new", "check", "require-act")
    assert result.code == 2
    assert 'there is a check called "require-act" already' in result.err
