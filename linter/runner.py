"""Check many files: each answered from the cache or judged, by one process or several.

A `Plan` says all that a run depends on; it is small and can be sent to a worker process, which
makes an `Engine` of it. Findings travel back, never tokens.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from linter import __version__, documents
from linter.cache import Cache
from linter.config import Config, Context
from linter.documents import InvalidFile, Problem
from linter.engine import Engine, LanguageMaker, Tally
from linter.language.facts import Fact, load_facts
from linter.language.language import Language
from linter.language.lexicon import FOLDER
from linter.language.lexicon import read as read_lexicon
from linter.model import Comment, Finding, Record, Reply, Summary, Unreadable
from linter.policy.load import compile_problems, load_all
from linter.policy.model import Policy, Rule
from linter.readers import Layout, read

if TYPE_CHECKING:
    from concurrent.futures import Future

_IN_FLIGHT = 4
_CACHED_FINDINGS = 10_000
_HELD = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to check by. `select` and `ignore` hold rule ids; `language` is said for all replies."""

    policies: tuple[str, ...]
    base: Path
    config: Config
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    language: str | None = None

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is to be applied."""
        return (not self.select or rule.id in self.select) and rule.id not in self.ignore


@dataclass(frozen=True, slots=True)
class Resources:
    """What a plan names, read from its files; `digest` changes with anything that findings depend
    on beside the replies."""

    policies: tuple[Policy, ...]
    make: LanguageMaker
    digest: str


def load(plan: Plan) -> Resources:
    """Read the policies, lexicons and facts of a plan. Raises InvalidFile."""
    policies = load_all(plan.policies, plan.base)
    files = [*_lexicons(policies, plan.config), *_facts(policies, plan.config)]
    files += [path for policy in policies for path in policy.files]
    return Resources(policies, maker(policies, plan.config), _digest(plan, files))


def maker(
    policies: Iterable[Policy], config: Config, facts_instead: Iterable[Path] = ()
) -> LanguageMaker:
    """Makes languages with the lexicons and facts of policies and a configuration, or with other
    files of facts instead of theirs. Raises InvalidFile."""
    policies = tuple(policies)
    lexicons = tuple(read_lexicon(path) for path in _lexicons(policies, config))
    files = _unique(facts_instead) or _facts(policies, config)
    facts = tuple(_all_facts(files))

    def make(code: str) -> Language:
        return Language(
            code,
            own=lexicons,
            facts=facts,
            organisation=config.organisation,
            pipeline=config.pipelines.get(code),
        )

    return make


def _all_facts(files: Iterable[Path]) -> Iterator[Fact]:
    """The facts of several files. Raises InvalidFile for one that stands in two of them."""
    first: dict[str, Path] = {}
    for path in files:
        for fact in load_facts(path):
            if fact.id in first:
                where = documents.relative(first[fact.id])
                message = f'the fact "{fact.id}" stands in {where} too'
                raise InvalidFile([Problem(documents.relative(path), 1, 1, message)])
            first[fact.id] = path
            yield fact


def verify(policies: Iterable[Policy], make: LanguageMaker) -> None:
    """Compile every rule for all languages of its policy. Raises InvalidFile."""
    languages: dict[str, Language] = {}
    problems = []
    for policy in policies:
        for code in policy.languages:
            if code not in languages:
                languages[code] = make(code)
        own = [languages[code] for code in policy.languages]
        problems += compile_problems(policy, own)
    if problems:
        raise InvalidFile(problems)


def _lexicons(policies: Iterable[Policy], config: Config) -> list[Path]:
    own = (path for policy in policies for path in policy.lexicons)
    return _unique([*config.lexicons, *own])


def _facts(policies: Iterable[Policy], config: Config) -> list[Path]:
    own = (path for policy in policies for path in policy.facts)
    return _unique([*config.facts, *own])


def engine(plan: Plan, resources: Resources) -> Engine:
    """An engine that applies the plan's rules."""
    return Engine(resources.policies, resources.make, plan.wants)


Item = tuple[Path, str]
"""A file and the name to show for it."""
Result = tuple[list[Finding], Tally]


@dataclass(slots=True)
class _Flight:
    """A file on its way: its result is known, or comes from a worker, or (a large file) neither."""

    item: Item
    key: str | None
    known: Result | None = None
    future: Future[Result] | None = None


class _Library:
    """The replies of all files: held while they are few, else read again whenever asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._items: list[Item] = []
        self._held: list[Reply] | None = []

    def add(self, item: Item) -> None:
        self._items.append(item)
        if self._held is not None:
            self._held += islice(self._replies(item), _HELD)
            if len(self._held) >= _HELD:
                self._held = None

    def __iter__(self) -> Iterator[Reply]:
        if self._held is not None:
            return iter(self._held)
        return chain.from_iterable(map(self._replies, self._items))

    def _replies(self, item: Item) -> Iterator[Reply]:
        return (record for record in records(*item, self._plan) if isinstance(record, Reply))


@dataclass(slots=True)
class Runner:
    """Checks files by a plan. `progress` is told the numbers of files and of replies done."""

    plan: Plan
    resources: Resources
    cache: Cache | None = None
    jobs: int = 1
    progress: Callable[[int, int], None] = lambda files, replies: None
    tally: Tally = field(default_factory=Tally)
    _engine: Engine | None = None

    @property
    def rules(self) -> int:
        """How many rules are applied."""
        return self._own_engine().rules

    def summary(self) -> Summary:
        """What has been checked so far, and what could not be."""
        return self.tally.summary(self.rules)

    def files(self, paths: Iterable[Item]) -> Iterator[Finding]:
        """The findings of files, in order; those of library rules come last."""
        library = _Library(self.plan)
        whole = bool(self._own_engine().library_rules)
        for done, ((path, shown), result) in enumerate(self._results(paths), 1):
            if whole:
                library.add((path, shown))
            if result is None:
                found = records(path, shown, self.plan)
                yield from self._stream(self._watched(found, done - 1))
            else:
                self.tally.add(result[1])
                yield from result[0]
            self.progress(done, self.tally.replies)
        yield from self._library(library)

    def data(self, data: bytes, shown: str) -> Iterator[Finding]:
        """The findings of what came on standard input."""
        found = list(records(Path(shown), shown, self.plan, data))
        yield from self._stream(found)
        yield from self._library([record for record in found if isinstance(record, Reply)])

    def _watched(self, found: Iterable[Record], files: int) -> Iterator[Record]:
        """The records of a large file, with a sign of life for each."""
        for record in found:
            self.progress(files, self.tally.replies + self._own_engine().tally.replies)
            yield record

    def _library(self, replies: Iterable[Reply]) -> Iterator[Finding]:
        own = self._own_engine()
        if own.library_rules:
            own.tally = Tally()
            yield from own.check_library(replies)
            self.tally.add(own.tally)

    def _stream(self, found: Iterable[Record]) -> Iterator[Finding]:
        own = self._own_engine()
        own.tally = Tally()
        yield from own.check_replies(found)
        self.tally.add(own.tally)

    def _own_engine(self) -> Engine:
        if self._engine is None:
            self._engine = engine(self.plan, self.resources)
        return self._engine

    def _results(self, paths: Iterable[Item]) -> Iterator[tuple[Item, Result | None]]:
        """Per file its result; None for a large file, to be streamed by this process."""
        if self.jobs <= 1:
            for item in paths:
                yield item, self._one(item)
            return
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import active_children, get_context

        with ProcessPoolExecutor(
            self.jobs, mp_context=get_context("spawn"), initializer=_start, initargs=(self.plan,)
        ) as pool:
            flying: deque[_Flight] = deque()
            try:
                for item in paths:
                    flight = _Flight(item, *self._look_up(item))
                    if flight.known is None and not _is_large(item[0]):
                        with _deaf_to_interrupts():
                            flight.future = pool.submit(_check, item)
                    flying.append(flight)
                    if len(flying) >= _IN_FLIGHT * self.jobs:
                        yield self._land(flying.popleft())
                while flying:
                    yield self._land(flying.popleft())
            except BaseException:
                # An interrupt, or nobody reads on: what the workers still do is wanted no more.
                pool.shutdown(wait=False, cancel_futures=True)
                for worker in active_children():
                    worker.terminate()
                raise

    def _land(self, flight: _Flight) -> tuple[Item, Result | None]:
        if flight.future is None:
            return flight.item, flight.known
        result = flight.future.result()
        self._store(flight.key, result)
        return flight.item, result

    def _one(self, item: Item) -> Result | None:
        key, known = self._look_up(item)
        if known is not None:
            return known
        if _is_large(item[0]):
            return None
        result = judge(self._own_engine(), records(*item, self.plan))
        self._store(key, result)
        return result

    def _look_up(self, item: Item) -> tuple[str | None, Result | None]:
        if self.cache is None or _is_large(item[0]):
            return None, None
        try:
            content = item[0].read_bytes()
        except OSError:
            return None, None
        key = _key(self.resources.digest, item[1], content)
        return key, self.cache.get(key)

    def _store(self, key: str | None, result: Result) -> None:
        if key is not None and self.cache is not None and len(result[0]) <= _CACHED_FINDINGS:
            self.cache.put(key, *result)


def judge(own: Engine, found: Iterable[Record]) -> Result:
    """The findings of some records and their counts."""
    own.tally = Tally()
    findings = list(own.check_replies(found))
    return findings, own.tally


def records(path: Path, shown: str, plan: Plan, data: bytes | None = None) -> Iterator[Record]:
    """The records of a file, with the context that the configuration supplies."""
    config = plan.config
    layout = layout_for(config, shown)
    contexts = [context for context in config.context if context.may_apply(shown)]
    for record in read(path, shown, layout, data):
        if isinstance(record, Unreadable):
            yield record
            continue
        reply = record
        if plan.language is not None:
            reply = replace(reply, language=plan.language)
        elif reply.language is None and config.language is not None:
            reply = replace(reply, language=config.language)
        for context in contexts:
            if context.applies(shown, reply.tags or ()):
                reply = supply(reply, context)
        yield reply


def supply(reply: Reply, context: Context) -> Reply:
    """The reply with what the context says where the record says nothing."""
    known = dict(context.fields)
    comment = reply.comment or Comment()
    kind, rating = known.pop("comment.kind", None), known.pop("comment.rating", None)
    if kind is not None or rating is not None:
        comment = replace(
            comment,
            kind=comment.kind if comment.kind is not None else kind,
            rating=comment.rating if comment.rating is not None else rating,
        )
        reply = replace(reply, comment=comment)
    channel = known.pop("channel", None)
    if channel is not None and reply.channel is None:
        reply = replace(reply, channel=channel)
    return replace(reply, fields={**known, **reply.fields}) if known else reply


def layout_for(config: Config, shown: str) -> Layout | None:
    """How the configuration says that a file is to be read; None for the format's default."""
    for files in config.files:
        if files.matches(shown):
            return Layout(**files.layout)
    return None


def _is_large(path: Path) -> bool:
    """A file to be streamed: its findings are not held, cached or sent about."""
    try:
        return path.stat().st_size > 16_000_000
    except OSError:
        return False


def _unique(paths: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(path.resolve() for path in paths))


def _digest(plan: Plan, files: Iterable[Path]) -> str:
    """A hash of all that findings depend on beside the replies."""
    hasher = hashlib.blake2b(_code().encode())
    for path in files:
        hasher.update(path.read_bytes() + b"\0")
    for name in plan.config.pipelines.values():
        hasher.update(repr(_state(Path(name).rglob("*"))).encode())
    hasher.update(
        repr(
            (sorted(plan.select), sorted(plan.ignore), plan.language, plan.config.fingerprint())
        ).encode()
    )
    return hasher.hexdigest()


# What findings depend on beside our own code: another version may read a text in another way.
_LIBRARIES = (
    "spacy",
    "pyromark",
    "snowballstemmer",
    "phonenumbers",
    "stdnum",
    "babel",
    "num2words",
)


@lru_cache(maxsize=1)
def _code() -> str:
    """The version, and the state of the code, of the shipped lexicons and of the libraries."""
    package = Path(__file__).parent
    libraries = [
        Path(spec.origin) for name in _LIBRARIES if (spec := find_spec(name)) and spec.origin
    ]
    state = _state([*package.rglob("*.py"), *FOLDER.rglob("*.yaml"), *libraries])
    return hashlib.blake2b(repr((__version__, state)).encode()).hexdigest()


def _state(paths: Iterable[Path]) -> list[tuple[int, int]]:
    """When files were changed last, and their sizes."""
    return [(path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(paths)]


def _key(digest: str, shown: str, content: bytes) -> str:
    return hashlib.blake2b(
        b"\0".join((digest.encode(), os.fsencode(shown), content)), digest_size=20
    ).hexdigest()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C for a moment: a process that is begun now does so for good, and its end is left
    to the one that began it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)


_worker: dict[str, tuple[Engine, Plan]] = {}


def _start(plan: Plan) -> None:
    """Make a worker process ready."""
    _worker["it"] = engine(plan, load(plan)), plan


def _check(item: Item) -> Result:
    own, plan = _worker["it"]
    return judge(own, records(*item, plan))


def known_rules(resources: Resources) -> Mapping[str, Rule]:
    """All rules of the policies by id."""
    return {rule.id: rule for policy in resources.policies for rule in policy.rules}
