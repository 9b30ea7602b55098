"""Generated replies with planted phrases: the same seed gives the same bytes.

The words of phrases are those of the text around them, as in real replies, so that a matcher meets
many beginnings of phrases that come to nothing; but a phrase stands nowhere by chance, and none is
part of another, so that a tool's findings can be held against the number that was planted.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

SEED = 20191206
MOST_PHRASES = 2_000
PLANTED = 20
"""Only the first phrases are planted: each number of phrases then has the same findings."""
_SHARE = 0.3

_WORDS = """\
the to you we your and of a is for it in our have that this on with are not be will can us order
please as if was from at has any so but more time here team about account been out after new know
an when day today all help get would they there how or by just now message next they back make
could sent see still week send store them which delivery take also some find days made hear refund
first give number way while both right parcel work before always each work address kettle payment
again through best soon since check done need receipt last let page good well line only product
reach call look same open call price part email under until long month bank plan post whole issue
keep card box sign service lamp change minute read return warehouse short visit answer late step
real matter hour small label courier cover phone ready free side pick chair near note word point
shop invoice morning detail far type offer able person size item list view road door sure evening
name moment seat street charge start table glass report town place bring city water light paper
voucher screen print heat blue large second older across broken wrong missing correct stock stay
button battery cable window carton spare driver engineer sofa garden oven drawer colour option
"""
_NAMES = ("Jens", "Anne", "Sofia", "Ravi", "Marit", "Pieter", "Lena", "Omar", "Grace", "Tomas")

_VOCABULARY = list(dict.fromkeys(_WORDS.split()))
_WEIGHTS = list(accumulate(1 / rank for rank in range(5, len(_VOCABULARY) + 5)))

Phrase = tuple[str, ...]
Known = dict[Phrase, list[Phrase]]
"""Phrases by their first two words."""


def phrases(count: int = MOST_PHRASES) -> list[str]:
    """The first `count` stock phrases: two to five words, each different, none inside another."""
    if count > MOST_PHRASES:
        raise ValueError(f"there are {MOST_PHRASES:,} phrases")
    return [" ".join(phrase) for phrase in _phrases()[:count]]


def _phrases() -> list[Phrase]:
    chance = random.Random(SEED)
    sizes = sorted(chance.choice((2, 3, 3, 4, 4, 5)) for _ in range(MOST_PHRASES))
    known: Known = {}
    for size in sizes:  # from the shortest on, so that none can hold an earlier one unseen
        while _found(phrase := tuple(chance.choices(_VOCABULARY, k=size)), known):
            pass
        known.setdefault(phrase[:2], []).append(phrase)
    found = [phrase for group in known.values() for phrase in group]
    chance.shuffle(found)
    return found


def _found(words: Sequence[str], known: Known) -> int:
    """How many of the phrases stand in a row of words."""
    return sum(
        tuple(words[at : at + len(phrase)]) == phrase
        for at, pair in enumerate(pairwise(words))
        for phrase in known.get(pair, ())
    )


def replies(count: int) -> Iterator[tuple[str, int]]:
    """Markdown replies of 60 to 120 words, each with the number of phrases that stand in it."""
    every = _phrases()
    planted = every[:PLANTED]
    known: Known = {}
    for phrase in every:
        known.setdefault(phrase[:2], []).append(phrase)
    chance = random.Random(SEED + 1)
    for index in range(count):
        one = chance.choice(planted) if index == 0 or chance.random() < _SHARE else None
        yield _reply(chance, known, one), int(one is not None)


def _reply(chance: random.Random, known: Known, phrase: Phrase | None) -> str:
    sizes = [chance.randint(8, 15) for _ in range(7)]
    home = chance.randrange(len(sizes))
    sentences = [
        _sentence(chance, known, size, phrase if at == home else None)
        for at, size in enumerate(sizes)
    ]
    third = len(sentences) // 3
    name, agent = chance.sample(_NAMES, 2)
    body = " ".join(sentences[:third]), " ".join(sentences[third : 2 * third])
    points = "\n".join(f"- {sentence}" for sentence in sentences[2 * third :])
    return f"Hi {name},\n\n{body[0]}\n\n{body[1]}\n\n{points}\n\nRegards,\n{agent}\n"


def _sentence(chance: random.Random, known: Known, size: int, phrase: Phrase | None) -> str:
    while True:
        words = chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=size)
        if phrase is not None:
            at = chance.randrange(size)
            words[at:at] = phrase
        if _found(words, known) == int(phrase is not None):
            return f"{' '.join(words).capitalize()}."


def write(folder: Path, count: int) -> int:
    """Write replies as files into a folder; the number of phrases planted in them."""
    folder.mkdir(parents=True)
    total = 0
    for index, (text, planted) in enumerate(replies(count)):
        (folder / f"reply-{index:05}.md").write_text(text, encoding="utf-8")
        total += planted
    return total
