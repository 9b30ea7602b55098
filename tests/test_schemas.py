"""The committed schemas are those of the code, and are schemas."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from linter.cli.schema import SCHEMAS
from linter.documents import check, load
from linter.policy.schema import as_json
from linter.shipped import folder, policies

MADE = sorted(SCHEMAS.keys() - {"report"})
"""The schema of reports is written by hand."""


@pytest.mark.parametrize("kind", MADE)
def test_committed_and_fresh(kind: str) -> None:
    path = folder("schemas") / f"{kind}.schema.json"
    hint = f"run: replylint schema {kind} > schemas/{kind}.schema.json"
    assert path.read_text(encoding="utf-8") == as_json(SCHEMAS[kind]()), hint


@pytest.mark.parametrize("kind", SCHEMAS)
def test_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(json.loads(as_json(SCHEMAS[kind]())))


@pytest.mark.parametrize("path", policies().values(), ids=policies())
def test_shipped_policies_fit_the_committed_schema(path: Path) -> None:
    """As an editor checks them."""
    schema = json.loads((folder("schemas") / "policy.schema.json").read_text(encoding="utf-8"))
    assert check(load(path), schema) == []
