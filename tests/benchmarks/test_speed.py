"""The speed benchmark measures the same work, and replylint's cost does not grow with phrases."""

from __future__ import annotations

import json

import pytest

from benchmarks.speed import corpus
from benchmarks.speed.__main__ import main
from benchmarks.speed.compare import Row
from benchmarks.speed.process import by_phrases
from benchmarks.speed.report import comparison
from benchmarks.speed.tools import findings


def test_the_same_seed_gives_the_same_replies() -> None:
    assert list(corpus.replies(20)) == list(corpus.replies(20))


def test_a_phrase_stands_nowhere_but_where_it_was_planted() -> None:
    phrases = corpus.phrases()
    for text, planted in corpus.replies(50):
        words = f" {' '.join(text.replace('.', ' . ').replace('-', ' ').split()).lower()} "
        assert sum(words.count(f" {phrase} ") for phrase in phrases) == planted


def test_phrases_are_unique_whole_words_and_none_is_inside_another() -> None:
    phrases = corpus.phrases()
    assert len(set(phrases)) == len(phrases) == 2_000
    assert {len(phrase.split()) for phrase in phrases} == {2, 3, 4, 5}
    few = corpus.phrases(300)
    assert not [(a, b) for a in few for b in few if a != b and f" {a} " in f" {b} "]


def test_replylint_finds_what_was_planted(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--parts", "tools", "--files", "30", "--phrases", "20", "--runs", "1"]
    main([*words, "--only", "replylint", "replylint-cached"])
    planted = sum(number for _, number in corpus.replies(30))
    out = capsys.readouterr().out
    assert planted > 3
    assert f"30 files, 20 phrases; {planted} planted" in out
    rows = [line.split() for line in out.splitlines() if line.startswith("  replylint")]
    assert [row[-3] for row in rows] == [str(planted)] * 2  # … found (1 run)
    assert "other work" not in out


def test_json_has_every_row_and_names_what_is_not_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    words = ["--parts", "tools", "--files", "1", "--phrases", "20", "--runs", "1", "--json"]
    main([*words, "--only", "vale", "proselint", "textlint"])
    rows = json.loads(capsys.readouterr().out)["tools"]
    assert [(row["tool"], row["skipped"]) for row in rows] == [
        (name, "not installed") for name in ("vale", "proselint", "textlint")
    ]


def test_a_tool_that_found_another_number_is_not_compared() -> None:
    ours = Row(10, 20, 3, "replylint", seconds=2.0, findings=3, runs=3)
    fewer = Row(10, 20, 3, "vale", seconds=1.0, findings=2, runs=3)
    lines = comparison([ours, fewer])
    assert " 1.00 " in lines[2]
    assert lines[3].endswith("<- other work: not compared")
    assert " 0.50 " not in lines[3]


def test_findings_are_counted_by_their_places() -> None:
    assert findings("a.md:1:2: error x\n/b/c.md:10:1:Speed:y\n\n2 problems\n  1 | a:1:\n") == 2


def test_the_cost_of_a_reply_does_not_grow_with_the_phrases() -> None:
    costs = by_phrases([20, 2_000], count=150, rounds=5)
    # 1.3 is what is promised; the rest is for a busy machine.
    assert costs[2_000]["reply"] <= 1.6 * costs[20]["reply"]
