"""`validate`: files told apart by their content, every problem placed, nothing heavy loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Replylint, Write

LEXICON = "act: signature\nlanguage: en\nphrases: [yours truly]\n"
FACTS = """\
facts:
  - {id: return-period, type: duration, value: 30 days, subject: {en: [return period]}}
"""
EXAMPLES = "language: en\nrules: {thanks: {good: [{reply: Thanks!}]}}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lexicon.yaml", LEXICON),
        ("facts.yaml", FACTS),
        ("examples.yaml", EXAMPLES),
        (".replylint.yaml", "policy: handling-negative-comments\n"),
        ("config.yaml", "policy: handling-negative-comments\nreplies: [replies]\n"),
        ("pyproject.toml", '[tool.replylint]\nlanguage = "nb"\n'),
    ],
)
def test_valid_files_of_each_kind(replylint: Replylint, write: Write, name: str, text: str) -> None:
    write(name, text)
    result = replylint("validate", name)
    assert (result.code, result.out, result.err) == (0, "1 file is valid\n", "")


def test_several_valid_files(replylint: Replylint, write: Write, policy: Path) -> None:
    write("lexicon.yaml", LEXICON)
    assert replylint("validate", "policy.yaml", "lexicon.yaml").out == "2 files are valid\n"


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("policy.yaml", "policy: ours\nlanguages: [en]\nrulez: []\n", "policy.yaml:3:1: "),
        ("lexicon.yaml", "act: x\nlanguage: en\nphrases: ['(a|b']\n", "lexicon.yaml:3:11: "),
        ("facts.yaml", FACTS.replace("30 days", "soon"), "facts.yaml:2:48: "),
        ("examples.yaml", EXAMPLES.replace("good", "godo"), "examples.yaml:2:18: "),
        (".replylint.yaml", "polcy: x\n", ".replylint.yaml:1:1: "),
        ("pyproject.toml", '[tool.replylint]\nlangauge = "nb"\n', "pyproject.toml:2:1: "),
        ("list.yaml", "- a\n", "list.yaml:1:1: "),
        ("missing.yaml", None, "missing.yaml:1:1: cannot be read"),
    ],
)
def test_a_problem_of_each_kind_has_its_place(
    replylint: Replylint, write: Write, name: str, text: str | None, place: str
) -> None:
    if text is not None:
        write(name, text)
    result = replylint("validate", name)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith(place)


def test_the_problems_of_all_files_are_shown(replylint: Replylint, write: Write) -> None:
    write("a.yaml", "act: x\nlanguage: en\nphrases: []\n")
    write("b.yaml", "act: x\nlanguage: zz\nphrases: [y]\n")
    result = replylint("validate", "a.yaml", "b.yaml")
    assert "a.yaml:3:" in result.err
    assert "b.yaml:2:" in result.err
    assert result.err.endswith("2 problems\n")


def test_a_rule_that_no_check_can_compile_is_a_problem(replylint: Replylint, write: Write) -> None:
    write(
        "policy.yaml",
        "policy: ours\nlanguages: [en]\nrules:\n"
        "  - {id: a, check: forbid-act, options: {act: apolgy}, message: Not this.}\n",
    )
    result = replylint("validate", "policy.yaml")
    assert result.code == 2
    assert "policy.yaml:4:" in result.err
    assert 'there is no act in English called "apolgy"; did you mean "apology"?' in result.err


def test_without_files_the_configuration_and_all_it_names(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write(".replylint.yaml", "policy: policy.yaml\nfacts: facts.yaml\nlexicons: lexicon.yaml\n")
    write("facts.yaml", FACTS)
    write("lexicon.yaml", LEXICON)
    assert replylint("validate").out == "4 files are valid\n"
    write("facts.yaml", FACTS.replace("duration", "duraton"))
    result = replylint("validate")
    assert result.code == 2
    assert "facts.yaml:2:" in result.err


def test_without_files_and_configuration_there_is_nothing_to_do(replylint: Replylint) -> None:
    result = replylint("validate")
    assert result.code == 2
    assert "there is nothing to validate" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("validate", "policy.yaml"),
        ("explain", "thanks", "-p", "policy.yaml"),
        ("rules", "-p", "policy.yaml"),
        ("coverage", "policy.yaml"),
        ("schema", "policy"),
    ],
)
def test_neither_spacy_nor_duckdb_is_loaded(
    here: Path, policy: Path, arguments: tuple[str, ...]
) -> None:
    program = (
        "import sys\nfrom linter.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code in (0, None), end.code\n"
        "print([name for name in ('spacy', 'duckdb') if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=here,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stderr.splitlines()[-1] == "[]"
