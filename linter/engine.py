"""Judge replies by policies: findings in order, and a tally of what could not be judged.

run = Engine(policies, languages)
for finding in run.check(records): ...
run.summary()
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from linter.checks import CHECKS
from linter.language import lexicon
from linter.language.analysis import Analysis
from linter.language.detect import detect
from linter.language.language import Language
from linter.logic import conditions
from linter.logic.conditions import Condition
from linter.model import (
    CannotTell,
    Finding,
    Level,
    Match,
    NotChecked,
    Record,
    Reply,
    Summary,
    Unreadable,
    Verdict,
)
from linter.policy import messages
from linter.policy.model import Policy, Rule

_BATCH = 256
_PLACES_NAMED = 3

LanguageMaker = Callable[[str], Language]


@dataclass(slots=True)
class Tally:
    """Counts of one run or of one part of it; parts add up."""

    files: set[str] = field(default_factory=set)
    replies: int = 0
    checked: int = 0
    levels: Counter[Level] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)
    places: dict[tuple[str, str, str | None], list[str]] = field(default_factory=dict)

    def cannot(self, kind: str, reason: str, rule: str | None, record: Record) -> None:
        """Count something that was not judged. `kind` as in `model.NotChecked`."""
        key = kind, reason, rule
        count = self.reasons[key] = self.reasons.get(key, 0) + 1
        if count <= _PLACES_NAMED:
            self.places.setdefault(key, []).append(where(record))

    def found(self, finding: Finding) -> None:
        self.levels[finding.level] += 1
        self.rules[finding.rule] += 1

    def add(self, other: Tally) -> None:
        """Add another part's counts to these."""
        self.files |= other.files
        self.replies += other.replies
        self.checked += other.checked
        self.levels.update(other.levels)
        self.rules.update(other.rules)
        self.languages.update(other.languages)
        self.reasons.update(other.reasons)
        for key, places in other.places.items():
            mine = self.places.setdefault(key, [])
            mine += places[: _PLACES_NAMED - len(mine)]

    def summary(self, rules: int) -> Summary:
        kinds = ("unreadable", "language", "cannot tell")
        order = sorted(self.reasons, key=lambda key: (kinds.index(key[0]), key[2] or "", key[1]))
        return Summary(
            files=len(self.files),
            replies=self.replies,
            checked=self.checked,
            findings=dict(self.levels),
            by_rule=dict(sorted(self.rules.items())),
            not_checked=tuple(
                NotChecked(kind, reason, self.reasons[key], rule, tuple(self.places[key]))  # type: ignore[arg-type]
                for key in order
                for kind, reason, rule in (key,)
            ),
            languages=dict(sorted(self.languages.items())),
            rules=rules,
        )


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The records in lists small enough for the tokens of one to stay in memory together."""
    stream = iter(records)
    while batch := list(islice(stream, _BATCH)):
        yield batch


class Languages:
    """The languages in use, each made when it is first asked for."""

    def __init__(self, make: LanguageMaker = Language) -> None:
        self._make = make
        self._made: dict[str, Language] = {}
        self._zones: ExitStack | None = None

    def get(self, code: str) -> Language | None:
        """The resources of a language; None if there are none."""
        if code not in lexicon.languages():
            return None
        if code not in self._made:
            language = self._made[code] = self._make(code)
            if self._zones is not None:
                self._zones.enter_context(language.zone())
        return self._made[code]

    @contextmanager
    def zone(self) -> Iterator[None]:
        """No analysis that is made inside may be used after it: memory stays bounded."""
        with ExitStack() as zones:
            for language in self._made.values():
                zones.enter_context(language.zone())
            self._zones = zones
            try:
                yield
            finally:
                self._zones = None


def language_of(reply: Reply) -> str | None:
    """The code of a reply's language, as recorded or else detected; None where nobody can tell."""
    return detect(reply.text) if reply.language is None else lexicon.canonical(reply.language)


UNRECOGNISED = "the language could not be recognised"


def no_resources(code: str) -> str:
    """Why a reply in a language was not checked."""
    return f'no resources for the language "{code}"'


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule for one language. `when` is its condition's place among the engine's conditions."""

    rule: Rule
    when: int | None
    match: Callable[[Analysis], Any]


@dataclass(frozen=True, slots=True)
class _When:
    """A condition. `only`: the field that it asks for, if it is one; `if_missing`: what it says of
    a reply that lacks it."""

    condition: Condition
    only: str | None
    if_missing: bool | CannotTell

    @classmethod
    def of(cls, condition: Condition) -> _When:
        fields = {test.field for test in conditions.comparisons(condition)}
        only = fields.pop() if len(fields) == 1 else None
        return cls(condition, only, _holds(condition, lambda _: conditions.MISSING))


def _holds(condition: Condition, record: Callable[[str], object]) -> bool | CannotTell:
    outcome = conditions.evaluate(condition, record)
    return CannotTell(outcome.reason) if outcome.holds is None else outcome.holds


class Engine:
    """Applies the reply and library rules of policies that do not contradict each other.

    `make` gives the resources of a language by its code; `wanted` says which rules to apply.
    """

    def __init__(
        self,
        policies: Iterable[Policy],
        make: LanguageMaker = Language,
        wanted: Callable[[Rule], bool] = lambda rule: True,
    ) -> None:
        self.policies = tuple(policies)
        self._languages = Languages(make)
        self._compiled: dict[str, tuple[_Compiled, ...]] = {}
        chosen = [
            (policy, rule) for policy in self.policies for rule in policy.rules if wanted(rule)
        ]
        self.reply_rules = tuple((p, r) for p, r in chosen if CHECKS[r.check].SCOPE == "reply")
        self.library_rules = tuple((p, r) for p, r in chosen if CHECKS[r.check].SCOPE == "library")
        # Many rules have the same condition: by how it is written, as 1 and true are equal.
        whens = [rule.when for _, rule in self.reply_rules if rule.when is not None]
        distinct = {repr(when): when for when in whens}
        self._whens = tuple(map(_When.of, distinct.values()))
        self._places = {written: at for at, written in enumerate(distinct)}
        self._asked = _acts_asked(distinct.values())
        self.tally = Tally()

    @property
    def rules(self) -> int:
        """How many rules are applied."""
        return len(self.reply_rules) + len(self.library_rules)

    def summary(self) -> Summary:
        """What has been checked so far, and what could not be."""
        return self.tally.summary(self.rules)

    def check(self, records: Iterable[Record]) -> Iterator[Finding]:
        """The findings of the records, reply by reply; those of library rules at the end."""
        library: list[Reply] = []

        def kept() -> Iterator[Record]:
            for record in records:
                if self.library_rules and isinstance(record, Reply):
                    library.append(record)
                yield record

        yield from self.check_replies(kept())
        yield from self.check_library(library)

    def check_replies(self, records: Iterable[Record]) -> Iterator[Finding]:
        """The findings of the rules that look at one reply at a time."""
        for batch in batches(records):
            yield from self._batch(batch)

    def check_library(self, replies: Iterable[Reply]) -> Iterator[Finding]:
        """The findings of the rules that look at all replies together, rule by rule.

        `replies` are gone through several times and need not all fit into memory.
        """
        for _, rule in self.library_rules:
            match_all = CHECKS[rule.check].compile(rule.options, None)
            for reply, match in match_all(replies):
                if isinstance(match, CannotTell):
                    self.tally.cannot("cannot tell", match.reason, rule.id, reply)
                    continue
                finding = self.finding(rule, reply, language_of(reply), match)
                self.tally.found(finding)
                yield finding

    def _batch(self, batch: list[Record]) -> list[Finding]:
        """The findings of some records. No token outlives the batch: memory stays bounded."""
        found: list[Finding] = []
        with self._languages.zone():
            for record in batch:
                self.tally.files.add(
                    record.source.path if isinstance(record, Reply) else record.path
                )
                if isinstance(record, Unreadable):
                    self.tally.cannot("unreadable", record.reason, None, record)
                else:
                    found += self._reply(record)
        for finding in found:
            self.tally.found(finding)
        return found

    def _reply(self, reply: Reply) -> list[Finding]:
        self.tally.replies += 1
        found = self._judged(reply)
        if isinstance(found, str):
            self.tally.cannot("language", found, None, reply)
            return []
        record, rules = found
        self.tally.checked += 1
        self.tally.languages[record.code] += 1
        findings: list[Finding] = []
        for compiled in rules:
            verdict = _verdict(compiled, record)
            if not verdict:
                continue
            rule = compiled.rule
            if isinstance(verdict, CannotTell):
                self.tally.cannot("cannot tell", verdict.reason, rule.id, reply)
            else:
                findings += [self.finding(rule, reply, record.code, match) for match in verdict]
        findings.sort(key=lambda finding: (finding.region.start.offset, finding.region.end.offset))
        return findings

    def verdict(self, reply: Reply, rule: Rule) -> Verdict | None:
        """What one rule says of a reply; None where its condition does not hold.

        Keeps what it reads in memory: meant for a policy's examples, not for libraries.
        """
        found = self._judged(reply)
        if isinstance(found, str):
            return CannotTell(found)
        record, rules = found
        return next(_verdict(each, record) for each in rules if each.rule is rule)

    def _judged(self, reply: Reply) -> tuple[_Fields, tuple[_Compiled, ...]] | str:
        """A reply as its language's rules see it, and these; or why there are none."""
        code = language_of(reply)
        if code is None:
            return UNRECOGNISED
        language = self._languages.get(code)
        if language is None:
            return no_resources(code)
        rules = self._rules(language)
        if not rules:
            return f'no policy has rules for "{code}"'
        return _Fields(language.analyse(reply), code, self._whens, self._asked), rules

    def _rules(self, language: Language) -> tuple[_Compiled, ...]:
        """The rules for a language, compiled at its first reply."""
        if language.code not in self._compiled:
            language.ask(language.act_names if self._asked is None else self._asked)
            self._compiled[language.code] = tuple(
                _Compiled(
                    rule,
                    None if rule.when is None else self._places[repr(rule.when)],
                    CHECKS[rule.check].compile(rule.options, language),
                )
                for policy, rule in self.reply_rules
                if language.code in policy.languages
            )
        return self._compiled[language.code]

    def finding(self, rule: Rule, reply: Reply, code: str | None, match: Match) -> Finding:
        region = reply.source.region(match.start, match.end)
        text = "" if match.absent else reply.text[match.start : match.end]
        known = {
            "author": reply.author or "the customer",
            "language": code or "",
            "channel": reply.channel or "",
            "id": reply.id,
        }
        return Finding(
            rule=rule.id,
            level=rule.level,
            message=messages.fill(rule.message, {**known, **match.values}),
            path=reply.source.path,
            region=region,
            reply=reply.id,
            language=code,
            text=text,
            line_text=reply.source.line_text(region.start.line),
            fingerprint=_fingerprint(rule.id, reply, text),
            absent=match.absent,
            guideline=rule.guideline,
            replacement=match.replacement,
        )


def _verdict(compiled: _Compiled, record: _Fields) -> Verdict | None:
    """What a rule says of a reply; None where its condition does not hold."""
    if compiled.when is not None:
        holds = record.holds(compiled.when)
        if holds is not True:
            return holds or None
    verdict: Verdict = compiled.match(record.analysis)
    return verdict


def _acts_asked(conditioned: Iterable[Condition]) -> frozenset[str] | None:
    """The acts of replies that conditions ask for by name; None where one asks otherwise."""
    tests = [test for condition in conditioned for test in conditions.comparisons(condition)]
    asked = [test for test in tests if test.field == "reply.acts"]
    if any(test.operator not in ("in", "exists") for test in asked):
        return None
    return frozenset(act for test in asked if test.operator == "in" for act in test.value)


class _Fields:
    """The fields of a reply that a condition may ask for, looked up when asked.

    `asked` are the only acts that any condition asks for, if that is known: some are costly.
    """

    __slots__ = ("_held", "_known", "_whens", "analysis", "asked", "code")

    def __init__(
        self,
        analysis: Analysis,
        code: str,
        whens: Sequence[_When],
        asked: frozenset[str] | None,
    ) -> None:
        self.analysis = analysis
        self.code = code
        self.asked = asked
        self._whens = whens
        self._held: dict[int, bool | CannotTell] = {}
        self._known: dict[str, object] = {}

    def holds(self, at: int) -> bool | CannotTell:
        """Whether the condition at a place among all holds."""
        found = self._held.get(at)
        if found is None:
            when = self._whens[at]
            missing = when.only is not None and self(when.only) is conditions.MISSING
            found = when.if_missing if missing else _holds(when.condition, self)
            self._held[at] = found
        return found

    def __call__(self, name: str) -> object:
        found = self._known.get(name)
        if found is None:
            value = self._value(name)
            found = self._known[name] = conditions.MISSING if value is None else value
        return found

    def _value(self, name: str) -> object:  # noqa: PLR0911 - a value a field
        analysis, reply = self.analysis, self.analysis.reply
        comment = reply.comment
        match name:
            case "language":
                return self.code
            case "channel" | "author" | "id" | "tags":
                return getattr(reply, name)
            case "path":
                return reply.source.path
            case "rating" | "comment.rating":
                return None if comment is None else comment.rating
            case "comment.kind":
                return analysis.comment_kind
            case "comment.text":
                return None if comment is None else comment.text
            case "comment.acts":
                return (
                    None if analysis.comment is None else tuple(sorted(analysis.comment.labels()))
                )
            case "reply.acts":
                if self.asked is not None:
                    return tuple(act for act in sorted(self.asked) if analysis.spans(act))
                return tuple(sorted(analysis.labels() & analysis.language.act_names))
            case _:
                return reply.fields.get(name.removeprefix("fields."))


def where(record: Record) -> str:
    """ "path:line" of a record, for the summary."""
    if isinstance(record, Reply):
        return f"{record.source.path}:{record.source.region(0, 0).start.line}"
    return record.path if record.line is None else f"{record.path}:{record.line}"


def _fingerprint(rule: str, reply: Reply, text: str) -> str:
    """Stays the same when other replies or other parts of this one are edited."""
    words = " ".join(text.casefold().split())
    parts = "\0".join((rule, reply.source.path, reply.id, words))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
