"""How well acts and comment kinds are recognised, on a labelled file.

    python -m benchmarks.accuracy FILE.jsonl [--lang nl] [--act apology --errors]

FILE has a JSON object a line: `id, lang, rating, author, comment, reply, labels` where labels maps an
act to true, false or null (not judged) and `comment_kind` to a kind. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path

from linter.language.language import Language
from linter.model import Comment, Reply

SKIPPED = {"comment_kind"}


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a proportion (Wilson 1927); (0, 1) for no cases."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return centre - half, centre + half


def ratio(a: int, b: int) -> float:
    return a / b if b else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", action="append")
    parser.add_argument("--act", action="append", help="only these acts, or comment_kind")
    parser.add_argument("--errors", action="store_true", help="show every false alarm and miss")
    options = parser.parse_args()
    cases = [
        json.loads(line)
        for line in options.file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    for code in options.lang or sorted({case["lang"] for case in cases}):
        measure(code, [case for case in cases if case["lang"] == code], options)


def measure(code: str, cases: list[dict], options: argparse.Namespace) -> None:
    language = Language(code)
    counts: dict[str, Counter[str]] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    for case in cases:
        comment = None
        if case["comment"] is not None or case["rating"] is not None:
            comment = Comment(case["comment"], None, case["rating"])
        reply = Reply(case["id"], case["reply"], None, author=case["author"], comment=comment)  # type: ignore[arg-type]
        analysis = language.analyse(reply)
        acts = analysis.acts()
        found = {act.label for act in acts}
        for act, expected in case["labels"].items():
            if act in SKIPPED or expected is None or (options.act and act not in options.act):
                continue
            outcome = ("tp" if expected else "fp") if act in found else ("fn" if expected else "tn")
            counts.setdefault(act, Counter())[outcome] += 1
            if options.errors and outcome in ("fp", "fn"):
                spans = [case["reply"][a.start : a.end] for a in acts if a.label == act]
                print(
                    f"{outcome.upper()} {code} {act} {case['id']} [{case['author']}] {spans or ''}\n    {' '.join(case['reply'].split())}"
                )
        kind = case["labels"].get("comment_kind")
        if kind is not None and case["comment"] is not None:
            kinds[kind, str(analysis.comment_kind)] += 1
            if (
                options.errors
                and kind != analysis.comment_kind
                and (not options.act or "comment_kind" in options.act)
            ):
                print(
                    f"KIND {code} {case['id']} {kind} -> {analysis.comment_kind} ({case['rating']})\n    {' '.join(case['comment'].split())[:400]}"
                )
    report(code, counts, kinds)


def report(code: str, counts: dict[str, Counter[str]], kinds: Counter[tuple[str, str]]) -> None:
    print(f"\n{code:<22}{'n':>5}{'prec':>8}{'rec':>8}{'F1':>8}   95 % of precision")
    for act, count in counts.items():
        tp, fp, fn = count["tp"], count["fp"], count["fn"]
        low, high = wilson(tp, tp + fp)
        print(
            f"{act:<22}{tp + fn:>5}{ratio(tp, tp + fp):>8.3f}{ratio(tp, tp + fn):>8.3f}"
            f"{ratio(2 * tp, 2 * tp + fp + fn):>8.3f}   {low:.2f}-{high:.2f}"
        )
    total = sum(kinds.values())
    if total:
        right = sum(n for (a, b), n in kinds.items() if a == b)
        print(
            f"{'comment_kind':<22}{total:>5}  accuracy {right / total:.3f}  "
            + ", ".join(f"{a}->{b} {n}" for (a, b), n in kinds.most_common() if a != b)
        )


if __name__ == "__main__":
    main()
