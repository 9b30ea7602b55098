"""The tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from benchmarks.speed.compare import Row
from benchmarks.speed.start import Start
from benchmarks.speed.tools import TOOLS


def comparison(rows: Sequence[Row]) -> list[str]:
    """A table of the tools for each size. Ratios are to the first tool that did all the work."""
    lines = []
    for (files, phrases), group in groupby(rows, lambda row: (row.files, row.phrases)):
        same = list(group)
        lines += [
            f"{files:,} {'file' if files == 1 else 'files'}, {phrases:,} phrases; "
            f"{same[0].planted:,} planted",
            f"  {'':<28}{'seconds':>9}{'ratio':>8}{'CPU s':>9}{'peak MB':>9}{'found':>8}",
        ]
        base = next((row for row in same if row.equal_work), None)
        lines += [_tool_line(row, base) for row in same]
        lines.append("")
    return lines


def _tool_line(row: Row, base: Row | None) -> str:
    title = f"  {TOOLS[row.tool].title:<28}"
    if row.skipped is not None:
        return f"{title}  {row.skipped}"
    ratio = f"{row.seconds / base.seconds:.2f}" if base and row.equal_work else "-"
    note = "" if row.equal_work else "  <- other work: not compared"
    runs = f"  ({row.runs} run)" if row.runs == 1 else ""
    return (
        f"{title}{row.seconds:>9.3f}{ratio:>8}{row.cpu:>9.3f}{row.peak:>9.0f}"
        f"{row.findings:>8,}{note}{runs}"
    )


def start(found: Sequence[Start]) -> list[str]:
    """Start-up times."""
    lines = ["From start to end", f"  {'':<42}{'seconds':>9}{'peak MB':>9}  loads spaCy"]
    for item in found:
        loads = "" if item.spacy is None else "yes" if item.spacy else "no"
        lines.append(f"  {item.title:<42}{item.seconds:>9.3f}{item.peak:>9.0f}  {loads}")
    return [*lines, ""]


def process(policy: str, found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    """Figures of one process and one core."""
    lines = [f"One process and core, once started, with the policy {policy}"]
    for title in ("no comment", "with comment"):
        own = found[title]
        lines.append(
            f"  {title:<14}{own['later']:>9,.0f} replies/s  (the first thousand: "
            f"{own['first']:,.0f}; tokenising alone: {own['tokenising']:,.0f}; {own['rules']} "
            f"rules, {own['tokens']:.0f} tokens and {own['findings']:.1f} findings a reply)"
        )
    costs = found["phrases"]
    if costs:
        least = next(iter(costs.values()))["reply"]
        lines += ["", "Cost of a reply by the number of phrases", ""]
        lines[-1] = f"  {'phrases':>9}{'ms a reply':>12}{'ratio':>8}{'s to start':>12}"
        for number, cost in costs.items():
            lines.append(
                f"  {int(number):>9,}{cost['reply'] * 1000:>12.3f}{cost['reply'] / least:>8.2f}"
                f"{cost['ready']:>12.2f}"
            )
    return [*lines, ""]
