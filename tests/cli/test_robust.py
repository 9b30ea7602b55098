"""`check` where something is in its way: interrupts, closed folders, secrets in broken records."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linter.reporters import REPORTERS
from tests.cli.conftest import Replylint, Write, heed_interrupts

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of a process group")


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_check_at_once_without_a_traceback(
    write: Write, policy: Path, here: Path, jobs: str
) -> None:
    reply = '{"lang": "en", "reply": "Hi Jens, call us at your earliest convenience."}\n'
    for number in range(4):
        write(f"replies/{number}.jsonl", reply * 40_000)
    command = [sys.executable, "-m", "linter.cli", "check", "replies", "-p", "policy.yaml"]
    with subprocess.Popen(
        [*command, "--no-cache", "--jobs", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - it sets a signal, and takes no lock
    ) as process:
        time.sleep(2.5)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130, "as shells say of SIGINT; 1 would mean findings"
    assert err == b""


def test_a_folder_that_may_not_be_looked_into_is_counted(
    replylint: Replylint, write: Write, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("replies/a.md", "---\nlang: en\n---\nHi Jens, call us when it suits you.\n")
    write("replies/closed/b.md", "Hi")
    write(".replylint.yaml", "policy: policy.yaml\nreplies: replies/**\n")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    for named in ((), ("replies",)):
        result = replylint("check", "--no-cache", *named)
        assert result.code == 3
        assert "the folder may not be looked into (replies/closed)" in result.out


def test_what_the_configuration_names_is_no_reply(
    replylint: Replylint, write: Write, policy: Path
) -> None:
    write("a.md", "---\nlang: en\n---\nHi Jens, call us when it suits you.\n")
    write(".replylint.yaml", 'policy: policy.yaml\nreplies: "**"\n')
    result = replylint("check", "--no-cache")
    assert "1 reply in 1 file" in result.out, "neither the policy nor the configuration"


@pytest.mark.parametrize("name", REPORTERS)
def test_why_a_record_could_not_be_read_keeps_its_words_when_redacted(
    replylint: Replylint, write: Write, policy: Path, name: str
) -> None:
    write(
        "a.jsonl",
        '{"reply": "x", "rating": "my secret"}\n{"reply": "x", "lang": "a \\"secret\\" one"}\n'
        '{"the secret; \\" key": "x"}\n{"reply": "x", "comment": {"kind": "secret"}}\n'
        '{"reply": "x", "a secret": 1, "a secret": 2}\n',
    )
    write("a.csv", "A secret was told,Hi Jens\nx,y\n")
    write("a.yaml", "- reply: *secret* of ours\n")
    write("b.yaml", "- reply: !secret of ours\n")
    asked = ("check", "--no-cache", "-p", "policy.yaml", "-f", name, "a.jsonl", "a.csv", "a.yaml")
    shown = replylint(*asked, "b.yaml")
    assert "secret" in shown.out, "not redacted, the reason helps"
    redacted = replylint(*asked, "b.yaml", "--redact")
    assert "secret" not in redacted.out
    assert "must be a number" in redacted.out
    assert redacted.code == shown.code == 3


def test_progress_tells_the_replies_of_a_large_file(
    write: Write, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linter import runner
    from linter.config import Config
    from linter.runner import Plan, Runner, load

    monkeypatch.setattr(runner, "_is_large", lambda path: True)
    path = write("a.jsonl", '{"lang": "en", "reply": "Hi Jens, call us when it suits you."}\n' * 3)
    plan = Plan((str(policy),), Path(), Config(Path()))
    told: list[tuple[int, int]] = []
    checker = Runner(plan, load(plan), progress=lambda *done: told.append(done))
    list(checker.files([(path, "a.jsonl")]))
    assert [files for files, _ in told] == [0, 0, 0, 1], "a sign of life for each record"
    assert told[-1] == (1, 3), "files and replies done"
