"""How fast a log is judged, in how much memory, and by whom.

    python -m benchmarks.audit FOLDER [--events 500000 5000000] [--memory 700MB 512MB]
                                      [--runners embedded plain spark]

Logs are generated into FOLDER unless they are there. See README.md beside this file for what is
measured and for recorded results.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.audit import generate
from benchmarks.audit.memory import run

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
RUNNERS = ("embedded", "plain", "spark")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, a line a run, as soon as it is known."""
    options = _parser().parse_args(arguments)
    print(f"{'runner':16} {'events':>10} {'s':>7} {'CPU s':>7} {'rows/CPU s':>10} {'MB':>6} found")
    for events in options.events:
        store = options.folder.resolve() / f"store-{events}-{options.seed}"
        if not any(store.glob("*.parquet")):
            generate.write(store, events, "store", options.seed)
        for name, command in _commands(options, store):
            cost = run([sys.executable, "-m", *command], _ROOT)
            if cost.code:
                print(f"{name:16} failed with {cost.code}", flush=True)
                continue
            told = json.loads(cost.output)
            found = f"{sum(told['violations'].values())} {told.get('digest', '')[:12]}"
            rate = told["rows"] / max(cost.cpu, 0.01)
            print(
                f"{name:16} {told['rows']:>10} {told['seconds']:>7.1f} {cost.cpu:>7.1f} "
                f"{rate:>10.0f} {cost.peak:>6.0f} {found}",
                flush=True,
            )


def _commands(options: argparse.Namespace, store: Path) -> Iterator[tuple[str, list[str]]]:
    policy = str(options.policy)
    for runner in options.runners:
        if runner == "plain":
            yield runner, ["benchmarks.audit.plain", str(store), policy]
            continue
        for memory in options.memory:
            words = ["benchmarks.audit.judging", runner, str(store), policy, memory]
            yield f"{runner} {memory}", words


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.audit", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, nargs="+", default=[500_000, 5_000_000])
    parser.add_argument("--memory", nargs="+", default=["700MB"])
    parser.add_argument("--runners", nargs="+", choices=RUNNERS, default=["embedded", "plain"])
    parser.add_argument("--policy", type=Path, default=_HERE / "policy.yaml")
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
