"""A spaCy pipeline of the user's own: its labels and categories count like the lexicons'."""

import json
import random
import warnings
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result
from spacy.training import Example

from linter.cli import main

ANGRY = [
    "Read the manual before you write to us.",
    "That is your own fault, is it not.",
    "We told you so twice already.",
    "You never listen, do you.",
]
CALM = [
    "We will send you a new lamp today.",
    "The repair takes two days.",
    "Your parcel leaves us tomorrow.",
    "The shop opens at nine.",
]
POLICY = """\
policy: own
languages: [en]
rules:
  - id: calm
    level: error
    check: classifier
    options: {label: angry, max: 0.5}
    message: 'This sounds angry ({score}).'
  - id: no-discount
    level: error
    check: forbid-act
    options: {act: discount}
    message: 'No discounts in public: "{text}".'
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a policy, and a tiny trained pipeline with a category and a span label."""
    folder = tmp_path_factory.mktemp("team")
    spacy.util.fix_random_seed(0)
    random.seed(0)
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "acts", "overwrite": False})
    nlp.add_pipe("textcat")
    examples = [
        Example.from_dict(nlp.make_doc(text), {"cats": {"angry": angry, "calm": not angry}})
        for angry, texts in ((True, ANGRY), (False, CALM))
        for text in texts
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp.initialize(lambda: examples)
        for _ in range(25):
            nlp.update(examples)
    ruler.add_patterns([{"label": "discount", "pattern": "10 % off"}])
    nlp.to_disk(folder / "tone")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / ".replylint.yaml").write_text(
        "policy: policy.yaml\nlanguage: en\npipelines: {en: tone}\n", encoding="utf-8"
    )
    return folder


def check(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> Result:
    monkeypatch.chdir(folder)
    (folder / "reply.md").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["check", "-f", "json", "reply.md", *more])


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (ANGRY[0], ["calm"]),
        (CALM[0], []),
        ("We will send you a new lamp today, with 10 % off.", ["no-discount"]),
    ],
)
def test_categories_and_labels_count(
    team: Path, monkeypatch: pytest.MonkeyPatch, text: str, rules: list[str]
) -> None:
    report = json.loads(check(team, text, monkeypatch).stdout)
    assert [finding["rule"] for finding in report["findings"]] == rules


def test_the_lexicons_count_as_well(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(team)
    (team / "reply.md").write_text("Hi Jens, you get 10 % off.", encoding="utf-8")
    done = CliRunner().invoke(main, ["acts", "-f", "jsonl", "reply.md"])
    acts = {act["act"] for act in json.loads(done.stdout)["acts"]}
    assert {"greeting", "discount", "address_by_name"} <= acts


def test_a_retrained_pipeline_is_asked_anew(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "We will send you a new lamp today, with 10 % off."
    assert json.loads(check(team, text, monkeypatch).stdout)["findings"]
    patterns = team / "tone" / "span_ruler" / "patterns"
    kept = patterns.read_text(encoding="utf-8")
    patterns.write_text(kept.replace("10 % off", "50 % off"), encoding="utf-8")
    try:
        assert json.loads(check(team, text, monkeypatch).stdout)["findings"] == []
    finally:
        patterns.write_text(kept, encoding="utf-8")


def test_without_the_pipeline_the_label_is_unknown(
    team: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / ".replylint.yaml").write_text("policy: policy.yaml\n", encoding="utf-8")
    done = check(tmp_path, CALM[0], monkeypatch)
    assert done.exit_code == 2
    assert 'policy.yaml:12:20: there is no act in English called "discount"' in done.stderr


@pytest.mark.parametrize(
    ("pipelines", "message"),
    [
        ("{en: tune}", '.replylint.yaml:2:17: there is no spaCy pipeline "tune"'),
        ("{nl: tone}", 'is for "en", not nl'),
        ("{en: broken}", "cannot be loaded"),
    ],
)
def test_a_pipeline_that_cannot_be_used_is_one_clear_error(
    team: Path, monkeypatch: pytest.MonkeyPatch, pipelines: str, message: str
) -> None:
    (team / "broken").mkdir(exist_ok=True)
    other = team / "other.yaml"
    config = team / ".replylint.yaml"
    kept = config.read_text(encoding="utf-8")
    policy = POLICY.replace("[en]", "[en, nl]")
    other.write_text(policy, encoding="utf-8")
    config.write_text(f"policy: other.yaml\npipelines: {pipelines}\n", encoding="utf-8")
    try:
        done = check(team, "Beste Jan, wij sturen u een nieuwe lamp.", monkeypatch)
    finally:
        config.write_text(kept, encoding="utf-8")
    assert done.exit_code == 2
    assert message in done.stderr
