"""Loads policies: finds the file, checks it against the schema, resolves what it extends.

All problems of all files are collected and raised together. A part that breaks the schema is left
out of the later steps, so that one mistake gives one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from linter import documents, shipped
from linter.documents import Document, InvalidFile, Problem
from linter.language import lexicon
from linter.language.language import Language
from linter.policy import calendars, combine, conflicts, examples, options, rules, schema
from linter.policy.model import Guideline, Place, Policy, Rule
from linter.policy.schema import Checks
from linter.policy.sound import Sound

_FILE_ENDINGS = (".yaml", ".yml")


def load(name: str | Path, base: Path | None = None, checks: Checks | None = None) -> Policy:
    """The policy of that name or path (relative to `base`, the current folder by default).

    Raises InvalidFile with every problem of the policy and of the files that it names.
    """
    return load_all([name], base, checks)[0]


def load_all(
    names: Sequence[str | Path], base: Path | None = None, checks: Checks | None = None
) -> tuple[Policy, ...]:
    """Several policies to be used together. A rule that they share counts once, for the guidelines
    of all of them; a rule that they have in two forms is refused."""
    loader = _Loader(_registry() if checks is None else checks)
    found = [loader.named(str(name), base or Path()) for name in names]
    policies = [policy for policy in found if policy]
    combined = tuple(combine.combine(policies, loader.problems))
    if loader.problems:
        raise InvalidFile(loader.problems)
    return combined


def find(name: str, base: Path) -> Path:
    """The file of a policy: a shipped one by its name, any other by its path from `base`.

    Raises LookupError with a message that lists the shipped ones.
    """
    known = shipped.policies()
    if name in known:
        return known[name]
    if (base / name).is_file():
        return base / name
    if Path(name).suffix in _FILE_ENDINGS:
        raise LookupError(f'there is no file "{name}"')
    hint = documents.suggest(name, known) or f"; shipped are {', '.join(known) or 'none'}"
    raise LookupError(f'there is no policy "{name}"{hint}')


def compile_problems(
    policy: Policy, languages: Iterable[Language], checks: Checks | None = None
) -> list[Problem]:
    """What the rules' checks and conditions refuse in these languages, each problem once."""
    return options.compile_problems(policy, languages, _registry() if checks is None else checks)


def _registry() -> Checks:
    from linter.checks import CHECKS

    return CHECKS


class _Loader:
    """Loads policy files, each once, and collects what is wrong with them."""

    def __init__(self, checks: Checks) -> None:
        self.problems: list[Problem] = []
        self._checks = checks
        self._schema = schema.policy_schema(checks)
        self._examples_schema = schema.examples_schema()
        self._loaded: dict[Path, Policy | None] = {}
        self._flawed: set[Path] = set()
        self._open: list[Path] = []

    def named(self, name: str, base: Path) -> Policy | None:
        try:
            return self._file(find(name, base))
        except LookupError as error:
            self.problems.append(Problem(name, 1, 1, str(error)))
            return None

    def _file(self, path: Path) -> Policy | None:
        key = path.resolve()
        if key not in self._loaded:
            self._open.append(key)
            before = len(self.problems)
            document = self._document(path)
            self._loaded[key] = self._policy(document, path) if document else None
            self._open.pop()
            if len(self.problems) > before:
                self._flawed.add(key)
        return self._loaded[key]

    def _document(self, path: Path) -> Document | None:
        try:
            return documents.load(path)
        except InvalidFile as error:
            self.problems += error.problems
            return None

    def _policy(self, document: Document, path: Path) -> Policy | None:
        sound = Sound(document, self._schema, self.problems)
        if not isinstance(document.data, dict):
            return None
        bases, complete = self._bases(sound, path.parent)
        guidelines = _guidelines(sound, bases)
        context = rules.Context(
            sound=sound,
            policy=sound.get("policy", path.stem),
            checks=self._checks,
            guidelines=guidelines if complete and not sound.is_faulty(("guidelines",)) else None,
            extended=_extended(sound, bases),
            complete=complete,
            problems=self.problems,
        )
        kept, off = rules.read(context)
        tested, files = self._examples(sound, path.parent, kept, complete)
        self.problems += conflicts.find(tested.values())
        start, end = _effective(sound)
        return Policy(
            name=context.policy,
            path=path,
            languages=_languages(sound, bases),
            rules=tuple(tested.values()),
            guidelines=tuple(guidelines.values()),
            version=sound.get("version"),
            title=sound.get("title"),
            description=sound.get("description"),
            effective_from=start,
            effective_to=end,
            off=(*chain.from_iterable(base.off for base in bases), *off),
            calendars=calendars.read(sound, bases),
            facts=_paths(sound, "facts", path.parent, (base.facts for base in bases)),
            lexicons=_paths(sound, "lexicons", path.parent, (base.lexicons for base in bases)),
            files=_distinct([(path, *files), *(base.files for base in bases)]),
        )

    def _bases(self, sound: Sound, folder: Path) -> tuple[list[Policy], bool]:
        """The policies that this one extends, and whether nothing is wrong with any of them."""
        written = sound.get("extends", [])
        names = [written] if isinstance(written, str) else written
        bases = [self._base(sound, name, index, folder) for index, name in enumerate(names)]
        found = [base for base in bases if base]
        flawed = any(base.path.resolve() in self._flawed for base in found)
        return found, not flawed and len(found) == len(bases) and not sound.is_faulty(("extends",))

    def _base(self, sound: Sound, name: str, index: int, folder: Path) -> Policy | None:
        at = ("extends", index)
        try:
            path = find(name, folder)
        except LookupError as error:
            sound.report(at, str(error))
            return None
        if path.resolve() in self._open:
            around = self._open[self._open.index(path.resolve()) :]
            names = " → ".join(file.name for file in (*around, path))
            sound.report(at, f"a policy cannot extend itself: {names}")
            return None
        return self._file(path)

    def _examples(
        self, sound: Sound, folder: Path, kept: dict[str, Rule], complete: bool
    ) -> tuple[dict[str, Rule], tuple[Path, ...]]:
        """The rules with the cases of the files of examples, and those files."""
        paths = tuple(path for path in _paths(sound, "examples", folder, ()) if path.is_file())
        tested = dict(kept)
        known: list[tuple[Path, ...]] = [paths]
        for path in paths:
            document = self._document(path)
            if document is None:
                continue
            own = Sound(document, self._examples_schema, self.problems)
            language = examples.language_of_file(own)
            facts = _paths(own, "facts", path.parent, ())
            known.append(facts)
            for id_, cases in examples.of_file(own):
                rule = tested.get(id_)
                if rule:
                    scope = self._checks[rule.check].SCOPE
                    added = examples.read(own, ("rules", id_), cases, scope, language)
                    judged = (replace(example, facts=facts) for example in added)
                    tested[id_] = replace(rule, examples=(*rule.examples, *judged))
                elif complete and not sound.is_faulty(("rules",)):
                    hint = documents.suggest(id_, tested)
                    own.report(("rules", id_), f'there is no rule "{id_}"{hint}', key=True)
        return tested, _distinct(known)


def _extended(sound: Sound, bases: Sequence[Policy]) -> dict[str, Rule]:
    """The rules of the extended policies; two different ones of one id are refused."""
    found: dict[str, Rule] = {}
    for base in bases:
        for rule in base.rules:
            other = found.setdefault(rule.id, rule)
            if other.place != rule.place:
                sound.report(
                    ("extends",),
                    f'{other.policy} and {rule.policy} both have a rule "{rule.id}"',
                )
    return found


def _guidelines(sound: Sound, bases: Sequence[Policy]) -> dict[str, Guideline]:
    found = {each.id: each for base in bases for each in base.guidelines}
    written = sound.get("guidelines", {"document": "", "items": {}})
    for id_, item in written["items"].items():
        entry = {"text": item} if isinstance(item, str) else item
        line, column = sound.document.place(("guidelines", "items", id_), key=True)
        found[id_] = Guideline(
            id=id_,
            text=entry["text"],
            document=written["document"],
            place=Place(sound.document.path, line, column),
            not_checkable=entry.get("not_checkable"),
        )
    return found


def _languages(sound: Sound, bases: Sequence[Policy]) -> tuple[str, ...]:
    """The codes of the policy's languages, or of those that it extends."""
    written = sound.get("languages")
    if written is None:
        return tuple(dict.fromkeys(chain.from_iterable(base.languages for base in bases)))
    known = lexicon.languages()
    codes = [lexicon.canonical(code) for code in written]
    for index, code in enumerate(codes):
        if code not in known:
            message = f'there are no resources for "{code}"; there are {", ".join(known)}'
            sound.report(("languages", index), message)
    return tuple(dict.fromkeys(codes))


def _effective(sound: Sound) -> tuple[str | None, str | None]:
    written = sound.get("effective", {})
    start, end = written.get("from"), written.get("to")
    if start and end and start > end:
        sound.report(("effective", "to"), f"the last day, {end}, is before the first, {start}")
    return start, end


def _paths(
    sound: Sound, key: str, folder: Path, extended: Iterable[tuple[Path, ...]]
) -> tuple[Path, ...]:
    """The files that a policy names, those of extended policies first."""
    own = [folder / name for name in sound.get(key, ())]
    for index, path in enumerate(own):
        if not path.is_file():
            sound.report((key, index), f'there is no file "{documents.relative(path)}"')
    return _distinct([*extended, tuple(own)])


def _distinct(paths: Iterable[tuple[Path, ...]]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(paths)))
