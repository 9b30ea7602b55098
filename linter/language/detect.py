"""The language of a text, where nothing says it, by py3langid."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from heapq import nlargest
from typing import Any

from linter.language import lexicon

_READ = 2_000
_MIN_LETTERS = 8
_MIN_PROBABILITY = 0.65
_TIMES_THE_NEXT = 3


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """The code of the language that a text is most probably in; None where nobody could tell.

    Languages that share their resources count as one: of Bokmål and Nynorsk it need not be sure.
    """
    if sum(character.isalpha() for character in text[:_READ]) < _MIN_LETTERS:
        return None
    chances: defaultdict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text[:_READ]):
        chances[lexicon.canonical(code)] += float(probability)
    (chance, best), (next_chance, _) = nlargest(2, ((chances[code], code) for code in chances))
    sure = chance >= _MIN_PROBABILITY and chance >= _TIMES_THE_NEXT * next_chance
    return best if sure else None
