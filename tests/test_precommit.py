"""The hooks, run by the real pre-commit on a real git repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
CONFIG = """\
policy: handling-negative-comments
replies: ["replies/**"]
"""
GOOD = """\
---
author: Jens Hansen
lang: en
---
Hi Jens, thank you for telling us. The kettle leaves the shop today.
"""
BAD = GOOD.replace("Hi Jens", "Hi Anne")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A team's repository that uses the hooks.

    They are as offered, but for `language: system`: the command under test is this checkout's.
    """
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    offered = tmp_path / "hooks"
    offered.mkdir()
    local = [{**hook, "language": "system"} for hook in hooks]
    (offered / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(local), encoding="utf-8")
    git(offered, "init", "-q")
    git(offered, "add", ".")
    git(offered, "commit", "-qm", "Offer hooks")
    team = tmp_path / "team"
    (team / "replies").mkdir(parents=True)
    git(team, "init", "-q")
    config = {
        "repos": [
            {
                "repo": str(offered),
                "rev": git(offered, "rev-parse", "HEAD"),
                "hooks": [
                    {"id": "replylint-check", "files": "^replies/"},
                    {"id": "replylint-validate", "files": r"^(\.replylint|policies/.*)\.yaml$"},
                ],
            }
        ]
    }
    (team / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (team / ".replylint.yaml").write_text(CONFIG, encoding="utf-8")
    return team


def commit(team: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run all hooks on what is staged, as `git commit` would."""
    git(team, "add", ".")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run"],
        cwd=team,
        env={**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_good_reply_can_be_committed(library: Path, tmp_path: Path) -> None:
    (library / "replies" / "kettle.md").write_text(GOOD, encoding="utf-8")
    done = commit(library, tmp_path / "home")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 2


def test_a_bad_reply_stops_the_commit_and_is_shown(library: Path, tmp_path: Path) -> None:
    (library / "replies" / "kettle.md").write_text(BAD, encoding="utf-8")
    done = commit(library, tmp_path / "home")
    assert done.returncode == 1
    assert "replies/kettle.md:5:4: error right-name" in done.stdout


def test_a_broken_configuration_stops_the_commit_with_its_place(
    library: Path, tmp_path: Path
) -> None:
    (library / ".replylint.yaml").write_text(CONFIG.replace("policy", "polcy"), encoding="utf-8")
    done = commit(library, tmp_path / "home")
    assert done.returncode == 1
    assert '.replylint.yaml:1:1: unknown key "polcy"; did you mean "policy"?' in done.stdout
