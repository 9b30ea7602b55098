"""The rules on replies, applied to the replies of a log with the comments that they answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from linter.config import Config
from linter.log import database, replies
from linter.log.ingest import events_of_rows
from linter.log.store import Store, digest
from linter.log.versions import entries, eras, load_versions
from tests.cli.conftest import _once  # noqa: F401 - what ships is read once
from tests.cli.logs import BROKE, Row, comment, reply

NOON = "2026-03-01T12:00:00Z"
LATER = "2026-03-02T12:00:00Z"
HEAD = "policy: ours\nlanguages: [en]\n"

Found = dict[str, Any]
Judged = Callable[..., Found]


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[Judged]:
    """Judges a log's replies by the rules of policies: violations as (rule, event), and counts."""
    with Store(tmp_path / "audit") as store:

        def judge(rows: Sequence[Row], *policies: str) -> Found:
            names = []
            for number, text in enumerate(policies):
                names.append(f"{number}.yaml")
                (tmp_path / names[-1]).write_text(text, encoding="utf-8")
            found = eras(load_versions(names, tmp_path))
            applied = replies.applied(entries(found))
            con = database.connect()
            assert events_of_rows(con, rows) == ()
            parts = store.parts("replies", digest(policies))
            count = replies.find(con, found, applied)
            by = replies.Judge(tuple(names), tmp_path, Config(tmp_path))
            read = replies.read(con, by, parts, 1, lambda *_: None)
            replies.judged(con, found, applied, parts)
            counts = con.execute("select task, verdict, reason, count, places from reply_tallies")
            tallies = {row[:3]: row[3:] for row in counts.fetchall()}
            names_ = '(task, event, "start", "end", text, "values", inferred)'
            rows_ = con.execute(f"select {names_} from reply_verdicts order by all").fetchall()
            return {
                "count": count,
                "read": read,
                "found": [row[0][:2] for row in rows_],
                "rows": [row[0] for row in rows_],
                "tallies": tallies,
                "unread": con.execute("from unread_replies order by all").fetchall(),
            }

        yield judge


def rule(id_: str, check: str, **more: str) -> str:
    lines = [f"  - id: {id_}", f"    check: {check}", "    message: '{author}: {id}'"]
    return "\n".join([*lines, *(f"    {key}: {value}" for key, value in more.items())]) + "\n"


THANKS = rule("thanks", "require-act", options="{act: thanks}")


def test_the_replies_of_the_team_and_of_nobody_known(judged: Judged) -> None:
    rows = [
        reply("team", NOON, "c", "We will see, Jens."),
        reply("unknown", NOON, "c", "We will see, Jens.", actor__role=None),
        reply("bot", NOON, "c", "We will see, Jens.", actor__role="bot"),
        reply("other", NOON, "c", "We will see, Jens.", actor__role="other"),
        comment("own", NOON, "Jens", "We will see."),
    ]
    found = judged(rows, HEAD + "rules:\n" + THANKS)
    assert found["found"] == [("thanks", "team"), ("thanks", "unknown")]
    assert found["count"] == 2
    assert found["read"] == 1, "they are the same words in the same context"
    assert found["tallies"] == {("thanks", "violation", None): (2, [":1", ":2"])}


def test_the_comment_is_the_context(judged: Judged) -> None:
    condition = "{comment.kind: complaint}"
    rows = [
        comment("said", NOON, "Jens", "Fine.", kind="complaint"),
        reply("r-said", LATER, "said", "We will see."),
        comment("read", NOON, "Anne", BROKE),
        reply("r-read", LATER, "read", "We will see."),
        comment("praise", NOON, "Kari", "Great shop, thank you!", kind="praise"),
        reply("r-praise", LATER, "praise", "We will see."),
        reply("r-alone", LATER, "elsewhere", "We will see."),
    ]
    found = judged(rows, HEAD + "rules:\n" + rule(
        "thanks", "require-act", options="{act: thanks}", when=condition
    ))  # fmt: skip
    assert found["found"] == [("thanks", "r-read"), ("thanks", "r-said")]
    assert [row[-1] for row in found["rows"]] == [True, False], "only one kind was inferred"
    assert [json.loads(row[5])["author"] for row in found["rows"]] == ["Anne", "Jens"]
    assert found["tallies"] == {
        ("thanks", "violation", None): (2, [":4", ":2"]),
        ("thanks", "cannot tell", "comment.kind is not known"): (1, [":7"]),
    }


def test_the_rating_is_that_of_the_comment(judged: Judged) -> None:
    rows = [
        comment("low", NOON, "Jens", "Fine.", rating=1),
        reply("r-low", LATER, "low", "We will see."),
        comment("high", NOON, "Anne", "Fine.", rating=5),
        reply("r-high", LATER, "high", "We will see."),
        reply("r-own", LATER, "elsewhere", "We will see.", rating=2),
    ]
    found = judged(rows, HEAD + "rules:\n" + rule(
        "thanks", "require-act", options="{act: thanks}", when="{rating: {le: 2}}"
    ))  # fmt: skip
    assert found["found"] == [("thanks", "r-low"), ("thanks", "r-own")]


def test_a_condition_on_any_field_of_the_event(judged: Judged) -> None:
    rows = [
        reply("r1", NOON, "c", "We will see.", channel="email", fields={"team": "north"}),
        reply("r2", NOON, "c", "We will see.", channel="email", fields={"team": "south"}),
        reply("r3", NOON, "c", "We will see.", channel="twitter", fields={"team": "north"}),
    ]
    for when, expected in [
        ("{fields.team: north}", ["r1", "r3"]),
        ("{channel: email}", ["r1", "r2"]),
        ("{id: [r2, r3]}", ["r2", "r3"]),
        ("{id: r2, channel: twitter}", []),
    ]:
        text = HEAD + "rules:\n" + rule("t", "require-act", options="{act: thanks}", when=when)
        assert [event for _, event in judged(rows, text)["found"]] == expected, when


def test_passes_are_counted(judged: Judged) -> None:
    rows = [
        reply("good", NOON, "c", "Thank you, Jens!"),
        reply("bad", NOON, "c", "We will see."),
    ]
    found = judged(rows, HEAD + "rules:\n" + THANKS)
    assert found["tallies"] == {
        ("thanks", "pass", None): (1, [":1"]),
        ("thanks", "violation", None): (1, [":2"]),
    }


def test_a_reply_with_two_findings_is_one_violation(judged: Judged) -> None:
    rows = [reply("r", NOON, "c", "Please call us at your earliest convenience. Really: at your "
                  "earliest convenience!")]  # fmt: skip
    text = (
        HEAD
        + "rules:\n"
        + rule("plain", "phrases", options="{forbid: [at your earliest convenience]}")
    )
    found = judged(rows, text)
    stretches = [row[2:5] for row in found["rows"]]
    said = rows[0]["text"]
    assert [said[start:end] for start, end, _ in stretches] == [text for *_, text in stretches]
    assert len(stretches) == 2
    assert found["tallies"] == {("plain", "violation", None): (1, [":1"])}


def test_what_cannot_be_read_is_counted(judged: Judged) -> None:
    rows = [
        reply("fi", NOON, "c", "Kiitos viestistäsi, otamme yhteyttä.", language="fi"),
        reply("nb", NOON, "c", "Vi ser på det, Jens.", language="nb"),
    ]
    found = judged(rows, HEAD + "rules:\n" + THANKS)
    assert found["found"] == []
    assert found["unread"] == [
        ("fi", 'no resources for the language "fi"'),
        ("nb", 'no policy has rules for "nb"'),
    ]


REPEATED = rule("formula", "repeated-text", options="{replies: 3, share: 0}").replace(
    "{author}: {id}", "{count} × {text}"
)
SAME = "We hope to see you in our shop again."


def test_a_sentence_under_many_replies_is_shown_where_it_stands_first(judged: Judged) -> None:
    rows = [
        reply("r3", LATER, "c", f"Hi Jens! {SAME}"),
        reply("r1", LATER, "c", f"Hi Anne! {SAME.upper()}"),
        reply("r2", LATER, "c", f"{SAME} {SAME}"),
        reply("r0", LATER, "c", "Your lamp has left our workshop this morning."),
    ]
    for order in (rows, rows[::-1]):
        found = judged(order, HEAD + "rules:\n" + REPEATED)
        [(task, event, start, end, text, values, _)] = found["rows"]
        assert (task, event, text) == ("formula", "r1", SAME.upper()), "first by time, then id"
        assert json.loads(values)["count"] == "3", "a reply counts once"
        assert rows[1]["text"][start:end] == text


def test_how_many_are_many_depends_on_all(judged: Judged) -> None:
    rows = [reply(f"r{n}", LATER, "c", SAME) for n in range(3)]
    rows += [reply(f"x{n}", LATER, "c", f"Lamp number {n} is here.") for n in range(8)]
    for share, expected in ((27, 1), (28, 0)):
        text = HEAD + "rules:\n" + REPEATED.replace("share: 0", f"share: {share}")
        assert len(judged(rows, text)["found"]) == expected, "3 of 11 are 27.3 %"


def test_a_reply_is_judged_by_the_version_in_force(judged: Judged) -> None:
    rows = [
        reply("before", "2026-02-28T23:59:59Z", "c", "We will see."),
        reply("after", "2026-03-01T00:00:00Z", "c", "We will see."),
    ]
    old = "policy: ours\nlanguages: [en]\neffective: {to: 2026-02-28}\nrules:\n"
    new = "policy: ours\nlanguages: [en]\neffective: {from: 2026-03-01}\nrules:\n"
    apology = rule("sorry", "require-act", options="{act: apology}")
    found = judged(rows, old + THANKS, new + apology)
    assert found["found"] == [("sorry", "after"), ("thanks", "before")]
    assert judged(rows, new + apology)["count"] == 1, "nobody judges what was before"


def test_a_formula_is_counted_over_versions_that_say_the_same(judged: Judged) -> None:
    rows = [reply(f"r{n}", f"2026-0{n}-01T10:00:00Z", "c", SAME) for n in (1, 2, 3, 4)]
    old = "policy: ours\nlanguages: [en]\neffective: {to: 2026-02-28}\nrules:\n"
    new = "policy: ours\nlanguages: [en]\neffective: {from: 2026-03-01}\nrules:\n"
    found = judged(rows, old + REPEATED, new + REPEATED + THANKS)
    assert [row[:2] for row in found["rows"]] == [
        ("formula", "r1"), ("thanks", "r3"), ("thanks", "r4"),
    ]  # fmt: skip
    assert json.loads(found["rows"][0][5])["count"] == "4"


def test_rules_for_libraries_of_templates_are_left_out(tmp_path: Path) -> None:
    parity = rule("parity", "language-parity", options="{languages: [en, nl]}")
    (tmp_path / "p.yaml").write_text(HEAD + "rules:\n" + parity.replace("{author}: {id}", "x"))
    found = entries(eras(load_versions(["p.yaml"], tmp_path)))
    assert replies.applied(found) == []
    assert [entry.id for entry in replies.left_out(found)] == ["parity"]


@pytest.mark.parametrize(
    ("text", "stretch", "line"),
    [
        ("one\ntwo three\nfour", "three", "two three"),
        ("one", "one", "one"),
        ("a" * 1000 + "X" + "b" * 1000, "X", "a" * 300 + "X" + "b" * 300),
        ("one\ntwo", "one\ntwo", "one"),
    ],
)
def test_the_line_that_is_shown(text: str, stretch: str, line: str) -> None:
    start = text.index(stretch)
    shown, offset = replies.line_around(text, start, start + len(stretch))
    assert shown == line
    assert text[offset:].startswith(shown)
