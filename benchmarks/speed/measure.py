"""Run a command and say what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MAXRSS_PER_MB = 1_000_000 if sys.platform == "darwin" else 1_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: wall and processor seconds, and the peak MB of its largest process."""

    seconds: float
    cpu: float
    peak: float
    code: int
    output: str


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and wait for it.

    The peak is never below this process's own size, which a new process begins with: whoever
    measures must stay small.
    """
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(seconds, cpu, usage.ru_maxrss / _MAXRSS_PER_MB, process.returncode, output)
