"""A language: its pipeline, its lexicons, and the analysis of a text with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from linter.language import content, kinds, lexicon, patterns
from linter.language.analysis import Analysis, Span
from linter.language.lexicon import Lexicon
from linter.language.matcher import Automaton, Entry, Hit
from linter.language.names import NameWords, Tokens, Vocative, VocativeFinder, agrees, is_personal
from linter.language.normalise import HANDLE, PARAGRAPH, Normalised, normalise
from linter.model import Markup, Reply

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

# A label that only rules use is no act: `acts` does not show it.
PRIVATE = "rule:"
_SYMBOLS_KEPT = 200_000
_LEARNS_FROM = 5_000
_SALUTATION = "greeting"
_LEADS = ("thanks", "apology", "empathy", "greeting")


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
        self._read = 0
        self._added: list[tuple[str, str, patterns.Node]] = []

    # -- what rules ask for before any text is read

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        return (*lexicon.shipped(self.code), *self._own)

    @cached_property
    def act_names(self) -> frozenset[str]:
        """The acts of replies that this language knows."""
        return frozenset(item.act for item in self.lexicons if item.on == "reply") | {
            "address_by_name",
            "specific",
        }

    def add_phrases(self, label: str, phrases: Iterable[str]) -> str:
        """Have phrases looked for in replies and comments; the label to ask `Analysis.spans` for.

        Raises patterns.PatternError for a phrase that is not of the form.
        """
        label = PRIVATE + label
        sets = lexicon.word_sets(self.code, {})
        for phrase in phrases:
            self._added.append(("both", label, patterns.parse(phrase, sets)))
        return label

    # -- the pipeline

    @cached_property
    def nlp(self) -> Pipeline:
        import spacy

        if self._pipeline is not None:
            return spacy.load(self._pipeline)
        return spacy.blank(self.data.pipeline)

    @cached_property
    def _automata(self) -> dict[str, Automaton]:
        automata = {on: Automaton(self._split, self.data.negators) for on in lexicon.ON}
        for item in self.lexicons:
            for phrase, tree in lexicon.trees(item):
                automata[item.on].add(tree, phrase.entry)
        for _, label, tree in self._added:
            for automaton in automata.values():
                automaton.add(tree, Entry(label, None, negatable=False))
        return automata

    def _split(self, word: str) -> list[str]:
        return [token.lower_ for token in self.nlp.make_doc(normalise(word, "plain").text)]

    @cached_property
    def _symbols(self) -> dict[str, dict[int, int]]:
        return {on: {} for on in lexicon.ON}

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
        """Bounds the memory of the analyses made inside; none of them may leave it.

        Inside a memory zone spaCy's tokenizer learns no word, and is twenty times slower on words
        that it has not learnt. So the first texts are read outside, which teaches the common words.
        """
        return nullcontext() if self._read < _LEARNS_FROM else self.nlp.memory_zone()

    def _analyse(self, reply: Reply, text: str, markup: Markup, on: str) -> Analysis:
        self._read += 1
        normalised = normalise(text, markup)
        doc = self.nlp(normalised.text) if self._pipeline else self.nlp.make_doc(normalised.text)
        sentences = self._annotate(doc, normalised, on)
        return Analysis(self, reply, normalised, doc, sentences)

    def _annotate(self, doc: Doc, normalised: Normalised, on: str) -> list[Span]:
        """Set `doc.spans["acts"]`; the sentences as offsets."""
        from spacy.tokens import Span as DocSpan

        automaton = self._automata[on]
        ids = doc.to_array(["LOWER"]).tolist() if len(doc) else []
        known = self._symbols[on]
        symbols = [known[i] if i in known else self._learn(doc, i, known, automaton) for i in ids]
        starts, ends, bounds = self._sentences(doc, normalised, symbols, automaton)
        hits = automaton.run(symbols, starts, ends)
        if hits:
            hits = self._valid(hits, _Read(doc, symbols, starts, ends, automaton))
        spans = [DocSpan(doc, hit.start, hit.end, label=hit.entry.label) for hit in hits]
        if "acts" in doc.spans:
            doc.spans["acts"].extend(spans)
        else:
            doc.spans["acts"] = spans
        doc.user_data["bounds"] = starts, ends
        return bounds

    def _learn(self, doc: Doc, lower: int, known: dict[int, int], automaton: Automaton) -> int:
        if len(known) > _SYMBOLS_KEPT:
            known.clear()
        symbol = known[lower] = automaton.symbol(doc.vocab.strings[lower])
        return symbol

    def _sentences(
        self, doc: Doc, normalised: Normalised, symbols: list[int], automaton: Automaton
    ) -> tuple[list[bool], list[int], list[Span]]:
        """Per token whether a sentence begins there and where its sentence ends; all offsets."""
        size = len(symbols)
        starts = [False] * size
        first, enders = 0, [automaton.ends_sentence(symbol) for symbol in symbols]
        firsts = [0] if size else []
        breaks = normalised.breaks
        for at in range(1, size):
            if (enders[at - 1] and not enders[at]) or (
                breaks and doc[at].idx in breaks and self._is_new_line(doc, at, first)
            ):
                firsts.append(at)
                first = at
        ends = [0] * size
        bounds: list[Span] = []
        for index, begin in enumerate(firsts):
            end = firsts[index + 1] if index + 1 < len(firsts) else size
            starts[begin] = True
            ends[begin:end] = [end] * (end - begin)
            last = doc[end - 1]
            bounds.append((doc[begin].idx, last.idx + len(last)))
            word = begin
            while word + 1 < end and automaton.is_sign(symbols[word]):
                word += 1
                starts[word] = True
        return starts, ends, bounds

    def _is_new_line(self, doc: Doc, at: int, first: int) -> bool:
        """Whether a line break that is not a paragraph's begins a sentence: after a short line."""
        head = doc[at].text[0]
        if head.islower():
            return False
        return doc[at - 1].text[-1] in ",:;)!-" or doc[at].idx - doc[first].idx < 45

    def _valid(self, hits: list[Hit], read: _Read) -> list[Hit]:
        """Without those that their place, a negation, a quotation or a cancelling phrase undoes.

        Of those with one label that overlap, the first and longest stays.
        """
        quoted = _quotations(read.doc)
        kept: dict[str, list[Hit]] = {}
        cancelling: dict[str, list[Hit]] = {}
        for hit in hits:
            entry = hit.entry
            if entry.where is not None and not _stands(hit, read):
                continue
            if entry.negatable and self._is_negated(hit, read):
                continue
            if quoted and any(a <= hit.start and hit.end <= b for a, b in quoted):
                continue
            (cancelling if entry.cancels else kept).setdefault(entry.label, []).append(hit)
        found: list[Hit] = []
        for label, places in kept.items():
            against = cancelling.get(label, ())
            reached = -1
            for hit in sorted(places, key=lambda hit: (hit.start, -hit.end)):
                if hit.end > reached and not any(
                    no.start < hit.end and hit.start < no.end for no in against
                ):
                    found.append(hit)
                    reached = hit.end
        found.sort(key=lambda hit: (hit.start, hit.end, hit.entry.label))
        return found

    def _is_negated(self, hit: Hit, read: _Read) -> bool:
        doc, negates = read.doc, read.automaton.is_negator
        for at in range(hit.start - 1, max(-1, hit.start - 1 - self.data.negation_before), -1):
            if read.starts[at + 1] or doc[at].text in (",", ";"):
                break
            if negates(doc[at].lower_):
                return True
        last = min(read.ends[hit.start], hit.end + self.data.negation_after)
        return any(negates(doc[at].lower_) for at in range(hit.end, last))

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
        starts, ends = analysis.doc.user_data["bounds"]
        salutations, leads = [], []
        for span in analysis.doc.spans["acts"]:
            if span.label_ == _SALUTATION:
                salutations.append(span.end)
            if span.label_ in _LEADS:
                leads.append(span.end)
        tokens = Tokens([token.text for token in analysis.doc], starts, ends, analysis.marks())
        return self._vocative_finder.find(tokens, salutations, leads, analysis.reply.author)

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


@dataclass(frozen=True, slots=True)
class _Read:
    """A tokenised text, as `automaton.run` takes it."""

    doc: Doc
    symbols: list[int]
    starts: list[bool]
    ends: list[int]
    automaton: Automaton


def _stands(hit: Hit, read: _Read) -> bool:
    """Whether a hit stands where its phrase counts."""
    doc = read.doc
    match hit.entry.where:
        case "opening":
            return all(
                read.automaton.is_sign(read.symbols[i]) or doc[i].text == HANDLE
                for i in range(hit.start)
            )
        case "closing":
            return sum(read.starts[hit.end :]) <= 1
        case where:
            end = read.ends[hit.start]
            asks = any("?" in doc[i].text for i in range(max(hit.end, end - 3) - 1, end))
            return asks == (where == "question")


def _quotations(doc: Doc) -> list[Span]:
    """The tokens inside double quotes that hold three words or more: somebody else's words."""
    if '"' not in doc.text:
        return []
    found: list[Span] = []
    opened: int | None = None
    for token in doc:
        if token.text == PARAGRAPH:
            opened = None
        elif token.text == '"':
            if (
                opened is not None
                and sum(t.text[0].isalnum() for t in doc[opened + 1 : token.i]) >= 3
            ):
                found.append((opened + 1, token.i))
                opened = None
            else:
                opened = token.i
    return found
