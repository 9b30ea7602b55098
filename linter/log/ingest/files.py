"""The files of a log: which there are, in which format, and their content as SQL can read it.

Lines are physical lines, from 1. What cannot be read at all raises `InvalidFile`; a line that
cannot be read becomes a reject, and an empty line in what SQL reads, so that the others keep their
numbers.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal

from linter.documents import InvalidFile, Problem, relative, suggest

Format = Literal["jsonl", "json", "csv", "parquet"]

LONGEST_LINE = 8_000_000
"""Bytes of a line, and of a CSV record."""
LARGEST_DOCUMENT = 100_000_000
"""Bytes of a JSON document that is one value, which has to be in memory as a whole."""
SHOWN = 1000
"""Characters of a reject's text that are kept."""

_BLOCK = 4_000_000
_NUL_SHARE = 100
"""A text can have a NUL by mistake, but not one in so many bytes."""
_GZIP, _ZSTD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_SUFFIXES: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_COMPRESSED = (".gz", ".gzip", ".zst", ".zstd")
_PATTERN = set("*?[")
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Reject:
    """A line or row that became no event."""

    row: int
    reason: str
    raw: str


@dataclass(slots=True)
class Prepared:
    """A file as SQL can read it: `path` holds JSON Lines, a table in CSV or Parquet.

    `numbered`: each JSON line is `[row, section, record]`; `header`: the names of a table's
    columns. `meta`: what a JSON document says beside its records.
    """

    path: Path
    format: Literal["jsonl", "csv", "parquet"]
    digest: str
    header: tuple[str, ...] = ()
    numbered: bool = False
    rejects: list[Reject] = field(default_factory=list)


def expand(names: Iterable[str]) -> list[Path]:
    """The files that names and patterns (`*`, `?`, `**`) mean, each once, in order.

    Raises InvalidFile where one means nothing, or a folder.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            problems.append(_problem(path, "is a folder; name its files, such as *.jsonl"))
            continue
        matched = [path] if path.exists() else _fitting(path)
        if not matched:
            problems.append(_problem(path, _nothing(path)))
        for each in matched:
            found.setdefault(each.resolve(), each)
    if problems:
        raise InvalidFile(problems)
    return list(found.values())


def _fitting(pattern: Path) -> list[Path]:
    if not _PATTERN & set(str(pattern)):
        return []
    folder = Path(pattern.anchor)
    found = folder.glob(pattern.relative_to(folder).as_posix())
    return sorted(path for path in found if path.is_file())


def _nothing(path: Path) -> str:
    if _PATTERN & set(str(path)):
        return "no file fits this pattern"
    beside = [each.name for each in path.parent.glob("*")] if path.parent.is_dir() else []
    return "there is no such file" + suggest(path.name, beside)


def prepare(path: Path, folder: Path, records: Sequence[str], delimiter: str | None) -> Prepared:
    """A file's content, ready for SQL; what has to be rewritten is written to `folder`.

    `records` says where the rows stand in a JSON document. Raises InvalidFile.
    """
    try:
        return _prepare(path, folder, records, delimiter)
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise InvalidFile([_problem(path, f"cannot be read: {reason}")]) from error


def _prepare(path: Path, folder: Path, records: Sequence[str], delimiter: str | None) -> Prepared:
    if path.is_dir():
        raise InvalidFile([_problem(path, "is a folder")])
    if not path.is_file():
        raise InvalidFile([_problem(path, "is no ordinary file")])
    format_ = _format(path)
    if format_ == "parquet":
        with path.open("rb") as file:
            return Prepared(path, "parquet", hashlib.file_digest(file, "sha256").hexdigest())
    target = folder / f"{len(list(folder.iterdir()))}.{format_}"
    with _opened(path) as (stream, digest):
        if format_ == "csv":
            prepared = _table(path, stream, target, delimiter)
        elif format_ == "json":
            prepared = _document(path, stream, target, records)
        else:
            prepared = _lines(path, stream, target)
        _exhaust(stream)
        prepared.digest = digest()
    return prepared


def _problem(path: Path, message: str, line: int = 1) -> Problem:
    return Problem(relative(path), line, 1, message)


# --- formats and compression ---------------------------------------------------------------------


def _format(path: Path) -> Format:
    with _opened(path) as (stream, _):
        start = stream.read(65536)
    if not start:
        raise InvalidFile([_problem(path, "is empty")])
    if start.startswith(_PARQUET):
        return "parquet"
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    named = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if named == "parquet":
        raise InvalidFile([_problem(path, "is not Parquet, though its name says so")])
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if start.count(b"\0") * _NUL_SHARE > len(start) and not is_wide:
        raise InvalidFile([_problem(path, "is binary, not a log in CSV, JSON Lines or Parquet")])
    if named == "json":
        return "jsonl" if _is_lines(start) else "json"
    if named:
        return named
    if start.lstrip()[:1] == b"{":
        return "jsonl" if _is_lines(start) else "json"
    known = ", ".join(_SUFFIXES)
    raise InvalidFile([_problem(path, f"is in no known format; its name should end in {known}")])


def _is_lines(start: bytes) -> bool:
    """Whether a file of JSON begins with a line that is an object of its own, with more behind."""
    line, _, rest = start.removeprefix(codecs.BOM_UTF8).partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


class _Hashed(io.RawIOBase):
    """A file that remembers the digest of what was read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        self.hash.update(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], Callable[[], str]]]:
    """A file's content without compression, and the digest of the file itself, once read."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        hashed = _Hashed(file)
        buffered: Any = io.BufferedReader(hashed, 1 << 20)
        try:
            with _plain(buffered, start) as stream:
                yield stream, hashed.hash.hexdigest
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InvalidFile(
                [_problem(path, f"the compressed file is broken: {error}")]
            ) from error
        except Exception as error:
            if type(error).__name__ != "ZstdError":
                raise
            raise InvalidFile(
                [_problem(path, f"the compressed file is broken: {error}")]
            ) from error


def _plain(file: IO[bytes], start: bytes) -> Any:
    if start.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    if start.startswith(_ZSTD):
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        return zstd.ZstdFile(file)
    return file


def _exhaust(stream: IO[bytes]) -> None:
    while stream.read(_BLOCK):
        pass


def _decoder(stream: IO[bytes]) -> tuple[bytes, str]:
    """The first block of a stream, and its encoding as its byte order mark says."""
    start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start, "utf-16"
    return start, "utf-8-sig"


class _Joined(io.RawIOBase):
    """What was read of a stream already, and the rest of it."""

    def __init__(self, start: bytes, stream: IO[bytes]) -> None:
        self._start, self._stream = start, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start[: len(buffer)] or self._stream.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


# --- JSON Lines ----------------------------------------------------------------------------------


def _lines(path: Path, stream: IO[bytes], target: Path) -> Prepared:
    """The file itself where SQL can read it as it is, else a copy with the same line numbers."""
    is_plain = isinstance(stream, io.BufferedReader)
    if is_plain and _is_clean(stream):
        return Prepared(path, "jsonl", "")
    rejects: list[Reject] = []
    with _opened(path) as (again, _), target.open("wb") as out:
        start, encoding = _decoder(again)
        joined = io.BufferedReader(_Joined(start, again), 1 << 20)
        source = _recoded(joined, encoding) if encoding == "utf-16" else joined
        for number, line in enumerate(_bounded(source), 1):
            content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            reason, clean = _clean(content)
            if reason:
                rejects.append(Reject(number, reason, shown(content)))
            out.write(clean + b"\n")
    return Prepared(target, "jsonl", "", rejects=rejects)


def _is_clean(stream: IO[bytes]) -> bool:
    """Whether the bytes are UTF-8 in lines that are not too long and have nothing that the reader
    of lines in SQL would stumble over. Reads up to where it is not."""
    decode = codecs.getincrementaldecoder("utf-8")()
    pending = 0
    first = True
    while block := stream.read(_BLOCK):
        if first and block.startswith(codecs.BOM_UTF8):
            return False
        first = False
        if b"\r" in block or b"\0" in block or b"\x1f" in block:
            return False
        try:
            decode.decode(block)
        except UnicodeDecodeError:
            return False
        head, last = block.find(b"\n"), block.rfind(b"\n")
        if pending + (head if head >= 0 else len(block)) > LONGEST_LINE:
            return False
        pending = pending + len(block) if last < 0 else len(block) - last
    try:
        decode.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _recoded(stream: IO[bytes], encoding: str) -> IO[bytes]:
    """A stream in another encoding as UTF-8."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
    return io.BufferedReader(_Encoded(text))


class _Encoded(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._left = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._left or self._text.read(1 << 18).encode("utf-8", "replace")
        self._left = data[len(buffer) :]
        buffer[: len(data[: len(buffer)])] = data[: len(buffer)]
        return len(data[: len(buffer)])


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long, only so much that this can be seen."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_BLOCK)
        yield line


def _clean(line: bytes) -> tuple[str | None, bytes]:
    """Why a line cannot be read, if so, and what SQL gets for it."""
    if len(line) > LONGEST_LINE:
        return f"the line is longer than {LONGEST_LINE // 1_000_000} MB", b""
    content = line.rstrip(b"\r\n")
    try:
        content.decode()
    except UnicodeDecodeError:
        return "the line is not UTF-8", b""
    if b"\0" in content or b"\x1f" in content or b"\r" in content:
        return "the line is not JSON", b""
    return None, content


def shown(raw: bytes | str) -> str:
    """A row as a reject shows it."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text.rstrip("\r\n")[:SHOWN].encode("utf-8", "replace").decode()


# --- CSV -----------------------------------------------------------------------------------------


def _table(path: Path, stream: IO[bytes], target: Path, delimiter: str | None) -> Prepared:
    """A regular copy of a table, with the line of each record in a column of its own before it."""
    start, encoding = _decoder(stream)
    joined = io.BufferedReader(_Joined(start, stream), 1 << 20)
    text = io.TextIOWrapper(joined, encoding, errors="surrogateescape", newline="")
    lines = _Remembered(text)
    csv.field_size_limit(LONGEST_LINE)
    header, used = _header(path, lines, delimiter)
    rejects: list[Reject] = []
    width = len(header)
    reader = csv.reader(lines, delimiter=used, strict=True)
    with target.open("w", encoding="utf-8", errors="strict", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        write = writer.writerow
        while True:
            line = lines.take()
            try:
                cells = next(reader)
                reason = _misfit(cells, width) if len(cells) != width else None
                if reason is None and cells:
                    write((line, *cells))
            except StopIteration:
                break
            except csv.Error as error:
                reason = f"the record is not CSV: {error}"
            except UnicodeEncodeError:
                reason = "the record is not UTF-8"
            if reason:
                rejects.append(Reject(line, reason, shown("".join(lines.taken))))
    return Prepared(target, "csv", "", header=header, rejects=rejects)


class _Remembered:
    """Lines of a text, and those taken since it was last asked."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Remembered:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def take(self) -> int:
        """The number of the line that comes next."""
        self.taken.clear()
        return self.number + 1


def _header(path: Path, lines: _Remembered, delimiter: str | None) -> tuple[tuple[str, ...], str]:
    line = next(lines, "")
    used = delimiter or max(_DELIMITERS, key=line.count)
    try:
        header = next(csv.reader([line], delimiter=used, strict=True), [])
    except csv.Error as error:
        raise InvalidFile([_problem(path, f"the header is not CSV: {error}")]) from error
    names = tuple(name.strip() for name in header)
    if not all(names):
        raise InvalidFile([_problem(path, "a column of the header has no name")])
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidFile([_problem(path, f'the header has the column "{twice}" twice')])
    if "\0" in line or any("\udc80" <= character <= "\udcff" for character in line):
        raise InvalidFile([_problem(path, "the header is not UTF-8")])
    return names, used


def _misfit(cells: list[str], width: int) -> str | None:
    """An empty line is none of the table's rows."""
    if not cells:
        return None
    return f"the record has {len(cells)} cells, the header {width}"


# --- a JSON document -----------------------------------------------------------------------------


def _document(path: Path, stream: IO[bytes], target: Path, records: Sequence[str]) -> Prepared:
    """The records of a JSON document as JSON Lines `[row, section, record, file]`, where `file`
    is what the document says beside its records."""
    content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        size = f"{LARGEST_DOCUMENT // 1_000_000} MB"
        raise InvalidFile([_problem(path, f"is larger than {size}; give it as JSON Lines")])
    encoding = (
        "utf-16" if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    )
    try:
        data = json.loads(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise InvalidFile([_problem(path, "is not UTF-8")]) from error
    except json.JSONDecodeError as error:
        found = Problem(relative(path), error.lineno, error.colno, f"is not JSON: {error.msg}")
        raise InvalidFile([found]) from error
    except (RecursionError, ValueError) as error:
        raise InvalidFile([_problem(path, "is not JSON that can be read")]) from error
    del content
    sections = list(_sections(data, records))
    if not sections:
        wanted = f" at {' or '.join(records)}" if records else ""
        raise InvalidFile([_problem(path, f"has no list of records{wanted}")])
    beside = {}
    if isinstance(data, dict):
        beside = {key: value for key, value in data.items() if not isinstance(value, list | dict)}
    row = 0
    rejects: list[Reject] = []
    with target.open("w", encoding="utf-8", errors="replace") as out:
        for section, items in sections:
            for item in items:
                row += 1
                written = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
                if not isinstance(item, dict):
                    rejects.append(Reject(row, "the record is not an object", shown(written)))
                elif len(written) > LONGEST_LINE // 4:
                    rejects.append(Reject(row, "the record is too long", shown(written)))
                else:
                    line = [row, section, item, beside]
                    out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return Prepared(target, "jsonl", "", numbered=True, rejects=rejects)


def _sections(data: Any, records: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
    """The lists of records, by the last name of the way to each."""
    if isinstance(data, list):
        # Pages of a listing, or the records themselves.
        if records and data and all(_has(page, records) for page in data):
            for page in data:
                yield from _sections(page, records)
        else:
            yield "", data
        return
    for way in records:
        found = data
        for name in way.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, list):
            yield way.rsplit(".", 1)[-1], found
    if not records and isinstance(data, dict):
        lists = [(key, value) for key, value in data.items() if isinstance(value, list)]
        if len(lists) == 1:
            yield lists[0]
        elif not lists:
            yield "", [data]


def _has(page: Any, records: Sequence[str]) -> bool:
    return isinstance(page, dict) and any(True for _ in _sections(page, records))
