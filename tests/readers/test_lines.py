"""Lines and columns, held against a plain count."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.readers import lines
from linter.readers.lines import Lines


@given(st.text(st.sampled_from("ab\r\n😀\x85\u2028"), max_size=60), st.integers(1, 5))
def test_every_offset_has_the_line_and_start_that_counting_gives(text: str, block: int) -> None:
    with patch.object(lines, "_BLOCK", block):
        counted = Lines(text)
        starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        for offset in range(len(text) + 1):
            line = sum(start <= offset for start in starts) - 1
            assert counted.place(offset) == (line, starts[line])


@given(st.text(st.sampled_from("ab\r\n"), max_size=60), st.integers(1, 5))
def test_every_line_is_given_without_its_break(text: str, block: int) -> None:
    with patch.object(lines, "_BLOCK", block):
        counted = Lines(text)
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text)):
            assert counted.line(number) == line
            assert counted.line(number) == line  # from the cache


@pytest.mark.parametrize("text", ["", "a", "a\n"])
def test_behind_the_last_line_there_is_nothing(text: str) -> None:
    assert Lines(text).line(5) == ""
