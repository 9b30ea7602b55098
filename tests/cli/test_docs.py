"""`docs`: pages that are made, and known to be fresh or not."""

from __future__ import annotations

import re
from pathlib import Path

from linter import shipped
from linter.checks import CHECKS
from tests.cli.conftest import Replylint


def test_writes_a_page_for_everything(replylint: Replylint, here: Path) -> None:
    assert replylint("docs").code == 0
    checks = (here / "docs" / "checks.md").read_text(encoding="utf-8")
    assert all(f"\n## {name}\n" in checks for name in CHECKS)
    pages = {path.stem for path in (here / "docs" / "policies").iterdir()}
    assert pages == set(shipped.policies())
    acts = (here / "docs" / "acts.md").read_text(encoding="utf-8")
    assert "\n### apology (nb)\n" in acts
    commands = (here / "docs" / "cli.md").read_text(encoding="utf-8")
    assert "\n## replylint new rule\n" in commands


def test_links_between_pages_lead_somewhere(replylint: Replylint, here: Path) -> None:
    assert replylint("docs").code == 0
    for page in sorted((here / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\(([^)#]*)#([^)]+)\)", text):
            linked = page if not target else page.parent / target
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
            assert anchor in anchors, (page, target, anchor)


def test_fresh_stale_and_left_over(replylint: Replylint, here: Path) -> None:
    assert replylint("docs").code == 0
    assert (replylint("docs", "--check").code, replylint("docs", "--check").out) == (0, "")
    made = (here / "docs" / "cli.md").read_text(encoding="utf-8")
    (here / "docs" / "cli.md").write_text(made + "more\n", encoding="utf-8")
    (here / "docs" / "old.md").write_text(made, encoding="utf-8")
    (here / "docs" / "own.md").write_text("# Written by hand\n", encoding="utf-8")
    result = replylint("docs", "--check")
    assert result.code == 1
    assert result.lines == [
        "docs/cli.md: is not what `replylint docs` writes",
        "docs/old.md: `replylint docs` does not write it any more",
    ]
    assert replylint("docs").lines == ["wrote docs/cli.md", "removed docs/old.md"]
    assert (here / "docs" / "own.md").is_file()
    assert replylint("docs", "--check").code == 0
