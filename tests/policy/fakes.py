"""Checks that do nothing, so that the tests of policies do not depend on real ones."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from linter.checks.errors import OptionError
from linter.documents import InvalidFile
from linter.policy.load import load
from linter.policy.model import Policy

_TEXTS = {"type": "array", "items": {"type": "string"}}
_ACT = {"type": ["string", "array"], "items": {"type": "string"}}


def _check(name: str, scope: str = "reply", required: tuple[str, ...] = (), **keys: Any) -> Any:
    return SimpleNamespace(
        NAME=name,
        SCOPE=scope,
        VALUES=("act", "text"),
        OPTIONS={
            "type": "object",
            "additionalProperties": False,
            "required": list(required),
            "properties": keys,
        },
        compile=_compile,
    )


def _compile(options: Any, language: Any) -> None:
    """Knows one act that only Norwegian lacks."""
    if options.get("act") == "smalltalk" and language.code == "nb":
        raise OptionError(("act",), "there is no act smalltalk in Bokmål")


CHECKS = {
    check.NAME: check
    for check in (
        _check("require-act", required=("act",), act=_ACT, within={"enum": ["opening", "closing"]}),
        _check(
            "forbid-act", required=("act",), act=_ACT, within={"enum": ["opening"]}, unless=_ACT
        ),
        _check("length", min={"type": "integer"}, max={"type": "integer"}),
        _check("phrases", forbid=_TEXTS, require=_TEXTS, prefer={"type": "object"}),
        _check("repeated-text", scope="library"),
    )
}


def write(folder: Path, **files: str) -> None:
    """Files by name, `__` for a slash; `.yaml` is added."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def load_in(folder: Path, **files: str) -> Policy:
    """The policy `p` of these files."""
    write(folder, **files)
    return load("p.yaml", folder, CHECKS)


def problems_in(folder: Path, **files: str) -> list[str]:
    """What is wrong with the policy `p` of these files, as users see it in that folder."""
    try:
        load_in(folder, **files)
    except InvalidFile as error:
        return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.problems]
    return []
