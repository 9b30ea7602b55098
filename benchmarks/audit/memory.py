"""Run a command and say what it and all processes that it starts cost together."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: wall seconds, processor seconds of all its processes, and the peak in MB of what
    they held in memory at once (shared pages counted once: PSS)."""

    seconds: float
    cpu: float
    peak: float
    code: int
    output: str


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and watch it. Only on Linux."""
    if sys.platform != "linux":
        raise NotImplementedError("memory is measured through /proc")
    with tempfile.TemporaryFile() as out:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out)
        peak = 0
        spent: dict[int, float] = {}
        while process.poll() is None:
            held = 0
            for pid in _tree(process.pid):
                held += _held(pid)
                spent[pid] = max(spent.get(pid, 0.0), _spent(pid))
            peak = max(peak, held)
            time.sleep(_EVERY)
        seconds = time.perf_counter() - begun
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    return Cost(seconds, sum(spent.values()), peak / 1_000_000, process.returncode, output)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _spent(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
