"""What two texts speak of in common: content words, compared by their stems.

Stems are Snowball's (Porter 2001). In Dutch and Norwegian a compound shares its first part with the
word that it is made of ("inlogproblemen", "inloggen"), so a long common beginning counts as well.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from linter.language.normalise import MARKS, WORD
from linter.language.reading import Span

if TYPE_CHECKING:
    from linter.language.analysis import Analysis

_COMMON_BEGINNING = 5
_PREFIX_SHARE = 0.6


@cache
def _stemmer(name: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=65_536)
def stem(stemmer: str, word: str) -> str:
    """The stem of a lower-cased word; `stemmer` is Snowball's name of the language."""
    return str(_stemmer(stemmer).stemWord(word))


def content_words(analysis: Analysis) -> dict[str, list[Span]]:
    """The stems of a text's content words, each with its places in the normalised text.

    Left out are function words, generic words ("problem", "feedback"), formulas, names
    called out, the organisation's names and the signature.
    """
    language = analysis.language
    skipped = language.generic_words
    stemmer = language.data.stemmer
    formulas = sorted(
        span
        for label in ([] if analysis.is_comment else FORMULAS)
        for span in analysis.spans(label)
    )
    begun, reach = 0, 0  # formulas that began before the word at hand, and how far they reach
    end = analysis.signature
    found: dict[str, list[Span]] = {}
    for match in WORD.finditer(analysis.text, 0, end):
        word = match.group().lower()
        if len(word) < 3 or word in MARKS or word in skipped:
            continue
        while begun < len(formulas) and formulas[begun][0] <= match.start():
            reach = max(reach, formulas[begun][1])
            begun += 1
        root = stem(stemmer, word)
        if root in skipped or match.start() < reach:
            continue
        found.setdefault(root, []).append(match.span())
    return found


FORMULAS = ("stock_phrase", "greeting", "address_by_name", "further_help", "private_channel")


def shared(reply: Analysis, comment: Analysis) -> list[Span]:
    """The places in the reply that name something of the comment."""
    theirs = comment.content_words
    if not theirs:
        return []
    beginnings: dict[str, list[str]] = {}
    for root in theirs:
        beginnings.setdefault(root[:_COMMON_BEGINNING], []).append(root)
    spans: list[Span] = []
    for root, places in reply.content_words.items():
        if root in theirs or any(
            _akin(root, other) for other in beginnings.get(root[:_COMMON_BEGINNING], ())
        ):
            spans += places
    return sorted(spans)


def _akin(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _COMMON_BEGINNING:
        return False
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same >= _PREFIX_SHARE * min(len(one), len(other)) and same >= _COMMON_BEGINNING
