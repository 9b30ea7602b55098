"""The README's example is what the command prints, and the pages that it links to are there."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_check_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = re.search(
        r"```console\n\$ cat (\S+)\n(.*?)\n\$ replylint check\n(.*?)\n```", README, re.DOTALL
    )
    assert shown is not None
    path, reply, output = shown.groups()
    (tmp_path / path).parent.mkdir()
    (tmp_path / path).write_text(reply, encoding="utf-8")
    facts = (ROOT / "examples" / "shop" / "facts.yaml").read_text(encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    (tmp_path / ".replylint.yaml").write_text(
        "policy: handling-negative-comments\nreplies: ['replies/**']\nfacts: facts.yaml\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check", "--no-cache"])
    assert done.exit_code == 1
    assert done.stdout.rstrip("\n") == output


def test_the_example_of_an_audit_is_what_audit_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = re.search(
        r"```console\n\$ cat (\S+)\n([^`]*?)\n\n\$ replylint (audit .*?)\n(.*?)\n```",
        README,
        re.DOTALL,
    )
    assert shown is not None
    path, log, command, output = shown.groups()
    (tmp_path / path).write_text(log + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*command.split(), "--no-cache"])
    assert done.exit_code == 1
    assert done.stdout.rstrip("\n") == output


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
