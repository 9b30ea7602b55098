"""A small log of a shop, and a policy to judge it by."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

POLICY = """\
policy: ours
version: 1.0.0
languages: [en, nb, nl]
guidelines:
  document: Our guide
  items:
    G1: Never delete a complaint.
    G2: Answer within a day.
    G3: Say thanks.
    G4: Write no form letters.
rules:
  - id: keep-complaints
    guideline: G1
    level: error
    check: absence
    options:
      event: {action: remove, target.kind: [complaint, emotional, mixed]}
      unless: {ground: [insult, spam]}
    message: "A complaint was removed by {actor} on ground {ground}: {reason}"
    why: Who deletes complaints is not trusted.
  - id: answer
    guideline: G2
    check: response
    options:
      event: {event: comment, kind: [complaint, question]}
      then: {event: reply, actor.role: team}
      within: 24 h
    message: "The comment of {author} had no answer in {limit} ({elapsed})."
  - id: thanks
    guideline: G3
    check: require-act
    options: {act: thanks}
    message: "The reply to {author} says no thanks."
  - id: formula
    guideline: G4
    level: note
    check: repeated-text
    options: {replies: 2, share: 0}
    message: '"{text}" stands under {count} replies.'
"""
"""Two rules on events, of which one reads kinds from texts, and two on replies."""

BROKE = "My kettle broke after two days and nobody answers my mails. I want my money back!"
FORMULA = "Your opinion helps us to get better every day."


def event(what: str, id_: str, time: str, **fields: Any) -> Row:
    """A row; the words of its fields' names are joined by "__" instead of a dot."""
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return {"event": what, "id": id_, "time": time, **named}


def comment(id_: str, time: str, author: str, text: str, **fields: Any) -> Row:
    known = {"conversation": f"k-{id_}", "actor": author, "text": text, "language": "en"}
    return event("comment", id_, time, **{**known, **fields})


def reply(id_: str, time: str, target: str, text: str, **fields: Any) -> Row:
    known = {"conversation": f"k-{target}", "target": target, "actor": "Noor", "text": text}
    return event("reply", id_, time, **{"actor__role": "team", "language": "en", **known, **fields})


def remove(id_: str, time: str, target: str, ground: Sequence[str], **fields: Any) -> Row:
    known = {"action": "remove", "actor": "mod-7", "target": target, "ground": list(ground)}
    return event("action", id_, time, **{**known, **fields})


LOG = [
    comment("c1", "2026-03-01T10:00:00Z", "Jens", BROKE),
    reply("r1", "2026-03-01T12:00:00Z", "c1", f"Hi Jens! {FORMULA}"),
    # The kind of c1 is read from its text: this is a complaint that was removed.
    remove("a1", "2026-03-02T11:00:00+01:00", "c1", ["off_topic"], reason="too loud"),
    comment("c2", "2026-03-02T09:30:00Z", "Anne", "The chair wobbles.", kind="complaint"),
    reply("r2", "2026-03-05T09:30:00Z", "c2", f"Hi Anne, thank you for telling us! {FORMULA}"),
    comment(
        "c3", "2026-03-03T09:00:00Z", "Kari", "Når kommer lampen min?", kind="question",
        language="nb",
    ),
    reply(
        "r3", "2026-03-03T15:00:00Z", "c3", "Hei Kari, takk for meldingen! Lampen kommer i dag.",
        language="nb",
    ),
    comment("c4", "2026-03-04T09:00:00Z", "Bob", "Buy cheap pills now", kind="abuse"),
    # Excused by its ground, and no complaint.
    remove("a2", "2026-03-04T09:30:00Z", "c4", ["spam"]),
    comment("c5", "2026-03-05", "Lies", "Wat een mooie stoel, dank jullie wel!", language="nl"),
    event("resolution", "s1", "2026-03-06T10:00:00Z", conversation="k-c1"),
]  # fmt: skip
"""What it has of findings is FOUND; the rest is as it should be."""

FOUND = [
    ("formula", "r1"),
    ("thanks", "r1"),
    ("answer", "c2"),
    ("keep-complaints", "a1"),
]
"""The rule and event of each finding in LOG, in the order of time, event and rule."""


def jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def table(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A CSV file; a list is a cell of JSON."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        for row in rows:
            writer.writerow(
                {
                    name: json.dumps(value) if isinstance(value, list) else value
                    for name, value in row.items()
                }
            )
    return path


def parquet(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    import duckdb

    lines = jsonl(path.with_suffix(".lines"), rows)
    names = dict.fromkeys(name for row in rows for name in row)
    types = {"ground": "VARCHAR[]", "rating": "DOUBLE"}
    columns = {name: types.get(name, "VARCHAR") for name in names}
    with duckdb.connect() as con:
        con.execute(
            f"copy (select * from read_json('{lines}', format = 'newline_delimited', "
            f"columns = {columns})) to '{path}' (format parquet)"
        )
    lines.unlink()
    return path
