"""One module for each output format. To add one: copy a module, rename it, enter it here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TextIO

from linter.model import Finding
from linter.modules import Modules
from linter.reporters.run import PolicyInfo, RuleInfo, Run

__all__ = ["REPORTERS", "PolicyInfo", "Reporter", "RuleInfo", "Run"]


class Reporter(Protocol):
    """What a format's module offers."""

    NAME: str

    def write(self, run: Run, findings: Iterator[Finding], out: TextIO) -> None:
        """Take all findings, in order, then ask `run.summary()`; write UTF-8 text to `out`."""
        ...


_NAMES = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "csv")
REPORTERS = Modules[Reporter](__name__, {name: name for name in _NAMES})
