"""What machines read: json, jsonl, sarif, github, gitlab, junit, csv."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from linter.model import NotChecked, Position, Region
from linter.reporters import REPORTERS

from .builders import UNCHECKED, make_absent, make_finding, report

ROOT = Path(__file__).parents[2]
REPORT = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text()))
SARIF = Draft4Validator(json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text()))
FINDINGS = [make_absent(), make_finding(replacement="are sorry for the wait")]


def test_a_format_is_entered_under_its_own_name() -> None:
    folder = ROOT / "linter/reporters"
    helpers = {"__init__", "redaction", "run", "safe", "snippet", "values", "wording"}
    assert {name: reporter.NAME for name, reporter in REPORTERS.items()} == {
        path.stem: path.stem for path in folder.glob("*.py") if path.stem not in helpers
    }


@pytest.mark.parametrize("name", REPORTERS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    assert report(name, FINDINGS, UNCHECKED) == report(name, FINDINGS, UNCHECKED)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_says_what_was_not_checked(name: str) -> None:
    written = report(name, [], UNCHECKED)
    for entry in UNCHECKED:
        assert entry.reason in written, f"{name} passes over {entry.kind!r} in silence"


# json, jsonl


@pytest.mark.parametrize("findings", [[], FINDINGS])
@pytest.mark.parametrize("not_checked", [(), UNCHECKED])
@pytest.mark.parametrize("redact", [False, True])
def test_json_keeps_to_its_schema(
    findings: list[object], not_checked: tuple[NotChecked, ...], redact: bool
) -> None:
    REPORT.check_schema(REPORT.schema)
    REPORT.validate(json.loads(report("json", findings, not_checked, redact=redact)))  # type: ignore[arg-type]
    for line in report("jsonl", findings, not_checked, redact=redact).splitlines():  # type: ignore[arg-type]
        REPORT.validate(json.loads(line))


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda document: document.pop("summary"), "a document without summary"),
        (lambda document: document.update(extra=1), "an unknown member"),
        (lambda document: document["findings"][0].update(colour="red"), "an unknown member deep"),
        (lambda document: document["findings"][0]["start"].update(line=0), "lines begin at 1"),
        (lambda document: document["summary"].pop("not_checked"), "silence about the unchecked"),
        (lambda document: document.update(schema="replylint-report/2"), "another version"),
    ],
)
def test_the_schema_refuses(spoil: object, why: str) -> None:
    document = json.loads(report("json", FINDINGS))
    spoil(document)  # type: ignore[operator]
    assert not REPORT.is_valid(document), why


def test_the_schema_refuses_a_line_of_an_unknown_type() -> None:
    line = json.loads(report("jsonl", FINDINGS).splitlines()[0])
    assert REPORT.is_valid(line)
    assert not REPORT.is_valid(line | {"type": "remark"})


def test_json_carries_the_finding_and_the_counts() -> None:
    document = json.loads(report("json", FINDINGS, UNCHECKED[:1]))
    assert document["findings"][1] == {
        "rule": "no-stock-phrase",
        "level": "warning",
        "message": "“apologize for any inconvenience” sounds like a form letter.",
        "path": "replies/late.md",
        "start": {"line": 3, "column": 4, "offset": 43},
        "end": {"line": 3, "column": 35, "offset": 74},
        "reply": "late",
        "language": "en",
        "text": "apologize for any inconvenience",
        "absent": False,
        "replacement": "are sorry for the wait",
        "guideline": ["N7", "N8"],
        "fingerprint": "0f3c",
    }
    assert document["schema"] == "replylint-report/1"
    assert document["policies"][0]["sha256"] == "ab" * 32
    assert [rule["id"] for rule in document["rules"]] == [
        "address-by-name",
        "no-stock-phrase",
        "thank",
    ]
    assert document["summary"] == {
        "clean": False,
        "complete": False,
        "files": 4,
        "replies": 12,
        "checked": 12,
        "rules": 3,
        "languages": {"en": 7, "nb": 5},
        "findings": {"total": 2, "error": 1, "warning": 1, "note": 0},
        "by_rule": {"address-by-name": 1, "no-stock-phrase": 1},
        "not_checked": [
            {
                "kind": "unreadable",
                "reason": "not valid JSON",
                "rule": None,
                "count": 2,
                "where": ["broken.jsonl:3", "broken.jsonl:9"],
            }
        ],
    }


def test_json_of_a_clean_run_says_so() -> None:
    summary = json.loads(report("json", []))["summary"]
    assert (summary["clean"], summary["complete"]) == (True, True)


def test_jsonl_is_a_line_a_finding_and_ends_with_the_summary() -> None:
    lines = [json.loads(line) for line in report("jsonl", FINDINGS).splitlines()]
    assert [line["type"] for line in lines] == ["finding", "finding", "summary"]
    document = json.loads(report("json", FINDINGS))
    assert lines[0] == {"type": "finding", **document["findings"][0]}
    assert lines[2].items() >= document["summary"].items()


# sarif


@pytest.mark.parametrize("findings", [[], FINDINGS])
@pytest.mark.parametrize("not_checked", [(), UNCHECKED])
@pytest.mark.parametrize("redact", [False, True])
def test_sarif_keeps_to_the_official_schema(
    findings: list[object], not_checked: tuple[NotChecked, ...], redact: bool
) -> None:
    written = report("sarif", findings, not_checked, redact=redact)  # type: ignore[arg-type]
    SARIF.validate(json.loads(written))


def sarif(*arguments: object, **options: object) -> dict[str, object]:
    run: dict[str, object] = json.loads(report("sarif", *arguments, **options))["runs"][0]  # type: ignore[arg-type]
    return run


def test_sarif_says_where_in_code_points() -> None:
    run = sarif([FINDINGS[1]])
    location = run["results"][0]["locations"][0]  # type: ignore[index]
    assert run["columnKind"] == "unicodeCodePoints"
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "replies/late.md", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 3,
            "startColumn": 4,
            "endLine": 3,
            "endColumn": 35,
            "charOffset": 43,
            "charLength": 31,
            "snippet": {"text": "apologize for any inconvenience"},
        },
    }
    assert location["logicalLocations"] == [{"name": "late", "kind": "resource"}]


def test_sarif_names_the_rule_its_guidelines_and_the_fingerprint() -> None:
    run = sarif([FINDINGS[1]])
    result = run["results"][0]  # type: ignore[index]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]  # type: ignore[index]
    assert rule["id"] == result["ruleId"] == "no-stock-phrase"
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["help"]["text"] == (
        "A customer reads a stock phrase as indifference.\n"
        "N7: Write as a person.\n"
        "N8: Avoid ready-made phrases."
    )
    assert rule["properties"] == {"check": "phrases", "guideline": ["N7", "N8"]}
    assert result["partialFingerprints"] == {"replylint/v1": "0f3c"}


def test_sarif_reports_the_unchecked_as_notifications() -> None:
    invocation = sarif([], UNCHECKED)["invocations"][0]  # type: ignore[index]
    assert invocation["executionSuccessful"] is False
    notices = invocation["toolExecutionNotifications"]
    assert [each["level"] for each in notices] == ["error", "warning", "note", "note"]
    assert notices[0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "broken.jsonl", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }
    assert notices[2]["associatedRule"] == {"id": "address-by-name", "index": 0}


def test_sarif_execution_is_successful_where_every_record_was_read() -> None:
    for not_checked in ((), UNCHECKED[1:]):
        assert sarif([], not_checked)["invocations"][0]["executionSuccessful"] is True  # type: ignore[index]


def test_sarif_offers_the_replacement_as_a_fix() -> None:
    (fix,) = sarif([FINDINGS[1]])["results"][0]["fixes"]  # type: ignore[index]
    (change,) = fix["artifactChanges"][0]["replacements"]
    assert change["insertedContent"] == {"text": "are sorry for the wait"}
    assert (change["deletedRegion"]["charOffset"], change["deletedRegion"]["charLength"]) == (
        43,
        31,
    )


FIRST, SECOND = Position(3, 1, 40), Position(4, 5, 60)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"replacement": None}, "nothing is proposed"),
        ({"line_text": "We \\u0061pologize for any inconvenience"}, "the file has an escape there"),
        ({"region": Region(FIRST, SECOND)}, "the file folds the text over two lines"),
        ({"path": "a.yaml", "replacement": "say: sorry"}, "a colon is syntax of YAML"),
        ({"path": "a.json", "replacement": 'say "sorry"'}, "a quote is syntax of JSON"),
    ],
)
def test_sarif_offers_no_fix_that_could_break_a_file(changes: dict[str, object], why: str) -> None:
    values = {"replacement": "are sorry"} | changes
    assert "fixes" not in sarif([make_finding(**values)])["results"][0], why  # type: ignore[index,arg-type]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("replies/på vei.md", "replies/p%C3%A5%20vei.md"),
        ("50%#1?.md", "50%25%231%3F.md"),
        ("c:evil.md", "c%3Aevil.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("odd\ud800.md", "odd%3F.md"),
    ],
)
def test_sarif_paths_are_uris(path: str, uri: str) -> None:
    location = sarif([make_finding(path=path)])["results"][0]["locations"][0]  # type: ignore[index]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_sarif_messages_make_no_links_of_a_customers_words() -> None:
    (result,) = sarif([make_finding(message="[free money](https://evil.example)")])["results"]  # type: ignore[misc]
    assert result["message"] == {"text": "[free money] (https://evil.example)"}


# github


def test_github_annotates_and_ends_with_the_totals() -> None:
    assert report("github", FINDINGS, UNCHECKED[:2]) == (
        "::error file=replies/late.md,line=1,endLine=1,col=1,endColumn=1,title=address-by-name::"
        "Start with the customer's name, Kari Moe.\n"
        "::warning file=replies/late.md,line=3,endLine=3,col=4,endColumn=35,title=no-stock-phrase::"
        "“apologize for any inconvenience” sounds like a form letter. → are sorry for the wait\n"
        "::warning title=replylint%3A not checked::"
        "2 records unreadable: not valid JSON (broken.jsonl:3, broken.jsonl:9)%0A"
        "1 reply: no resources for language fi (replies/hei.fi.md)\n"
        "::notice title=replylint::"
        "1 error, 1 warning. Checked 11 of 12 replies in 4 files (6 en, 5 nb) with 3 rules.\n"
    )


def test_github_notes_are_notices_and_a_clean_run_is_one_notice() -> None:
    assert report("github", [make_finding(level="note")]).startswith("::notice file=")
    assert report("github", []) == (
        "::notice title=replylint::"
        "No findings: all 12 replies in 4 files (7 en, 5 nb) were checked with 3 rules.\n"
    )


def test_github_escapes_what_ends_a_property_or_a_command() -> None:
    line = report("github", [make_finding(path="a,b:c%.md", message="100 %\n::error::x")])
    assert line.startswith("::warning file=a%2Cb%3Ac%25.md,line=3")
    assert "::100 %25 ::error::x\n" in line


def test_github_gives_no_columns_for_several_lines() -> None:
    written = report("github", [make_finding(region=Region(FIRST, SECOND))])
    assert written.startswith("::warning file=replies/late.md,line=3,endLine=4,title=")


# gitlab


def test_gitlab_issues_have_what_the_format_asks() -> None:
    issues = json.loads(report("gitlab", FINDINGS))
    assert [issue["severity"] for issue in issues] == ["major", "minor"]
    assert issues[1]["check_name"] == "no-stock-phrase"
    assert issues[1]["location"] == {"path": "replies/late.md", "lines": {"begin": 3, "end": 3}}
    assert issues[1]["description"].startswith("“apologize")


def test_gitlab_fingerprints_differ_and_do_not_depend_on_the_line() -> None:
    twice = [make_finding(), make_finding(number=9), make_finding(path="other.md")]
    first = [issue["fingerprint"] for issue in json.loads(report("gitlab", twice))]
    assert len(set(first)) == 3
    moved = [make_finding(number=5), make_finding(number=11), make_finding(path="other.md")]
    assert [issue["fingerprint"] for issue in json.loads(report("gitlab", moved))] == first


def test_gitlab_of_a_clean_run_is_an_empty_array() -> None:
    assert json.loads(report("gitlab", [])) == []


def test_gitlab_lists_the_unchecked_where_they_are() -> None:
    issues = json.loads(report("gitlab", [], UNCHECKED))
    assert [issue["check_name"] for issue in issues] == ["not-checked"] * 4
    assert issues[0]["location"] == {"path": "broken.jsonl", "lines": {"begin": 3, "end": 3}}
    assert issues[1]["location"]["path"] == "replies/hei.fi.md"


# junit


def test_junit_has_a_suite_for_each_rule_and_a_failure_for_each_finding() -> None:
    root = ElementTree.fromstring(report("junit", [*FINDINGS, make_finding(number=9)]))
    suites = {suite.get("name"): suite for suite in root}
    counts = {name: (suite.get("tests"), suite.get("failures")) for name, suite in suites.items()}
    assert counts == {
        "address-by-name": ("1", "1"),
        "no-stock-phrase": ("2", "2"),
        "thank": ("1", "0"),
        "replylint: what was checked": ("1", "0"),
    }
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "3", "0")
    names = [test.get("name") for test in suites["no-stock-phrase"]]
    assert names == ["replies/late.md:3:4", "replies/late.md:9:4"]
    failure = suites["no-stock-phrase"].find("testcase/failure")
    assert failure is not None
    assert failure.get("type") == "warning"
    assert failure.text == (
        "replies/late.md:3:4: warning no-stock-phrase “apologize for any inconvenience” sounds like"
        " a form letter.\napologize for any inconvenience"
    )


def test_junit_fails_what_could_not_be_read_and_skips_what_could_not_be_judged() -> None:
    root = ElementTree.fromstring(report("junit", [], UNCHECKED))
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("0", "1", "3")
    suite = root[-1]
    assert suite.findtext("system-out", "").startswith("No findings. Checked 11 of 12 replies")
    assert suite[2].get("name") == "address-by-name cannot tell: the record has no comment.kind"


# csv


def rows(*arguments: object, **options: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report("csv", *arguments, **options))))  # type: ignore[arg-type]


def test_csv_has_a_row_a_finding_and_a_row_a_reason() -> None:
    first, second, third = rows(FINDINGS, UNCHECKED[:1])
    assert (first["kind"], first["level"], first["rule"]) == ("finding", "error", "address-by-name")
    assert (second["line"], second["column"], second["end_column"]) == ("3", "4", "35")
    assert second["guideline"] == "N7 N8"
    assert (third["kind"], third["count"], third["message"]) == (
        "unreadable",
        "2",
        "not valid JSON",
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_csv_cells_are_never_formulas(text: str) -> None:
    (row,) = rows([make_finding(line=text, text=text, message=text, reply=text, path=text)])
    for column in ("text", "message", "reply", "path"):
        # A message loses the blanks around it, and with them what made it dangerous.
        assert row[column].startswith("'") or (column == "message" and text != text.strip())
        assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_csv_leaves_harmless_cells_alone() -> None:
    (row,) = rows([make_finding(line="a=1, then", text="a=1, then")])
    assert row["text"] == "a=1, then"
