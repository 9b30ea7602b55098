"""How a file of replies is laid out: where its records stand, and what their keys are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from linter.documents import suggest
from linter.model import Markup

KEYS = ("id", "reply", "lang", "author", "comment", "channel", "rating", "tags")
MAPPABLE = (*KEYS, "comment.text", "comment.kind", "comment.rating", "comment.author")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED = re.compile(r"(.+)\.([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)")

Paths = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read one file.

    records: the path to the records: dotted keys, `*` = every item of a list or value of a mapping
        ("replies", "*", "data.*.answers"). None: found where the format's default has them.
    fields: record key -> its path in the record, or a list of paths of which the first present
        counts. `reply` may also map language -> path: one reply for each language present.
    language: of records, front matter and file names that name none.
    split: Markdown only: the file is one reply, or each heading begins one. What stands before the
        first heading, or under a title with headings below, is an introduction and no reply.
    body: Markdown only: a reply is the text, or what stands in its fenced code blocks.

    Raises ValueError for a key in `fields` that is none of a record.
    """

    records: str | None = None
    fields: Mapping[str, Paths] = field(default_factory=dict)
    language: str | None = None
    markup: Markup | None = None
    split: Literal["file", "headings"] = "file"
    body: Literal["text", "fence"] = "text"

    def __post_init__(self) -> None:
        for key, paths in self.fields.items():
            if key not in MAPPABLE:
                raise ValueError(f"`{key}` is no key of a record{suggest(key, MAPPABLE)}")
            if isinstance(paths, Mapping) and key != "reply":
                raise ValueError(f"only `reply` may have a path for each language, not `{key}`")

    def paths(self, key: str) -> tuple[str, ...]:
        """The paths at which to look for that key, the first present counts."""
        if key not in self.fields and key.startswith("comment."):
            return tuple(f"{path}.{key[8:]}" for path in self.paths("comment"))
        paths = self.fields.get(key, key)
        if isinstance(paths, Mapping):
            return tuple(paths.values())
        return (paths,) if isinstance(paths, str) else tuple(paths)

    def translations(self) -> Mapping[str, str] | None:
        """Language -> path of its reply, where one record holds several languages."""
        paths = self.fields.get("reply")
        return paths if isinstance(paths, Mapping) else None


def language_tag(text: str) -> str | None:
    """The primary language of a tag ("nb_NO" -> "nb"); None if the text is no language tag."""
    match = _TAG.fullmatch(text)
    return match[1].lower() if match else None


def name_and_language(path: PurePath) -> tuple[str, str | None]:
    """A file's name without suffixes, and the language that the name tells: refund.nb.md."""
    match = _NAMED.fullmatch(path.stem)
    if match and _is_language(match[2]):
        return match[1], language_tag(match[2])
    return path.stem, None


def _is_language(tag: str) -> bool:
    from babel import localedata  # 20 ms, and most file names need it not

    return localedata.exists(tag.replace("-", "_"))
