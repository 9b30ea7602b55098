"""What a text states of the facts: a fact's subject and a value of its type, in one sentence.

A value is no statement by the writer where it is asked, denied, supposed, quoted or told of
somebody else's case; a sentence that gives the right value as well is never wrong. The words that
tell stand in `_values.yaml` under `statements`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from linter.language.analysis import Analysis
from linter.language.facts import Fact
from linter.language.language import Language
from linter.language.reading import Span
from linter.language.values import Amount, Value, agrees, overlap, read_values
from linter.language.values.words import words

_MOST_WORDS = 9
"""How many words may stand between a subject and its value."""
_NEAR = 4
"""How many words a denial reaches."""
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that is not the fact's, stated of its subject; offsets into the analysis' text."""

    fact: Fact
    subject: Span
    value: Span


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A value or phrase that may state a fact."""

    span: Span
    is_right: bool


class StatementFinder:
    """Looks for statements of facts in the texts of one language. Made before any text is read."""

    def __init__(self, language: Language, facts: Iterable[Fact]) -> None:
        self.facts = tuple(fact for fact in facts if fact.speaks(language.code))
        self._code = language.code
        self._subjects = {
            fact.id: language.add_phrases(f"fact:{fact.id}", fact.subject.get(language.code, ()))
            for fact in self.facts
        }
        self._right = {
            fact.id: language.add_phrases(f"right:{fact.id}", fact.right.get(language.code, ()))
            for fact in self.facts
        }
        self._wrong = {
            fact.id: language.add_phrases(f"wrong:{fact.id}", fact.wrong.get(language.code, ()))
            for fact in self.facts
        }
        contexts = words(language.code).data["statements"]
        self._contexts = {
            key: language.add_phrases(f"statement:{key}", phrases)
            for key, phrases in contexts.items()
        }

    def wrong(self, analysis: Analysis, *, by_customer: bool = False) -> list[Statement]:
        """The statements that contradict a fact, in order."""
        labels = analysis.has({self._label(fact) for fact in self.facts})
        facts = [fact for fact in self.facts if self._label(fact) in labels]
        if not facts:
            return []
        values = read_values(analysis.text, self._code)
        context = _Context(analysis, self._contexts, by_customer)
        found: list[Statement] = []
        for sentence in _sentences(analysis, values):
            found += self._in_sentence(analysis, sentence, facts, values, context)
        return sorted(found, key=lambda statement: statement.value)

    def gives_right(self, analysis: Analysis, fact: Fact) -> bool:
        """Whether a text gives the fact's value anywhere, whatever it speaks of."""
        values = read_values(analysis.text, self._code) if fact.accepted else []
        whole = (0, len(analysis.text))
        return any(one.is_right for one in self._candidates(analysis, whole, fact, values))

    def _label(self, fact: Fact) -> str:
        return (self._wrong if fact.type == "boolean" else self._subjects)[fact.id]

    def _in_sentence(
        self,
        analysis: Analysis,
        sentence: Span,
        facts: Sequence[Fact],
        values: Sequence[Value],
        context: _Context,
    ) -> Iterator[Statement]:
        spoken = [
            (fact, span) for fact in facts for span in self._spoken_of(analysis, sentence, fact)
        ]
        if not spoken or context.is_question(sentence):
            return
        candidates = {
            fact.id: self._candidates(analysis, sentence, fact, values) for fact, _ in spoken
        }
        taken = {one.span for ones in candidates.values() for one in ones if one.is_right}
        for fact in {fact.id: fact for fact, _ in spoken}.values():
            ones = candidates[fact.id]
            if any(one.is_right for one in ones):
                continue
            pair = _nearest(
                [span for other, span in spoken if other is fact],
                [one.span for one in ones if one.span not in taken],
                [span for other, span in spoken if other.type == fact.type],
                analysis.text,
            )
            if pair and context.is_threshold(fact, sentence, pair[0]):
                continue
            if pair and context.is_statement(sentence, *pair):
                yield Statement(fact, *pair)

    def _spoken_of(self, analysis: Analysis, sentence: Span, fact: Fact) -> list[Span]:
        return _inside(analysis.spans(self._label(fact)), sentence)

    def _candidates(
        self, analysis: Analysis, sentence: Span, fact: Fact, values: Sequence[Value]
    ) -> list[_Candidate]:
        """What in a sentence states the fact, rightly or not."""
        if not fact.accepted:
            right = _inside(analysis.spans(self._right[fact.id]), sentence)
            wrong = _inside(analysis.spans(self._wrong[fact.id]), sentence)
            return [
                *(_Candidate(span, True) for span in right if not _is_part(span, wrong)),
                *(_Candidate(span, False) for span in wrong if not _is_part(span, right)),
            ]
        inside = [value for value in values if sentence[0] <= value.start < sentence[1]]
        return [
            _Candidate((value.start, value.end), agrees(value, fact.accepted))
            for value in inside
            if value.type == fact.type and _holds_on(fact, value, inside, analysis.text)
        ]


def _sentences(analysis: Analysis, values: Sequence[Value]) -> list[Span]:
    """The sentences, joined where the point between them belongs to a value ("24. desember")."""
    joined: list[Span] = []
    for start, end in analysis.sentences:
        if joined and any(value.start < start < value.end for value in values):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _inside(spans: Iterable[Span], sentence: Span) -> list[Span]:
    return [span for span in spans if sentence[0] <= span[0] < sentence[1]]


def _is_part(span: Span, wholes: Iterable[Span]) -> bool:
    """Whether the span is a smaller part of another."""
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in wholes)


def _nearest(
    subjects: Sequence[Span], values: Sequence[Span], all_subjects: Sequence[Span], text: str
) -> tuple[Span, Span] | None:
    """The subject and the value that stand nearest, if no other fact's subject is nearer to it."""
    pairs = [(_gap(subject, value), subject, value) for subject in subjects for value in values]
    if not pairs:
        return None
    gap, subject, value = min(pairs)
    if any(_gap(other, value) < gap for other in all_subjects):
        return None
    return (subject, value) if _words_between(subject, value, text) <= _MOST_WORDS else None


def _gap(first: Span, second: Span) -> int:
    return max(second[0] - first[1], first[0] - second[1], 0)


def _between(first: Span, second: Span) -> Span:
    early, late = min(first, second), max(first, second)
    return (min(early[1], late[0]), late[0])


def _words_between(first: Span, second: Span, text: str) -> int:
    start, end = _between(first, second)
    return len(text[start:end].split())


def _holds_on(fact: Fact, value: Value, values: Sequence[Value], text: str) -> bool:
    """Whether hours are stated of the days that the fact speaks of."""
    if fact.type != "hours":
        return True
    days = _days_of(value, values, text)
    if days is None:
        return True
    if fact.days is None:
        return days.low is None or days.low < _WEEKEND
    return overlap(days, fact.days)


def _days_of(value: Value, values: Sequence[Value], text: str) -> Amount | None:
    """The weekdays that stand right before the hours, else right behind."""
    days = [other for other in values if other.type == "weekday"]
    before = [day for day in days if day.end <= value.start]
    after = [day for day in days if day.start >= value.end]
    for day in (*before[-1:], *after[:1]):
        if _words_between((day.start, day.end), (value.start, value.end), text) <= _NEAR:
            return day.readings[0]
    return None


class _Context:
    """Tells from the words around a value whether its writer states it."""

    def __init__(self, analysis: Analysis, labels: dict[str, str], by_customer: bool) -> None:
        self._text = analysis.text
        self._places = {key: analysis.spans(label) for key, label in labels.items()}
        self._others_words = "told" if by_customer else "reported"

    def is_question(self, sentence: Span) -> bool:
        return self._text[slice(*sentence)].rstrip(" \"')\n").endswith("?")

    def is_threshold(self, fact: Fact, sentence: Span, subject: Span) -> bool:
        """Whether a sum is that from which a thing is free, and the fact is not about that."""
        if fact.type != "money":
            return False
        return self._has("free", sentence) and not self._has("free", subject)

    def is_statement(self, sentence: Span, subject: Span, value: Span) -> bool:
        before = (sentence[0], value[0])
        between = _between(subject, value)
        return not (
            self._is_quoted(sentence, value)
            or self._has("clauses", between)
            or self._has("exceptions", sentence)
            or self._has(self._others_words, before)
            or self._is_supposed(before)
            or self._is_denied(before, between, value)
            or self._is_elapsed(value)
        )

    def _has(self, key: str, stretch: Span) -> bool:
        return any(stretch[0] <= a and b <= stretch[1] for a, b in self._places[key])

    def _is_quoted(self, sentence: Span, value: Span) -> bool:
        return self._text.count('"', sentence[0], value[0]) % 2 == 1

    def _is_supposed(self, before: Span) -> bool:
        """Whether "if" stands before the value in its own clause."""
        return any(
            before[0] <= a < before[1] and "," not in self._text[b : before[1]]
            for a, b in self._places["conditional"]
        )

    def _is_denied(self, before: Span, between: Span, value: Span) -> bool:
        """Denied between subject and value or near before it; where the two do not stand close
        together ("you cannot … within 14 days") also further before; or right behind it."""
        reach = before[0] if self._words(between) > _NEAR else self._words_back(value[0], _NEAR)
        start = min(max(reach, before[0]), between[0])
        behind = (value[1], self._words_on(value[1], _NEAR))
        return self._has("negations", (start, value[0])) or self._has("denied", behind)

    def _is_elapsed(self, value: Span) -> bool:
        text = self._text
        before = [end for _, end in self._places["elapsed_before"] if end <= value[0]]
        after = [start for start, _ in self._places["elapsed_after"] if start >= value[1]]
        return any(not text[end : value[0]].strip() for end in before) or any(
            not text[value[1] : start].strip() for start in after
        )

    def _words(self, stretch: Span) -> int:
        return len(self._text[slice(*stretch)].split())

    def _words_back(self, end: int, count: int) -> int:
        """The offset of the `count`-th word before `end`, in its clause."""
        at = end
        for _ in range(count):
            at = self._text.rfind(" ", 0, max(at - 1, 0)) + 1
        return at

    def _words_on(self, start: int, count: int) -> int:
        """The offset behind the `count`-th word from `start`, in its clause."""
        at = start
        for _ in range(count):
            space = self._text.find(" ", at + 1)
            if space < 0:
                return len(self._text)
            if self._text[space - 1] in ",;.":
                return space
            at = space
        return at
