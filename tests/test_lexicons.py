"""Every shipped lexicon is valid, and its own examples come out as they say."""

from functools import cache
from pathlib import Path

import pytest

from linter import documents
from linter.language import lexicon
from linter.language.language import Language
from linter.model import Comment, Reply

FILES = sorted(path for path in lexicon.FOLDER.glob("*/*.yaml") if not path.name.startswith("_"))


@cache
def language(code: str) -> Language:
    return Language(code)


def labels(code: str, on: str, text: str, author: str | None) -> frozenset[str]:
    if on == "comment":
        reply = Reply("x", "", None, author=author, comment=Comment(text))
        return language(code).analyse_comment(reply).labels()
    return language(code).analyse(Reply("x", text, None, author=author)).labels()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lexicon_is_valid_and_recognises_its_examples(path: Path) -> None:
    document = documents.load(path)
    assert documents.check(document, lexicon.SCHEMA) == []
    item = lexicon.read(path)
    assert item.language == path.parent.name
    assert item.act == path.stem
    missed = [
        text
        for text, author in item.yes
        if item.act not in labels(item.language, item.on, text, author)
    ]
    alarms = [
        text for text, author in item.no if item.act in labels(item.language, item.on, text, author)
    ]
    assert (missed, alarms) == ([], [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_lexicon_shows_what_is_an_act_and_what_is_not(path: Path) -> None:
    item = lexicon.shipped(path.parent.name)
    this = next(lexicon for lexicon in item if lexicon.act == path.stem)
    assert len(this.yes) >= 5, "five texts or more that perform the act"
    assert len(this.no) >= 3, "three texts or more that come close and do not"


def test_all_languages_know_the_same_acts() -> None:
    known = {
        code: {(item.act, item.on) for item in lexicon.shipped(code)}
        for code in lexicon.languages()
    }
    everything = set().union(*known.values())
    assert {code: everything - acts for code, acts in known.items()} == {
        code: set() for code in known
    }
