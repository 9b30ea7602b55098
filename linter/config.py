"""The configuration: `.replylint.yaml`, or `[tool.replylint]` in pyproject.toml.

Both hold the same keys and are validated alike. Paths are relative to the file's folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from linter import documents, globs
from linter.documents import Document, InvalidFile, Pointer, Problem
from linter.language import lexicon
from linter.model import KINDS
from linter.policy.load import find
from linter.policy.model import Place
from linter.policy.sound import Sound

NAME = ".replylint.yaml"
PYPROJECT = "pyproject.toml"
CACHE = ".replylint-cache"

_TEXT = {"type": "string", "minLength": 1}
_GLOB = {
    **_TEXT,
    "pattern": r"^(?!/)(?!(.*/)?\.\.(/|$))",
    "patternErrorMessage": "is not a pattern of paths below the configuration's folder",
}
_LANGUAGE = {
    "type": "string",
    "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$",
    "patternErrorMessage": "is not the code of a language, such as nb",
}
_RECORD_KEYS = (
    *("id", "reply", "lang", "author", "comment", "channel", "rating", "tags"),
    *("comment.text", "comment.kind", "comment.rating", "comment.author"),
)


def _several(items: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {
        "if": {"type": "string"},
        "then": items,
        "else": {"type": ["string", "array"], "minItems": 1, "uniqueItems": True, "items": items},
        "description": description,
    }


def _file_layout() -> dict[str, Any]:
    path = _several(_TEXT, "Where it stands in a record; of several the first present counts.")
    per_language = {
        "if": {"type": "object"},
        "then": {"minProperties": 1, "propertyNames": _LANGUAGE, "additionalProperties": _TEXT},
        "else": path,
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["paths"],
        "properties": {
            "paths": _several(_GLOB, "Which files are laid out like this."),
            "records": {**_TEXT, "description": "The path to the records, such as data.*.answers."},
            "fields": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": dict.fromkeys(_RECORD_KEYS, path) | {"reply": per_language},
            },
            "language": _LANGUAGE,
            "markup": {"enum": ["plain", "markdown", "html"]},
            "split": {"enum": ["file", "headings"], "description": "What is one reply (Markdown)."},
            "body": {"enum": ["text", "fence"], "description": "What of it is said (Markdown)."},
        },
    }


def _context() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "paths": _several(_GLOB, "The files that it is about."),
            "tags": _several(_TEXT, "The tags of which a reply has one."),
            "comment.kind": {"enum": list(KINDS)},
            "comment.rating": {"type": "number"},
            "channel": _TEXT,
        },
        "patternProperties": {r"^fields\..": {"type": ["string", "number", "boolean"]}},
        "allOf": [
            {
                "anyOf": [{"required": ["paths"]}, {"required": ["tags"]}],
                "errorMessage": "needs paths or tags, to say which replies it is about",
            },
            {
                "not": {"propertyNames": {"enum": ["paths", "tags"]}},
                "errorMessage": "says nothing about these replies; known are comment.kind, "
                "comment.rating, channel and fields.…",
            },
        ],
    }


SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "replylint configuration",
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "policy": _several(_TEXT, "The policies: shipped names or paths."),
        "replies": _several(_GLOB, "What `check` checks when it is given no paths."),
        "exclude": _several(_GLOB, "Files that are never checked."),
        "language": {**_LANGUAGE, "description": "The language of replies that tell none."},
        "facts": _several(_TEXT, "Files of facts."),
        "lexicons": _several(_TEXT, "Lexicons beside the shipped ones."),
        "pipelines": {
            "type": "object",
            "description": "spaCy pipelines of your own: language -> folder or installed package.",
            "minProperties": 1,
            "propertyNames": _LANGUAGE,
            "additionalProperties": _TEXT,
        },
        "organisation": {
            "type": "object",
            "description": "Whose names and addresses are no personal data of a customer.",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "names": _several(_TEXT, "What the organisation is called."),
                "emails": _several(_TEXT, "Its addresses, or the domains of them."),
                "phones": _several(_TEXT, "Its telephone numbers."),
                "agents": _several(_TEXT, "The names of those who answer."),
            },
        },
        "files": {"type": "array", "minItems": 1, "items": _file_layout()},
        "context": {"type": "array", "minItems": 1, "items": _context()},
        "fail-level": {"enum": ["error", "warning", "note", "none"]},
        "allow-partial": {"type": "boolean"},
        "strict": {"type": "boolean"},
        "cache": {
            "type": ["boolean", "string"],
            "minLength": 1,
            "description": f"Whether to keep results, or the folder for them; {CACHE} by default.",
        },
    },
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whose replies they are. `emails` are addresses or domains."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How files are laid out; `layout` holds the arguments of `readers.layout.Layout`."""

    folder: Path
    paths: tuple[str, ...]
    layout: Mapping[str, Any]

    def matches(self, path: str) -> bool:
        return _matches(self.folder, self.paths, path)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of some replies beside what their records say: field name -> value."""

    folder: Path
    paths: tuple[str, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, Any]

    def may_apply(self, path: str) -> bool:
        """Whether it is about replies of that file, as far as the path tells."""
        return not self.paths or _matches(self.folder, self.paths, path)

    def applies(self, path: str, tags: Collection[str]) -> bool:
        tagged = not self.tags or any(tag in tags for tag in self.tags)
        return tagged and self.may_apply(path)


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration; `folder` is what its paths are relative to, `path` its file, if any."""

    folder: Path
    path: Path | None = None
    policies: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    language: str | None = None
    facts: tuple[Path, ...] = ()
    lexicons: tuple[Path, ...] = ()
    organisation: Organisation = field(default_factory=Organisation)
    pipelines: Mapping[str, str] = field(default_factory=dict)
    files: tuple[FileLayout, ...] = ()
    context: tuple[Context, ...] = ()
    fail_level: str | None = None
    allow_partial: bool = False
    strict: bool = False
    cache: Path | None = None
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    """Of the patterns in `replies`."""

    def reply_files(self) -> list[Path]:
        """The files that `replies` names and `exclude` does not, sorted.

        Raises InvalidFile for a pattern that no file fits.
        """
        found: set[Path] = set()
        problems = []
        for pattern, place in zip(self.replies, self.places, strict=True):
            files = [path for path in globs.files(self.folder, pattern) if not self.excludes(path)]
            if not files:
                problems.append(place.problem(f'no file fits "{pattern}"'))
            found.update(files)
        if problems:
            raise InvalidFile(problems)
        return sorted(found)

    def excludes(self, path: Path) -> bool:
        return _matches(self.folder, self.exclude, path.as_posix())

    def fingerprint(self) -> str:
        """The same for configurations that say the same."""
        return json.dumps(self.data, sort_keys=True)


def _matches(folder: Path, patterns: tuple[str, ...], path: str) -> bool:
    if not patterns:
        return False
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    return any(globs.matches(pattern, relative) for pattern in patterns)


# --- finding and reading -------------------------------------------------------------------------


def find_config(start: Path) -> Config:
    """The configuration in a file, or the nearest one from a folder upward; an empty one if none.

    Raises InvalidFile with every problem found, also where one folder has two configurations.
    """
    if not start.is_dir():
        return read_config(start)
    folder = start.absolute()
    for above in (folder, *folder.parents):
        found = _in_folder(above)
        if found:
            return found
    return Config(folder=start, cache=start / CACHE)


def read_config(path: Path) -> Config:
    """The configuration in a file. Raises InvalidFile with every problem found."""
    if path.suffix != ".toml":
        return _config(documents.load(path), path)
    document = documents.load_toml_table(path)
    if document is None:
        raise InvalidFile(
            [Problem(documents.relative(path), 1, 1, "there is no table [tool.replylint]")]
        )
    return _config(document, path)


def _in_folder(folder: Path) -> Config | None:
    own, pyproject = folder / NAME, folder / PYPROJECT
    misnamed = own.with_suffix(".yml")
    if misnamed.is_file():
        raise InvalidFile(
            [Problem(documents.relative(misnamed), 1, 1, f"not read; call it {NAME}")]
        )
    table = documents.load_toml_table(pyproject) if pyproject.is_file() else None
    if not own.is_file():
        return _config(table, pyproject) if table else None
    if table:
        message = f"there is a configuration in {NAME} beside it too; keep one of the two"
        raise InvalidFile([table.problem((), message)])
    return _config(documents.load(own), own)


def _config(document: Document, path: Path) -> Config:
    problems: list[Problem] = []
    sound = Sound(document, SCHEMA, problems)
    if isinstance(document.data, dict):
        problems += _faults(sound, path.parent)
    if problems:
        raise InvalidFile(problems)
    return _make(document, path)


def _faults(sound: Sound, folder: Path) -> Iterator[Problem]:
    """What the schema cannot see: policies, files and languages that are not there."""
    for name, at in _listed(sound, "policy"):
        try:
            find(name, folder)
        except LookupError as error:
            yield sound.document.problem(at, str(error))
    for key in ("facts", "lexicons"):
        for name, at in _listed(sound, key):
            if not (folder / name).is_file():
                yield sound.document.problem(at, f'there is no file "{name}"')
    for code, name in sound.get("pipelines", {}).items():
        if not (folder / name).is_dir() and not _is_package(name):
            message = f'there is no spaCy pipeline "{name}": neither a folder nor a package'
            yield sound.document.problem(("pipelines", code), message)
    language = sound.get("language")
    known = lexicon.languages()
    if language and lexicon.canonical(language) not in known:
        message = f'there are no resources for "{language}"; there are {", ".join(known)}'
        yield sound.document.problem(("language",), message)


def _is_package(name: str) -> bool:
    try:
        return name.isidentifier() and find_spec(name) is not None
    except ValueError:  # a module that was not imported from anywhere, such as __main__
        return False


def _listed(sound: Sound, key: str) -> Iterator[tuple[str, Pointer]]:
    value = sound.get(key, ())
    if isinstance(value, str):
        yield value, (key,)
    else:
        yield from ((item, (key, index)) for index, item in enumerate(value))


def _make(document: Document, path: Path) -> Config:
    data, folder = document.data, path.parent
    language = data.get("language")
    replies = _tuple(data.get("replies"))
    return Config(
        folder=folder,
        path=path,
        policies=_tuple(data.get("policy")),
        replies=replies,
        exclude=_tuple(data.get("exclude")),
        language=lexicon.canonical(language) if language else None,
        facts=tuple(folder / name for name in _tuple(data.get("facts"))),
        lexicons=tuple(folder / name for name in _tuple(data.get("lexicons"))),
        organisation=Organisation(
            **{key: _tuple(value) for key, value in data.get("organisation", {}).items()}
        ),
        pipelines={
            lexicon.canonical(code): str(folder / name) if (folder / name).is_dir() else name
            for code, name in data.get("pipelines", {}).items()
        },
        files=tuple(_layout(folder, written) for written in data.get("files", ())),
        context=tuple(_context_of(folder, written) for written in data.get("context", ())),
        fail_level=data.get("fail-level"),
        allow_partial=data.get("allow-partial", False),
        strict=data.get("strict", False),
        cache=_cache(folder, data.get("cache", True)),
        data=data,
        places=tuple(
            Place(document.path, *document.place(("replies", index)))
            for index in range(len(replies))
        ),
    )


def _layout(folder: Path, written: Mapping[str, Any]) -> FileLayout:
    layout = {key: value for key, value in written.items() if key != "paths"}
    return FileLayout(folder, _tuple(written["paths"]), layout)


def _context_of(folder: Path, written: Mapping[str, Any]) -> Context:
    fields = {
        key.removeprefix("fields."): value
        for key, value in written.items()
        if key not in ("paths", "tags")
    }
    return Context(folder, _tuple(written.get("paths")), _tuple(written.get("tags")), fields)


def _cache(folder: Path, written: bool | str) -> Path | None:
    if isinstance(written, str):
        return folder / written
    return folder / CACHE if written else None


def _tuple(written: str | list[str] | None) -> tuple[str, ...]:
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(written)
