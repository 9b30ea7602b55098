"""`audit`: findings in every format, whatever the log's form; what is not checked; resuming."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from linter.cli.logs import _line
from tests.cli.conftest import Replylint, Result, Write, heed_interrupts
from tests.cli.logs import (
    BROKE,
    FORMULA,
    FOUND,
    LOG,
    POLICY,
    comment,
    event,
    jsonl,
    parquet,
    remove,
    reply,
    table,
)

ROOT = Path(__file__).parents[2]
REPORT = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text()))
SARIF = Draft4Validator(json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text()))
own_cache = pytest.mark.usefixtures("own_cache")
FORMATS = ("text", "json", "jsonl", "csv", "sarif", "html")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests that are not about what is kept share what has been read of texts."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def policy(write: Write, kept: Path) -> Path:
    write(".replylint.yaml", f"cache: {kept / 'cache'}\n")
    return write("policy.yaml", POLICY)


@pytest.fixture(name="own_cache")
def _own_cache(here: Path, policy: Path) -> None:
    (here / ".replylint.yaml").unlink()


@pytest.fixture
def log(here: Path, policy: Path) -> Path:
    return jsonl(here / "log.jsonl", LOG)


def lines(result: Result) -> list[dict[str, Any]]:
    """The findings and, at the end, the summary of a report in JSON Lines."""
    return [json.loads(line) for line in result.lines]


def found(result: Result) -> list[tuple[str, str]]:
    return [(each["rule"], each["reply"]) for each in lines(result)[:-1]]


def audit(replylint: Replylint, *arguments: str) -> Result:
    return replylint("audit", *arguments, "-p", "policy.yaml", "-f", "jsonl")


# --- findings ------------------------------------------------------------------------------------


def test_findings_in_the_order_of_time(replylint: Replylint, log: Path) -> None:
    result = audit(replylint, "log.jsonl")
    assert found(result) == FOUND
    assert (result.code, result.err) == (1, "")
    summary = lines(result)[-1]
    assert summary["findings"] == {"total": 4, "error": 1, "warning": 2, "note": 1}
    assert summary["not_checked"] == []
    assert summary["log"] == {
        "rows": 11,
        "events": 11,
        "rejected": 0,
        "ignored": {},
        # a2 is excused by its ground; c1 and c3 were answered; r2 and r3 say thanks.
        "passes": {"answer": 2, "thanks": 2},
        "vacuous": [],
        "notes": [],
    }
    assert (summary["replies"], summary["languages"]) == (3, {"en": 2, "nb": 1})


def test_a_finding_on_an_event(replylint: Replylint, log: Path) -> None:
    finding = lines(audit(replylint, "log.jsonl"))[3]
    assert finding["message"] == (
        "A complaint was removed by mod-7 on ground off_topic: too loud "
        "(kind inferred from the text)"
    )
    assert (finding["path"], finding["start"]["line"]) == ("log.jsonl", 3)
    assert finding["event"] == {
        "id": "a1",
        "conversation": "k-c1",
        "time": "2026-03-02T10:00:00Z",
        "actor": "mod-7",
        "other": None,
        "inferred": True,
        "start": None,
        "end": None,
    }


def test_a_recorded_kind_is_not_called_inferred(replylint: Replylint, log: Path) -> None:
    finding = lines(audit(replylint, "log.jsonl"))[2]
    assert (finding["reply"], finding["event"]["inferred"]) == ("c2", False)
    assert "inferred" not in finding["message"]
    assert finding["event"]["other"] == "r2", "the answer that came too late"


def test_a_finding_in_a_reply_says_where_in_its_text(replylint: Replylint, log: Path) -> None:
    formula = lines(audit(replylint, "log.jsonl"))[0]
    text = f"Hi Jens! {FORMULA}"
    assert text[formula["event"]["start"] : formula["event"]["end"]] == formula["text"] == FORMULA
    assert formula["message"] == f'"{FORMULA}" stands under 2 replies.'
    thanks = lines(audit(replylint, "log.jsonl"))[1]
    assert thanks["message"] == "The reply to Jens says no thanks."
    assert thanks["absent"] is True


def test_for_people(replylint: Replylint, log: Path) -> None:
    result = replylint("audit", "log.jsonl", "-p", "policy.yaml", "-v")
    assert result.lines[0].startswith('log.jsonl:2: note formula "Your opinion')
    assert result.lines[1] == f"  2 | Hi Jens! {FORMULA}"
    assert result.lines[2].strip() == "| " + " " * 9 + "^" * len(FORMULA)
    assert "  event a1, 2026-03-02T10:00:00Z, conversation k-c1, by mod-7" in result.lines
    assert "  guideline G1: Never delete a complaint." in result.lines
    assert result.lines[-1] == (
        "1 error, 2 warnings, 1 note. Judged 11 events of 11 rows in 1 file with 4 rules; "
        "read 3 replies (2 en, 1 nb)."
    )


def test_statistics(replylint: Replylint, log: Path) -> None:
    result = replylint("audit", "log.jsonl", "-p", "policy.yaml", "--statistics")
    assert [line.split()[:2] for line in result.lines[:4]] == [
        ["1", "answer"],
        ["1", "formula"],
        ["1", "keep-complaints"],
        ["1", "thanks"],
    ]


def test_without_the_rules_on_replies(replylint: Replylint, log: Path) -> None:
    result = audit(replylint, "log.jsonl", "--no-replies")
    assert found(result) == [("answer", "c2"), ("keep-complaints", "a1")]
    assert lines(result)[-1]["rules"] == 2


def test_rules_are_selected_and_ignored(replylint: Replylint, log: Path) -> None:
    assert found(audit(replylint, "log.jsonl", "--select", "answer")) == [("answer", "c2")]
    kept = found(audit(replylint, "log.jsonl", "--ignore", "answer"))
    assert kept == [each for each in FOUND if each[0] != "answer"]
    wrong = audit(replylint, "log.jsonl", "--select", "anwser")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
    assert 'did you mean "answer"?' in wrong.err


def test_the_end_of_the_log_decides_what_is_pending(
    replylint: Replylint, here: Path, policy: Path
) -> None:
    jsonl(here / "log.jsonl", [comment("c1", "2026-03-01T10:00:00Z", "Jens", BROKE)])
    pending = audit(replylint, "log.jsonl", "--select", "answer")
    assert found(pending) == []
    assert pending.code == 0, "nothing that could be checked was left out"
    assert lines(pending)[-1]["not_checked"] == [
        {
            "kind": "pending",
            "rule": "answer",
            "reason": "the limit had not run out when the log ended",
            "count": 1,
            "where": ["log.jsonl:1"],
        }
    ]
    for late in ("2026-03-02", "2026-03-02T12:00:00+01:00"):
        assert found(audit(replylint, "log.jsonl", "--as-of", late)) == [("answer", "c1")]
    early = audit(replylint, "log.jsonl", "--select", "answer", "--as-of", "2026-03-02T09:59:59Z")
    assert found(early) == []
    for wrong in ("yesterday", "2026-03-02T12:00:00"):
        assert audit(replylint, "log.jsonl", "--as-of", wrong).code == 2


# --- what could not be checked -------------------------------------------------------------------


def test_rejected_rows_are_counted_and_written(replylint: Replylint, log: Path, here: Path) -> None:
    with log.open("a", encoding="utf-8") as out:
        out.write("{broken\n")
        out.write(json.dumps(event("comment", "c9", "yesterday", text="Hei")) + "\n")
    result = audit(replylint, "log.jsonl", "--fail-level", "none", "--rejects", "rejects.csv")
    assert result.code == 3
    assert lines(result)[-1]["log"]["rejected"] == 2
    assert {each["kind"] for each in lines(result)[-1]["not_checked"]} == {"unreadable"}
    with (here / "rejects.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["row"], row["id"]) for row in rows] == [
        ("log.jsonl", "12", ""),
        ("log.jsonl", "13", "c9"),
    ]
    assert rows[0]["raw"] == "{broken"
    again = audit(
        replylint, "log.jsonl", "--fail-level", "none", "--rejects", "rejects.jsonl",
        "--allow-partial",
    )  # fmt: skip
    assert again.code == 0
    written = [json.loads(line) for line in (here / "rejects.jsonl").read_text().splitlines()]
    assert [row["reason"] for row in written] == [row["reason"] for row in rows]


def test_without_a_file_for_rejects_says_how_to_get_them(replylint: Replylint, log: Path) -> None:
    log.write_text(log.read_text() + "{broken\n")
    result = replylint("audit", "log.jsonl", "-p", "policy.yaml")
    assert "1 row was rejected; --rejects FILE" in result.err
    assert "  1 row rejected: " in result.out
    assert "(log.jsonl:12)" in result.out


def test_findings_come_before_what_is_left_out(replylint: Replylint, log: Path) -> None:
    log.write_text(log.read_text() + "{broken\n")
    assert audit(replylint, "log.jsonl").code == 1


FINNISH = "Keittimeni hajosi kahden päivän jälkeen eikä kukaan vastaa minulle."


def test_a_language_without_resources(replylint: Replylint, log: Path) -> None:
    jsonl(log, [*LOG, comment("c8", "2026-03-06T10:00:00Z", "Aino", FINNISH, language="fi")])
    result = audit(replylint, "log.jsonl", "--fail-level", "none")
    assert result.code == 3
    assert found(result) == FOUND
    not_checked = lines(result)[-1]["not_checked"]
    assert [(each["kind"], each["rule"], each["count"]) for each in not_checked] == [
        ("language", None, 1),
        ("cannot tell", "answer", 1),
    ]
    assert not_checked[0]["reason"] == 'no resources for the language "fi"'
    assert not_checked[0]["where"] == not_checked[1]["where"] == ["log.jsonl:12"]


def test_cannot_tell_fails_only_when_strict(replylint: Replylint, log: Path) -> None:
    unknown = remove("a7", "2026-03-05T10:00:00Z", "elsewhere", ["off_topic"])
    jsonl(log, [*LOG, unknown])
    relaxed = audit(replylint, "log.jsonl", "--fail-level", "none")
    assert relaxed.code == 0
    assert lines(relaxed)[-1]["not_checked"] == [
        {
            "kind": "cannot tell",
            "rule": "keep-complaints",
            "reason": "target.kind is not known",
            "count": 1,
            "where": ["log.jsonl:12"],
        }
    ]
    assert audit(replylint, "log.jsonl", "--fail-level", "none", "--strict").code == 3


def test_texts_in_a_language_that_nobody_said_are_recognised(
    replylint: Replylint, log: Path
) -> None:
    rows = [{key: value for key, value in row.items() if key != "language"} for row in LOG]
    jsonl(log, rows)
    assert found(audit(replylint, "log.jsonl")) == FOUND


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_was_not_checked(replylint: Replylint, log: Path, name: str) -> None:
    rows = [
        *LOG,
        comment("c8", "2026-03-06T10:00:00Z", "Aino", FINNISH, language="fi"),
        remove("a7", "2026-03-05T10:00:00Z", "elsewhere", ["off_topic"]),
    ]
    jsonl(log, rows)
    log.write_text(log.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    out = replylint("audit", "log.jsonl", "-p", "policy.yaml", "-f", name).out
    assert "target.kind is not known" in out
    assert "not JSON" in out
    assert "no resources for the language" in out


def test_nothing_to_do_is_an_error(replylint: Replylint, log: Path, write: Write) -> None:
    write("empty.jsonl", "")
    write("reply.yaml", POLICY.split("rules:")[0] + "rules:\n" + POLICY.split("  - id: thanks")[0]
          .split("rules:\n")[1])  # fmt: skip
    for arguments, said in [
        (("audit", "-p", "policy.yaml"), "nothing to audit"),
        (("audit", "log.jsonl"), "no policy"),
        (("audit", "lgo.jsonl", "-p", "policy.yaml"), "log.jsonl"),
        (("audit", "empty.jsonl", "-p", "policy.yaml"), "is empty"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "--memory", "much"), "amount of memory"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "-f", "xml"), "no format"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "-o", "log.jsonl"), "take the place"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "--rejects", "r.txt"), ".csv or .jsonl"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "--master", "local[2]"), "--runner spark"),
        (("audit", "log.jsonl", "-p", "policy.yaml", "--pseudonym-key", "log.jsonl"), "--pseudo"),
    ]:
        result = replylint(*arguments)
        assert (result.code, said in result.err) == (2, True), (arguments, result.err)
        assert result.err.count("\n") == 1
    assert json.loads((log).read_text().splitlines()[0])["id"] == "c1", "the log is untouched"


# --- the same findings whatever the form ---------------------------------------------------------


def plain(result: Result) -> list[dict[str, Any]]:
    """A report without the names of files and the numbers of rows."""
    report = lines(result)
    for each in report[:-1]:
        del each["path"], each["start"], each["end"]
    for each in report[-1]["not_checked"]:
        del each["where"]
    return report


def test_the_same_from_every_form_of_a_log(replylint: Replylint, here: Path, policy: Path) -> None:
    rows = [*LOG, remove("a7", "2026-03-05T10:00:00Z", "elsewhere", ["off_topic"])]
    expected = plain(audit(replylint, str(jsonl(here / "log.jsonl", rows).name)))
    assert len(expected) == len(FOUND) + 1
    shuffled = rows.copy()
    random.Random(3).shuffle(shuffled)
    table(here / "log.csv", rows)
    parquet(here / "log.parquet", rows)
    jsonl(here / "shuffled.jsonl", shuffled)
    jsonl(here / "part1.jsonl", shuffled[:5])
    table(here / "part2.csv", shuffled[5:])
    for files in (["log.csv"], ["log.parquet"], ["shuffled.jsonl"], ["part1.jsonl", "part2.csv"]):
        report = plain(audit(replylint, *files))
        assert report[:-1] == expected[:-1], files
        assert report[-1] == expected[-1] | {"files": len(files)}, files


def test_two_processes_find_the_same(here: Path, log: Path) -> None:
    done = [
        subprocess.run(
            [sys.executable, "-m", "linter.cli", "audit", "log.jsonl", "-p", "policy.yaml",
             "-f", "jsonl", "--no-cache", "--jobs", jobs],
            cwd=here, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )
        for jobs in ("1", "2")
    ]  # fmt: skip
    assert done[0].stdout == done[1].stdout
    assert [each.returncode for each in done] == [1, 1], done[1].stderr


# --- versions ------------------------------------------------------------------------------------


def test_the_version_in_force_judges(replylint: Replylint, log: Path, write: Write) -> None:
    old = POLICY.replace("version: 1.0.0", "version: 1.0.0\neffective: {to: 2026-03-01}")
    new = POLICY.replace("version: 1.0.0", "version: 2.0.0\neffective: {from: 2026-03-02}")
    new = new.replace("ground: [insult, spam]", "ground: [insult, spam, off_topic]")
    new = new.replace("act: thanks}", "act: thanks, within: opening}")
    write("policy.yaml", old)
    write("new.yaml", new)
    both = audit(replylint, "log.jsonl", "-p", "new.yaml")
    # a1 is excused from the second of March on, and r1 was written before.
    assert found(both) == [each for each in FOUND if each[1] != "a1"]
    assert lines(both)[-1]["not_checked"] == []
    alone = replylint("audit", "log.jsonl", "-p", "new.yaml", "-f", "jsonl")
    # c2 is judged, for its rule is in force; r1 is not.
    assert found(alone) == [("answer", "c2")]
    assert lines(alone)[-1]["not_checked"] == [
        {
            "kind": "not in force",
            "rule": None,
            "reason": "no version of the policy ours was in force",
            "count": 2,
            "where": ["log.jsonl:1", "log.jsonl:2"],
        }
    ]
    assert replylint("audit", "log.jsonl", "-p", "new.yaml", "--fail-level", "none").code == 3


def test_versions_that_overlap_are_refused(replylint: Replylint, log: Path, write: Write) -> None:
    write("new.yaml", POLICY.replace("1.0.0", "2.0.0"))
    result = audit(replylint, "log.jsonl", "-p", "new.yaml")
    assert result.code == 2
    assert "this version of ours begins when version" in result.err


# --- resuming ------------------------------------------------------------------------------------


def done(result: Result) -> str:
    return result.err.splitlines()[0]


@own_cache
def test_a_second_run_takes_up_what_is_kept(replylint: Replylint, log: Path) -> None:
    first = audit(replylint, "log.jsonl", "-v")
    # Of the comments only those whose kind is not recorded, and on which something hangs.
    assert done(first) == "log read; 2 texts and 3 replies read, others as kept; events judged"
    second = audit(replylint, "log.jsonl", "-v")
    assert done(second) == (
        "log as kept; 0 texts and 0 replies read, others as kept; events as judged before"
    )
    assert second.out == first.out


@own_cache
def test_only_what_is_new_is_read(replylint: Replylint, log: Path) -> None:
    audit(replylint, "log.jsonl")
    jsonl(log, [*LOG, comment("c7", "2026-03-06T09:00:00Z", "Eva", "My lamp is broken, help!")])
    result = audit(replylint, "log.jsonl", "-v")
    assert done(result) == "log read; 1 texts and 0 replies read, others as kept; events judged"


@own_cache
def test_another_policy_judges_anew_and_reads_no_comment_again(
    replylint: Replylint, log: Path, write: Write
) -> None:
    audit(replylint, "log.jsonl")
    write("policy.yaml", POLICY.replace("24 h", "100 h"))
    result = audit(replylint, "log.jsonl", "-v")
    assert done(result) == "log as kept; 0 texts and 3 replies read, others as kept; events judged"
    assert ("answer", "c2") not in found(result)


@own_cache
def test_no_cache_keeps_nothing(replylint: Replylint, log: Path, here: Path) -> None:
    audit(replylint, "log.jsonl", "--no-cache")
    assert not (here / ".replylint-cache").exists()


@own_cache
def test_what_is_kept_can_be_removed(replylint: Replylint, log: Path, here: Path) -> None:
    audit(replylint, "log.jsonl")
    assert replylint("cache", "clean").code == 0
    assert not list((here / ".replylint-cache").glob("audit*"))


@own_cache
@pytest.mark.parametrize("stage", ["replies", "judged"])
def test_an_interrupted_run_leaves_no_half_report(here: Path, log: Path, stage: str) -> None:
    """SIGINT while replies are read by workers, and while a long report is written."""
    if stage == "replies":
        rows = [
            reply(f"x{n}", "2026-03-05T10:00:00Z", f"y{n}", f"Hi Eva, lamp {n} is on its way. Bye!")
            for n in range(5_000)
        ]
        arguments = ["--jobs", "2"]
    else:
        known = {"target.kind": "complaint"}
        rows = [
            remove(f"a{n}", "2026-03-05T10:00:00Z", f"y{n}", ["other"]) | known
            for n in range(60_000)
        ]
        arguments = ["--no-replies"]
    jsonl(log, rows)
    run = subprocess.Popen(
        [sys.executable, "-m", "linter.cli", "audit", "log.jsonl", "-p", "policy.yaml",
         "-f", "jsonl=out.jsonl", *arguments],
        cwd=here, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - it sets a signal, and takes no lock
    )  # fmt: skip
    cache = here / ".replylint-cache" / "audit"
    deadline = time.monotonic() + 60
    while not list(cache.glob(f"{stage}/*")) and time.monotonic() < deadline:
        assert run.poll() is None, run.stderr.read() if run.stderr else ""
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130, said
    assert b"Traceback" not in said
    left = sorted(path.name for path in here.iterdir() if path.name != ".replylint-cache")
    assert left == ["log.jsonl", "policy.yaml"], "neither a report nor a half one"
    assert not list(cache.glob("unfinished-*"))


# --- people and words ----------------------------------------------------------------------------


def test_pseudonyms_are_stable_with_a_key(replylint: Replylint, log: Path, write: Write) -> None:
    write("key", "a long and secret key of ours\n")
    key = ("--pseudonymise", "--pseudonym-key", "key")
    first, second = (audit(replylint, "log.jsonl", *key) for _ in range(2))
    assert first.out == second.out
    other = audit(replylint, "log.jsonl", "--pseudonymise")
    assert other.out != first.out, "without a key they are made for this run only"
    report = lines(first)
    actors = [each["event"]["actor"] for each in report[:-1]]
    assert all(actor.startswith("person-") for actor in actors)
    assert len(set(actors)) == 3, "Noor, Anne and mod-7"
    assert report[2]["message"].startswith(f"The comment of {actors[2]} had")
    for name in ("mod-7", "Anne", "Noor"):
        assert name not in first.out
    assert found(first) == FOUND


@pytest.mark.parametrize("name", FORMATS)
def test_no_names_and_no_words_where_they_are_not_wanted(
    replylint: Replylint, log: Path, name: str
) -> None:
    log.write_text(log.read_text(encoding="utf-8") + '{"secret": "Ola Nordmann"\n')
    result = replylint(
        "audit", "log.jsonl", "-p", "policy.yaml", "-f", name, "--redact", "--pseudonymise",
        "--rejects", "rejects.jsonl",
    )  # fmt: skip
    shown = result.out + result.err + Path("rejects.jsonl").read_text(encoding="utf-8")
    for word in ("mod-7", "Anne", "Noor", "Jens", "kettle", "too loud", "opinion", "Ola"):
        assert word not in shown, word


def test_redacted_says_what_was_done_without_words(replylint: Replylint, log: Path) -> None:
    messages = [each["message"] for each in lines(audit(replylint, "log.jsonl", "--redact"))[:-1]]
    assert messages == [
        '"[text]" stands under 2 replies.',
        "The reply to [author] says no thanks.",
        "The comment of [author] had no answer in 24 h (3 d).",
        "A complaint was removed by mod-7 on ground off_topic: [reason] "
        "(kind inferred from the text)",
    ]


PEOPLE = """\
policy: people
languages: [en]
rules:
  - id: bans
    check: absence
    options: {event: {action: ban}}
    message: "{actor} banned {target}, the author of {id}: {author}"
  - id: removals
    check: absence
    options: {event: {action: remove}}
    message: "{actor} removed {target} by {author}"
  - id: shares
    check: rate-by
    options:
      event: {ground: other}
      of: {action: remove}
      by: [actor, channel]
      at_most: 10
      at_least: 5
    message: "{group}: {rate}"
"""


def test_a_pseudonym_stands_for_one_person_wherever_they_are_named(
    replylint: Replylint, log: Path, write: Write
) -> None:
    write("policy.yaml", PEOPLE)
    rows = [comment(f"c{n}", "2026-03-01T10:00:00Z", "Jens", "x", channel="web") for n in range(6)]
    rows += [remove(f"a{n}", "2026-03-02T10:00:00Z", f"c{n}", ["other"]) for n in range(6)]
    ban = {"action": "ban", "target": "Jens", "target__type": "account", "actor": "mod-7"}
    rows.append(event("action", "b1", "2026-03-03T10:00:00Z", **ban))
    jsonl(log, rows)
    report = lines(audit(replylint, "log.jsonl", "--pseudonymise"))
    messages = {each["rule"]: each["message"] for each in report[:-1]}
    moderator = report[0]["event"]["actor"]
    customer = messages["removals"].rpartition(" ")[2]
    assert moderator != customer
    assert {moderator[:7], customer[:7]} == {"person-"}
    assert messages["bans"] == f"{moderator} banned {customer}, the author of b1: {customer}"
    # An event's id is no name, and neither is a channel.
    assert messages["removals"] == f"{moderator} removed c5 by {customer}"
    assert messages["shares"].startswith(f"{moderator}, web: ")
    redacted = lines(audit(replylint, "log.jsonl", "--redact"))
    messages = {each["rule"]: each["message"] for each in redacted[:-1]}
    assert messages["bans"] == "mod-7 banned [target], the author of b1: [author]"
    assert messages["removals"] == "mod-7 removed c5 by [author]"
    assert messages["shares"].startswith("mod-7, web: ")


def test_a_customer_who_acts_is_not_named_where_words_are_left_out(
    replylint: Replylint, log: Path
) -> None:
    shown = lines(audit(replylint, "log.jsonl", "--redact"))
    assert [each["event"]["actor"] for each in shown[:-1]] == ["Noor", "Noor", None, "mod-7"]


@pytest.mark.parametrize("key", ["", "short", " " * 40])
def test_a_key_that_is_none_is_refused(
    replylint: Replylint, log: Path, write: Write, key: str
) -> None:
    write("key", key)
    result = audit(replylint, "log.jsonl", "--pseudonymise", "--pseudonym-key", "key")
    assert (result.code, "at least 16 bytes" in result.err) == (2, True)


HOSTILE = (
    "<script>alert(1)</script> \x1b[31mred\x1b[0m\n::error::boo\n##vso[task.x]y \u202etxt "
    "=cmd|' /C calc'!A0"
)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_texts_do_nothing(replylint: Replylint, log: Path, name: str) -> None:
    rows = [
        comment("c1", "2026-03-01T10:00:00Z", HOSTILE, f"{BROKE} {HOSTILE}"),
        reply("=cmd|'x'!A1", "2026-03-03T12:00:00Z", "c1", f"{HOSTILE}\n{FORMULA}"),
        remove("a1", "2026-03-02T11:00:00Z", "c1", [HOSTILE], reason=HOSTILE, actor=HOSTILE),
        comment("::error::x", "2026-03-04T10:00:00Z", "=1+1", BROKE),
    ]
    jsonl(log, rows)
    for more in ((), ("--redact",), ("--pseudonymise",), ("-v",)):
        out = replylint("audit", "log.jsonl", "-p", "policy.yaml", "-f", name, *more).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "##vso[" not in out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())
        if name == "html":
            assert "<script>alert" not in out
        if name == "csv":
            cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
            assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@"))]
        if name == "json":
            REPORT.validate(json.loads(out))
            if not more:
                kept = json.loads(out)["findings"]
                assert any(HOSTILE in each["message"] for each in kept), "data is kept as it is"


# --- formats -------------------------------------------------------------------------------------


def test_several_formats_at_once(replylint: Replylint, log: Path, here: Path) -> None:
    targets = [argument for name in FORMATS for argument in ("-f", f"{name}=out/r.{name}")]
    result = replylint("audit", "log.jsonl", "-p", "policy.yaml", *targets)
    assert (result.code, result.out) == (1, "")
    out = here / "out"
    assert sorted(path.name for path in out.iterdir()) == sorted(f"r.{name}" for name in FORMATS)
    document = json.loads((out / "r.json").read_text(encoding="utf-8"))
    REPORT.validate(document)
    for line in (out / "r.jsonl").read_text(encoding="utf-8").splitlines():
        REPORT.validate(json.loads(line))
    assert [(each["rule"], each["reply"]) for each in document["findings"]] == FOUND
    sarif = json.loads((out / "r.sarif").read_text(encoding="utf-8"))
    SARIF.validate(sarif)
    results = sarif["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == [rule for rule, _ in FOUND]
    place = results[3]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3}
    with (out / "r.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rule"], row["reply"]) for row in rows] == FOUND
    assert rows[3]["inferred"] == "true"
    assert (rows[3]["time"], rows[3]["actor"]) == ("2026-03-02T10:00:00Z", "mod-7")
    assert "A complaint was removed by" in (out / "r.html").read_text(encoding="utf-8")


def test_a_report_is_written_in_whole_or_not_at_all(
    replylint: Replylint, log: Path, here: Path
) -> None:
    (here / "out.json").write_text("the former report")
    (here / "policy.yaml").write_text(POLICY.replace("absence", "abscence"))
    assert replylint("audit", "log.jsonl", "-p", "policy.yaml", "-o", "out.json").code == 2
    assert (here / "out.json").read_text() == "the former report"


# --- signs of progress ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "made", "total", "said"),
    [
        ("read", 250_000_000, 1_000_000_000, "reading the log: 250 of 1,000 MB (125 MB a second)"),
        ("texts", 3_000, 12_000, "reading texts: 3,000 of 12,000 (1,500 a second)"),
        ("judge", 0, None, "judging …"),
        ("a new stage", 4, None, "a new stage: 4 (2 a second)"),
    ],
)
def test_progress_says_stage_amount_and_rate(
    stage: str, made: int, total: int | None, said: str
) -> None:
    assert _line(stage, made, total, 2.0) == said


def test_no_progress_where_there_is_no_terminal(here: Path, log: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "linter.cli", "audit", "log.jsonl", "-p", "policy.yaml",
         "-o", "out.txt"],
        cwd=here, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"")
