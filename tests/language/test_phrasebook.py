"""Whichever acts are asked for beforehand, whoever asks gets the same ones."""

from functools import cache

import pytest

from linter.language.language import Language
from linter.model import Comment, Reply

TEXT = "Hi Jens, thank you for your message. We apologise for the delay. Please send us a PM."


@cache
def every() -> Language:
    return Language("en")


def reply() -> Reply:
    return Reply("x", TEXT, None, author="Jens", comment=Comment("My parcel is late."))


@pytest.mark.parametrize("asked", [(), ("apology",), ("greeting", "no_such_act"), ("specific",)])
def test_acts_are_the_same_whichever_are_asked_for(asked: tuple[str, ...]) -> None:
    some = Language("en")
    some.ask(asked)
    whole, part = every().analyse(reply()), some.analyse(reply())
    assert {"greeting", "thanks", "apology", "address_by_name"} <= whole.labels()
    assert part.spans("thanks") == whole.spans("thanks") != []
    assert part.vocatives == whole.vocatives != []
    assert part.acts() == whole.acts()
    assert part.labels() == whole.labels()
    assert [span.text for span in part.doc.spans["acts"]] != []


def test_what_is_not_asked_for_is_not_looked_for() -> None:
    language = Language("en")
    language.ask(["apology"])
    analysis = language.analyse(reply())
    assert set(analysis._places) == {"apology"}
    assert analysis.spans("greeting") == [(0, 2)], "but found when somebody asks"


def test_asking_for_more_keeps_what_was_asked() -> None:
    language = Language("en")
    language.ask(["apology"])
    language.analyse(reply())
    language.ask(["thanks"])
    label = language.add_phrases("mine", ["the delay"])
    assert set(language.analyse(reply())._places) == {"apology", "thanks", label}


def test_an_act_that_is_seen_from_others_has_them_looked_for() -> None:
    language = Language("en")
    language.ask(["address_by_name"])
    analysis = language.analyse(reply())
    assert analysis.address() == [(3, 7)]
    assert not analysis._is_whole
