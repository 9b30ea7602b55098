"""Examples of rules: inside the policy, or in files of one language beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter.documents import Pointer
from linter.language import lexicon
from linter.policy.model import Example, Place
from linter.policy.sound import Sound

_NOT_IN_RECORD = ("fields", "why")


def read(
    sound: Sound,
    at: Pointer,
    written: Mapping[str, Any],
    scope: str,
    language: str | None = None,
) -> tuple[Example, ...]:
    """The cases under `good` and `bad`, in the file's order; `language` is that of the file."""
    return tuple(
        example
        for verdict in ("good", "bad")
        for index, case in enumerate(written.get(verdict, ()))
        for example in _example(sound, (*at, verdict, index), case, scope, language)
    )


def of_file(sound: Sound) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The sound entries of a file of examples: a rule's id and its cases."""
    node = sound.document.node(("rules",))
    for id_, cases in node.value.items() if node and isinstance(node.value, dict) else ():
        if sound.has(("rules", id_)):
            yield id_, cases


def language_of_file(sound: Sound) -> str | None:
    """The code of a file's language, which must be one with resources."""
    written = sound.get("language")
    code = lexicon.canonical(written) if written else None
    if code and code not in lexicon.languages():
        known = ", ".join(lexicon.languages())
        sound.report(("language",), f'there are no resources for "{written}"; there are {known}')
    return code


def _example(
    sound: Sound, at: Pointer, case: Any, scope: str, language: str | None
) -> Iterator[Example]:
    if isinstance(case, list) and scope == "reply":
        sound.report(at, "a case of this check is one reply, not a list")
        return
    several = case if isinstance(case, list) else [case]
    if any(("event" in record) != (scope == "log") for record in several):
        wanted = "events of a log" if scope == "log" else "replies, not events"
        sound.report(at, f"the cases of this check are {wanted}")
        return
    own = [lexicon.canonical(record["lang"]) for record in several if "lang" in record]
    reasons = [record["why"] for record in several if "why" in record]
    yield Example(
        good="good" in at,
        records=tuple(_record(record, language) for record in several),
        place=Place(sound.document.path, *sound.document.place(at)),
        language=own[0] if own else language,
        why="; ".join(reasons) or None,
    )


def _record(written: Mapping[str, Any], language: str | None) -> Mapping[str, Any]:
    """As in a library: further fields stand beside the known ones, and the language with them."""
    if "event" in written:
        return {key: value for key, value in written.items() if key != "why"}
    known = {key: value for key, value in written.items() if key not in _NOT_IN_RECORD}
    record = {**written.get("fields", {}), **known}
    return {"lang": language, **record} if language else record
