"""Front matter, headings and fences."""

from __future__ import annotations

import pytest

from linter.model import Comment, Reply, Unreadable
from readers.helpers import place, records, replies, reply, unreadable

FRONT = """---
id: late
lang: nb
author: Kari
comment: {text: Hvor er pakken?, kind: complaint}
tags: [delivery]
team: north
---

Hei, Kari.

Pakken er på vei.

"""


def test_front_matter_tells_the_context() -> None:
    found = reply("a.en.md", FRONT)
    assert (found.id, found.language, found.author) == ("late", "nb", "Kari")
    assert found.text == "Hei, Kari.\n\nPakken er på vei."
    assert found.comment == Comment("Hvor er pakken?", "complaint")
    assert found.tags == ("delivery",)
    assert found.fields == {"team": "north"}


def test_front_matter_can_be_mapped() -> None:
    found = reply("a.md", "---\nkey: late\n---\nHi", fields={"id": "key", "reply": "body"})
    assert found.id == "late"


def test_a_file_without_front_matter_is_named_after_the_file() -> None:
    assert reply("replies/late.nb.md", "Hei").id == "late/nb"
    assert reply("replies/late.md", "Hei").id == "late"


def test_a_rule_inside_a_reply_is_no_front_matter() -> None:
    assert reply("a.md", "Hi\n---\nlang: en\n---\n").text == "Hi\n---\nlang: en\n---"


BAD = {
    "never closed": (
        "---\nlang: en\n\nHi\n",
        (1, 1, 'front matter begins here, and no line "---" ends it'),
    ),
    "no mapping": (
        "---\n- a\n---\nHi\n",
        (2, 1, "the front matter is no mapping of keys to values"),
    ),
    "with a reply": (
        "---\nid: a\nreply: x\n---\nHi\n",
        (3, 8, "the reply of a Markdown file is its text; take `reply` out of the front matter"),
    ),
    "no YAML": (
        "---\nid: a\nlang: [en\n---\nHi\n",
        (4, 1, "not valid YAML: did not find expected ',' or ']' (while parsing a flow sequence)"),
    ),
    "a key twice": ("---\nid: a\nid: b\n---\nHi\n", (3, 1, 'duplicate key "id"')),
    "a wrong value": (
        "---\nrating: bad\n---\nHi\n",
        (2, 9, '`rating` must be a number, not "bad"'),
    ),
    "nothing below": ("---\nid: a\n---\n\n \n", (4, 1, "the reply is empty")),
}


@pytest.mark.parametrize(("content", "expected"), BAD.values(), ids=BAD.keys())
def test_bad_front_matter_is_one_clear_error(content: str, expected: tuple[int, int, str]) -> None:
    assert place(unreadable("a.md", content)) == expected


HEADINGS = """---
lang: en
---
# Our replies

How to use them.

## Delivery

### Late, *again*!

Hi. It is late.

> ## quoted
> not a heading of ours

```
## neither is this
```

### Lost

Hi. It is lost.

Refund
------

We refund you.

## Refund

Once more.
"""


def test_each_heading_begins_a_reply() -> None:
    found = replies("a.md", HEADINGS, split="headings")
    # The title's text is an introduction, "Delivery" only a group.
    assert [each.id for each in found] == ["late-again", "lost", "refund", "refund#2"]
    assert [each.language for each in found] == ["en"] * 4
    assert found[0].text.startswith("Hi. It is late.\n\n> ## quoted")
    assert found[0].text.endswith("```")
    assert found[2].text == "We refund you."


def test_an_id_in_front_matter_comes_before_each_headings() -> None:
    found = replies("a.md", "---\nid: shop\n---\n# A\n\nx\n\n# B\n\ny\n", split="headings")
    assert [each.id for each in found] == ["shop/a", "shop/b"]


def test_a_heading_without_text_or_deeper_headings_is_told() -> None:
    first, broken = records("a.md", "# A\n\nx\n\n# B\n\n", split="headings")
    assert isinstance(first, Reply)
    assert isinstance(broken, Unreadable)
    assert (broken.id, broken.reason) == ("b", "the reply is empty")


def test_a_file_without_headings_is_one_clear_error() -> None:
    found = unreadable("a.md", "Hi\n", split="headings")
    assert found.reason == "no heading in the file, although `split: headings` is set"


FENCES = """# Title

Copy what you need.

## One

Use it for x.

```
Hi,

  one
```

## Two

```text
two
```

or

~~~
three
~~~

## None

Only talk.
"""


def test_the_replies_may_stand_in_fences() -> None:
    *found, broken = records("a.md", FENCES, split="headings", body="fence")
    assert [(each.id, each.text) for each in found if isinstance(each, Reply)] == [
        ("one", "Hi,\n\n  one"),
        ("two", "two"),
        ("two#2", "three"),
    ]
    # A heading under which no fence stands may have lost it.
    assert isinstance(broken, Unreadable)
    assert (broken.id, broken.reason) == ("none", "the reply is empty")
    assert isinstance(found[0], Reply)
    assert found[0].markup == "plain"


def test_blank_lines_around_a_fenced_reply_are_not_of_it() -> None:
    assert reply("a.md", "```\n\n \n  x\n\n y\n\n```\n", body="fence").text == "  x\n\n y"


def test_the_fences_of_a_file_without_headings() -> None:
    found = replies("a.md", "```\nx\n```\n```\ny\n```\n", body="fence")
    assert [(each.id, each.text) for each in found] == [("a", "x"), ("a#2", "y")]
    assert unreadable("a.md", "x\n", body="fence").reason == "no fenced block in the file"
