"""What kind of comment a customer wrote, inferred from its acts, its emoji and its rating.

The kinds are complaint, emotional, abuse, praise, question, mixed and other. Comment lexicons give
the evidence: praise, dissatisfaction, problem, request, abuse. What a question mentions is asked,
not complained of: "Is the app down?" names a problem that nobody claims.
"""

from __future__ import annotations

from dataclasses import dataclass

from linter.language.analysis import Analysis

# Signs that mean the same in every language; 😂, 😭 and 🙏 go with joy and with anger.
_JOY = frozenset("👍👌❤♥💙💚💛💜🧡🤍💕💖💗💯😍🥰😘😊😀😃😄😁🙂🤩🥳🎉👏🙌🌟⭐🔥💪😎😻☺🤗")
_ANGER = frozenset("😡😠🤬😤👎💩🤮🤢😒🙄😞😩😫🖕😑😣😖☹🙁😾💔😔🤦😢😟😕👿")
_FACES = {
    "joy": (":)", ":-)", ":D", ":-D", "<3", "=)"),
    "anger": (":(", ":-(", ":/", "=(", ">:("),
}

# In words. Behind more than a caption a smile is politeness.
_CAPTION = 3
# An insult among more words than these is a complaint that swears.
_MOST_OF_AN_INSULT = 25
# Fewer words than these tell how somebody feels, without room for what went wrong.
_FEW = 4
_OUTBURST = 20
# A criticism beside praise takes more words than these.
_REMARK = 5


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How often a comment does what; `asked` counts the problems that its questions mention."""

    praise: int
    dissatisfaction: int
    problem: int
    asked: int
    request: int
    abuse: int
    asks: bool
    words: int

    @property
    def negative(self) -> int:
        return self.dissatisfaction + self.problem

    @property
    def is_told(self) -> bool:
        """Whether it names something concrete: a problem or a wish."""
        return bool(self.problem or self.asked or self.request)


def infer(comment: Analysis | None, rating: float | None) -> str | None:
    """The kind of a comment, by its text and its rating of 1 to 5; None where neither is known."""
    if comment is None:
        return None if rating is None else _by_rating(rating)
    found = _evidence(comment)
    if not found.words and not (found.praise or found.negative):
        return "other" if rating is None else _by_rating(rating)
    if found.abuse and not found.problem and found.words <= _MOST_OF_AN_INSULT:
        return "abuse"
    if rating is None:
        return _by_words(found)
    if rating >= 4:
        return _rated_high(found, rating)
    return _rated_low(found, rating) if rating <= 2 else _rated_middling(found)


def _evidence(comment: Analysis) -> _Evidence:
    questions = [(start, end) for start, end in comment.sentences if "?" in comment.text[start:end]]
    problems = comment.spans("comment_problem")
    asked = sum(1 for at, _ in problems if any(start <= at < end for start, end in questions))
    words = sum(1 for word in comment.reading.texts if word.isalpha())
    praise = len(comment.spans("comment_praise"))
    dissatisfaction = len(comment.spans("comment_dissatisfaction"))
    if _shows(comment.text, _ANGER, "anger"):
        praise, dissatisfaction = 0, dissatisfaction + 1
    elif (
        words <= _CAPTION
        and not (dissatisfaction or problems)
        and _shows(comment.text, _JOY, "joy")
    ):
        praise += 1
    return _Evidence(
        praise=praise,
        dissatisfaction=dissatisfaction,
        problem=len(problems) - asked,
        asked=asked,
        request=len(comment.spans("comment_request")),
        abuse=len(comment.spans("comment_abuse")),
        asks=bool(questions),
        words=words,
    )


def _shows(text: str, emoji: frozenset[str], face: str) -> bool:
    return not emoji.isdisjoint(text) or any(sign in text.split() for sign in _FACES[face])


def _by_rating(rating: float) -> str:
    return "praise" if rating >= 4 else "emotional" if rating <= 2 else "other"


def _by_words(found: _Evidence) -> str:
    if found.negative:
        return _critical(found)
    if found.asks:
        return "question"
    if found.praise:
        return "praise"
    return "question" if found.request else "other"


def _critical(found: _Evidence) -> str:
    if found.praise >= found.negative:
        return "mixed"
    if found.is_told or found.words > _OUTBURST:
        return "complaint"
    return "emotional"


def _rated_high(found: _Evidence, rating: float) -> str:
    """Praise, unless the words are plainly otherwise: many give five stars to be seen."""
    if found.negative > 1 and not found.praise:
        return _critical(found)
    if found.asks and not (found.praise or found.negative):
        return "question"
    enough = 1 if rating < 5 else max(2, found.praise)
    both = found.words > _REMARK or (rating < 5 and found.praise)
    return "mixed" if found.negative >= enough and both else "praise"


def _rated_middling(found: _Evidence) -> str:
    if found.negative:
        return "mixed" if found.praise else _critical(found)
    if found.asks or (found.request and not found.praise):
        return "question"
    return "praise" if found.praise else "other"


def _rated_low(found: _Evidence, rating: float) -> str:
    if rating > 1 and found.negative and found.praise > found.negative:
        return "mixed"
    if found.is_told or (found.words >= _FEW and not found.dissatisfaction):
        return "complaint"
    return "emotional" if found.words <= _OUTBURST else "complaint"
