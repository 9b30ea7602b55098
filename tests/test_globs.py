"""Patterns of paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from linter.globs import files, matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("replies/*.md", "replies/a.md"),
        ("./replies/*.md", "replies/a.md"),
        ("replies/**", "replies/nb/sub/a.md"),
        ("replies/**/*.md", "replies/a.md"),
        ("replies/**/*.md", "replies/nb/sub/a.md"),
        ("**/*.md", "a.md"),
        ("**/drafts/**", "x/drafts/y/a.md"),
        ("replies", "replies/nb/a.md"),
        ("replies/", "replies/nb/a.md"),
        ("a?.md", "aæ.md"),
        ("a+(b)[c].md", "a+(b)[c].md"),
    ],
)
def test_matches(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path", "why"),
    [
        ("replies/*.md", "replies/nb/a.md", "one star stays in its folder"),
        ("*.md", "replies/a.md", "a pattern begins at the configuration's folder"),
        ("replies", "replies.md", "a name is a whole name"),
        ("replies/**", "old/replies/a.md", "a pattern begins at the configuration's folder"),
        ("a.md", "aXmd", "a dot is a dot"),
        ("a?.md", "a/.md", "a question mark is no slash"),
        ("replies/*.md", "replies/a.md.bak", "an ending is an ending"),
    ],
)
def test_matches_not(pattern: str, path: str, why: str) -> None:
    assert not matches(pattern, path), why


def test_files(tmp_path: Path) -> None:
    for name in ("replies/a.md", "replies/nb/b.md", "replies/.git/c.md", "other/d.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    def found(pattern: str) -> set[str]:
        return {path.relative_to(tmp_path).as_posix() for path in files(tmp_path, pattern)}

    assert found("replies/**") == {"replies/a.md", "replies/nb/b.md"}
    assert found("**/*.md") == {"replies/a.md", "replies/nb/b.md", "other/d.md"}
    assert found("replies/.git") == {"replies/.git/c.md"}
    assert found("other/d.md") == {"other/d.md"}
    assert found("nothing/**") == set()
