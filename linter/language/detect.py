"""The language of a text, where nothing says it, by py3langid."""

from __future__ import annotations

from functools import cache
from typing import Any

from linter.language import lexicon

_MIN_LETTERS = 8
_MIN_PROBABILITY = 0.8


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """The code of the language that a text is most probably in; None where nobody could tell."""
    if sum(character.isalpha() for character in text[:2000]) < _MIN_LETTERS:
        return None
    code, probability = _identifier().classify(text[:2000])
    return lexicon.canonical(code) if probability >= _MIN_PROBABILITY else None
