"""How well acts and comment kinds are recognised, on a labelled file.

    python -m benchmarks.accuracy FILE.jsonl [--lang nl] [--act apology --errors] [--json OUT]

FILE has a JSON object a line: `id, lang, rating, author, comment, reply, labels`, where labels maps
an act to true, false or null (not judged) and `comment_kind` to a kind. Intervals are Wilson's.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.model import Comment, Reply

KIND = "comment_kind"


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


@dataclass
class Scores:
    """Counts of one language: by act and outcome (tp, fp, fn, tn); of kinds by (label, found)."""

    acts: dict[str, Counter[str]] = field(default_factory=dict)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def rows(self) -> list[dict[str, Any]]:
        """A row an act: n, precision, recall, F1 and the interval of the precision."""
        rows = []
        for act, count in self.acts.items():
            tp, fp, fn = count["tp"], count["fp"], count["fn"]
            low, high = wilson(tp, tp + fp)
            rows.append(
                {
                    "act": act,
                    "n": tp + fn,
                    "precision": ratio(tp, tp + fp),
                    "recall": ratio(tp, tp + fn),
                    "f1": ratio(2 * tp, 2 * tp + fp + fn),
                    "low": low,
                    "high": high,
                }
            )
        return rows

    def kind_row(self) -> dict[str, Any]:
        """The share of comments whose kind is right."""
        total = sum(self.kinds.values())
        right = sum(n for (label, found), n in self.kinds.items() if label == found)
        return {KIND: {"n": total, "accuracy": ratio(right, total)}} if total else {}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--lang", action="append")
    parser.add_argument("--act", action="append", help="only these acts, or comment_kind")
    parser.add_argument("--errors", action="store_true", help="show every false alarm and miss")
    parser.add_argument("--json", type=Path, help="write the figures to this file, for the manual")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    figures = {}
    for code in options.lang or sorted({case["lang"] for case in cases}):
        scores = measure(code, [case for case in cases if case["lang"] == code], options)
        show(code, scores)
        figures[code] = {row.pop("act"): row for row in scores.rows() if row["n"]}
        figures[code] |= scores.kind_row()
    if options.json:
        plain = json.loads(
            json.dumps(figures),
            parse_float=lambda text: round(float(text), 3),
            parse_constant=lambda _: None,
        )
        options.json.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def measure(code: str, cases: list[dict[str, Any]], options: argparse.Namespace) -> Scores:
    language = Language(code)
    scores = Scores()
    for case in cases:
        reply = to_reply(case)
        analysis = language.analyse(reply)
        score_acts(code, case, analysis, scores, options)
        kind = case["labels"].get(KIND)
        if kind is not None and case["comment"] is not None:
            found = str(analysis.comment_kind)
            scores.kinds[kind, found] += 1
            if options.errors and kind != found and (not options.act or KIND in options.act):
                said = " ".join(case["comment"].split())[:400]
                print(f"KIND {code} {case['id']} {kind} -> {found} ({case['rating']})\n    {said}")
    return scores


def to_reply(case: dict[str, Any]) -> Reply:
    known = case["comment"] is not None or case["rating"] is not None
    comment = Comment(case["comment"], None, case["rating"]) if known else None
    return Reply(case["id"], case["reply"], None, author=case["author"], comment=comment)  # type: ignore[arg-type]


def score_acts(
    code: str,
    case: dict[str, Any],
    analysis: Analysis,
    scores: Scores,
    options: argparse.Namespace,
) -> None:
    acts = analysis.acts()
    found = {act.label for act in acts}
    for act, expected in case["labels"].items():
        if act == KIND or expected is None or (options.act and act not in options.act):
            continue
        outcome = ("tp" if expected else "fp") if act in found else ("fn" if expected else "tn")
        scores.acts.setdefault(act, Counter())[outcome] += 1
        if options.errors and outcome in ("fp", "fn"):
            spans = [case["reply"][a.start : a.end] for a in acts if a.label == act]
            said = " ".join(case["reply"].split())
            print(f"{outcome.upper()} {code} {act} {case['id']} [{case['author']}] {spans or ''}")
            print(f"    {said}")


def show(code: str, scores: Scores) -> None:
    print(f"\n{code:<22}{'n':>5}{'prec':>8}{'rec':>8}{'F1':>8}   95 % of precision")
    for row in scores.rows():
        print(
            f"{row['act']:<22}{row['n']:>5}{row['precision']:>8.3f}{row['recall']:>8.3f}"
            f"{row['f1']:>8.3f}   {row['low']:.2f}-{row['high']:.2f}"
        )
    total = sum(scores.kinds.values())
    if total:
        right = sum(n for (a, b), n in scores.kinds.items() if a == b)
        wrong = ", ".join(f"{a}->{b} {n}" for (a, b), n in scores.kinds.most_common() if a != b)
        print(f"{KIND:<22}{total:>5}  accuracy {right / total:.3f}  {wrong}")


if __name__ == "__main__":
    main()
