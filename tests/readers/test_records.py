"""What is a record, what its keys mean, and what is said of one that makes no reply."""

from __future__ import annotations

import json

import pytest

from linter.model import Comment, Reply, Unreadable
from linter.readers import Layout
from readers.helpers import place, records, replies, reply, unreadable

WHOLE = {
    "id": "late",
    "reply": "Sorry, Ann.",
    "lang": "en_GB",
    "author": "Ann",
    "comment": {"text": "Too late!", "kind": "complaint", "rating": 2, "device": "phone"},
    "channel": "twitter",
    "tags": ["delivery", "", "late"],
    "team": {"name": "North", "size": 3, "members": ["a"], "lead": None},
}


def test_all_keys_of_a_record_arrive() -> None:
    found = reply("a.json", json.dumps(WHOLE))
    assert (found.id, found.text, found.language) == ("late", "Sorry, Ann.", "en")
    assert (found.author, found.channel) == ("Ann", "twitter")
    assert found.comment == Comment("Too late!", "complaint", 2.0)
    assert found.comment.fields == {"device": "phone"}
    assert found.tags == ("delivery", "late")
    assert found.fields == {"team.name": "North", "team.size": 3}


def test_a_record_of_a_csv_file_is_as_complete() -> None:
    found = reply(
        "a.csv",
        "id,reply,lang,author,comment,comment.kind,rating,tags,channel,order\n"
        'late,"Sorry, Ann.",en,Ann,Too late!,complaint,2,"delivery; late",,7\n',
    )
    assert found.comment == Comment("Too late!", "complaint", 2.0)
    assert (found.author, found.language, found.channel) == ("Ann", "en", None)
    assert found.tags == ("delivery", "late")
    assert found.fields == {"order": "7"}


def test_absent_null_and_empty_are_not_known() -> None:
    for rest in (
        {},
        dict.fromkeys(["lang", "author", "comment", "rating", "tags"]),
        {"author": ""},
    ):
        found = reply("a.json", json.dumps({"reply": "Hi", **rest}))
        assert (found.language, found.author, found.comment, found.tags) == (None, None, None, None)
        assert found.fields == {}


def test_a_rating_alone_makes_a_comment() -> None:
    assert reply("a.json", '{"reply": "Hi", "rating": 0}').comment == Comment(rating=0.0)


def test_a_comment_may_be_text_and_name_its_author() -> None:
    assert reply("a.json", '{"reply": "Hi", "comment": "Bad"}').comment == Comment("Bad")
    found = reply("a.yaml", "reply: Hi\ncomment: {text: Bad, author: Ann}\n")
    assert found.author == "Ann"


def test_yaml_words_that_look_like_something_else_are_read_as_written() -> None:
    found = reply(
        "a.yaml", "{reply: Hi, id: 007, author: No, lang: no, at: 12:30, day: 2024-01-02}"
    )
    assert (found.id, found.author, found.language) == ("007", "No", "no")
    assert found.fields == {"at": "12:30", "day": "2024-01-02"}


LIBRARIES = {
    "a list of records": ('[{"reply": "A", "id": "x"}, {"reply": "B"}]', ["x", "2"]),
    "a list of texts": ('["A", "B"]', ["1", "2"]),
    "a mapping of texts": ('{"thanks": "A", "late": "B"}', ["thanks", "late"]),
    "a mapping of records": ('{"t": {"reply": "A"}, "l": {"reply": "B", "id": "y"}}', ["t", "y"]),
    "one key that holds a list": ('{"replies": [{"reply": "A"}, {"reply": "B"}]}', ["1", "2"]),
    "one key that holds a mapping": ('{"replies": {"t": "A", "l": "B"}}', ["t", "l"]),
    "the same id twice": ('[{"reply": "A", "id": "x"}, {"reply": "B", "id": "x"}]', ["x", "x#2"]),
}


@pytest.mark.parametrize(("content", "ids"), LIBRARIES.values(), ids=LIBRARIES.keys())
def test_a_library_of_a_usual_form_needs_no_layout(content: str, ids: list[str]) -> None:
    for name in ("a.json", "a.yaml"):  # JSON is YAML
        found = replies(name, content)
        assert [each.id for each in found] == ids
        assert [each.text for each in found] == ["A", "B"]


def test_a_file_that_is_one_record_lends_it_its_name() -> None:
    assert reply("replies/late.nb.json", '{"reply": "A"}').id == "late/nb"


REFUSED = {
    "the reply has another name": (
        '[{"id": "x", "body": "A"}]',
        "no record with `reply` found; keys found: id, body; `files:` in the configuration maps "
        "them, with `records` and `fields`; did you mean to map it: fields: {reply: body}?",
    ),
    "the key is misspelt": ('[{"repyl": "A"}]', "fields: {reply: repyl}?"),
    # Two texts under known names are one record, not two replies.
    "a record alone has no reply": ('{"name": "x", "message": "A"}', "fields: {reply: message}?"),
    "the list stands beside other keys": (
        '{"version": 1, "answers": [{"reply": "A"}]}',
        "keys found: version, answers; `files:` in the configuration maps them, with `records` and "
        "`fields`; did you mean `records: answers`?",
    ),
    # A description beside records is no reply.
    "texts and records are mixed": ('{"about": "A", "x": {"reply": "B"}}', "keys found: about, x;"),
    "nothing is in it": ("[]", "no records in the file"),
    "nothing is in the mapping": ("{}", "no records in the file"),
    "it is a number": ("12", "the file holds a number, not a list or a mapping"),
    "its records are numbers": ("[1, 2]", "keys found: none, it is a list"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_without_a_reply_is_one_clear_error(content: str, reason: str) -> None:
    for name in ("a.json", "a.yaml"):
        assert reason in unreadable(name, content).reason


BROKEN = {
    "no reply": ('"id": "b"', "the record has no `reply`; keys found: id"),
    "null": ('"id": "b", "reply": null', "the reply is null, not text"),
    "a number": ('"id": "b", "reply": 12', "the reply is a number, not text"),
    "a list": ('"id": "b", "reply": ["x"]', "the reply is a list, not text"),
    "a mapping": (
        '"id": "b", "reply": {"nb": "x"}',
        "the reply is a mapping, not text; map its languages: fields: {reply: {en: reply.en}}",
    ),
    "empty": ('"id": "b", "reply": ""', "the reply is empty"),
    "blank": ('"id": "b", "reply": " \\n\\t"', "the reply is empty"),
    "rating in words": (
        '"id": "b", "reply": "x", "rating": "bad"',
        '`rating` must be a number, not "bad"',
    ),
    "rating true": (
        '"id": "b", "reply": "x", "rating": true',
        "`rating` must be a number, not true",
    ),
    "rating infinite": (
        '"id": "b", "reply": "x", "rating": 1e999',
        "`rating` must be a number, not 1e999",
    ),
    "tags": ('"id": "b", "reply": "x", "tags": 3', "`tags` must be a list of texts, not a number"),
    "a tag": ('"id": "b", "reply": "x", "tags": [["x"]]', "a tag must be text, not a list"),
    "author": ('"id": "b", "reply": "x", "author": {}', "`author` must be text, not a mapping"),
    "comment": (
        '"id": "b", "reply": "x", "comment": ["x"]',
        "`comment` must be text or a mapping, not a list",
    ),
    "kind": (
        '"id": "b", "reply": "x", "comment": {"kind": "complain"}',
        '"complain" is no kind of comment; did you mean "complaint"?',
    ),
    "kind of no likeness": (
        '"id": "b", "reply": "x", "comment": {"kind": "zzz"}',
        '"zzz" is no kind of comment; it must be one of complaint, emotional, abuse, praise, '
        "question, mixed, other",
    ),
    "language": (
        '"id": "b", "reply": "x", "lang": "Dutch (NL)"',
        '`lang` "Dutch (NL)" is no language tag such as nb',
    ),
    "duplicate key": ('"id": "b", "reply": "x", "reply": "y"', 'duplicate key "reply"'),
}


@pytest.mark.parametrize(("body", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_record_is_named_and_the_others_are_read(body: str, reason: str) -> None:
    content = f'[{{"reply": "first"}},\n{{{body}}},\n{{"reply": "last"}}]'
    for name in ("a.json", "a.yaml"):
        first, broken, last = records(name, content)
        assert isinstance(first, Reply)
        assert isinstance(last, Reply)
        assert isinstance(broken, Unreadable)
        assert (broken.line, broken.id) == (2, "b")
        if "1e999" not in body or name == "a.json":  # YAML 1.1 reads it as text
            assert broken.reason == reason


def test_the_place_of_a_broken_value_is_told_to_the_column() -> None:
    content = '[{"reply": "a"},\n {"reply": "b", "rating": "bad"}]'
    _, broken = records("a.json", content)
    assert isinstance(broken, Unreadable)
    assert (broken.line, broken.column) == (2, 27)


def test_a_key_that_stands_twice_above_the_records_is_told_and_the_first_is_read() -> None:
    for name in ("a.json", "a.yaml"):
        first, other, broken = records(name, '{"a": "A",\n "b": "B",\n "a": "C"}')
        assert isinstance(first, Reply)
        assert first.text == "A"
        assert isinstance(other, Reply)
        assert isinstance(broken, Unreadable)
        assert place(broken) == (3, 2, 'duplicate key "a"')


CRM = """{"data": {
  "mail": {"items": [{"key": "m1", "text": {"nb_NO": "Hei", "en_US": "Hi"}, "stars": {"n": 4}}]},
  "chat": {"items": [{"key": "c1", "text": {"nb_NO": "Hallo", "fi": "Moi", "en_US": null}}]}
}}"""
MAPPED = {"id": "key", "reply": {"nb": "text.nb_NO", "en": "text.en_US"}, "rating": "stars.n"}


def test_a_layout_leads_to_records_and_languages() -> None:
    found = replies("a.json", CRM, records="data.*.items", fields=MAPPED)
    assert [(each.id, each.language, each.text) for each in found] == [
        ("m1/nb", "nb", "Hei"),
        ("m1/en", "en", "Hi"),
        ("c1/nb", "nb", "Hallo"),
    ]
    assert found[0].comment == Comment(rating=4.0)
    # What a mapping does not name is not dropped.
    assert found[2].fields == {"text.fi": "Moi"}


def test_a_star_at_the_end_takes_every_item() -> None:
    layout = {"fields": {"reply": "text.*", "id": "key"}}
    found = records("a.json", CRM, records="data.*.items.*", **layout)
    assert [(each.id, each.text) for each in found[:2] if isinstance(each, Reply)] == [
        ("m1/nb_NO", "Hei"),
        ("m1/en_US", "Hi"),
    ]


def test_the_key_nearest_to_a_record_is_its_id() -> None:
    content = '{"mail": {"late": "A", "lost": "B"}, "chat": {"hi": "C"}}'
    found = replies("a.json", content, records="*.*")
    assert [each.id for each in found] == ["late", "lost", "hi"]


def test_the_first_path_that_a_record_has_counts() -> None:
    content = "id,public,private\n1,A,\n2,B,x\n"
    assert [
        each.text for each in replies("a.csv", content, fields={"reply": ["open", "public"]})
    ] == ["A", "B"]


def test_a_comment_may_be_put_together_of_several_keys() -> None:
    fields = {"comment": "review", "comment.kind": "class"}
    found = reply("a.json", '{"reply": "A", "review": "Bad", "class": "praise"}', fields=fields)
    assert found.comment == Comment("Bad", "praise")
    assert found.fields == {}


def test_a_path_that_leads_nowhere_is_said_where_it_ends() -> None:
    found = unreadable("a.json", CRM, records="data.*.itms", fields=MAPPED)
    assert found.reason == 'no `itms` under `data.*`; keys found: items; did you mean "items"?'


def test_a_record_in_none_of_the_languages_is_told() -> None:
    content = '[{"text": {"nb": "Hei"}}, {"id": "x", "text": {"fi": "Moi"}}]'
    _, broken = records("a.json", content, fields={"reply": {"nb": "text.nb"}})
    assert isinstance(broken, Unreadable)
    assert (broken.id, broken.reason) == ("x", "the record has no `text.nb`; keys found: id, text")


def test_a_layout_with_a_misspelt_key_is_refused() -> None:
    with pytest.raises(ValueError, match='`autor` is no key of a record; did you mean "author"'):
        Layout(fields={"autor": "name"})
    with pytest.raises(ValueError, match="only `reply` may have a path for each language"):
        Layout(fields={"author": {"nb": "navn"}})


def test_the_language_comes_from_the_record_then_the_file_name_then_the_layout() -> None:
    content = '[{"reply": "A", "lang": "en"}, {"reply": "B"}]'
    named = [each.language for each in replies("a.nb.json", content, language="nl")]
    assert named == ["en", "nb"]
    assert [each.language for each in replies("a.json", content, language="nl")] == ["en", "nl"]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.nb.md", "nb"),
        ("a.pt-BR.txt", "pt"),
        ("a.en_GB.txt", "en"),
        ("a.md", None),
        ("nb.md", None),  # a file about nb, not in it
        ("a.v2.md", None),
        ("a.old.md", None),  # three letters are more often a word
        ("a.qz.md", None),  # no language
    ],
)
def test_a_file_name_may_tell_the_language(name: str, language: str | None) -> None:
    assert reply(name, "Hi").language == language


def test_the_markup_is_the_formats_or_the_layouts() -> None:
    assert reply("a.txt", "Hi").markup == "plain"
    assert reply("a.md", "Hi").markup == "markdown"
    assert reply("a.json", '["Hi"]').markup == "markdown"
    assert reply("a.json", '["Hi"]', markup="html").markup == "html"


def test_the_lines_of_a_json_lines_file_may_hold_records_of_their_own() -> None:
    content = '{"answers": ["A", "B"]}\n{"answers": []}\n'
    first, second, broken = records("a.jsonl", content, records="answers")
    assert isinstance(first, Reply)
    assert isinstance(second, Reply)
    assert isinstance(broken, Unreadable)
    assert place(broken) == (2, 1, "no records in the file")


def test_a_path_through_a_list_that_does_not_say_so_is_answered_with_one_that_does() -> None:
    content = '[{"actions": [{"value": "Hi"}]}]'
    (broken,) = records("a.json", content, fields={"reply": "actions.value"})
    assert isinstance(broken, Unreadable)
    assert broken.reason.endswith("; `actions` is a list: did you mean `actions.*.value`?")
