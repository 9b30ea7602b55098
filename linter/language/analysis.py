"""One analysis per text: tokens, sentences, acts and names, which all rules read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from linter.language import content, placeholders
from linter.language.names import Vocative
from linter.language.normalise import Normalised
from linter.language.phrasebook import PhraseBook, Places
from linter.language.placeholders import Placeholder
from linter.language.reading import Reading, Span
from linter.model import Reply

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from linter.language.language import Language


@dataclass(frozen=True, slots=True)
class Act:
    """A passage that performs an act: its label, and offsets into the reply's own text."""

    label: str
    start: int
    end: int


_SIGNED_WITHIN = 3
_SALUTATION_WORDS = 3


class Analysis:
    """What is known of one text. Valid only inside the memory zone that it was made in.

    `text` is the normalised text. Offsets of all members but `acts` and `placeholders` are offsets
    into it, and `original` carries them to the text as it was written.
    """

    def __init__(  # noqa: PLR0917 - made in one place
        self,
        language: Language,
        reply: Reply,
        normalised: Normalised,
        doc: Doc | None,
        book: PhraseBook,
        reading: Reading,
        places: Places,
        on: str,
    ) -> None:
        self.language = language
        self.reply = reply
        self.normalised = normalised
        self.text = normalised.text
        self._doc = doc
        self._book = book
        self._places = places
        self._is_whole = False
        self._spans: dict[str, list[Span]] = {}
        self.reading = reading
        self.sentences = reading.sentences
        self.is_comment = on == "comment"

    @cached_property
    def doc(self) -> Doc:
        """The spaCy document of the normalised text, with all passages in `doc.spans["acts"]`."""
        doc = self.language.nlp.make_doc(self.text) if self._doc is None else self._doc
        doc.spans["acts"] = [
            span
            for label, places in self._all_places().items()
            for start, end in places
            if (span := doc.char_span(*self.char_span(start, end), label, alignment_mode="expand"))
        ]
        return doc

    def original(self, start: int, end: int) -> Span:
        """The stretch of the text as it was written, for a stretch of the normalised text."""
        return self.normalised.map.span(start, end)

    def spans(self, label: str) -> list[Span]:
        """The passages with this label, in order."""
        found = self._spans.get(label)
        if found is None:
            is_plain = label in self._book.labels and label not in _DERIVED
            if is_plain and label not in self._places:
                return []
            found = [self.reading.span(*place) for place in self.places(label)]
            if not found and label in _DERIVED:
                found = _DERIVED[label](self)
            self._spans[label] = found
        return found

    def places(self, label: str) -> list[Span]:
        """The tokens of the passages with this label, which a phrase or a pipeline gives: the first
        and the one behind the last, in order."""
        found = self._places.get(label)
        if found is None and not self._book.has(label):
            found = self._all_places().get(label)
        return found or []

    def _all_places(self) -> Places:
        if not self._is_whole:
            self._places = {**self._places, **self._book.others(self.normalised)}
            self._is_whole = True
        return self._places

    def labels(self) -> frozenset[str]:
        """The labels that occur."""
        return frozenset(label for label in (*self._all_places(), *_DERIVED) if self.spans(label))

    def has(self, labels: AbstractSet[str]) -> AbstractSet[str]:
        """Which of these labels, of phrases that a rule looks for, occur."""
        return self._places.keys() & labels

    def char_span(self, start: int, end: int) -> Span:
        """The stretch of the normalised text that the tokens `[start, end)` cover."""
        return self.reading.span(start, end)

    def acts(self) -> list[Act]:
        """All acts of the text, by place, in offsets of the text as it was written."""
        known = self.language.act_names
        found = [
            Act(label, *self.original(start, end))
            for label in self.labels() & known
            for start, end in self.spans(label)
        ]
        return sorted(found, key=lambda act: (act.start, act.end, act.label))

    @cached_property
    def full_sentences(self) -> list[int]:
        """Where the sentences end that are more than a salutation: over three words."""
        return [
            end
            for start, end in self.sentences
            if sum(1 for word in self.text[start:end].split() if word.isalpha() or len(word) > 1)
            > _SALUTATION_WORDS
        ]

    @cached_property
    def signature(self) -> int:
        """Where the closing formula and the signature begin; the text's end if it has none."""
        for start, end in self.sentences[-_SIGNED_WITHIN:]:
            if self.text[start:end].lower().lstrip("-~ ").startswith(self.language.data.signoffs):
                return start
        return len(self.text)

    @cached_property
    def content_words(self) -> Mapping[str, list[Span]]:
        """The stems of the words that say what the text is about, each with its places."""
        return content.content_words(self)

    @cached_property
    def vocatives(self) -> list[Vocative]:
        """The names called out."""
        return self.language.vocatives(self)

    def address(self) -> list[Span]:
        """Where the customer is addressed: names called out, and the customer's own handle."""
        return [
            self.char_span(name.start, name.end)
            for name in self.vocatives
            if name.kind != "handle" or self._is_theirs(name)
        ]

    def _is_theirs(self, name: Vocative) -> bool:
        return self.language.agrees(name.text, self.reply.author)

    @cached_property
    def comment(self) -> Analysis | None:
        """The analysis of the customer's comment; None where its text is not known."""
        comment = self.reply.comment
        if comment is None or comment.text is None or not comment.text.strip():
            return None
        return self.language.analyse_comment(self.reply)

    @cached_property
    def comment_kind(self) -> str | None:
        """What kind of comment the reply answers: as recorded, else inferred from its text."""
        comment = self.reply.comment
        if comment is None:
            return None
        if comment.kind is not None:
            return comment.kind
        return self.language.comment_kind(self)

    @cached_property
    def placeholders(self) -> list[Placeholder]:
        """The placeholders of the text as it was written."""
        return placeholders.find(self.reply.text)

    def marks(self) -> Mapping[int, str]:
        """What stands in the original at each marked token, by token index."""
        by_offset = {mark.at: mark.text for mark in self.normalised.marks}
        if not by_offset:
            return {}
        begins = self.reading.begins
        return {at: by_offset[begin] for at, begin in enumerate(begins) if begin in by_offset}


# Acts that no phrase performs: they are seen from names, or from the comment.
_DERIVED: Mapping[str, Callable[[Analysis], list[Span]]] = {
    "address_by_name": Analysis.address,
    "specific": lambda analysis: analysis.language.shared_topics(analysis),
}
