"""What an audit keeps between runs: the results of its stages, each in a folder that is named by a
digest of all that it depends on.

A result is made in a folder of its own and renamed when it is whole, so that an interrupted run
leaves no half result, and the next run takes up behind the last whole one.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from linter.log.columns import literal

FOLDER = "audit"
_KEPT = 4
"""Results of a stage: the latest ones are kept."""
_PARTS_KEPT = 4
_UNFINISHED = "unfinished-"


class Store:
    """A folder of results. As a context it removes what it leaves unfinished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own = folder / f"{_UNFINISHED}{os.getpid()}"
        if not folder.parent.exists():
            folder.parent.mkdir(parents=True)
            # As `cache.Cache` does: only a folder of our own.
            (folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        folder.mkdir(exist_ok=True)
        self._sweep()
        self._own.mkdir(exist_ok=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._own, ignore_errors=True)

    @property
    def scratch(self) -> Path:
        """A folder for what does not outlive the run, such as what DuckDB spills."""
        path = self._own / "scratch"
        path.mkdir(parents=True, exist_ok=True)
        return path

    def stage(self, name: str, key: str, make: Callable[[Path], None]) -> tuple[Path, bool]:
        """The folder with a stage's result, and whether it was kept from an earlier run; else
        `make` is given an empty folder to put it in."""
        whole = self.folder / name / key
        if whole.is_dir():
            os.utime(whole)
            return whole, True
        making = self._own / f"{name}-{key}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        make(making)
        whole.parent.mkdir(exist_ok=True)
        try:
            making.rename(whole)
        except OSError:
            # Another run has made the same meanwhile.
            if not whole.is_dir():
                raise
        self._prune(whole.parent, _KEPT)
        return whole, False

    def parts(self, name: str, key: str) -> Parts:
        """Results that a stage adds part by part, each of which is whole."""
        folder = self.folder / name / key
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        self._prune(folder.parent, _PARTS_KEPT)
        return Parts(folder, self._own)

    def _prune(self, folder: Path, kept: int) -> None:
        with suppress(OSError):
            results = sorted(folder.iterdir(), key=lambda path: -path.stat().st_mtime_ns)
            for path in results[kept:]:
                shutil.rmtree(path, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what runs left that were killed."""
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            pid = path.name.removeprefix(_UNFINISHED)
            if not pid.isdigit() or not _is_running(int(pid)):
                shutil.rmtree(path, ignore_errors=True)


class Parts:
    """The parts of one result: files that DuckDB reads together."""

    def __init__(self, folder: Path, making: Path) -> None:
        self._folder = folder
        self._making = making

    @property
    def query(self) -> str | None:
        """All parts as a relation in SQL; None while there are none. Two runs at once may both have
        added a row."""
        return parquet(self._folder, "*.parquet") if any(self._folder.glob("*.parquet")) else None

    def add(self, make: Callable[[Path], None]) -> None:
        """A further part: `make` writes it, as Parquet, to the path that it is given."""
        making = self._making / f"part-{os.getpid()}.parquet"
        make(making)
        number = sum(1 for _ in self._folder.iterdir())
        making.rename(self._folder / f"{number:06}-{os.getpid()}.parquet")


def parquet(path: Path, pattern: str = "") -> str:
    """A Parquet file, or the files of a folder that fit a pattern, as a relation in SQL."""
    plain = re.sub(r"[*?\[]", lambda sign: f"[{sign.group()}]", str(path))
    return f"read_parquet({literal(f'{plain}/{pattern}' if pattern else plain)})"


def digest(*parts: object) -> str:
    """A name for a result that depends on these."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def content(paths: Iterable[Path]) -> tuple[str, ...]:
    """A digest of each file's content. Raises OSError."""
    found = []
    for path in paths:
        hasher = blake2b(digest_size=16)
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                hasher.update(block)
        found.append(hasher.hexdigest())
    return tuple(found)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
