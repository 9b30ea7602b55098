"""`replylint new`: begin a rule or a check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linter.cli.common import fail, guarded, say

if TYPE_CHECKING:
    from linter.documents import Document

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_REGISTRY = Path("linter/checks/__init__.py")


@click.group("new")
def command() -> None:
    """Begin a rule of a policy, or a check for replylint itself.

    \b
    Example: replylint new rule no-office-words --policy policy.yaml
             replylint new check emoji
    """


@command.command("rule")
@click.argument("id")
@click.option(
    "--policy",
    "-p",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The policy file to add it to.",
)
@guarded
def rule(id: str, policy: Path) -> None:
    """Add a rule, with one example that passes and one that fires, to a policy file.

    Example: replylint new rule no-office-words --policy policy.yaml
    """
    from linter import documents
    from linter.cli import starters
    from linter.policy.load import load

    _check_name(id, "rule")
    before = load(policy)
    if id in {each.id for each in before.rules}:
        fail(f'{policy}: there is a rule called "{id}" already')
    language = before.languages[0]
    values = {**starters.words(language), "language": language, "id": id}
    text = policy.read_bytes().decode("utf-8-sig")
    lines = re.split(r"\r\n|\r|\n", text.rstrip())
    at, indent = _end_of_rules(documents.load(policy), lines)
    new = [" " * indent + line for line in starters.filled("rule.yaml", values).splitlines()]
    if documents.load(policy).node(("rules",)) is None:
        new = ["rules:", *new]
    changed = "\n".join([*lines[:at], *new, *lines[at:]]) + "\n"
    _replace(policy, changed)
    say(f"added the rule {id} at {policy}:{at + 1}; change it, then: replylint test {policy}")


def _end_of_rules(document: Document, lines: Sequence[str]) -> tuple[int, int]:
    """Before which line (from 0) a rule can be added, and how far its dash is indented."""
    starts = [line - 1 for line, _ in document.root.keys.values()]
    rules = document.node(("rules",))
    if rules is None:
        return len(lines), 2
    line, _ = document.place(("rules", 0))
    first = lines[line - 1]
    if not first.lstrip().startswith("- "):
        fail(f"{document.path}:{line}: the rules are not a list with a dash a line")
    after = [start for start in starts if start >= line]
    end = min(after, default=len(lines))
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return end, len(first) - len(first.lstrip())


def _replace(policy: Path, text: str) -> None:
    """Write the policy, or leave it as it was if it would not be valid."""
    from linter.documents import InvalidFile
    from linter.policy.load import load

    before = policy.read_bytes()
    newline = "\r\n" if b"\r\n" in before else "\n"
    policy.write_text(text, encoding="utf-8", newline=newline)
    try:
        load(policy)
    except InvalidFile:
        policy.write_bytes(before)
        raise


@command.command("check")
@click.argument("name")
@guarded
def check(name: str) -> None:
    """Add a check to a checkout of replylint: its module, its test and its entry in the registry.

    Example: replylint new check emoji
    """
    from linter.checks import CHECKS
    from linter.cli import starters

    _check_name(name, "check")
    if name in CHECKS:
        fail(f'there is a check called "{name}" already')
    if not _REGISTRY.is_file():
        fail(f"there is no {_REGISTRY} here: run this at the top of a checkout of replylint")
    module = name.replace("-", "_")
    values = {"name": name, "module": module}
    files = {
        Path(f"linter/checks/{module}.py"): starters.filled("check.py.txt", values),
        Path(f"tests/checks/test_{module}.py"): starters.filled("test_check.py.txt", values),
    }
    registry = _registered(_REGISTRY.read_text(encoding="utf-8"), module)
    starters.write(files)
    _REGISTRY.write_text(registry, encoding="utf-8", newline="\n")
    for path in files:
        say(f"wrote {path}")
    say(f"entered {module} in {_REGISTRY}")
    say("Next: write the check and its test, then:")
    say("  replylint schema policy > schemas/policy.schema.json")
    say("  replylint docs")


def _registered(text: str, module: str) -> str:
    """The registry with the module in both of its lists, which are sorted."""
    lists = re.compile(r"(\(\n)((?: +\w+,\n)+)( *\))")

    def entered(found: re.Match[str]) -> str:
        names = found[2].splitlines(keepends=True)
        indent = names[0][: len(names[0]) - len(names[0].lstrip())]
        return found[1] + "".join(sorted([*names, f"{indent}{module},\n"])) + found[3]

    changed, count = lists.subn(entered, text)
    if count != 2:
        fail(f"{_REGISTRY}: the two lists of modules were not found")
    return changed


def _check_name(name: str, thing: str) -> None:
    if not _NAME.fullmatch(name):
        fail(f'"{name}" is no name of a {thing}: small letters, digits and single hyphens')
