"""Runs `replylint` in an empty folder, inside this process."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.cli import main
from linter.language import lexicon


@dataclass(frozen=True)
class Result:
    """What a run of the command ended in."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Replylint = Callable[..., Result]
Write = Callable[[str, str], Path]


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    """Read what ships, and make a blank pipeline, once for all runs of the command."""
    import spacy

    trees = lexicon.trees
    parsed: dict[int, list[object]] = {}

    def kept(item: lexicon.Lexicon) -> Iterator[object]:
        if item not in lexicon.shipped(item.language):
            return iter(list(trees(item)))
        if id(item) not in parsed:
            parsed[id(item)] = list(trees(item))
        return iter(parsed[id(item)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "trees", kept)
        patch.setattr(spacy, "blank", cache(spacy.blank))
        yield


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, made the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def replylint(here: Path) -> Replylint:
    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
        return Result(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def write(here: Path) -> Write:
    """Write a file in the current folder."""

    def file(name: str, text: str) -> Path:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return file


@pytest.fixture
def policy(write: Write) -> Path:
    """A policy with two rules, both of them tested, in `policy.yaml`."""
    return write("policy.yaml", POLICY)


POLICY = """\
policy: ours
version: 1.0.0
title: How we answer
languages: [en]
guidelines:
  document: Our guide
  items:
    G1: Say thanks.
    G2: {text: Count to ten., not_checkable: nobody sees it}
    G3: {text: Be quick., not_checkable: No time is known.}
rules:
  - id: thanks
    title: Say thanks
    guideline: G1
    level: error
    when: {comment.kind: [complaint, praise], not: {channel: email}}
    check: require-act
    options: {act: thanks, within: opening}
    message: The reply does not say thanks.
    why: Who writes to us takes trouble.
    examples:
      good:
        - reply: Hi Jens, thanks for your message.
          comment: {kind: praise}
          channel: twitter
      bad:
        - reply: Hi Jens, your kettle is on its way.
          comment: {kind: complaint}
          channel: twitter
          why: it answers and does not thank
  - id: plain-words
    check: phrases
    options: {prefer: {at your earliest convenience: when it suits you}}
    message: 'Write "{instead}" instead of "{text}".'
    examples:
      good: [{reply: Call us when it suits you.}]
      bad: [{reply: Call us at your earliest convenience.}]
"""


def heed_interrupts() -> None:
    """For a process to call first: a shell has those that it starts in the background ignore
    Ctrl-C, and they pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
