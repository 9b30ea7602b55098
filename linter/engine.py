"""Judge replies by policies: findings in order, and a tally of what could not be judged.

    run = Engine(policies, languages)
    for finding in run.check(records): ...
    run.summary()
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from linter.checks import CHECKS
from linter.language import lexicon
from linter.language.analysis import Analysis
from linter.language.detect import detect
from linter.language.language import Language
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
)
from linter.policy import conditions, messages
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

    def cannot(self, kind: str, reason: str, rule: str | None, where: Record) -> None:
        """Count something that was not judged. `kind` as in `model.NotChecked`."""
        key = kind, reason, rule
        self.reasons[key] += 1
        places = self.places.setdefault(key, [])
        if len(places) < _PLACES_NAMED:
            places.append(_where(where))

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
                NotChecked(kind, reason, self.reasons[kind, reason, rule], rule, tuple(self.places[kind, reason, rule]))  # type: ignore[arg-type]
                for kind, reason, rule in order
            ),
            languages=dict(sorted(self.languages.items())),
            rules=rules,
        )


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    match: Callable[[Analysis], Any]


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
        self._make = make
        self._languages: dict[str, Language] = {}
        self._compiled: dict[str, tuple[_Compiled, ...]] = {}
        chosen = [(policy, rule) for policy in self.policies for rule in policy.rules if wanted(rule)]
        self.reply_rules = tuple((p, r) for p, r in chosen if CHECKS[r.check].SCOPE == "reply")
        self.library_rules = tuple((p, r) for p, r in chosen if CHECKS[r.check].SCOPE == "library")
        self.tally = Tally()
        self._zones: ExitStack | None = None

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
        stream = iter(records)
        while batch := list(islice(stream, _BATCH)):
            yield from self._batch(batch)

    def check_library(self, replies: list[Reply]) -> Iterator[Finding]:
        """The findings of the rules that look at all replies together."""
        found: list[Finding] = []
        for _, rule in self.library_rules:
            match_all = CHECKS[rule.check].compile(rule.options, None)
            for reply, match in match_all(replies):
                found.append(self._finding(rule, reply, reply.language, match))
        found.sort(key=lambda finding: (finding.path, finding.region.start.offset, finding.rule))
        for finding in found:
            self.tally.found(finding)
            yield finding

    def _batch(self, batch: list[Record]) -> list[Finding]:
        """The findings of some records. No token outlives the batch: memory stays bounded."""
        found: list[Finding] = []
        with ExitStack() as self._zones:
            for language in self._languages.values():
                self._zones.enter_context(language.nlp.memory_zone())
            for record in batch:
                self.tally.files.add(record.source.path if isinstance(record, Reply) else record.path)
                if isinstance(record, Unreadable):
                    self.tally.cannot("unreadable", record.reason, None, record)
                else:
                    found += self._reply(record)
        self._zones = None
        for finding in found:
            self.tally.found(finding)
        return found

    def _reply(self, reply: Reply) -> list[Finding]:
        self.tally.replies += 1
        code = detect(reply.text) if reply.language is None else lexicon.canonical(reply.language)
        rules = () if code is None else self._rules(code)
        if code is None or not rules:
            reason = "the language could not be recognised" if code is None else self._no_language(code)
            self.tally.cannot("language", reason, None, reply)
            return []
        self.tally.checked += 1
        self.tally.languages[code] += 1
        analysis = self._languages[code].analyse(reply)
        record = _Fields(analysis, code)
        found: list[Finding] = []
        for compiled in rules:
            rule = compiled.rule
            if rule.when is not None:
                outcome = conditions.evaluate(rule.when, record)
                if outcome.holds is None:
                    self.tally.cannot("cannot tell", outcome.reason, rule.id, reply)
                if not outcome.holds:
                    continue
            verdict = compiled.match(analysis)
            if isinstance(verdict, CannotTell):
                self.tally.cannot("cannot tell", verdict.reason, rule.id, reply)
                continue
            found += [self._finding(rule, reply, code, match) for match in verdict]
        found.sort(key=lambda finding: (finding.region.start.offset, finding.region.end.offset))
        return found

    def _no_language(self, code: str) -> str:
        if code in lexicon.languages():
            return f'no policy has rules for "{code}"'
        return f'no resources for the language "{code}"'

    def _rules(self, code: str) -> tuple[_Compiled, ...]:
        """The rules for a language, compiled at its first reply; none where it has no resources."""
        if code not in self._compiled:
            self._compiled[code] = self._compile(code)
        return self._compiled[code]

    def _compile(self, code: str) -> tuple[_Compiled, ...]:
        rules = [rule for policy, rule in self.reply_rules if code in policy.languages]
        if not rules or code not in lexicon.languages():
            return ()
        language = self._languages[code] = self._make(code)
        if self._zones is not None:
            self._zones.enter_context(language.nlp.memory_zone())
        return tuple(_Compiled(rule, CHECKS[rule.check].compile(rule.options, language)) for rule in rules)

    def _finding(self, rule: Rule, reply: Reply, code: str | None, match: Match) -> Finding:
        region = reply.source.region(match.start, match.end)
        text = "" if match.absent else reply.text[match.start : match.end]
        known = {"author": reply.author or "the customer", "language": code or "", "channel": reply.channel or "", "id": reply.id}
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


class _Fields:
    """The fields of a reply that a condition may ask for, looked up when asked."""

    def __init__(self, analysis: Analysis, code: str) -> None:
        self._analysis = analysis
        self._code = code

    def __call__(self, name: str) -> object:
        value = self._value(name)
        return conditions.MISSING if value is None else value

    def _value(self, name: str) -> object:
        analysis, reply = self._analysis, self._analysis.reply
        comment = reply.comment
        match name:
            case "language":
                return self._code
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
                return None if analysis.comment is None else tuple(sorted(analysis.comment.labels()))
            case "reply.acts":
                return tuple(sorted(analysis.labels() & analysis.language.act_names))
            case _:
                return reply.fields.get(name.removeprefix("fields."))


def _where(record: Record) -> str:
    """ "path:line" of a record, for the summary."""
    if isinstance(record, Reply):
        return f"{record.source.path}:{record.source.region(0, 0).start.line}"
    return record.path if record.line is None else f"{record.path}:{record.line}"


def _fingerprint(rule: str, reply: Reply, text: str) -> str:
    """Stays the same when other replies or other parts of this one are edited."""
    words = " ".join(text.casefold().split())
    parts = "\0".join((rule, reply.source.path, reply.id, words))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def by_rule(policies: Iterable[Policy]) -> Mapping[str, Rule]:
    """All rules by id."""
    return {rule.id: rule for policy in policies for rule in policy.rules}
