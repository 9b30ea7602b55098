"""`replylint schema`: print the JSON Schema of what users or the tool write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from linter.cli.common import guarded, say


def _policy() -> Mapping[str, Any]:
    from linter.checks import CHECKS
    from linter.policy.schema import policy_schema

    return policy_schema(CHECKS)


def _config() -> Mapping[str, Any]:
    from linter.config import SCHEMA

    return SCHEMA


def _lexicon() -> Mapping[str, Any]:
    from linter.language.lexicon import SCHEMA

    return SCHEMA


def _facts() -> Mapping[str, Any]:
    from linter.language.facts import schema

    return schema()


def _examples() -> Mapping[str, Any]:
    from linter.policy.schema import examples_schema

    return examples_schema()


def _source() -> Mapping[str, Any]:
    from linter.log.sources.schema import schema

    return schema()


def _event() -> Mapping[str, Any]:
    from linter.logic.event_log import schema

    return schema()


def _report() -> Mapping[str, Any]:
    import json

    from linter import shipped

    path = shipped.folder("schemas") / "report.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


SCHEMAS: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "policy": _policy,
    "config": _config,
    "lexicon": _lexicon,
    "facts": _facts,
    "examples": _examples,
    "source": _source,
    "event": _event,
    "report": _report,
}


@click.command("schema")
@click.argument("kind", type=click.Choice(tuple(SCHEMAS)), default="policy")
@guarded
def command(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for an editor to check and complete it.

    \b
    Example: replylint schema policy > policy.schema.json
    and in the policy's first line:
    # yaml-language-server: $schema=policy.schema.json
    """
    from linter.policy.schema import as_json

    say(as_json(SCHEMAS[kind]()).rstrip("\n"))
