"""classifier: what the text categories of a user's own pipeline say."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from linter.checks.classifier import OPTIONS
from linter.checks.classifier import compile as compile_check
from linter.checks.errors import OptionError
from linter.language.language import Language
from linter.model import CannotTell, Reply
from tests.checks.helpers import Bare


def scored(options: dict[str, Any], categories: dict[str, float]) -> list[str] | str:
    language = Bare("en")
    match = compile_check(options, language)
    analysis = language.analyse(Reply("x", "**Read** the manual.", None))
    analysis.doc.cats = categories
    verdict = match(analysis)
    return (
        verdict.reason if isinstance(verdict, CannotTell) else [m.values["text"] for m in verdict]
    )


@pytest.mark.parametrize(
    ("options", "score", "fires", "why"),
    [
        ({"max": 0.5}, 0.51, True, "above the highest"),
        ({"max": 0.5}, 0.5, False, "the highest itself"),
        ({"min": 0.5}, 0.49, True, "below the least"),
        ({"min": 0.5}, 0.5, False, "the least itself"),
        ({"min": 0.2, "max": 0.8}, 0.5, False, "between both"),
    ],
)
def test_scores(options: dict[str, float], score: float, fires: bool, why: str) -> None:
    expected = ["Read** the manual."] if fires else []
    assert scored({"label": "angry", **options}, {"angry": score}) == expected, why


def test_a_pipeline_without_the_label_cannot_tell() -> None:
    assert scored({"label": "angry", "max": 0.5}, {}) == "the pipeline gives no such label"
    assert (
        scored({"label": "angry", "max": 0.5}, {"calm": 0.9}) == "the pipeline gives no such label"
    )


def test_a_pipeline_of_ones_own_is_asked(tmp_path: Path) -> None:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("textcat").add_label("angry")  # type: ignore[attr-defined]
    pipeline.get_pipe("textcat").add_label("calm")  # type: ignore[attr-defined]
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "own")
    language = Language("en", pipeline=str(tmp_path / "own"))
    match = compile_check({"label": "angry", "min": 1}, language)
    (found,) = match(language.analyse(Reply("x", "Read the manual.", None)))
    assert (found.start, found.end) == (0, 16)
    assert found.values["label"] == "angry"
    assert float(found.values["score"]) < 1


def test_bounds_that_no_score_can_keep_are_refused() -> None:
    with pytest.raises(OptionError, match=r"no score is 0\.9 or more and 0\.1 or less") as error:
        compile_check({"label": "angry", "min": 0.9, "max": 0.1}, Bare("en"))
    assert error.value.pointer == ("min",)


@pytest.mark.parametrize(
    "options", [{"label": "angry"}, {"max": 0.5}, {"label": "angry", "max": 50}, {"label": ""}]
)
def test_options_that_say_too_little_are_refused(options: dict[str, Any]) -> None:
    assert not jsonschema.Draft202012Validator(OPTIONS).is_valid(options)
