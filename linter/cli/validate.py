"""`replylint validate`: check policies, lexicons, facts, examples, sources and configurations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.common import Exit, config_option, fail, guarded, say, show_problems

if TYPE_CHECKING:
    from linter.documents import Problem


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path())
@config_option
@guarded
def command(files: tuple[str, ...], config: str | None) -> None:
    """Check files that replylint reads, without checking any reply.

    FILES are policies, lexicons, facts, examples, sources and configurations, told apart by their
    content.
    Without any: the configuration and all that it names. Prints every problem with its place, and
    exits with 2 if there is one.

    Example: replylint validate policies/*.yaml .replylint.yaml
    """
    from linter.documents import InvalidFile
    from linter.reporters.wording import number

    problems: set[Problem] = set()
    paths = [Path(name) for name in files] or list(_configured(config))
    for path in paths:
        try:
            _validate(path, config)
        except InvalidFile as error:
            problems.update(error.problems)
    if problems:
        show_problems(sorted(problems))
        say(number(len(problems), "problem"), err=True)
        sys.exit(Exit.UNABLE)
    say("1 file is valid" if len(paths) == 1 else f"{len(paths)} files are valid")


def _configured(config: str | None) -> Iterator[Path]:
    """The configuration's file, and the policies, lexicons, facts and examples that it names."""
    from linter.cli.policies import settings
    from linter.policy.load import find, load_all

    found = settings(config)
    if found.path is None:
        fail("there is nothing to validate: name files, or write a configuration")
    yield found.path
    yield from found.lexicons
    yield from found.facts
    for name in found.policies:
        yield find(name, found.folder)
    named = load_all(found.policies, found.folder)
    yield from sorted({path for each in named for path in (*each.lexicons, *each.facts)})


def _validate(path: Path, config: str | None) -> None:
    """Raises InvalidFile with all that is wrong with a file."""
    from linter import documents

    if path.suffix == ".toml":
        _config(path, config)
        return
    document = documents.load(path)
    if not isinstance(document.data, dict):
        raise documents.InvalidFile(
            [document.problem((), "a policy, lexicon, facts, examples or source file is a mapping")]
        )
    KINDS[kind(path, document.data)](path, config)


def kind(path: Path, data: Mapping[str, Any]) -> str:
    """What a file is, by its name or its keys. A configuration names policies under `policy`."""
    from linter.config import NAME

    keys = set(data)
    if path.name == NAME:
        return "config"
    if "act" in keys or ("source" in keys and keys & _ONLY_IN_SOURCES):
        return "lexicon" if "act" in keys else "source"
    if "policy" in keys:
        is_config = keys & _ONLY_IN_CONFIGURATIONS and not keys & _ONLY_IN_POLICIES
        return "config" if is_config else "policy"
    if isinstance(data.get("rules"), dict):
        return "examples"
    if keys & _ONLY_IN_POLICIES:
        return "policy"
    facts = data.get("facts")
    is_facts = isinstance(facts, list) and any(isinstance(fact, dict) for fact in facts)
    return "facts" if is_facts or keys == {"facts"} else "config"


_ONLY_IN_SOURCES = {"common", "events", "form", "snapshots", "verb", "verbs"}
_ONLY_IN_POLICIES = {"rules", "extends", "guidelines", "languages", "version", "effective"}
_ONLY_IN_CONFIGURATIONS = {"replies", "exclude", "language", "organisation", "files", "context"}


def _policy(path: Path, config: str | None) -> None:
    from linter.cli.policies import settings
    from linter.policy.load import load
    from linter.runner import maker, verify

    policy = load(path)
    verify([policy], maker([policy], settings(config)))


def _lexicon(path: Path, config: str | None) -> None:
    from linter.language.lexicon import read

    read(path)


def _facts(path: Path, config: str | None) -> None:
    from linter.language.facts import load_facts

    load_facts(path)


def _examples(path: Path, config: str | None) -> None:
    """Whether the rules exist is seen where a policy names the file."""
    from linter.documents import InvalidFile, load
    from linter.policy.examples import language_of_file
    from linter.policy.schema import examples_schema
    from linter.policy.sound import Sound

    problems: list[Problem] = []
    language_of_file(Sound(load(path), examples_schema(), problems))
    if problems:
        raise InvalidFile(problems)


def _source(path: Path, config: str | None) -> None:
    from linter.log.sources import load

    load(path)


def _config(path: Path, config: str | None) -> None:
    from linter.config import read_config

    read_config(path)


KINDS: Mapping[str, Callable[[Path, str | None], None]] = {
    "policy": _policy,
    "lexicon": _lexicon,
    "facts": _facts,
    "examples": _examples,
    "source": _source,
    "config": _config,
}
