"""Every check is registered, describes itself, and does what its own example says."""

import json
from contextlib import closing
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
from linter.log.database import connect
from linter.log.ingest import events_of_rows
from linter.log.judge.plan import Plan, Task
from linter.log.judge.run import judge
from linter.model import CannotTell, Match, Reply
from tests.checks.helpers import language, matches, reply_of

FOLDER = Path(checks.__file__).parent
NO_CHECKS = {"__init__", "common", "errors"}
MODULES = sorted(
    ".".join(path.relative_to(FOLDER).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if path.stem not in NO_CHECKS
)
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


OF_LOGS = [name for name, check in CHECKS.items() if check.SCOPE == "log"]


@pytest.mark.parametrize("name", OF_LOGS)
def test_a_log_checks_example_comes_out_as_it_says(name: str) -> None:
    check = CHECKS[name]
    constraint = check.compile(check.EXAMPLE["options"], {})
    task = Task("task", "policy", "rule", "error", constraint, check.VALUES)
    with closing(connect(threads=1)) as con:
        for kind in ("good", "bad"):
            for rows in check.EXAMPLE[kind]:
                assert events_of_rows(con, rows) == ()
                judge(con, Plan((task,)))
                told = con.execute("select verdict, sum(count)::int from tallies group by 1")
                counts = dict(told.fetchall())
                if kind == "good":
                    assert counts.keys() <= {"pass"}
                else:
                    assert counts["violation"] >= 1
                for (values,) in con.execute('select "values" from verdicts').fetchall():
                    assert json.loads(values).keys() == set(check.VALUES)
                    assert None not in json.loads(values).values()


@pytest.mark.parametrize("name", [name for name in CHECKS if name not in OF_LOGS])
def test_a_checks_example_comes_out_as_it_says(name: str) -> None:
    check = CHECKS[name]
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
