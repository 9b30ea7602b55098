"""A language: its pipeline, its lexicons, and the analysis of a text with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from linter.language import content, kinds, lexicon, patterns
from linter.language.analysis import Analysis
from linter.language.lexicon import Lexicon
from linter.language.matcher import Automaton, Entry
from linter.language.names import NameWords, Tokens, Vocative, VocativeFinder, agrees, is_personal
from linter.language.normalise import normalise
from linter.language.phrasebook import PhraseBook, Places, merged
from linter.language.reading import Span
from linter.model import Markup, Reply

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

# A label that only rules use is no act: `acts` does not show it.
PRIVATE = "rule:"
ACTS_KEY = "acts"
_SALUTATION = "greeting"
LEADS = ("thanks", "apology", "empathy", "greeting")
# Acts that no phrase performs, with those that they are seen from.
_NEEDED = {"address_by_name": LEADS, "specific": (*LEADS, *content.FORMULAS)}


class PipelineError(Exception):
    """A spaCy pipeline of the user's own that cannot be used."""


class Language:
    """The resources of one language. Making one loads no pipeline; the first analysis does.

    `own` are a team's lexicons, `facts` and `organisation` what checks may ask for. `pipeline`
    names an installed spaCy pipeline to use instead of the blank one: its spans in
    `doc.spans["acts"]` and its text categories count like the lexicons'.
    """

    def __init__(
        self,
        code: str,
        *,
        own: Sequence[Lexicon] = (),
        facts: Sequence[Any] = (),
        organisation: Any = None,
        pipeline: str | None = None,
    ) -> None:
        self.data = lexicon.language_data(code)
        self.code = code
        self.facts = tuple(facts)
        self.organisation = organisation
        self._own = tuple(item for item in own if item.language == code)
        self._pipeline = pipeline
        self._added: dict[tuple[str, str], patterns.Node] = {}
        self._asked: set[str] | None = None
        self._books: dict[str, PhraseBook] = {}

    # -- what rules ask for before any text is read

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        return (*lexicon.shipped(self.code), *self._own)

    @cached_property
    def act_names(self) -> frozenset[str]:
        """The acts of replies that this language knows."""
        acts = {item.act for item in self.lexicons if item.on == "reply"}
        own = self._pipeline_labels() if self._pipeline is not None else ()
        return frozenset((*acts, "address_by_name", "specific", *own))

    def _pipeline_labels(self) -> list[str]:
        """The labels that the components of a user's own pipeline give to `doc.spans["acts"]`."""
        return [
            label
            for name, component in self.nlp.pipeline
            if getattr(component, "key", None) == ACTS_KEY
            for label in self.nlp.pipe_labels.get(name, ())
        ]

    def add_phrases(self, label: str, phrases: Iterable[str]) -> str:
        """Have phrases looked for in replies and comments; the label to ask `Analysis.spans` for.

        Raises patterns.PatternError for a phrase that is not of the form.
        """
        label = PRIVATE + label
        sets = lexicon.word_sets(self.code, {})
        for phrase in phrases:
            if (label, phrase) not in self._added:
                self._added[label, phrase] = patterns.parse(phrase, sets)
        self._forget()
        return label

    def ask(self, acts: Iterable[str]) -> None:
        """Say for which acts of replies checks will ask. Once it has been said, the others are
        looked for only when somebody does ask for one."""
        asked = set() if self._asked is None else self._asked
        self._asked = asked.union(acts, *(_NEEDED.get(act, ()) for act in acts))
        self._forget()

    def _forget(self) -> None:
        """Automata that have run take no more phrases: they are made anew."""
        self._books.clear()

    # -- the pipeline

    @cached_property
    def nlp(self) -> Pipeline:
        import spacy

        if self._pipeline is None:
            return _unbounded(spacy.blank(self.data.pipeline))
        try:
            nlp = spacy.load(self._pipeline)
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).splitlines()[0]
            raise PipelineError(
                f"the pipeline {self._pipeline} cannot be loaded: {reason}"
            ) from None
        if nlp.lang != self.data.pipeline:
            raise PipelineError(
                f'the pipeline {self._pipeline} is for "{nlp.lang}", not {self.code}'
            )
        return _unbounded(nlp)

    def _book(self, on: str) -> PhraseBook:
        """All phrases to look for in replies, or in comments: made for the first text to read."""
        book = self._books.get(on)
        if book is None:
            private = {label for label, _ in self._added}
            whole = on == "comment" or self._asked is None or self._pipeline is not None
            asked = None if whole else private.union(self._asked or ())
            negation = self.data.negation_before, self.data.negation_after
            automaton = partial(self._automaton, on)
            book = self._books[on] = PhraseBook(automaton, self._parts, asked, negation)
        return book

    def _automaton(self, on: str, wanted: Callable[[str], bool]) -> Automaton:
        automaton = Automaton(self._split, self.data.negators)
        for item in self.lexicons:
            if item.on == on and wanted(item.act):
                for phrase, tree in lexicon.trees(item):
                    automaton.add(tree, phrase.entry)
        for (label, _), tree in self._added.items():
            if wanted(label):
                automaton.add(tree, Entry(label, None, negatable=False))
        return automaton

    def _split(self, word: str) -> list[str]:
        """The tokens of a lexicon's word; only the tokenizer's rules split one of letters alone."""
        rules: Mapping[str, Any] = getattr(self.nlp.tokenizer, "rules", {})
        if word.isalpha() and word not in rules:
            return [word.lower()]
        tokens = self._tokens(word)
        if tokens[0] == "'" and len(tokens) > 1:
            # A clitic such as "'ve" or "'m" is one token only behind a word that it leans on.
            for leant_on in ("we", "i"):
                host, *clitic = self._tokens(leant_on + word)
                if host == leant_on and len(clitic) == 1:
                    return clitic
        return tokens

    def _tokens(self, text: str) -> list[str]:
        return [token.lower_ for token in self.nlp.make_doc(normalise(text, "plain").text)]

    def _parts(self, stretch: str) -> list[tuple[str, int]]:
        return [(token.text, token.idx) for token in self.nlp.make_doc(stretch)]

    # -- analysis

    def analyse(self, reply: Reply) -> Analysis:
        """The analysis of a reply's text."""
        return self._analyse(reply, reply.text, reply.markup, "reply")

    def analyse_comment(self, reply: Reply) -> Analysis:
        """The analysis of the comment that a reply answers. Raises ValueError without its text."""
        if reply.comment is None or reply.comment.text is None:
            raise ValueError("the comment's text is not known")
        return self._analyse(reply, reply.comment.text, "plain", "comment")

    def zone(self) -> AbstractContextManager[Any]:
        """Bounds the memory of the analyses made inside; none of them may leave it."""
        return self.nlp.memory_zone()

    def _analyse(self, reply: Reply, text: str, markup: Markup, on: str) -> Analysis:
        normalised = normalise(text, markup)
        doc = None if self._pipeline is None else self.nlp(normalised.text)
        book = self._book(on)
        reading, places = book.read(normalised, doc)
        if doc is not None:
            own: Places = {}
            for span in doc.spans.get(ACTS_KEY, ()):
                own.setdefault(span.label_, []).append((span.start, span.end))
            places = merged(places, own)
        return Analysis(self, reply, normalised, doc, book, reading, places, on)

    # -- names and kinds

    @cached_property
    def name_words(self) -> NameWords:
        return NameWords.of(self.data.names, self.nlp.Defaults.stop_words)

    @cached_property
    def generic_words(self) -> frozenset[str]:
        """Words, and their stems, that fit under any comment and so name nothing of it."""
        own = self.organisation.names if self.organisation is not None else ()
        named = (word.lower() for name in own for word in name.split())
        words = {*self.nlp.Defaults.stop_words, *self.data.generic, *named}
        return frozenset(words | {content.stem(self.data.stemmer, word) for word in words})

    @cached_property
    def _vocative_finder(self) -> VocativeFinder:
        return VocativeFinder(self.name_words)

    def vocatives(self, analysis: Analysis) -> list[Vocative]:
        """The names that a reply calls out."""
        leads = sorted(
            (start, end, label) for label in LEADS for start, end in analysis.places(label)
        )
        salutations = [end for _, end, label in leads if label == _SALUTATION]
        reading = analysis.reading
        tokens = Tokens(reading.texts, reading.starts, reading.ends, analysis.marks())
        return self._vocative_finder.find(
            tokens, salutations, [end for _, end, _ in leads], analysis.reply.author
        )

    def is_personal(self, author: str | None) -> bool:
        """Whether a display name is one that its bearer could be addressed by."""
        return is_personal(author, self.name_words)

    def agrees(self, called: str, author: str | None) -> bool:
        """Whether a name called out may be the customer's; True where theirs is not known."""
        return (
            author is None
            or not self.is_personal(author)
            or agrees(called, author, self.name_words)
        )

    def shared_topics(self, analysis: Analysis) -> list[Span]:
        """The places in a reply that name something of the comment; none without a comment."""
        return [] if analysis.comment is None else content.shared(analysis, analysis.comment)

    def comment_kind(self, analysis: Analysis) -> str | None:
        """The kind of the comment that a reply answers, inferred; None where nothing tells."""
        comment = analysis.reply.comment
        return kinds.infer(analysis.comment, None if comment is None else comment.rating)


def _unbounded(nlp: Pipeline) -> Pipeline:
    """The pipeline for texts of any length: readers bound them, but folding may lengthen one."""
    nlp.max_length = sys.maxsize
    return nlp
