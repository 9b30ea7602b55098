"""`check`: exit codes, what is checked and what is not, reports, cache, workers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import POLICY, Replylint, Write

GOOD = "Hi Jens, thanks for your message. Call us when it suits you.\n"
WARNING = "Hi Jens, thanks for your message. Call us at your earliest convenience.\n"
ERROR = "Hi Jens, your kettle is on its way.\n"
# Says what the rule "thanks" hangs on, so that it can tell.
KNOWN = "---\nlang: en\nchannel: twitter\ncomment: {kind: complaint}\n---\n"


def test_clean(replylint: Replylint, write: Write, policy: Path) -> None:
    write("a.md", KNOWN + GOOD)
    result = replylint("check", "a.md", "-p", "policy.yaml")
    assert (result.code, result.err) == (0, "")
    assert result.out == "No findings: the reply in 1 file (1 en) was checked with 2 rules.\n"


def test_a_finding_at_the_fail_level(replylint: Replylint, write: Write, policy: Path) -> None:
    write("a.md", KNOWN + ERROR)
    result = replylint("check", "a.md", "-p", "policy.yaml")
    assert result.code == 1
    assert result.lines[0] == "a.md:6:1: error thanks The reply does not say thanks."
    assert result.lines[-1] == "1 error. Checked 1 reply in 1 file (1 en) with 2 rules."


@pytest.mark.parametrize(
    ("level", "code"), [("error", 0), ("warning", 1), ("note", 1), ("none", 0)]
)
def test_the_fail_level_decides(
    replylint: Replylint, write: Write, policy: Path, level: str, code: int
) -> None:
    write("a.md", KNOWN + WARNING)
    result = replylint("check", "a.md", "-p", "policy.yaml", "--fail-level", level)
    assert result.code == code
    assert "a.md:6:43: warning plain-words" in result.out


def test_the_configuration_sets_the_fail_level_and_an_option_overrules_it(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", KNOWN + WARNING)
    write(".replylint.yaml", "policy: policy.yaml\nreplies: ['*.md']\nfail-level: warning\n")
    assert replylint("check").code == 1
    assert replylint("check", "--fail-level", "error").code == 0


def test_a_language_without_resources_makes_the_check_partial(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", KNOWN.replace("en", "fi", 1) + "Hei Jens, kiitos.\n")
    result = replylint("check", "a.md", "-p", "policy.yaml")
    assert result.code == 3
    assert '1 reply: no resources for the language "fi" (a.md:6)' in result.out
    assert replylint("check", "a.md", "-p", "policy.yaml", "--allow-partial").code == 0


def test_an_unreadable_record_makes_the_check_partial(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.jsonl", '{"lang": "en", "reply": "Thanks, Jens!"}\n{broken\n')
    result = replylint("check", "a.jsonl", "-p", "policy.yaml")
    assert result.code == 3
    assert "1 record unreadable" in result.out


def test_a_rule_that_cannot_tell_fails_only_when_strict(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", "---\nlang: en\n---\n" + GOOD)
    result = replylint("check", "a.md", "-p", "policy.yaml")
    assert result.code == 0
    assert "thanks cannot tell: comment.kind and channel are not known" in result.out
    assert replylint("check", "a.md", "-p", "policy.yaml", "--strict").code == 3


def test_the_configuration_supplies_context(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("replies/complaints/a.md", ERROR)
    write(
        ".replylint.yaml",
        "policy: policy.yaml\nreplies: replies\nlanguage: en\ncontext:\n"
        "  - {paths: replies/complaints/**, comment.kind: complaint, channel: twitter}\n",
    )
    result = replylint("check")
    assert result.code == 1
    assert result.lines[0].startswith("replies/complaints/a.md:1:1: error thanks")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("a.md",), "no policy: name one with --policy or in a configuration"),
        (("a.md", "-p", "polcy.yaml"), 'there is no file "polcy.yaml"'),
        (("b.md", "-p", "policy.yaml"), "b.md: there is no such file or folder"),
        (("-p", "policy.yaml"), "nothing to check: name files or folders"),
        (("empty", "-p", "policy.yaml"), "there is no reply file in empty"),
        (
            ("a.md", "-p", "policy.yaml", "--select", "thank"),
            'there is no rule called "thank"; did you mean "thanks"?',
        ),
        (
            ("a.md", "-p", "policy.yaml", "-f", "sariff"),
            'there is no format called "sariff"; did you mean "sarif"?',
        ),
        (("a.md", "-p", "policy.yaml", "--lang", "xx"), 'no resources for the language "xx"'),
        (
            ("a.md", "-p", "policy.yaml", "--ignore", "thanks", "--ignore", "plain-words"),
            "there is no rule to check replies by",
        ),
        (("a.md", "-p", "policy.yaml", "-f", "json", "-f", "text"), "only one format can go to"),
        (("a.md", "-p", "policy.yaml", "-f", "json=x", "-f", "csv=./x"), "cannot go to one file"),
    ],
)
def test_what_cannot_be_done_is_one_clear_error(
    replylint: Replylint,
    write: Write,
    here: Path,
    policy: Path,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    write("a.md", GOOD)
    (here / "empty").mkdir()
    result = replylint("check", *arguments)
    assert result.code == 2
    assert message in result.err
    assert result.out == ""


def test_select_and_ignore(replylint: Replylint, write: Write, policy: Path) -> None:
    write("a.md", KNOWN + ERROR + WARNING)
    write("a.md", KNOWN + "Hi Jens, call us at your earliest convenience.\n")
    base = ("check", "a.md", "-p", "policy.yaml")
    assert "plain-words" not in replylint(*base, "--select", "thanks").out
    assert "with 1 rule" in replylint(*base, "--ignore", "thanks").out


def test_a_folder_holds_replies_and_what_the_policy_consists_of(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", KNOWN + GOOD)
    write(".hidden/b.md", ERROR)
    result = replylint("check", ".", "-p", "policy.yaml")
    assert result.code == 0
    assert "in 1 file" in result.out


def test_standard_input_is_read_by_the_name_that_is_given(
    replylint: Replylint, policy: Path
) -> None:
    record = {"lang": "en", "channel": "x", "comment": {"kind": "praise"}, "reply": ERROR}
    result = replylint(
        *("check", "-", "--stdin-filename", "a.json", "-p", "policy.yaml"),
        stdin=json.dumps([record]).encode(),
    )
    assert result.code == 1
    assert result.lines[0].startswith("a.json:1:")


def test_several_reports_at_once(
    replylint: Replylint, write: Write, here: Path, policy: Path
) -> None:
    write("a.md", KNOWN + ERROR)
    result = replylint(
        *("check", "a.md", "-p", "policy.yaml", "-f", "text", "-f", "sarif=out/a.sarif")
    )
    assert result.code == 1
    assert "error thanks" in result.out
    sarif = json.loads((here / "out" / "a.sarif").read_text(encoding="utf-8"))
    assert [found["ruleId"] for found in sarif["runs"][0]["results"]] == ["thanks"]


def test_the_format_does_not_change_the_code(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", KNOWN + ERROR)
    for name in ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "csv"):
        assert replylint("check", "a.md", "-p", "policy.yaml", "-f", name).code == 1, name


def test_the_same_from_the_cache_and_anew_when_something_changed(
    replylint: Replylint, write: Write, here: Path, policy: Path
) -> None:
    write("a.md", KNOWN + ERROR)
    first = replylint("check", "a.md", "-p", "policy.yaml")
    assert (here / ".replylint-cache" / "findings.sqlite3").is_file()
    assert replylint("check", "a.md", "-p", "policy.yaml") == first
    write("a.md", KNOWN + GOOD)
    assert replylint("check", "a.md", "-p", "policy.yaml").code == 0
    write("policy.yaml", POLICY.replace("act: thanks", "act: empathy"))
    assert replylint("check", "a.md", "-p", "policy.yaml").code == 1


def test_an_unchanged_library_is_answered_without_spacy(
    write: Write, here: Path, policy: Path
) -> None:
    write("a.md", KNOWN + ERROR)
    write("b.md", KNOWN + GOOD)
    program = (
        "import sys\nfrom linter.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code == 1, end.code\n"
        "print('spacy' in sys.modules, file=sys.stderr)"
    )

    def run() -> tuple[str, str]:
        result = subprocess.run(
            [sys.executable, "-c", program, "check", ".", "-p", "policy.yaml"],
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout, result.stderr.strip()

    first, again = run(), run()
    assert (first[1], again[1]) == ("True", "False")
    assert first[0] == again[0]


def test_a_broken_cache_is_no_error(
    replylint: Replylint, write: Write, here: Path, policy: Path
) -> None:
    write("a.md", KNOWN + GOOD)
    write(".replylint-cache/findings.sqlite3", "not a database")
    assert replylint("check", "a.md", "-p", "policy.yaml").code == 0
    assert replylint("check", "a.md", "-p", "policy.yaml").code == 0


def test_a_library_rule_that_cannot_tell_is_counted(replylint: Replylint, write: Write) -> None:
    rule = "{id: all, check: language-parity, options: {languages: [en, nl]}, message: One lacks}"
    write("p.yaml", f"policy: p\nlanguages: [en]\nrules: [{rule}]\n")
    write("a.md", GOOD)
    result = replylint("check", "a.md", "-p", "p.yaml")
    assert "1 reply, all cannot tell: the reply does not say its language (a.md:1)" in result.out
    assert replylint("check", "a.md", "-p", "p.yaml", "--strict").code == 3


def test_workers_find_the_same_in_the_same_order(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    for number in range(4):
        write(f"{number}.md", KNOWN + (WARNING if number % 2 else ERROR))
    base = ("check", ".", "-p", "policy.yaml", "--no-cache")
    assert replylint(*base, "--jobs", "2") == replylint(*base)


def test_redacted_reports_show_no_words_of_the_reply(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", KNOWN + WARNING)
    for name in ("text", "json", "sarif", "csv"):
        result = replylint("check", "a.md", "-p", "policy.yaml", "--redact", "-f", name)
        assert "plain-words" in result.out
        assert "Jens" not in result.out


def test_a_policy_whose_rules_cannot_compile_stops_the_check(
    replylint: Replylint, write: Write
) -> None:
    write("policy.yaml", POLICY.replace("act: thanks", "act: thx"))
    write("a.md", KNOWN + GOOD)
    result = replylint("check", "a.md", "-p", "policy.yaml")
    assert (result.code, result.out) == (2, "")
    assert 'policy.yaml:18:20: there is no act in English called "thx"' in result.err


def test_a_misspelt_command_is_answered_with_the_nearest(replylint: Replylint) -> None:
    result = replylint("chekc")
    assert result.code == 2
    assert 'There is no command "chekc"; did you mean "check"?' in result.err


def test_a_fact_in_two_files_is_an_error(replylint: Replylint, write: Write, policy: Path) -> None:
    fact = "facts: [{id: returns, type: duration, value: 30 days, subject: {en: [returns]}}]\n"
    write("a.md", KNOWN + GOOD)
    write("one.yaml", fact)
    write("two.yaml", fact.replace("30", "14"))
    write(".replylint.yaml", "policy: policy.yaml\nfacts: [one.yaml, two.yaml]\n")
    result = replylint("check", "a.md")
    assert result.code == 2
    assert result.err == 'two.yaml:1:1: the fact "returns" stands in one.yaml too\n'
