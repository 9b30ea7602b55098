"""`init`: from nothing to the first finding, in each language and with each guide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Replylint, Write

LANGUAGES = ("en", "nb", "nl")
GUIDES = ("handling-negative-comments", "responding-to-negative-reviews")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES)
def test_the_first_check_finds_one_thing_and_the_tests_pass(
    replylint: Replylint, here: Path, language: str, guide: str
) -> None:
    begun = replylint("init", "--language", language, "--guide", guide)
    assert begun.code == 0
    assert begun.lines[:4] == [
        "wrote .replylint.yaml",
        "wrote policy.yaml",
        "wrote facts.yaml",
        "wrote replies/complaints/leaking-kettle.md",
    ]
    assert replylint("validate").code == 0
    checked = replylint("check", "-qq", "--no-cache")
    assert checked.code == 1
    (finding,) = checked.lines
    assert finding.startswith("replies/complaints/leaking-kettle.md:")
    assert "error state-facts-right" in finding
    assert finding.endswith("right is 30 days.")
    # The rules of the guide are tested with its policy.
    tested = replylint("test", "--select", "plain-words", "--select", "address-by-name")
    assert (tested.code, "0 failed" in tested.out) == (0, True)
    assert replylint("coverage").code == 0


def test_once_the_fact_is_right_nothing_is_found(replylint: Replylint, here: Path) -> None:
    replylint("init")
    reply = here / "replies" / "complaints" / "leaking-kettle.md"
    reply.write_text(reply.read_text().replace("14 days", "30 days"))
    result = replylint("check", "--fail-level", "note")
    assert result.code == 0
    assert "No findings" in result.out


def test_the_next_steps_work(replylint: Replylint, here: Path) -> None:
    begun = replylint("init", "--path", "shop")
    assert "  cd shop" in begun.lines
    assert (here / "shop" / ".replylint.yaml").is_file()
    assert replylint("new", "rule", "no-office-words", "-p", "shop/policy.yaml").code == 0
    assert replylint("explain", "state-facts-right", "-p", "shop/policy.yaml").code == 0


def test_nothing_is_overwritten(replylint: Replylint, write: Write, here: Path) -> None:
    write("facts.yaml", "mine")
    result = replylint("init")
    assert result.code == 2
    assert result.err == "replylint: facts.yaml: is there already; nothing was written\n"
    assert sorted(path.name for path in here.iterdir()) == ["facts.yaml"]
    assert (here / "facts.yaml").read_text() == "mine"


def test_a_configuration_in_pyproject_is_respected(replylint: Replylint, write: Write) -> None:
    write("pyproject.toml", '[tool.replylint]\nlanguage = "nb"\n')
    result = replylint("init")
    assert result.code == 2
    assert "pyproject.toml: has a configuration already" in result.err


def test_another_tag_of_a_language_will_do(replylint: Replylint, here: Path) -> None:
    assert replylint("init", "-l", "no").code == 0
    assert "languages: [nb]" in (here / "policy.yaml").read_text(encoding="utf-8")


def test_an_unknown_language(replylint: Replylint, here: Path) -> None:
    result = replylint("init", "-l", "fi")
    assert result.code == 2
    assert 'nothing to start with in the language "fi"; there are en, nb, nl' in result.err
    assert list(here.iterdir()) == []
