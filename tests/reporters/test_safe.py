"""Hostile texts come out dead in every format, and redacted reports keep their secrets."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model import Finding, NotChecked
from linter.reporters import REPORTERS, safe

from .builders import make_finding, report

HOSTILE = {
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "csi": "\x9b2J",
    "nul": "a\x00b",
    "bidi": "abc\u202edcb\u2066x\u2069",
    "mark": "a\u200fb\u061cc",
    "hidden": "a\u200bb\ufeffc\U000e0041",
    "lines": "a\nb\r\nc\rd\u2028e\u2029f\x85g\x0bh\x0ci",
    "command": "x\n::error::owned",
    "spaced command": "   ::add-mask::a",
    "old command": "so ##[error]owned ##vso[task.x]y ##teamcity[z]",
    "cdata": "]]><script>alert(1)</script>&amp;\"'",
    "surrogate": "a\ud800b\udc80c",
    "non-character": "a\ufffeb\uffffc",
    "section": "section_start:1:x\r\x1b[0K",
}
EVERY = "".join(HOSTILE.values())
ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)


def hostile_finding(text: str) -> Finding:
    """With the hostile text in every field that a stranger can fill."""
    return make_finding(
        line=text,
        text=text,
        message=f"Do not say {text}",
        path=text,
        rule=f"r{text}",
        reply=text,
        language=text,
        fingerprint=text,
        guideline=(text,),
        replacement=text,
    )


def hostile_report(name: str, text: str, **options: object) -> str:
    unchecked = (
        NotChecked("unreadable", text, 1, where=(text,)),
        NotChecked("cannot tell", text, 1, rule=text, where=(text,)),
    )
    return report(name, [hostile_finding(text)], unchecked, **options)


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("kind", [*HOSTILE, "every"])
def test_nothing_active_is_written(name: str, kind: str) -> None:
    text = HOSTILE.get(kind, EVERY)
    written = hostile_report(name, text, verbose=1)
    assert not ACTIVE.search(written)
    assert not re.search(r"##\w*\[", written), "GitHub and Azure obey this anywhere in a line"
    written.encode("utf-8")  # would fail on a lone surrogate
    if name != "github":
        for line in written.split("\n"):
            assert not line.lstrip().startswith("::"), line


def test_the_text_report_begins_no_line_with_a_command_of_a_path() -> None:
    written = report("text", [make_finding(path=" ::error::x")], quiet=2)
    assert written.startswith(r" \x3a:error::x:3:4: warning")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_github_report_holds_only_its_own_commands(kind: str) -> None:
    lines = hostile_report("github", HOSTILE[kind]).rstrip("\n").split("\n")
    heads = [line.split(" ")[0] for line in lines]
    assert heads == ["::warning", "::warning", "::notice"]
    # A runner takes everything up to the second "::" for properties, and splits them at commas.
    properties = lines[0][2:].split("::")[0].split(" ", 1)[1]
    names = [pair.split("=", 1)[0] for pair in properties.split(",")]
    assert names == ["file", "line", "endLine", "col", "endColumn", "title"]


def test_the_escapes_are_shown() -> None:
    written = report("text", [make_finding(message="a\x1b[31mb\u202ec\x00d\u2028e\ud800f")])
    assert r"a\x1b[31mb\u202ec\x00d\u2028e\ud800f" in written


@pytest.mark.parametrize("kind", HOSTILE)
def test_json_gives_the_exact_text_back(kind: str) -> None:
    text = HOSTILE[kind]
    exact = re.sub("[\ud800-\udfff]", "\ufffd", text)
    (finding,) = json.loads(report("json", [hostile_finding(text)]))["findings"]
    assert finding["text"] == finding["path"] == finding["reply"] == exact
    line = report("jsonl", [hostile_finding(text)]).split("\n")[0]
    assert json.loads(line)["replacement"] == exact


@given(st.text(st.characters()))
def test_json_text_reads_back(text: str) -> None:
    exact = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert json.loads(safe.json_text([text])) == [exact]


@given(st.text(st.sampled_from("a :\n\r\t\x1b\u202e\u2028#[]/v\ud800漢")))
def test_visible_text_is_one_harmless_line(text: str) -> None:
    shown = safe.visible(text)
    assert not ACTIVE.search(shown)
    assert "\n" not in shown
    assert not re.search(r"##\w*\[", shown)
    assert not safe.log_line(shown).lstrip().startswith("::")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert "##" in text or safe.visible(text) == text


def test_emoji_and_scripts_that_need_joiners_are_left_as_they_are() -> None:
    for text in ("👩‍👩‍👧", "❤️", "می‌خواهم", "क्‍ष", "Å e\u0301 漢"):
        assert safe.visible(text) == text


def test_no_invisible_character_is_forgotten() -> None:
    """Every control, format, surrogate and line separator that this Python's Unicode knows."""
    forgotten = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and safe.visible(chr(code)) == chr(code)
    ]
    assert forgotten == ["U+200C", "U+200D"]  # the joiners


def test_a_heading_before_a_link_is_not_mangled_when_no_runner_would_obey_it() -> None:
    assert safe.visible("## [Refunds](x) #[a]") == "## [Refunds](x) #[a]"


@pytest.mark.parametrize("kind", HOSTILE)
def test_junit_is_always_well_formed(kind: str) -> None:
    root = ElementTree.fromstring(hostile_report("junit", HOSTILE[kind]))
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message", "").startswith("Do not say")


@pytest.mark.parametrize("kind", HOSTILE)
def test_csv_keeps_a_row_on_a_line(kind: str) -> None:
    written = hostile_report("csv", HOSTILE[kind])
    assert len(written.rstrip("\n").split("\n")) == 4
    assert len(list(csv.DictReader(io.StringIO(written)))) == 3


# Redaction

SECRET = "kari.moe@mail.example"
MESSAGE = f"Write “Kari Moe”, not {SECRET}."


@pytest.mark.parametrize("name", REPORTERS)
def test_a_redacted_report_shows_no_words_of_a_reply_or_customer(name: str) -> None:
    finding = make_finding(
        line=f"Call me at {SECRET}, Kari Moe",
        text=SECRET,
        message=MESSAGE,
        replacement="Kari Moe",
    )
    written = report(name, [finding], redact=True, verbose=1)
    for secret in ("kari", "Kari", "mail.example", "Call me"):
        assert secret not in written
    assert "sounds like a form letter" in written, "the rule's own words stay"
    assert "replies/late.md" in written, "the place stays"


@pytest.mark.parametrize("name", REPORTERS)
def test_without_redaction_the_same_report_shows_them(name: str) -> None:
    assert SECRET in report(name, [make_finding(line=SECRET, text=SECRET, message=MESSAGE)])


def test_a_redacted_message_is_the_rules_with_the_names_of_its_values() -> None:
    written = report("text", [make_finding(text="We", replacement="I")], redact=True, quiet=1)
    assert written == (
        "replies/late.md:3:1: warning no-stock-phrase “[found]” sounds like a form letter."
        " → [1 character]\n"
    )


def test_a_message_of_an_unknown_rule_is_masked_whole() -> None:
    finding = make_finding(rule="exception-unused", message="Kari Moe has no exception.")
    assert "exception-unused [26 characters]\n" in report("text", [finding], redact=True, quiet=1)


def test_redacted_json_gives_only_the_length() -> None:
    (finding,) = json.loads(report("json", [make_finding(replacement="")], redact=True))["findings"]
    assert finding["text"] == "[31 characters]"
    assert finding["replacement"] == ""


def test_redacted_sarif_has_neither_snippet_nor_fix() -> None:
    written = report("sarif", [make_finding(replacement="are sorry")], redact=True)
    assert '"snippet"' not in written
    assert '"fixes"' not in written
