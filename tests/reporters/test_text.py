"""The text report: whole outputs, written by hand."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from linter.model import Finding, Position, Region
from linter.reporters import REPORTERS, Run

from .builders import RULES, UNCHECKED, make_absent, make_finding, make_summary, report


def test_a_finding_shows_its_place_its_line_and_what_was_checked() -> None:
    written = report(
        "text",
        [make_absent(), make_finding(replacement="are sorry")],
        UNCHECKED,
    )
    assert written == (
        "replies/late.md:1:1: error address-by-name Start with the customer's name, Kari Moe.\n"
        "  1 | Hello,\n"
        "    | ^\n"
        "replies/late.md:3:4: warning no-stock-phrase “apologize for any inconvenience” sounds like"
        " a form letter. → are sorry\n"
        "  3 | We apologize for any inconvenience.\n"
        "    |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "\n"
        "1 error, 1 warning. Checked 11 of 12 replies in 4 files (6 en, 5 nb) with 3 rules.\n"
        "Not checked:\n"
        "  2 records unreadable: not valid JSON (broken.jsonl:3, broken.jsonl:9)\n"
        "  1 reply: no resources for language fi (replies/hei.fi.md)\n"
        "  3 replies, address-by-name, thank cannot tell: the record has no comment.kind"
        " (library.yaml:4, library.yaml:9, …)\n"
    )


def test_nothing_found_and_everything_checked_is_one_line() -> None:
    assert report("text", []) == (
        "No findings: all 12 replies in 4 files (7 en, 5 nb) were checked with 3 rules.\n"
    )


def test_nothing_found_is_not_called_complete_where_something_was_not_checked() -> None:
    written = report("text", [], UNCHECKED[:1])
    assert written == (
        "No findings. Checked all 12 replies in 4 files (7 en, 5 nb) with 3 rules.\n"
        "Not checked:\n"
        "  2 records unreadable: not valid JSON (broken.jsonl:3, broken.jsonl:9)\n"
    )


def test_verbose_adds_the_sentences_of_the_guidelines() -> None:
    assert report("text", [make_finding()], verbose=1, quiet=1) == (
        "replies/late.md:3:4: warning no-stock-phrase “apologize for any inconvenience” sounds like"
        " a form letter.\n"
        "  3 | We apologize for any inconvenience.\n"
        "    |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  guideline N7: Write as a person.\n"
        "  guideline N8: Avoid ready-made phrases.\n"
    )


def test_very_quiet_is_a_line_a_finding() -> None:
    assert report("text", [make_absent()], UNCHECKED, quiet=2) == (
        "replies/late.md:1:1: error address-by-name Start with the customer's name, Kari Moe.\n"
    )


def test_statistics_count_by_rule_instead_of_listing() -> None:
    written = report("text", [make_absent(), *[make_finding()] * 10], statistics=True, quiet=1)
    assert written == (
        "10 no-stock-phrase warning Say it in your own words\n"
        " 1 address-by-name error Address the customer by name\n"
    )


def test_statistics_do_not_do_away_with_the_summary() -> None:
    written = report("text", [make_absent()], UNCHECKED, statistics=True)
    assert "1 error. Checked 11 of 12 replies" in written
    assert "2 records unreadable" in written


def test_colour_follows_the_level() -> None:
    written = report("text", [make_finding()], colour=True, quiet=1)
    assert "\x1b[1;33mwarning\x1b[0m" in written
    assert "\x1b[1;33m^^^^" in written
    assert "\x1b" not in report("text", [make_finding()])


def test_an_empty_replacement_is_said() -> None:
    assert "form letter. → (remove it)\n" in report("text", [make_finding(replacement="")])


def test_a_stretch_of_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    region = Region(Position(3, 4, 43), Position(4, 6, 80))
    written = report("text", [make_finding(line="We are so", text="are so", region=region)])
    assert "  3 | We are so\n    |    ^^^^^^\n" in written


def test_a_message_of_several_lines_stays_on_one() -> None:
    written = report("text", [make_finding(message="Say it\r\n  in your own\nwords.\n")], quiet=2)
    assert written.endswith("no-stock-phrase Say it in your own words.\n")


def test_a_rule_that_the_run_does_not_know_is_still_reported() -> None:
    written = report("text", [make_finding(rule="exception-unused")], verbose=1, statistics=False)
    assert "warning exception-unused" in written
    assert "  guideline N7\n" in written


@pytest.mark.parametrize("name", ["text", "json", "jsonl", "github", "gitlab", "csv"])
def test_a_finding_is_written_before_the_next_is_taken(name: str) -> None:
    out = io.StringIO()
    sizes: list[int] = []
    findings = [make_finding(), make_finding(), make_finding()]

    def watched() -> Iterator[Finding]:
        for finding in findings:
            sizes.append(out.tell())
            yield finding

    run = Run("1", "check", (), RULES, lambda: make_summary(findings))
    REPORTERS[name].write(run, watched(), out)
    assert sizes[0] < sizes[1] < sizes[2]
