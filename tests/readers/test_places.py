"""Handwritten files of every style, and where in them the word "here" stands (line, column)."""

from __future__ import annotations

import pytest

from readers.helpers import replies, reply, slice_of

FILES = {
    "yaml plain": ("a.yaml", "reply: Look here.\n", (1, 13)),
    "yaml plain on two lines": ("a.yaml", "reply: Look\n  and come here.\n", (2, 12)),
    "yaml plain with an anchor, a tag and a comment": (
        "a.yaml",
        "reply: &a !!str # why\n  Look here.\n",
        (2, 8),
    ),
    "yaml plain in a flow mapping": ("a.yaml", "{lang: en, reply: Look here}\n", (1, 24)),
    "yaml single quoted": ("a.yaml", "reply: 'It''s here.'\n", (1, 15)),
    "yaml single quoted, folded": ("a.yaml", "reply: 'It''s\n\n  right here.'\n", (3, 9)),
    "yaml double quoted": ("a.yaml", 'reply: "\\u00c5 \\"here\\""\n', (1, 18)),
    "yaml double quoted, beyond the BMP": ("a.yaml", 'reply: "\\U0001F600 here"\n', (1, 20)),
    "yaml double quoted, joined lines": ("a.yaml", 'reply: "Look \\\n    \\ here"\n', (2, 7)),
    "yaml literal": ("a.yaml", "reply: |\n  Dear you,\n\n  look here.\n", (4, 8)),
    "yaml literal with an indentation of its own": (
        "a.yaml",
        "reply: |2-\n    four here\n  two\n",
        (2, 10),
    ),
    "yaml literal, no end of line at the end": ("a.yaml", "reply: |+\n  x\n  here", (3, 3)),
    "yaml folded": ("a.yaml", "reply: >-\n  One\n  two here\n", (3, 7)),
    "yaml folded, with a list in it": (
        "a.yaml",
        "- id: x\n  reply: >\n    One\n\n      * two\n      * here\n\n    three\n",
        (6, 9),
    ),
    "yaml with an anchor, in a list": ("a.yaml", "- &r Look here.\n", (1, 11)),
    "yaml behind emoji and combining marks": ("a.yaml", "reply: 😀 e\u0301 here\n", (1, 13)),
    "yaml in the second document": ("a.yaml", "---\n...\n---\nreply: here\n", (4, 8)),
    "yaml with carriage returns": ("a.yaml", "lang: en\r\nreply: |\r\n  a\r\n  here\r\n", (4, 3)),
    "yaml with lone carriage returns": ("a.yaml", "lang: en\rreply: |\r  a\r  here\r", (4, 3)),
    "yaml with a byte order mark": ("a.yaml", "\ufeffreply: here\n", (1, 8)),
    "json": ("a.json", '{"reply": "Look here"}', (1, 17)),
    "json with every short escape": (
        "a.json",
        '{\n "reply": "\\"\\\\\\/\\b\\f\\n\\r\\t here"}',
        (2, 29),
    ),
    "json with a surrogate pair": ("a.json", '{"reply": "\\ud83d\\ude00 here"}', (1, 25)),
    "json with a code point by number": ("a.json", '{"reply": "\\u00e5 here"}', (1, 19)),
    "json behind an emoji": ("a.json", '{"reply": "😀 here"}', (1, 14)),
    "json lines": ("a.jsonl", '\n{"reply": "here"}\n', (2, 12)),
    "json lines with carriage returns": ("a.ndjson", '\r\n\r\n{"reply": "a\\nhere"}\r\n', (3, 15)),
    "csv": ("a.csv", "id,reply\n1,Look here\n", (2, 8)),
    "csv with quotes": ("a.csv", 'id,reply\n1,"Say ""here"""\n', (2, 10)),
    "csv on several lines": ("a.csv", 'id,reply\n\n1,"Dear you,\n\nlook here"\n', (5, 6)),
    "csv with carriage returns": ("a.csv", 'id,reply\r\n1,"a\r\nhere"\r\n', (3, 1)),
    "csv with lone carriage returns": ("a.csv", 'id,reply\r1,"a\rhere"\r', (3, 1)),
    "csv with a byte order mark": ("a.csv", "\ufeffreply,id\nhere,1\n", (2, 1)),
    "csv with semicolons": ("a.csv", 'id;reply\n1;"a; here"\n', (2, 7)),
    "csv with a quote inside a cell": ("a.csv", 'id,reply\n1,a 5" screen here\n', (2, 15)),
    "tsv": ("a.tsv", "id\treply\n1\tLook, here\n", (2, 9)),
    "markdown": ("a.md", "# Hi\n\nLook here.\n", (3, 6)),
    "markdown below front matter": ("a.md", "---\nlang: en\n---\n\nLook here.\n", (5, 6)),
    "markdown with carriage returns": (
        "a.md",
        "---\r\nlang: en\r\n---\r\nLook\r\nhere.\r\n",
        (5, 1),
    ),
    "text with a byte order mark": ("a.txt", "\ufeff\n  \n\tLook here\n", (3, 7)),
}


@pytest.mark.parametrize(("name", "content", "expected"), FILES.values(), ids=FILES.keys())
def test_a_word_is_found_where_it_stands(
    name: str, content: str, expected: tuple[int, int]
) -> None:
    found = reply(name, content)
    start = found.text.index("here")
    position = found.source.region(start, start + 4).start
    assert (position.line, position.column) == expected
    assert slice_of(found, content, start, start + 4) == "here"


FENCES = {
    "at the margin": ("## A\n\n```\nLook\nhere\n```\n", (5, 1)),
    "in a list": ("## A\n\n- see\n\n  ```\n  Look\n    here\n  ```\n", (7, 5)),
    "in a list, with tabs": ("## A\n- ```\n\tLook here\n  ```\n", (3, 7)),
    "with carriage returns": ("## A\r\n\r\n~~~ text\r\n\r\nå 😀\r\nhere\r\n~~~\r\n", (6, 1)),
    "with lone carriage returns": ("## A\r\r```\rLook\rhere\r```\r", (5, 1)),
}


@pytest.mark.parametrize(("content", "expected"), FENCES.values(), ids=FENCES.keys())
def test_a_word_in_a_fence_is_found_where_it_stands(
    content: str, expected: tuple[int, int]
) -> None:
    found = reply("a.md", content, split="headings", body="fence")
    start = found.text.index("here")
    position = found.source.region(start, start + 4).start
    assert (position.line, position.column) == expected
    assert slice_of(found, content, start, start + 4) == "here"


def test_an_alias_leads_to_where_the_text_stands() -> None:
    # The reader of a finding has to change the text, which stands once.
    first, second = replies("a.yaml", "- reply: &t Look here\n- {reply: *t, id: b}\n")
    assert first.source.region(5, 9) == second.source.region(5, 9)
    assert second.source.region(5, 9).start.line == 1


def test_a_path_keeps_the_form_that_the_caller_gave() -> None:
    assert reply("./sub/a.md", "Hi").source.path == "./sub/a.md"
