"""`acts`: what the linter sees, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from tests.cli.conftest import Replylint, Write


def _objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def _library(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_an_object_a_reply_has_just_these_keys(replylint: Replylint, write: Write) -> None:
    write(
        "replies.jsonl",
        _library(
            {
                "id": "a1",
                "lang": "en",
                "rating": 5,
                "author": "Jens Hansen",
                "comment": "I love this kettle.",
                "reply": "👋 Hi Jens, thank you for your feedback.",
                "labels": {"greeting": True, "comment_kind": "complaint"},
            }
        ),
    )
    result = replylint("acts", "replies.jsonl", "--format", "jsonl")
    assert result.code == 0
    (found,) = _objects(result.out)
    assert list(found) == ["id", "language", "acts", "comment_kind"]
    assert (found["id"], found["language"], found["comment_kind"]) == ("a1", "en", "praise")
    acts = {act["act"]: act for act in found["acts"]}
    assert {"greeting", "address_by_name", "thanks"} <= set(acts)
    assert acts["greeting"] == {"act": "greeting", "start": 2, "end": 4, "text": "Hi"}
    assert acts["address_by_name"]["text"] == "Jens"


def test_a_null_comment_with_or_without_a_rating(replylint: Replylint, write: Write) -> None:
    write(
        "replies.jsonl",
        _library(
            {
                "id": "a",
                "lang": "en",
                "rating": None,
                "author": None,
                "comment": None,
                "reply": "Hi",
            },
            {"id": "b", "lang": "en", "rating": 5, "author": None, "comment": None, "reply": "Hi"},
        ),
    )
    found = _objects(replylint("acts", "replies.jsonl", "-f", "jsonl").out)
    assert [item["comment_kind"] for item in found] == [None, "praise"]


def test_what_cannot_be_seen_is_said_and_counted(replylint: Replylint, write: Write) -> None:
    write(
        "replies.jsonl",
        _library({"id": "a", "lang": "fi", "reply": "Hei, kiitos palautteesta."})
        + "{broken\n"
        + _library({"id": "c", "lang": "en", "reply": "Hi Jens"}),
    )
    result = replylint("acts", "replies.jsonl", "-f", "jsonl")
    assert result.code == 3
    first, second, third = _objects(result.out)
    assert first == {
        "id": "a",
        "language": "fi",
        "acts": None,
        "comment_kind": None,
        "not_checked": 'no resources for the language "fi"',
    }
    assert second["acts"] is None
    assert "not_checked" not in third
    assert 'not checked: 1 of 3: no resources for the language "fi"' in result.err


def test_a_language_that_nothing_says_is_detected_and_lang_overrules(
    replylint: Replylint, write: Write
) -> None:
    write("reply.md", "Hei, Ingrid! Takk for at du sier fra om vannkokeren din.\n")
    assert _objects(replylint("acts", "reply.md", "-f", "jsonl").out)[0]["language"] == "nb"
    said = replylint("acts", "reply.md", "-f", "jsonl", "--lang", "nl")
    assert _objects(said.out)[0]["language"] == "nl"


def test_an_unknown_lang_is_refused(replylint: Replylint, write: Write) -> None:
    write("reply.md", "Hi Jens\n")
    result = replylint("acts", "reply.md", "--lang", "xx")
    assert result.code == 2
    assert 'no resources for the language "xx"; there are en, nb, nl' in result.err


def test_text_names_the_place_in_the_file_of_each_act(replylint: Replylint, write: Write) -> None:
    write(
        "reply.md", "---\nlang: en\nauthor: Jens\n---\nHi Jens,\n\nThank you for your feedback.\n"
    )
    result = replylint("acts", "reply.md")
    assert result.code == 0
    assert result.lines[0] == "reply.md:5:1: reply (en; comment: not known)"
    rows = [line.split() for line in result.lines]
    assert ["5:1", "greeting", "Hi"] in rows
    assert ["5:4", "address_by_name", "Jens"] in rows


def test_controls_of_a_reply_do_not_act_in_the_terminal(replylint: Replylint, write: Write) -> None:
    write("replies.jsonl", _library({"id": "\x1b[31m", "lang": "en", "reply": "Hi \x1b[2JJens"}))
    for form in ("text", "jsonl"):
        assert "\x1b[" not in replylint("acts", "replies.jsonl", "-f", form).out


def test_reads_standard_input(replylint: Replylint) -> None:
    result = replylint(
        "acts", "-", "--stdin-filename", "x.en.txt", "-f", "jsonl", stdin=b"Hi Jens, thanks!"
    )
    assert _objects(result.out)[0]["language"] == "en"


def test_a_folder_without_replies_is_an_error(replylint: Replylint, write: Write) -> None:
    write("notes/readme.rst", "nothing")
    result = replylint("acts", "notes")
    assert result.code == 2
    assert "there is no reply file in notes; replies are read from .csv" in result.err


def test_the_teams_own_lexicon_counts(replylint: Replylint, write: Write) -> None:
    write(".replylint.yaml", "lexicons: signature.yaml\n")
    write("signature.yaml", "act: signature\nlanguage: en\nphrases: [yours truly]\n")
    write("reply.md", "Hi Jens. Yours truly, Tom\n")
    result = replylint("acts", "reply.md", "-f", "jsonl", "--lang", "en")
    assert "signature" in {act["act"] for act in _objects(result.out)[0]["acts"]}


def test_nothing_of_a_record_acts_in_a_log_of_ci(replylint: Replylint, write: Write) -> None:
    hostile = "\x1b[2J\n::error::x ##[error]"
    text = f"Hi ##vso[task.x]\n::error::y {hostile}"
    write("a.jsonl", _library({"id": hostile, "reply": text, "lang": "en"}, {hostile: "x"}))
    for form in ("text", "jsonl"):
        result = replylint("acts", "a.jsonl", "--format", form)
        assert result.code == 3
        for line in (*result.out.splitlines(), *result.err.splitlines()):
            assert "\x1b" not in line
            assert "##[" not in line
            assert "##vso[" not in line
            assert not line.lstrip().startswith("::")


def test_a_file_whose_name_is_a_command_is_shown_harmless(
    replylint: Replylint, write: Write
) -> None:
    write("::error::x.md", "Xq zw.")
    result = replylint("acts", "::error::x.md")
    assert result.out.startswith("\\x3a:error::x.md:1: not checked: ")
    bad = write("::error::p.yaml", "policy: [\n")
    assert replylint("validate", bad.name).err.startswith("\\x3a:error::p.yaml:")
