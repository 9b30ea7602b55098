"""What a reply costs inside one process, once it has started.

    python -m benchmarks.speed.process POLICY COUNT PHRASES…

Prints JSON: replies a second with the policy, and seconds a reply for each number of phrases. Times
are processor time, so that what else the machine does counts little.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.speed import corpus, talk
from benchmarks.speed.tools import configure_replylint
from linter.config import find_config
from linter.engine import Engine
from linter.model import Record, Reply
from linter.runner import Plan, engine, load, records

_FIRST = 1_000
_BATCH = 250


def throughput(policy: str, count: int, *, comments: bool) -> Mapping[str, float]:
    """Replies a second for the first thousand, which build what a language needs, and for `count`
    more; of tokenising alone; and how many tokens and findings a reply has."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".replylint.yaml").write_text("language: en\n", encoding="utf-8")
        library = talk.records(_FIRST + count, comments=comments)
        replies = _replies(folder, library)
        own = _engine(folder, policy)
        first, found = _seconds(own, replies[:_FIRST])
        later, more = _seconds(own, replies[_FIRST:])
        return {
            "rules": own.rules,
            **_tokenising(replies[_FIRST:]),
            "first": _FIRST / first,
            "later": count / later,
            "findings": (found + more) / len(replies),
        }


def by_phrases(
    numbers: Sequence[int], count: int, rounds: int = 5
) -> Mapping[int, Mapping[str, float]]:
    """For each number of phrases: seconds to make ready, and a reply's, the median of `rounds`.

    The replies are those of the comparison, each read once before the clock runs; the numbers take
    turns, batch by batch.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = ({"id": str(at), "lang": "en", "reply": text} for at, text in _texts(count))
        replies = _replies(folder, texts)
        engines, ready = {}, {}
        for number in numbers:
            configure_replylint(folder, corpus.phrases(number))
            begun = time.process_time()
            engines[number] = _engine(folder, "policy.yaml")
            _seconds(engines[number], replies[:1])
            ready[number] = time.process_time() - begun
        for own in engines.values():
            _seconds(own, replies)
        spent: dict[int, list[float]] = {number: [] for number in numbers}
        for _ in range(rounds):
            total = dict.fromkeys(numbers, 0.0)
            for at in range(0, count, _BATCH):
                for number, own in engines.items():
                    total[number] += _seconds(own, replies[at : at + _BATCH])[0]
            for number, seconds in total.items():
                spent[number].append(seconds / count)
        return {
            number: {"ready": ready[number], "reply": median(spent[number])} for number in numbers
        }


def _texts(count: int) -> Iterator[tuple[int, str]]:
    return enumerate(text for text, _ in corpus.replies(count))


def _replies(folder: Path, library: Iterable[Mapping[str, Any]]) -> list[Record]:
    path = folder / "library.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in library), encoding="utf-8")
    return list(records(path, path.name, _plan(folder, "policy.yaml")))


def _plan(folder: Path, policy: str) -> Plan:
    return Plan((policy,), folder, find_config(folder))


def _engine(folder: Path, policy: str) -> Engine:
    plan = _plan(folder, policy)
    return engine(plan, load(plan))


def _seconds(own: Engine, replies: Sequence[Record]) -> tuple[float, int]:
    """Processor seconds to check replies, and how many findings there are."""
    begun = time.process_time()
    found = sum(1 for _ in own.check_replies(replies))
    return time.process_time() - begun, found


def _tokenising(replies: Sequence[Record]) -> Mapping[str, float]:
    """The tokens of a reply, and replies a second of spaCy's tokenizer alone: what any work on
    tokens is bounded by, and a measure of the machine."""
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    texts = [record.text for record in replies if isinstance(record, Reply)]
    tokens = sum(len(tokenizer(text)) for text in texts)
    begun = time.process_time()
    for text in texts:
        tokenizer(text)
    return {
        "tokens": tokens / len(texts),
        "tokenising": len(texts) / (time.process_time() - begun),
    }


def main() -> None:
    policy, count, *numbers = sys.argv[1:]
    result = {
        "no comment": throughput(policy, int(count), comments=False),
        "with comment": throughput(policy, int(count), comments=True),
        "phrases": by_phrases([int(number) for number in numbers], min(int(count), 1_000)),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
