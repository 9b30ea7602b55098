"""What kind of comment a customer wrote, inferred from its acts and its rating.

The kinds are complaint, emotional, abuse, praise, question, mixed and other. Comment lexicons give
the evidence: praise, dissatisfaction, problem, request, abuse.
"""

from __future__ import annotations

from collections.abc import Mapping

from linter.language.analysis import Analysis

KINDS = ("complaint", "emotional", "abuse", "praise", "question", "mixed", "other")


def infer(comment: Analysis | None, rating: float | None) -> str | None:
    """The kind of a comment, by its text and its rating of 1 to 5; None where neither is known."""
    if comment is None:
        return None if rating is None else _by_rating(rating)
    found = {
        label: len(comment.spans(f"comment_{label}"))
        for label in ("praise", "dissatisfaction", "problem", "request", "abuse")
    }
    words = sum(1 for word in comment.reading.texts if word.isalpha())
    if found["abuse"] and not found["problem"] and words <= 25:
        return "abuse"
    negative = found["dissatisfaction"] + found["problem"]
    if rating is not None:
        return _with_rating(found, negative, rating, words)
    return _by_text(found, negative, words, asks="?" in comment.text)


def _by_rating(rating: float) -> str:
    return "praise" if rating >= 4 else "emotional" if rating <= 2 else "other"


def _by_text(found: Mapping[str, int], negative: int, words: int, *, asks: bool) -> str:
    if found["praise"] and found["problem"]:
        return "mixed" if found["praise"] >= found["problem"] else "complaint"
    if found["problem"]:
        return "complaint"
    if negative:
        return "emotional" if words < 12 else "complaint"
    if found["praise"]:
        return "praise"
    return "question" if asks or found["request"] else "other"


def _with_rating(found: Mapping[str, int], negative: int, rating: float, words: int) -> str:
    if rating >= 4:
        return "mixed" if found["problem"] and words > 5 else "praise"
    if rating <= 2:
        return (
            "emotional"
            if words < 8 and not found["problem"] and not found["request"]
            else "complaint"
        )
    if found["praise"] and negative:
        return "mixed"
    if negative or found["request"]:
        return "complaint"
    return "praise" if found["praise"] else "other"
