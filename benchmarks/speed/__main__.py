"""How fast replylint is, beside the other linters of prose that are on the PATH.

    python -m benchmarks.speed [--files 1 1000] [--phrases 20 2000] [--runs 3] [--only vale …]

See benchmarks/README.md for what is measured and how to read it.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.speed import corpus, report
from benchmarks.speed.compare import Row, compare, versions
from benchmarks.speed.measure import run
from benchmarks.speed.start import starts
from benchmarks.speed.tools import TOOLS

PARTS = ("tools", "start", "process")
_POLICY = "handling-negative-comments"
_ROOT = Path(__file__).parent.parent.parent


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; each table as soon as it is known, or one JSON object at the end."""
    options = _parser().parse_args(arguments)
    result: dict[str, object] = {
        "system": platform.platform(),
        "python": platform.python_version(),
    }

    def show(lines: Sequence[str]) -> None:
        if not options.json:
            print("\n".join(lines), flush=True)

    only = options.only or ()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "tools" in options.parts:
            known = versions(only, folder)
            result["versions"] = dict(known)
            show([f"{tool}: {version}" for tool, version in known.items()] + [""])
            rows: list[Row] = []
            for size in compare(folder, options.files, options.phrases, options.runs, only):
                rows += size
                show(report.comparison(size))
            result["tools"] = [{**asdict(row), "equal_work": row.equal_work} for row in rows]
    if "start" in options.parts:
        begun = starts(options.policy, options.runs)
        result["start"] = [asdict(item) for item in begun]
        show(report.start(begun))
    if "process" in options.parts:
        # In a process of its own: this one must stay small, or the peaks would be its own.
        words = [options.policy, str(options.replies), *map(str, options.phrases)]
        cost = run([sys.executable, "-m", "benchmarks.speed.process", *words], _ROOT)
        if cost.code:
            sys.exit(cost.output)
        result["process"] = json.loads(cost.output)
        show(report.process(options.policy, json.loads(cost.output)))
    if options.json:
        print(json.dumps(result, indent=2))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0]
    )
    add = parser.add_argument
    add("--files", type=int, nargs="+", default=[1, 1_000, 10_000])
    add(
        "--phrases",
        type=int,
        nargs="+",
        default=[20, 200, 2_000],
        help=f"up to {corpus.MOST_PHRASES}",
    )
    add("--runs", type=int, default=3, help="of which the medians are shown")
    add("--only", nargs="+", choices=TOOLS, help="these tools, however long they take")
    add("--parts", nargs="+", choices=PARTS, default=PARTS)
    add("--policy", default=_POLICY, help="for start-up and the costs in a process")
    add("--replies", type=int, default=5_000, help="for the costs in a process")
    add("--json", action="store_true", help="print one JSON object instead of tables")
    return parser


if __name__ == "__main__":
    main()
