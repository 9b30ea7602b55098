"""The kind of a comment, told through the public door: a reply with the comment that it answers."""

from functools import cache

import pytest

from linter.language.language import Language
from linter.model import Comment, Reply


@cache
def language(code: str) -> Language:
    return Language(code)


def kind(text: str | None, rating: float | None = None, code: str = "en") -> str | None:
    comment = Comment(text, None, rating)
    return language(code).analyse(Reply("x", "Hello", None, comment=comment)).comment_kind


@pytest.mark.parametrize(
    ("text", "rating", "expected", "why"),
    [
        ("The lift has been broken for weeks.", None, "complaint", "a concrete problem"),
        ("The soup was cold, what a joke.", 1, "complaint", "anger about something concrete"),
        (
            "No puedo entrar en mi cuenta desde ayer por la tarde",
            1,
            "complaint",
            "too long for mere feeling",
        ),
        ("Absolutely pathetic.", None, "emotional", "no problem is named"),
        ("Kaam nahi karta bilkul", 1, "complaint", "room for what went wrong, in another language"),
        ("Good food but the soup was cold", 4, "mixed", "praise and a problem under four stars"),
        ("Bekar hai", 1, "emotional", "few words, low rating, another language"),
        ("You bunch of thieving bastards", None, "abuse", "an insult is all there is"),
        ("Bastards, my card was charged twice", None, "complaint", "an insult beside a problem"),
        ("Lovely staff!", None, "praise", "praise"),
        ("bohot accha", 5, "praise", "another language, high rating"),
        ("Is the site down?", None, "question", "a problem that is only asked about"),
        ("The site is down. Is anybody there?", None, "complaint", "a problem that is claimed"),
        ("Why has my order still not arrived?!", None, "complaint", "an angry question names it"),
        ("When do you open on Sundays?", None, "question", "asks"),
        ("Great food, but we waited two hours for the bill", 3, "mixed", "praise and a problem"),
        ("Nice app, but it drains my battery", 4, "mixed", "a high rating with a problem"),
        ("Can I use it abroad?", 4, "question", "asks, whatever the stars"),
        ("Worst shop ever, never arrived, no answer", 5, "complaint", "words outweigh the stars"),
        ("@one @two", None, "other", "only handles"),
        ("It is a shop", None, "other", "says nothing of either kind"),
    ],
)
def test_words_and_rating_tell_the_kind(
    text: str, rating: float | None, expected: str, why: str
) -> None:
    assert kind(text, rating) == expected, why


@pytest.mark.parametrize("code", ["en", "nl"])
@pytest.mark.parametrize(
    ("text", "rating", "expected", "why"),
    [
        ("❤️👍", None, "praise", "joy without words"),
        ("😡😡", None, "emotional", "anger without words"),
        (":-(", None, "emotional", "a face of signs"),
        ("🤷", 5, "praise", "a sign of neither; the rating tells"),
        ("🤷", None, "other", "a sign of neither"),
    ],
)
def test_emoji_count_in_every_language(
    code: str, text: str, rating: float | None, expected: str, why: str
) -> None:
    assert kind(text, rating, code) == expected, why


@pytest.mark.parametrize(
    ("rating", "expected"), [(5, "praise"), (3, "other"), (1, "emotional"), (None, None)]
)
def test_without_a_text_the_rating_tells(rating: float | None, expected: str | None) -> None:
    assert kind(None, rating) == expected
    assert kind("  ", rating) == expected
