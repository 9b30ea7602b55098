"""`init --log` and `validate` on sources: a first mapping from a file's columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Replylint, Write, here, replylint, write
from tests.log.sources.common import DATA, read

__all__ = ["here", "replylint", "write"]

DECISIONS = """\
Date;Moderator;Action;Content ID;Author;Text;Reason;Mood
03.04.2026 10:11;kim;deleted;77;bo;It leaks;rude;x
13.04.2026 10:12;kim;hide comment;78;cy;Bad;;x
14.04.2026 10:12;kim;pinned;79;cy;Bad;;x
15.04.2026 10:12;kim;deleted;80;cy;Bad;;x
"""
REVIEWS = (
    '[{"key": 1, "user": {"name": "Bo"}, "stars": 3, "body": "Slow", "answer": "Sorry",'
    ' "created_at": "2026-01-01T10:00:00Z", "answered_at": "2026-01-02T10:00:00Z"},'
    ' {"key": 2, "user": {"name": "Cy"}, "stars": 5, "body": "Fast",'
    ' "created_at": "2026-01-03T10:00:00Z"}]'
)


def test_a_table_of_decisions(replylint: Replylint, write: Write, here: Path) -> None:
    write("mod.csv", DECISIONS)
    result = replylint("init", "--log", "mod.csv")
    assert (result.code, result.lines[0]) == (0, "wrote mod.source.yaml")
    assert replylint("validate", "mod.source.yaml").out == "1 file is valid\n"
    text = (here / "mod.source.yaml").read_text(encoding="utf-8")
    assert "In which zone are they?" in text
    assert "#   Mood" in text
    done, events = read(here / "store", "mod.source.yaml", here / "mod.csv")
    assert (done.rejected, done.ignored) == (0, {"pinned": 1})
    assert [(e["time"], e["action"], e["actor"]) for e in events] == [
        ("2026-04-03T10:11:00", "remove", "kim"),
        ("2026-04-13T10:12:00", "hide", "kim"),
        ("2026-04-15T10:12:00", "remove", "kim"),
    ]
    assert events[0]["target.author"] == "bo"
    assert events[0]["target.text"] == "It leaks"
    again = replylint("init", "--log", "mod.csv")
    assert again.code == 2
    assert "mod.source.yaml" in again.err


def test_reviews_with_answers(replylint: Replylint, write: Write, here: Path) -> None:
    write("rev.json", REVIEWS)
    assert replylint("init", "--log", "rev.json").code == 0
    assert replylint("validate", "rev.source.yaml").code == 0
    done, events = read(here / "store", "rev.source.yaml", here / "rev.json")
    assert done.rejected == 0
    assert [(e["event"], e["id"], e["text"], e.get("rating")) for e in events] == [
        ("comment", "1", "Slow", 3.0),
        ("reply", "1/reply", "Sorry", None),
        ("comment", "2", "Fast", 5.0),
    ]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("discord.json", "discord"),
        ("discourse.csv", "discourse"),
        ("dsa-full.csv", "dsa"),
        ("dsa-light.csv", "dsa"),
        ("lemmy-0.19.json", "lemmy-0.19"),
        ("lemmy-1.0.json", "lemmy-1.0"),
        ("mastodon.json", "mastodon"),
        ("ozone.json", "ozone"),
        ("page-2026-03-01T0900.json", "page-snapshots"),
        ("reddit.json", "reddit"),
        ("reviews-play.csv", "reviews"),
        ("reviews-google.json", "reviews"),
        ("reviews-app-store.json", "reviews"),
        ("reviews-trustpilot.json", "reviews"),
    ],
)
def test_the_shipped_source_that_fits_is_named(
    replylint: Replylint, here: Path, file: str, source: str
) -> None:
    result = replylint("init", "--log", str(DATA / file))
    assert result.lines[0] == f"these columns are those of the source {source}:"
    assert list(here.glob("*.source.yaml")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a,a\n1,2\n", 'the header has the column "a" twice'),
        (b"\x00\x01\x02", "is binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(
    replylint: Replylint, here: Path, content: bytes, said: str
) -> None:
    (here / "log.csv").write_bytes(content)
    result = replylint("init", "--log", "log.csv")
    assert result.code == 2
    assert said in result.err
    assert replylint("init", "--log", "none.csv").code == 2


def test_a_draft_of_hostile_columns_is_valid(replylint: Replylint, write: Write) -> None:
    write("x.csv", 'id,time,"a: b","}, {","yes","# no",@x,a[b]\n1,2026-01-01,1,2,3,4,5,6\n')
    replylint("init", "--log", "x.csv")
    assert replylint("validate", "x.source.yaml").out == "1 file is valid\n"


def test_validate_places_the_faults_of_a_source(replylint: Replylint, write: Write) -> None:
    write("s.yaml", "source: s\nevents:\n  - {event: comment, id: {from: a}, tiem: {from: b}}\n")
    result = replylint("validate", "s.yaml")
    assert result.code == 2
    assert result.err.startswith('s.yaml:3:37: unknown key "tiem"; did you mean "time"?')
