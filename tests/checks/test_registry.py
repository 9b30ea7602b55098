"""Every check is registered, describes itself, and does what its own example says."""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from linter import checks
from linter.checks import CHECKS
from linter.language.facts import from_data
from linter.language.language import Language
from linter.model import CannotTell, Match, Reply
from tests.checks.helpers import language, matches, reply_of

FOLDER = Path(checks.__file__).parent
NO_CHECKS = {"__init__", "common", "errors"}
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NO_CHECKS)
EVERY = pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)


def test_every_module_is_a_registered_check() -> None:
    modules = {import_module(f"linter.checks.{name}") for name in MODULES}
    assert set(CHECKS.values()) == modules


@EVERY
def test_a_check_describes_itself(check: ModuleType) -> None:
    assert check.__name__.rpartition(".")[2].replace("_", "-") == check.NAME
    assert check.SCOPE in ("reply", "library", "log")
    assert callable(check.compile)
    assert check.EXAMPLE.keys() - {"facts"} == {"options", "good", "bad"}
    assert check.EXAMPLE["good"]
    assert check.EXAMPLE["bad"]
    assert len(set(check.VALUES)) == len(check.VALUES)
    summary = (check.__doc__ or "").partition("\n")[0]
    assert summary.endswith(".")
    assert len(summary) <= 100


@EVERY
def test_a_checks_options_have_a_schema_that_takes_no_others(check: ModuleType) -> None:
    jsonschema.Draft202012Validator.check_schema(check.OPTIONS)
    validator = jsonschema.Draft202012Validator(check.OPTIONS)
    validator.validate(check.EXAMPLE["options"])
    assert not validator.is_valid({**check.EXAMPLE["options"], "no_such_option": 1})
    assert "oneOf" not in str(check.OPTIONS), "its errors explain nothing"


def judged(check: ModuleType, items: list[Any]) -> list[tuple[Reply, list[Match]]]:
    """The matches of each reply of an example; those of a library's are found together."""
    options = check.EXAMPLE["options"]
    replies = [reply_of(item, number) for number, item in enumerate(items)]
    if check.SCOPE == "library":
        pairs = list(check.compile(options, None)(replies))
        return [(reply, [m for other, m in pairs if other is reply]) for reply in replies]
    result = []
    for reply, item in zip(replies, items, strict=True):
        if "categories" in item:
            verdict = with_categories(check, reply, item["categories"])
        else:
            verdict = matches(check.NAME, options, reply, example_language(check))
        assert not isinstance(verdict, CannotTell), verdict
        result.append((reply, verdict))
    return result


def example_language(check: ModuleType) -> Language:
    """English, with the facts of the check's example."""
    if "facts" not in check.EXAMPLE:
        return language("en")
    return Language("en", facts=from_data(check.EXAMPLE["facts"]))


def with_categories(check: ModuleType, reply: Reply, categories: dict[str, float]) -> list[Match]:
    """What a check says where the user's own pipeline gives these text categories."""
    analysis = language("en").analyse(reply)
    analysis.doc.cats = categories
    return list(check.compile(check.EXAMPLE["options"], language("en"))(analysis))


@EVERY
def test_a_checks_example_comes_out_as_it_says(check: ModuleType) -> None:
    assert [m for _, found in judged(check, check.EXAMPLE["good"]) for m in found] == []
    bad = judged(check, check.EXAMPLE["bad"])
    if check.SCOPE == "library":
        assert any(found for _, found in bad)
    else:
        assert [reply.text for reply, found in bad if not found] == []
    for reply, found in bad:
        for match in found:
            assert 0 <= match.start <= match.end <= len(reply.text)
            assert match.absent or match.start < match.end
            assert match.values.keys() == set(check.VALUES)
