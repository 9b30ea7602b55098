"""Only the texts are read on which a condition hangs, each once; what they say is put to events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from linter.log import database, texts
from linter.log.ingest import events_of_rows
from linter.log.store import Store
from linter.logic import when
from linter.logic.conditions import Condition
from linter.logic.fields import EVENT
from tests.cli.conftest import _once  # noqa: F401 - what ships is read once
from tests.cli.logs import BROKE, Row, comment, remove, reply


def condition(written: Mapping[str, Any]) -> Condition:
    def refuse(at: object, message: str) -> None:
        raise AssertionError(message)

    return when.parse(written, EVENT, refuse)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "audit") as made:
        yield made


def table(rows: Sequence[Row]) -> Any:
    con = database.connect()
    assert events_of_rows(con, rows) == ()
    return con


def wanted(rows: Sequence[Row], *conditions: Mapping[str, Any], shown: str = "") -> set[str]:
    """The ids of the events whose own text is wanted; with a "→" those whose target's is."""
    con = table(rows)
    texts.find(con, [condition(each) for each in conditions], shown={shown} - {""})
    found = con.execute("select id, is_target from wanted").fetchall()
    return {f"{'→' if is_target else ''}{id_}" for id_, is_target in found}


def filled(
    store: Store, rows: Sequence[Row], *conditions: Mapping[str, Any], language: str | None = None
) -> dict[str, dict[str, Any]]:
    """What the events hold after the texts were read; "unread" is why a text was not."""
    con = table(rows)
    asked = [condition(each) for each in conditions]
    reader = texts.Reader(texts.Resources(), texts.acts_asked(asked), language)
    parts = store.parts("texts", "k")
    texts.find(con, asked, shown=())
    texts.read(con, reader, parts, 1, lambda stage, done, total: None)
    events, unread = store.scratch / "events.parquet", store.scratch / "unread.parquet"
    texts.fill(con, parts, events, unread)
    names = ("id", "kind", "kind.inferred", "acts", "target.kind", "target.kind.inferred")
    listed = ", ".join(f'"{name}"' for name in names)
    found = con.execute(f"select {listed} from read_parquet('{events}')").fetchall()
    reasons = dict(con.execute(f"from read_parquet('{unread}')").fetchall())
    return {
        row[0]: dict(zip(names[1:], row[1:], strict=True)) | {"unread": reasons.get(row[0])}
        for row in found
    }


NOON = "2026-03-01T12:00:00Z"
LATER = "2026-03-02T12:00:00Z"
ROWS = [
    comment("known", NOON, "Jens", BROKE, kind="complaint"),
    comment("unknown", NOON, "Jens", BROKE),
    comment("elsewhere", NOON, "Jens", BROKE, channel="email"),
    reply("answer", LATER, "unknown", "Thanks, Jens! We are sorry."),
    remove("removed", LATER, "unknown", ["other"]),
    remove("excused", LATER, "unknown", ["spam"]),
    remove("labelled", LATER, "known", ["other"]),
]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param([{"event": "comment"}], set(), id="nothing asks for a text"),
        pytest.param(
            [{"event": "comment", "kind": "praise"}], {"unknown", "elsewhere"},
            id="comments whose kind nobody recorded",
        ),
        pytest.param(
            [{"event": "comment", "kind": "praise", "channel": {"exists": True}}],
            {"elsewhere"},
            id="not where the condition fails anyway",
        ),
        pytest.param(
            [{"action": "remove", "target.kind": "complaint", "not": {"ground": "spam"}}],
            {"→removed"},
            id="of targets, where it is not excused",
        ),
        pytest.param(
            [{"event": "reply", "acts": "thanks"}], {"answer"}, id="replies, for their acts"
        ),
        pytest.param(
            [{"event": "comment", "kind": {"exists": True}}], {"unknown", "elsewhere"},
            id="whether there is a kind is known when the text is read",
        ),
        pytest.param(
            [{"event": "comment", "any": [{"kind": "praise"}, {"channel": "email"}]}],
            {"unknown"},
            id="not where the condition holds anyway",
        ),
    ],
)  # fmt: skip
def test_what_is_wanted(conditions: list[Mapping[str, Any]], expected: set[str]) -> None:
    assert wanted(ROWS, *conditions) == expected


def test_a_message_that_names_kinds_wants_them_all() -> None:
    assert wanted(ROWS, {"event": "comment"}, shown="kind") == {"unknown", "elsewhere"}


def test_a_kind_is_inferred_where_none_is_recorded(store: Store) -> None:
    found = filled(
        store, ROWS, {"event": "comment", "kind": "praise"}, {"target.kind": "complaint"}
    )
    assert (found["known"]["kind"], found["known"]["kind.inferred"]) == ("complaint", False)
    assert (found["unknown"]["kind"], found["unknown"]["kind.inferred"]) == ("complaint", True)
    assert (found["removed"]["target.kind"], found["removed"]["target.kind.inferred"]) == (
        "complaint",
        True,
    )
    assert found["labelled"]["target.kind.inferred"] is False
    assert found["answer"]["kind"] is None, "a reply is no comment of any kind"


def test_acts_that_are_asked_for(store: Store) -> None:
    found = filled(store, ROWS, {"event": "reply", "acts": ["thanks", "apology", "empathy"]})
    assert found["answer"]["acts"] == ["apology", "thanks"]
    assert found["known"]["acts"] is None, "nothing asks what comments do"


def test_the_rating_tells_the_kind_with_the_text_and_alone(store: Store) -> None:
    rows = [
        comment("five", NOON, "Jens", "", rating=5) | {"text": None},
        comment("one", NOON, "Jens", "", rating=1) | {"text": None},
        comment("none", NOON, "Jens", "") | {"text": None},
        comment("dull", NOON, "Jens", "Delivered on Tuesday.", rating=5),
        remove("a", LATER, "dull", ["other"]),
    ]
    found = filled(store, rows, {"kind": "praise"}, {"target.kind": "praise"})
    assert {id_: each["kind"] for id_, each in found.items()} == {
        "five": "praise",
        "one": "emotional",
        "none": None,
        "dull": "praise",
        "a": None,
    }
    assert found["a"]["target.kind"] == "praise", "the rating is that of the comment in the log"


def test_a_language_without_resources_is_left_undecided_and_named(store: Store) -> None:
    finnish = "Keittimeni hajosi kahden päivän jälkeen eikä kukaan vastaa minulle."
    rows = [
        comment("said", NOON, "Aino", finnish, language="fi"),
        comment("seen", NOON, "Aino", finnish) | {"language": None},
        comment("short", NOON, "Aino", "hm") | {"language": None},
        comment("part", NOON, "Jens", BROKE, language="en-GB"),
    ]
    found = filled(store, rows, {"kind": "complaint"})
    assert [found[id_]["kind"] for id_ in ("said", "seen", "short")] == [None] * 3
    assert found["said"]["unread"] == found["seen"]["unread"]
    assert found["said"]["unread"] == 'no resources for the language "fi"'
    assert found["short"]["unread"] == "the language could not be recognised"
    assert (found["part"]["kind"], found["part"]["unread"]) == ("complaint", None)


def test_the_configured_language_is_that_of_texts_that_say_none(store: Store) -> None:
    rows = [comment("short", NOON, "Jens", "Broken!") | {"language": None}]
    assert filled(store, rows, {"kind": "praise"}, language="en")["short"]["unread"] is None


def test_a_reply_that_was_removed_is_read_as_a_reply(store: Store) -> None:
    rows = [ROWS[1], ROWS[3], remove("a", "2026-03-03T12:00:00Z", "answer", ["other"])]
    found = filled(store, rows, {"target.kind": "complaint"})
    assert found["a"]["target.kind"] is None


def test_each_distinct_text_is_read_once(store: Store) -> None:
    rows = [comment(f"c{n}", NOON, f"author {n}", f"{BROKE} {n % 3}") for n in range(60)]
    con = table(rows)
    asked = [condition({"kind": "praise"})]
    parts = store.parts("texts", "k")
    read = []
    for _ in range(2):
        texts.find(con, asked, shown=())
        read.append(texts.read(con, texts.Reader(texts.Resources()), parts, 1, lambda *_: None))
    assert read == [3, 0]


@pytest.mark.parametrize(
    "text", ["\0", "a\u2028b \N{WAVING BLACK FLAG}\u200d", "'; drop table events; --"]
)
def test_any_text_is_a_text(store: Store, text: str) -> None:
    con = database.connect()
    events_of_rows(con, [comment("c", NOON, "Jens", "x", language="en")])
    con.execute("update events set text = ?", [text])
    asked = [condition({"kind": "praise"})]
    texts.find(con, asked, shown=())
    parts = store.parts("texts", "k")
    assert texts.read(con, texts.Reader(texts.Resources()), parts, 1, lambda *_: None) == 1
    events = store.scratch / "e.parquet"
    texts.fill(con, parts, events, store.scratch / "u.parquet")
    assert con.execute(f"select text, kind from '{events}'").fetchall() == [(text, "other")]


def test_what_two_runs_at_once_have_read_counts_once(store: Store) -> None:
    rows = [comment("c", NOON, "Jens", BROKE)]
    con = table(rows)
    asked = [condition({"kind": "praise"})]
    texts.find(con, asked, shown=())
    parts = store.parts("texts", "k")
    for name in ("one", "two"):
        own = store.parts("texts", name)
        assert texts.read(con, texts.Reader(texts.Resources()), own, 1, lambda *_: None) == 1
        part = next((store.folder / "texts" / name).iterdir())
        parts.add(lambda path, part=part: path.write_bytes(part.read_bytes()) and None)  # type: ignore[misc]
    events = store.scratch / "e.parquet"
    texts.fill(con, parts, events, store.scratch / "u.parquet")
    assert con.execute(f"select id, kind from '{events}'").fetchall() == [("c", "complaint")]
