"""The underline stands right under its stretch, whatever the columns of the characters."""

from __future__ import annotations

import time

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from linter.reporters.snippet import BEFORE, STRETCH, WIDTH, marked


def mark(line: str, stretch: str) -> tuple[str, str]:
    at = line.index(stretch)
    return marked(line, at, at + len(stretch))


@pytest.mark.parametrize(
    ("line", "stretch", "underline", "why"),
    [
        ("Hello there", "there", "      ^^^^^", "one column each"),
        ("漢字 there", "there", "     ^^^^^", "a wide character takes two columns"),
        ("so 漢字 there", "漢字", "   ^^^^", "the stretch itself is wide"),
        ("👋🏽 there", "there", "   ^^^^^", "a skin tone adds no column"),
        ("👩‍👩‍👧 there", "there", "   ^^^^^", "joined emoji show as one"),
        ("🇳🇴 there", "there", "   ^^^^^", "two letters make one flag"),
        ("❤️ there", "there", "   ^^^^^", "a heart with an emoji selector is wide"),
        ("Ha\u030age there", "there", "     ^^^^^", "a combining ring adds no column"),
        ("e\u0301e\u0301", "e\u0301", "^", "a letter with its accent is one column"),
        ("\tthere", "there", "    ^^^^^", "a tab shows as four spaces"),
        ("a\tb", "\t", " ^^^^", "the tab itself"),
        ("a\x1b[31mb", "b", "         ^", "an escape shows as \\x1b"),
        ("a\u202eb", "b", "       ^", "a change of direction shows as \\u202e"),
        ("##[x] there", "there", "         ^^^^^", "a disarmed command is three wider"),
    ],
)
def test_columns(line: str, stretch: str, underline: str, why: str) -> None:
    assert mark(line, stretch)[1] == underline, why


def test_a_stretch_inside_a_character_marks_the_whole_character() -> None:
    line = "e\u0301 yes"
    assert marked(line, 1, 2) == (line, "^")


def test_an_empty_stretch_marks_what_it_stands_before() -> None:
    assert marked("漢 there", 0, 0) == ("漢 there", "^^")


def test_an_empty_stretch_at_the_end_of_a_line_or_on_an_empty_line_still_shows() -> None:
    assert marked("Hello", 5, 5) == ("Hello", "     ^")
    assert marked("", 0, 0) == ("", "^")


def test_a_line_that_fits_is_whole() -> None:
    line = "x" * (WIDTH - 5) + "there"
    assert mark(line, "there") == (line, " " * (WIDTH - 5) + "^^^^^")


def test_a_long_line_is_cut_around_the_stretch() -> None:
    shown, underline = mark("a" * 500 + "there" + "b" * 500, "there")
    right = WIDTH - BEFORE - 5
    assert shown == f"…{'a' * BEFORE}there{'b' * right}…"
    assert underline == " " * (1 + BEFORE) + "^^^^^"


def test_near_the_end_of_a_long_line_more_is_shown_before() -> None:
    shown, underline = mark("a" * 500 + "there.", "there")
    before = WIDTH - len("there.")
    assert shown == f"…{'a' * before}there."
    assert underline == " " * (1 + before) + "^^^^^"


def test_a_long_stretch_is_cut_at_its_end() -> None:
    shown, underline = marked("Hi " + "a" * 500 + " end", 3, 503)
    assert shown == f"Hi {'a' * STRETCH}…"
    assert underline == "   " + "^" * (STRETCH + 1)


def test_a_line_of_many_megabytes_costs_no_more_than_a_short_one() -> None:
    line = "a" * 20_000_000 + "there" + "b" * 20_000_000
    begin = time.perf_counter()
    shown, _ = marked(line, 20_000_000, 20_000_005)
    assert time.perf_counter() - begin < 2
    assert "athereb" in shown


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("aæ漢👩\u200d👧\u0301\ufe0f\t\x1b\u202e#[🇳"), st.characters()
    ),
    max_size=60,
)


@given(TEXT, TEXT, TEXT)
def test_the_underline_never_runs_past_the_shown_line(left: str, text: str, right: str) -> None:
    shown, underline = marked(left + text + right, len(left), len(left) + len(text))
    assert underline.strip(" ").strip("^") == ""
    assert underline.rstrip(" ").endswith("^")
    assert "\x1b" not in shown
    # One more than the line where an empty stretch stands at its end; joiners may merge characters
    # in the whole line that were measured one by one.
    assert len(underline) <= sum(max(0, wcwidth.wcwidth(each)) for each in shown) + 1 + shown.count(
        "\ufe0f"
    )
