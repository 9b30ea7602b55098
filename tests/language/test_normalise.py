"""What is read of a text, and that every stretch of it maps back to where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.language.normalise import (
    ADDRESS,
    AGENT,
    CUSTOMER,
    HANDLE,
    MARKS,
    MASKED,
    PARAGRAPH,
    PLACEHOLDER,
    normalise,
)

PHRASE = "sorry for the inconvenience"


@pytest.mark.parametrize(
    ("text", "markup", "why"),
    [
        ("sorry for the inconvenience", "markdown", "as it is"),
        ("sorry for\nthe inconvenience", "markdown", "a soft line break"),
        ("sorry for  \nthe inconvenience", "markdown", "a hard line break"),
        ("sorry for\r\nthe inconvenience", "plain", "a line break of two characters"),
        ("sorry for  the   inconvenience", "plain", "doubled spaces"),
        ("sorry\u00a0for\u202fthe\u2009inconvenience", "plain", "no-break and thin spaces"),
        ("sorry for\tthe inconvenience", "plain", "a tab"),
        ("sorry for \u200b the \xad\xad inconvenience", "plain", "invisible signs between blanks"),
        ("sorry for the **inconvenience**", "markdown", "a word in bold"),
        ("*sorry* for __the__ inconvenience", "markdown", "words in italics and bold"),
        ("sorry for the incon**venience**", "markdown", "half a word in bold"),
        ("sorry for the [inconvenience](https://shop.example/sorry)", "markdown", "a link's text"),
        ("sorry for <b>the</b> inconvenience", "markdown", "HTML in Markdown"),
        ("<p>sorry for <em>the</em>&nbsp;inconvenience</p>", "html", "HTML with an entity"),
        ("sorry for<br>the inconvenience", "html", "a line break of HTML"),
        ("sorry for the in\u00adcon\u00advenience", "plain", "soft hyphens"),
        ("sorry for the\u200b inconvenience", "plain", "a zero-width space"),
        ("sorry\u202e for the inconvenience", "plain", "a sign that turns the writing's direction"),
        ("ｓｏｒｒｙ for the inconvenience", "plain", "full-width letters"),
        ("- sorry for the inconvenience", "markdown", "a list"),
        ("# sorry for the inconvenience", "markdown", "a heading"),
        ("    sorry for the inconvenience", "markdown", "an indented text"),
    ],
)
def test_a_phrase_reads_the_same_whatever_was_typed(text: str, markup: str, why: str) -> None:
    assert normalise(text, markup).text == PHRASE, why


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("don’t", "don't"),
        ("“don`t”", '"don\'t"'),
        ("„Beklager“ «takk»", '"Beklager" "takk"'),
        ("9–17", "9-17"),
        ("cafe\u0301 A\u030ase", "café Åse"),
        ("wait…", "wait..."),
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("R&D; AT&T", "R&D; AT&T"),
    ],
)
def test_quotes_dashes_and_letters_have_one_form(text: str, read: str) -> None:
    assert normalise(text, "plain").text == read


def test_an_escaped_sign_of_markdown_is_the_sign() -> None:
    assert normalise(r"5 \* 3 &lt; 16 \_ok\_", "markdown").text == "5 * 3 < 16 _ok_"


@pytest.mark.parametrize(
    ("text", "markup", "why"),
    [
        ("before\n\n```\nsorry\n```\n\nafter", "markdown", "a fence"),
        (
            "before\n\n~~~text\nsorry {{name}}\n~~~\n\nafter",
            "markdown",
            "a fence with a placeholder",
        ),
        ("before\n\n> sorry\n> again\n\nafter", "markdown", "a block quotation"),
        ("before\n\n> outer\n>> sorry\n\nafter", "markdown", "a quotation in a quotation"),
        ("before\n\n> - sorry\n\nafter", "markdown", "a list in a quotation"),
        ("before\n> sorry\n> again\nafter", "plain", "a quotation in an e-mail"),
        (
            "before\n\n<blockquote>\n\nsorry\n\n</blockquote>\n\nafter",
            "markdown",
            "HTML's quotation",
        ),
        ("<p>before</p><blockquote><p>sorry</p></blockquote><p>after</p>", "html", "a quotation"),
        ("<p>before</p><pre>sorry</pre><p>after</p>", "html", "preformatted text"),
    ],
)
def test_code_and_quotations_are_set_apart_and_masked(text: str, markup: str, why: str) -> None:
    assert normalise(text, markup).text == f"before{PARAGRAPH}{MASKED}{PARAGRAPH}after", why


@pytest.mark.parametrize(
    ("text", "markup", "read"),
    [
        ("run `sorry` now", "markdown", f"run {MASKED} now"),
        ("run <code>sorry</code> now", "markdown", f"run {MASKED} now"),
        ("run <code>sorry</code> now", "html", f"run {MASKED} now"),
        ("a <!-- sorry --> b", "markdown", "a b"),
        ("a\n\n<!-- sorry\nagain -->\n\nb", "markdown", f"a{PARAGRAPH}b"),
        ("a <!-- sorry --> b", "html", "a b"),
        ("a<script>var sorry = '</p>';</script> b", "html", f"a {MASKED} b"),
        ('see [us](https://shop.example/sorry "sorry")', "markdown", "see us"),
        ('<a href="https://shop.example/sorry" title="sorry">us</a>', "html", "us"),
        ("write <code> here", "markdown", "write here"),
        ("write <code> here", "html", "write here"),
        ("a <![foo[b]]> c", "html", "a c"),
        ("a <![ b", "html", "a <![ b"),
        ("a <![ b > c", "html", "a c"),
        ("3 < 5 and 5 > 3", "html", "3 < 5 and 5 > 3"),
    ],
)
def test_code_comments_and_targets_are_left_alone(text: str, markup: str, read: str) -> None:
    """A tag that nothing closes masks nothing: else the rest would pass unread."""
    assert normalise(text, markup).text == read


def test_a_curly_apostrophe_in_code_is_left_alone() -> None:
    assert normalise("`don’t` don’t", "markdown").text == f"{MASKED} don't"


@pytest.mark.parametrize(
    ("text", "read", "stands_for"),
    [
        ("Hi {{name}}, hi", f"Hi {CUSTOMER} , hi", ["{{name}}"]),
        ("Hi @{{ author }}!", f"Hi @ {CUSTOMER} !", ["{{ author }}"]),
        ("Regards, {{agent.name}}", f"Regards, {AGENT}", ["{{agent.name}}"]),
        ("Order {{order.id}}.", f"Order {PLACEHOLDER} .", ["{{order.id}}"]),
        ("Hi **{{name}}**", f"Hi {CUSTOMER}", ["{{name}}"]),
        ("@jens_h hi", f"{HANDLE} hi", ["@jens_h"]),
        ("mail a.b@shop.example.", f"mail {ADDRESS} .", ["a.b@shop.example"]),
        (
            "see https://x.example/a_b_c?d=1, ok",
            f"see {ADDRESS} , ok",
            ["https://x.example/a_b_c?d=1"],
        ),
        ("see https://x.example/{{id}}/b", f"see {ADDRESS}", ["https://x.example/{{id}}/b"]),
        ("see <https://x.example>", f"see {ADDRESS}", ["https://x.example"]),
        ("a @ b, a@b, @", "a @ b, a@b, @", []),
    ],
)
def test_what_is_not_words_becomes_one_mark(text: str, read: str, stands_for: list[str]) -> None:
    normalised = normalise(text, "markdown")
    assert normalised.text == read
    assert [mark.text for mark in normalised.marks] == stands_for
    assert [normalised.text[mark.at] for mark in normalised.marks] == [
        m.kind for m in normalised.marks
    ]


def test_marks_in_the_text_itself_are_not_taken_for_marks() -> None:
    assert normalise(f"a {CUSTOMER} b", "plain").text == "a \ufffd b"


def test_a_lone_surrogate_is_read_as_an_unknown_letter() -> None:
    """JSON can hold one; neither a Markdown parser nor spaCy takes it."""
    normalised = normalise("so \ud800 **sorry**", "markdown")
    assert normalised.text == "so \ufffd sorry"
    assert normalised.map.span(5, 10) == (7, 12)


def test_breaks_are_told_from_paragraphs() -> None:
    normalised = normalise("Hi Jens,\nthank you.\n\nBye", "plain")
    assert normalised.text == f"Hi Jens, thank you.{PARAGRAPH}Bye"
    assert sorted(normalised.breaks) == [normalised.text.index("thank")]


def test_a_long_stretch_without_blanks_is_cut() -> None:
    """The time of a tokenizer grows with the square of a word's length."""
    normalised = normalise("a" * 300 + "&amp;" * 300, "plain")
    assert max(map(len, normalised.text.split())) <= 121
    assert normalised.text.replace(" ", "") == "a" * 300 + "&" * 300
    assert normalise("a" * 300, "plain").map.span(119, 122) == (119, 121)


@pytest.mark.parametrize("text", ["<!--" * 50_000, "<a" * 50_000, "<![CDATA[" * 50_000])
@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_what_nothing_closes_takes_linear_time(text: str, markup: str) -> None:
    """Python's HTML parser looks for the end of each to the end of the text."""
    assert normalise(text, markup).text


def test_a_long_row_of_marks_takes_linear_time() -> None:
    """A quadratic walk over 40,000 marks and runs would take minutes."""
    normalised = normalise("**@abc** {{name}} " * 20_000, "markdown")
    assert len(normalised.marks) == 40_000


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MARKUP = st.sampled_from(["plain", "markdown", "html"])
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "sorry",
                " ",
                "  ",
                "\n",
                "\n\n",
                "\r\n",
                "\x1f",
                "\u00a0",
                "\u00ad",
                "\ud800",
                "\ue001",
            ),
            *(
                "**",
                "*",
                "`",
                "```",
                ">",
                "> ",
                "[a](",
                ")",
                "\\",
                "- ",
                "1. ",
                "#",
                "|",
                "&",
                "&amp;",
            ),
            *(
                "<b>",
                "</b>",
                "<br>",
                "<blockquote>",
                "</blockquote>",
                "<code>",
                "</code>",
                "<!--",
                "-->",
            ),
            *(
                "’",
                "é",
                "e\u0301",
                "ﬁ",
                "ｈ",
                "…",
                "😀",
                "{{name}}",
                "[Name]",
                "@jens",
                "a@b.example",
            ),
            "https://x.example/y",
        ]
    ),
    max_size=25,
).map("".join)


@given(st.one_of(WORDS, PIECES), MARKUP)
def test_every_stretch_maps_into_the_source_and_onwards(text: str, markup: str) -> None:
    normalised = normalise(text, markup)
    size = len(normalised.text)
    assert normalised.map.size == size
    spans = [normalised.map.span(at, at + 1) for at in range(size)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert not normalised.text[:1].isspace()
    assert not re.search(r"\s\s", normalised.text)
    assert all(normalised.text[mark.at] == mark.kind for mark in normalised.marks)


@given(st.one_of(WORDS, PIECES).filter(lambda text: not set(text) & set("<>&")))
def test_a_mapped_stretch_is_what_was_written(text: str) -> None:
    """In plain text each character but white space and marks is its source's folded form."""
    normalised = normalise(text, "plain")
    for at, character in enumerate(normalised.text):
        if character.isspace() or character in MARKS or character == "\ufffd":
            continue
        start, end = normalised.map.span(at, at + 1)
        assert start < end
        assert character in normalise(text[start:end], "plain").text
