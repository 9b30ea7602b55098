"""The tools beside each other, over generated files: time, memory and findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed import corpus
from benchmarks.speed.measure import Cost, run
from benchmarks.speed.tools import TOOLS, findings

_PATIENCE = 60
"""A run of so many seconds is not repeated."""


@dataclass(frozen=True, slots=True)
class Row:
    """One tool's medians for one size; `skipped` says why there are none."""

    files: int
    phrases: int
    planted: int
    tool: str
    skipped: str | None = None
    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    findings: int = 0
    runs: int = 0

    @property
    def equal_work(self) -> bool:
        """Whether the tool found all that was planted, and nothing else."""
        return self.skipped is None and self.findings == self.planted


def compare(
    folder: Path, files: Sequence[int], phrases: Sequence[int], runs: int, only: Collection[str]
) -> Iterator[list[Row]]:
    """The rows of each size, one after the other. `folder` is filled with the replies."""
    for count in files:
        home = folder / f"{count}-files"
        planted = corpus.write(home / "replies", count)
        for number in phrases:
            chosen = corpus.phrases(number)
            yield _size(home, count, planted, chosen, runs, only)


def _size(
    folder: Path,
    files: int,
    planted: int,
    phrases: Sequence[str],
    runs: int,
    only: Collection[str],
) -> list[Row]:
    """Runs of the tools in turn, so that what else the machine does meets all of them."""
    commands: dict[str, list[str]] = {}
    skipped: dict[str, str] = {}
    for name in only or TOOLS:
        tool = TOOLS[name]
        program = tool.program()
        if program is None:
            skipped[name] = "not installed"
        elif not only and files * len(phrases) > tool.most:
            skipped[name] = f"too slow here; --only {name} runs it"
        else:
            commands[name] = [*program, *tool.arguments]
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for name, command in commands.items():
        if TOOLS[name].primed:
            TOOLS[name].configure(folder, phrases)
            run(command, folder)
    for _ in range(runs):
        for name, command in commands.items():
            if not any(cost.seconds > _PATIENCE for cost in costs[name]):
                TOOLS[name].configure(folder, phrases)
                costs[name].append(run(command, folder))
    return [
        Row(files, len(phrases), planted, name, skipped[name])
        if name in skipped
        else _row(files, planted, phrases, name, costs[name])
        for name in only or TOOLS
    ]


def _row(files: int, planted: int, phrases: Sequence[str], name: str, costs: Sequence[Cost]) -> Row:
    return Row(
        files,
        len(phrases),
        planted,
        name,
        seconds=median(cost.seconds for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        peak=max(cost.peak for cost in costs),
        findings=findings(costs[-1].output),
        runs=len(costs),
    )


def versions(only: Collection[str], folder: Path) -> Mapping[str, str]:
    """What each tool that is installed says of its version."""
    found = {}
    for name in only or TOOLS:
        if (program := TOOLS[name].program()) is not None:
            lines = run([*program, "--version"], folder).output.strip().splitlines()
            found[name] = lines[-1] if lines else "unknown"
    return found
