"""Loads sources: the shipped ones by name, a team's own from a file.

What the schema cannot say is checked here, each fault at its place; a part that breaks the schema
is left out, so that one mistake gives one message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from linter import documents
from linter.documents import InvalidFile, Pointer, Problem, suggest
from linter.log.columns import FIELDS
from linter.log.sources import generic
from linter.log.sources.model import (
    STATE,
    STATES,
    Amendment,
    Constant,
    Form,
    Reversal,
    Source,
    Template,
    Test,
    Value,
)
from linter.log.sources.paths import steps
from linter.log.sources.schema import FORMS, schema, type_of
from linter.logic import conditions, durations
from linter.policy.sound import Sound

_FOLDER = Path(__file__).parent
_ENDINGS = (".yaml", ".yml")
_OWN = ("when", "needs", "each", "amends")
_DIRECTIVES = set("YymdHIMSfpjBbAa%-")
_REQUIRED = ("id", "time", "event")


def shipped() -> dict[str, Path]:
    """The shipped sources by name, sorted."""
    return {path.stem: path for path in sorted(_FOLDER.glob("*.yaml"))}


def find(name: str, base: Path | None = None) -> Source:
    """The shipped source of that name, or a team's own in the file of that path (from `base`, the
    current folder by default). Raises InvalidFile."""
    known = shipped()
    path = (base or Path()) / name
    if name in known:
        return load(known[name])
    if path.is_file():
        return load(path)
    if path.suffix in _ENDINGS:
        raise InvalidFile([Problem(name, 1, 1, "there is no such file")])
    hint = suggest(name, known) or f"; shipped are {', '.join(known)}"
    raise InvalidFile([Problem(name, 1, 1, f'there is no source "{name}"{hint}')])


def load(path: Path) -> Source:
    """The source in a file. Raises InvalidFile with all that is wrong with it."""
    problems: list[Problem] = []
    sound = Sound(documents.load(path), schema(), problems)
    source = _Reader(sound).read() if isinstance(sound.document.data, dict) else None
    if problems or source is None:
        raise InvalidFile(problems)
    return source


class _Reader:
    """Makes a source of the sound parts of a document, and reports what else is wrong."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self._data: Mapping[str, Any] = sound.document.data

    def read(self) -> Source:
        written = self._data
        name = self._sound.get("source", "")
        content = json.dumps(written, sort_keys=True, ensure_ascii=False)
        timezone = self._timezone()
        if written.get("form"):
            self._only_form()
            return generic.source(name, timezone, _digest(content))
        verbs = self._verbs()
        return Source(
            name,
            title=self._sound.get("title", ""),
            digest=_digest(content),
            records=_several(self._sound.get("records", ())),
            inside=self._sound.get("inside"),
            verb=self._verb(),
            verbs=verbs,
            ignored=tuple(self._sound.get("ignore", ())),
            timezone=timezone,
            reversals=tuple(self._reversals()),
            is_snapshots="snapshots" in written,
            delimiter=self._sound.get("delimiter"),
        )

    def _report(self, pointer: Pointer, message: str, key: bool = False) -> None:
        self._sound.report(pointer, message, key)

    def _only_form(self) -> None:
        known = {"source", "title", "about", "links", "form", "timezone", "delimiter"}
        for key in self._data:
            if key not in known:
                self._report((key,), "says nothing where the rows are those of an event log", True)

    def _timezone(self) -> str | None:
        from zoneinfo import available_timezones

        name: str | None = self._sound.get("timezone")
        known = available_timezones()
        if name is not None and name not in known:
            self._report(("timezone",), f'there is no time zone "{name}"{suggest(name, known)}')
            return None
        return name

    # --- what rows become ------------------------------------------------------------------------

    def _verb(self) -> Value | None:
        written = self._sound.get("verb")
        if written is None:
            return None
        if isinstance(written, str):
            return Value(paths=self._paths(("verb",), written))
        return self._value(("verb",), "text", written)

    def _verbs(self) -> Mapping[str, tuple[Template, ...]]:
        has_verb = "verb" in self._data
        wanted, other = ("verbs", "events") if has_verb else ("events", "verbs")
        if other in self._data:
            why = "a verb" if has_verb else "no verb"
            self._report((other,), f"rows have {why} here; what they become is {wanted}", True)
        if wanted not in self._data:
            self._report((), f"missing {wanted}")
            return {}
        common = dict(self._fields(("common",), self._data.get("common")))
        common |= dict(self._states())
        if not has_verb:
            return {"": tuple(self._templates(("events",), self._data["events"], common))}
        verbs = self._data["verbs"]
        if not isinstance(verbs, dict):
            return {}
        for index, verb in enumerate(self._data.get("ignore") or ()):
            if verb in verbs:
                self._report(("ignore", index), f'"{verb}" is one of the verbs that become events')
        return {
            verb: tuple(self._templates(("verbs", verb), written, common))
            for verb, written in verbs.items()
        }

    def _templates(
        self, at: Pointer, written: Any, common: Mapping[str, Value]
    ) -> Iterator[Template]:
        for pointer, each in _listed(at, written):
            if isinstance(each, dict) and not self._sound.is_faulty(pointer):
                yield self._template(pointer, each, common)

    def _template(
        self, at: Pointer, written: Mapping[str, Any], common: Mapping[str, Value]
    ) -> Template:
        fields = {**common, **dict(self._fields(at, written))}
        for name, value in written.items():
            if value is None:
                fields.pop(name, None)
        amends = written.get("amends")
        # What is there with a fault is not missing.
        there = {*fields, *_keys(written), *_keys(self._data.get("common"))}
        missing = [name for name in _REQUIRED if name not in there]
        event = fields.get("event")
        if event and event.constant == "action" and "action" not in there:
            missing.append("action")
        if missing and amends is None:
            self._report(at, f"missing {', '.join(missing)}, here and under common", key=True)
        if amends is not None and "target" not in fields:
            self._report((*at, "amends"), "needs a target, to say what it completes", key=True)
        each = written.get("each")
        tests = list(self._tests((*at, "when"), written.get("when", {})))
        if "needs" in written:
            tests.append(Test(self._paths((*at, "needs"), written["needs"]), exists=True))
        return Template(
            fields,
            when=tuple(tests),
            each=self._path((*at, "each"), each) if each else None,
            amends=_amendment(amends) if amends else None,
        )

    def _fields(self, at: Pointer, written: Any) -> Iterator[tuple[str, Value]]:
        if not isinstance(written, dict):
            return
        for name, value in written.items():
            if name in _OWN or value is None or self._sound.is_faulty((*at, name)):
                continue
            type_ = "text" if name.startswith(f"{FIELDS}.") else type_of(name)
            yield name, self._value((*at, name), type_, value)

    def _tests(self, at: Pointer, written: Mapping[str, Any]) -> Iterator[Test]:
        for path, wanted in written.items():
            self._path((*at, path), path, key=True)
            if not isinstance(wanted, dict):
                yield Test((path,), _words(wanted))
            elif "exists" in wanted:
                yield Test((path,), exists=wanted["exists"])
            elif "matches" in wanted:
                self._pattern((*at, path, "matches"), wanted["matches"])
                yield Test((path,), matches=wanted["matches"])
            else:
                yield Test((path,), _words(wanted["not"]), negated=True)

    # --- values ----------------------------------------------------------------------------------

    def _value(self, at: Pointer, type_: str, written: Any) -> Value:
        if not isinstance(written, dict):
            return Value(constant=_constant(type_, written))
        sources = [key for key in ("from", "digest", "given") if key in written]
        if len(sources) > 1:
            self._report((*at, sources[1]), f"cannot be together with {sources[0]}", key=True)
        template = written.get("template")
        parts = self._parts((*at, "template"), template, bool(sources)) if template else ()
        for key in ("extract", "absent", "values", "split", "as"):
            if key in written and "from" not in written and (key, "given") != ("extract", *sources):
                self._report((*at, key), "needs from, to say of what", key=True)
        if "extract" in written:
            self._pattern((*at, "extract"), written["extract"], groups=1)
        if "else" in written and not {"values", "given"} & set(written):
            self._report((*at, "else"), "needs values, to say other than what", key=True)
        if written.get("else") == "keep" and type_ == "list":
            self._report((*at, "else"), "the items of a list can be rejected or absent")
        form, pattern = self._form((*at, "as"), type_, written.get("as"))
        paths = next((written[key] for key in ("from", "digest", "given") if key in written), ())
        source = sources[0] if sources else "from"
        return Value(
            paths=self._paths((*at, source), paths),
            all_of=parts,
            extract=written.get("extract"),
            absent=_several(written.get("absent", ())),
            values={k: _constant("text", v) for k, v in written.get("values", {}).items()} or None,
            otherwise=written.get("else", "reject"),
            split=written.get("split"),
            template=template,
            form=form,
            pattern=pattern,
            digest="digest" in written,
            given="given" in written,
        )

    def _form(self, at: Pointer, type_: str, written: str | None) -> tuple[Form, str | None]:
        if written is None:
            return "iso", None
        if type_ != "time":
            self._report(at, "only a time is written in a form of its own", key=True)
        elif written in FORMS:
            return written, None  # type: ignore[return-value]
        elif "%" not in written:
            hint = suggest(written, FORMS)
            known = ", ".join(FORMS)
            self._report(
                at, f'"{written}" is not one of {known} or a pattern such as %d.%m.%Y{hint}'
            )
        else:
            for directive in written.split("%")[1:]:
                if directive[:1] not in _DIRECTIVES:
                    self._report(at, f"%{directive[:1]} is not known in a pattern of times")
        return "iso", written

    def _parts(self, at: Pointer, template: str, has_source: bool) -> tuple[str, ...]:
        """The parts of the row in a template's braces."""
        names: list[str] = []
        rest = template
        while "{" in rest:
            name, brace, rest = rest.partition("{")[2].partition("}")
            if not brace:
                self._report(at, "a brace is not closed")
                return ()
            names.append(name)
        if has_source:
            if names != [""]:
                self._report(at, "needs {} once, for the value")
            return ()
        if not names or "" in names:
            self._report(at, "needs the names of parts in braces, such as {id}")
            return ()
        for name in names:
            self._path(at, name)
        return tuple(names)

    def _paths(self, at: Pointer, written: Any) -> tuple[str, ...]:
        return tuple(self._path(pointer, path) for pointer, path in _listed(at, written))

    def _path(self, at: Pointer, path: str, key: bool = False) -> str:
        try:
            steps(path)
        except ValueError as error:
            self._report(at, f'"{path}" is not a path: {error}', key=key)
        return path

    def _pattern(self, at: Pointer, written: str, groups: int = 0) -> None:
        try:
            found = conditions.pattern(written)
        except ValueError as error:
            self._report(at, f"is not a pattern: {error}")
            return
        if found.groups < groups:
            self._report(at, "needs a group in parentheses, which is the value")

    # --- how events hang together ----------------------------------------------------------------

    def _reversals(self) -> Iterator[Reversal]:
        for _, written in self._sound.items("takes-back"):
            yield Reversal(written["action"], _several(written["after"]), written.get("becomes"))
        for _, written in self._sound.items("turns"):
            yield Reversal(
                written["action"],
                _several(written["after"]),
                written["becomes"],
                _several(written.get("among", ())),
                takes_back=False,
            )

    def _states(self) -> Iterator[tuple[str, Value]]:
        """What a snapshot says of a comment beside the fields of an event."""
        for key, written in self._sound.get("snapshots", {}).items():
            yield f"{STATE}{key}", self._value(("snapshots", key), STATES[key], written)


def _digest(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def _keys(written: Any) -> set[str]:
    """The keys of a mapping that have a value."""
    if not isinstance(written, dict):
        return set()
    return {key for key, each in written.items() if each is not None}


def _several(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


def _listed(at: Pointer, written: Any) -> Iterable[tuple[Pointer, Any]]:
    if isinstance(written, list):
        return [((*at, index), each) for index, each in enumerate(written)]
    return [(at, written)] if written != () else []


def _words(written: Any) -> tuple[str, ...]:
    """Values to compare the text of a part with."""
    several = written if isinstance(written, list) else [written]
    return tuple(str(_constant("text", each)) for each in several)


def _constant(type_: str, written: Any) -> Constant:
    if type_ == "list":
        return _several(written)
    if type_ == "text" and isinstance(written, bool):
        return "true" if written else "false"
    found: Constant = written
    return found


def _amendment(written: Mapping[str, Any]) -> Amendment:
    return Amendment(_several(written["action"]), durations.microseconds(written["within"]))
