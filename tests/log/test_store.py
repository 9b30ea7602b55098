"""What is kept between runs is whole, and only what is whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linter.log.store import Store, content, digest, parquet


def write(text: str, made: list[str] | None = None):  # type: ignore[no-untyped-def]
    def make(path: Path) -> None:
        (path / "it").write_text(text)
        if made is not None:
            made.append(text)

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "audit"


def test_a_result_is_made_once(folder: Path) -> None:
    made: list[str] = []
    for _ in range(2):
        with Store(folder) as store:
            path, kept = store.stage("events", "k1", write("one", made))
            assert (path / "it").read_text() == "one"
    assert (made, kept) == (["one"], True)
    with Store(folder) as store:
        path, kept = store.stage("events", "k2", write("two", made))
    assert (made, kept) == (["one", "two"], False)


def test_a_result_that_failed_is_not_kept(folder: Path) -> None:
    def fails(path: Path) -> None:
        (path / "it").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Store(folder) as store:
        store.stage("events", "k1", fails)
    assert [path.name for path in folder.iterdir()] == []
    with Store(folder) as store:
        path, kept = store.stage("events", "k1", write("whole"))
        assert ((path / "it").read_text(), kept) == ("whole", False)


def test_only_the_latest_results_are_kept(folder: Path) -> None:
    with Store(folder) as store:
        for number in range(9):
            path, _ = store.stage("events", f"k{number}", write(str(number)))
            os.utime(path, (number, number))
    left = sorted(path.name for path in (folder / "events").iterdir())
    assert left == ["k5", "k6", "k7", "k8"]


def test_what_a_killed_run_left_is_swept(folder: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    folder.mkdir(parents=True)
    (folder / f"unfinished-{gone.stdout.decode().strip()}").mkdir()
    # Another run that goes on: this one's parent.
    other = folder / f"unfinished-{os.getppid()}"
    other.mkdir()
    with Store(folder):
        left = {path.name for path in folder.iterdir()}
    assert left == {other.name, f"unfinished-{os.getpid()}"}


def test_the_folder_is_no_business_of_git(folder: Path) -> None:
    with Store(folder):
        assert (folder.parent / ".gitignore").read_text() == "*\n"


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path / "audit"):
        assert not (tmp_path / ".gitignore").exists()


def test_parts_add_up(folder: Path) -> None:
    with Store(folder) as store:
        parts = store.parts("texts", "k1")
        assert parts.query is None
        for text in ("a", "b"):
            parts.add(lambda path, text=text: path.write_text(text) and None)  # type: ignore[misc]
    with Store(folder) as store:
        again = store.parts("texts", "k1")
        assert again.query is not None
        files = folder.glob("texts/k1/*.parquet")
        whole = sorted(path.read_text() for path in files)
    assert whole == ["a", "b"]


def test_a_digest_tells_apart(tmp_path: Path) -> None:
    assert digest("a", "bc") != digest("ab", "c")
    assert digest("a") == digest("a")
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("x")
    two.write_text("x")
    assert content([one]) == content([two])
    two.write_text("y")
    assert content([one]) != content([two])


@pytest.mark.parametrize("name", ["a*b", "[ab]", "who?", "it's", "plain"])
def test_a_path_is_no_pattern(tmp_path: Path, name: str) -> None:
    import duckdb

    for folder in (name, "b"):
        (tmp_path / folder).mkdir()
        path = str(tmp_path / folder / "x.parquet").replace("'", "''")
        duckdb.sql(f"copy (select '{folder[0]}' as it) to '{path}' (format parquet)")
    for relation in (
        parquet(tmp_path / name, "*.parquet"),
        parquet(tmp_path / name / "x.parquet"),
    ):
        assert duckdb.sql(f"from {relation}").fetchall() == [(name[0],)]
