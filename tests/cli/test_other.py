"""`cache`, `schema` and what holds for every command."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from linter.cli import COMMANDS, main
from linter.cli.schema import SCHEMAS
from tests.cli.conftest import Replylint, Write


def test_the_cache_is_shown_and_removed(
    replylint: Replylint, write: Write, here: Path, policy: Path
) -> None:
    path = here / ".replylint-cache" / "findings.sqlite3"
    assert replylint("cache", "info").out.endswith(": 0 files' results, 0 bytes\n")
    write("a.md", "---\nlang: en\n---\nHi Jens!\n")
    replylint("check", "a.md", "-p", "policy.yaml")
    assert path.is_file()
    assert "0 files' results" not in replylint("cache", "info").out
    assert replylint("cache", "clean").code == 0
    assert not path.exists()
    assert replylint("cache", "clean").out.endswith(": nothing was kept\n")


def test_a_cache_in_a_folder_that_holds_more_hides_nothing_from_git(
    replylint: Replylint, write: Write, policy: Path, here: Path
) -> None:
    write(".replylint.yaml", "policy: policy.yaml\ncache: replies\n")
    write("replies/a.md", "Hi Jens, thanks.")
    replylint("check", "replies")
    assert (here / "replies" / "findings.sqlite3").is_file()
    assert not (here / "replies" / ".gitignore").exists()


def test_a_cache_that_is_switched_off(replylint: Replylint, write: Write) -> None:
    write(".replylint.yaml", "cache: false\n")
    result = replylint("cache", "clean")
    assert (result.code, "switches the cache off" in result.err) == (2, True)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_printed_as_json(replylint: Replylint, kind: str) -> None:
    result = replylint("schema", kind)
    assert result.code == 0
    Draft202012Validator.check_schema(json.loads(result.out))


def test_an_unknown_schema(replylint: Replylint) -> None:
    result = replylint("schema", "polcy")
    assert result.code == 2
    assert "'policy', 'config', 'lexicon', 'facts', 'examples', 'source'" in result.err


def _paths() -> list[tuple[str, ...]]:
    """The names of all commands, with those of groups."""
    found: list[tuple[str, ...]] = []
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.commands]
    return found


@pytest.mark.parametrize("path", _paths(), ids=" ".join)
def test_every_command_says_what_it_does(replylint: Replylint, path: tuple[str, ...]) -> None:
    result = replylint(*path, "--help")
    assert result.code == 0
    assert f"Usage: main {' '.join(path)}" in result.out
    if path[0] != "cache" or len(path) == 1:
        assert "Example: replylint" in result.out


def test_what_is_printed_is_utf8_whatever_the_locale(here: Path, write: Write) -> None:
    import os
    import subprocess
    import sys

    write("a.jsonl", '{"lang": "en", "reply": "Hi Jens 👋"}\n')
    result = subprocess.run(
        [sys.executable, "-m", "linter.cli", "acts", "a.jsonl"],
        cwd=here,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=False,
    )
    assert "👋" in result.stdout.decode()
