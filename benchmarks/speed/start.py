"""How long commands take from start to end, and which of them load spaCy."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed import corpus
from benchmarks.speed.measure import Cost, run
from benchmarks.speed.tools import configure_replylint, replylint

_LOADED = """
import sys
from linter.cli import main
try:
    main(sys.argv[1:])
finally:
    print("\\nspacy" if "spacy" in sys.modules else "\\nnothing")
"""


@dataclass(frozen=True, slots=True)
class Start:
    """The medians of a command's runs. `spacy`: whether it loads spaCy; None for no replylint."""

    title: str
    seconds: float
    peak: float
    spacy: bool | None


def starts(policy: str, runs: int) -> list[Start]:
    """The commands' runs, in turn, in a folder with one reply and a policy of 20 phrases."""
    python = sys.executable
    floors = {
        "python -c pass": [python, "-c", "pass"],
        "python -c 'import spacy'": [python, "-c", "import spacy"],
    }
    own = {
        "--help": ["--help"],
        "explain RULE": ["explain", "address-by-name", "--policy", policy],
        "validate, 20 phrases": ["validate", "policy.yaml"],
        "check a file, 20 phrases": ["check", "--no-cache"],
        "the same, unchanged": ["check"],
        "check a file, shipped policy": ["check", "--no-cache", "--policy", policy],
        "the same again, unchanged": ["check", "--policy", policy],
    }
    program = replylint()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write(folder / "replies", 1)
        configure_replylint(folder, corpus.phrases(20))
        if program is None:
            own = {}
        commands = floors | {title: [*(program or []), *words] for title, words in own.items()}
        for words in own.values():  # fills the cache, and what the system keeps of files
            run([*(program or []), *words], folder)
        costs: dict[str, list[Cost]] = {title: [] for title in commands}
        for _ in range(runs):
            for title, command in commands.items():
                costs[title].append(run(command, folder))
        return [_start(title, costs[title], own.get(title), folder) for title in commands]


def _start(title: str, costs: Sequence[Cost], words: Sequence[str] | None, folder: Path) -> Start:
    loaded = None
    if words is not None:
        output = run([sys.executable, "-c", _LOADED, *words], folder).output
        loaded = output.splitlines()[-1] == "spacy"
    return Start(
        title if words is None else f"replylint {title}",
        median(cost.seconds for cost in costs),
        max(cost.peak for cost in costs),
        loaded,
    )
