"""From a tree of nodes to replies: where the records are, what their ids and texts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from linter.documents import closest, suggest
from linter.model import Markup, Record, Reply, Unreadable
from linter.offsets import OffsetMap
from linter.readers.context import MAX_TEXT, Fields, Paths
from linter.readers.layout import KEYS, language_tag
from linter.readers.nodes import Node, Tree, entries, walk
from linter.readers.source import Broken, Chunk, File, Passage

_ALIKE = ("body", "content", "text", "message", "answer", "response")
"""Keys under which other tools keep a reply."""

Place = Callable[[Chunk, Node], OffsetMap | None]
"""The map from a node's text to its chunk; None where it cannot be told."""
Found = tuple[str | None, Node]
"""A record, and the key under which it stands."""


class Library:
    """Makes the replies of one file, and keeps their ids apart."""

    def __init__(self, file: File, place: Place, markup: Markup = "markdown") -> None:
        name, named = file.name_and_language()
        self._path = file.shown
        self._layout = file.layout
        self._paths = Paths(file.layout)
        self._file_id = f"{name}/{named}" if named else name
        self._language = named or language_tag(file.layout.language or "")
        self._markup = file.layout.markup or markup
        self._place = place
        self._count = 0
        self._seen: Counter[str] = Counter()

    def replies(self, tree: Tree) -> Iterator[Record]:
        """The replies of all records of a tree. Raises Broken where no record has one."""
        found = self._records(tree)
        if not found:
            raise tree.chunk.broken("no records in the file", tree.root.start)
        if not any(self._has_reply(node) for _, node in found):
            raise tree.chunk.broken(self._no_reply(tree.root, found), tree.root.start)
        inside: set[int] = set()
        for key, node in found:
            numbers = tree.problems_in(node)
            inside.update(numbers)
            problems = tuple(tree.problems[number] for number in numbers)
            yield from self.record(Tree(tree.chunk, node, problems), key)
        for number, problem in enumerate(tree.problems):
            if number not in inside:
                yield tree.chunk.broken(problem.reason, problem.offset).unreadable(self._path)

    def line(self, tree: Tree) -> Iterator[Record]:
        """The replies of a line, which is a record, or holds some where the layout says so."""
        if self._layout.records is None:
            yield from self.record(tree)
            return
        try:
            yield from self.replies(tree)
        except Broken as broken:
            yield self.unread(broken)

    def file_record(self, tree: Tree) -> Iterator[Record]:
        """The replies of a file that is one record, named after the file."""
        return self.record(tree, self._file_id)

    def record(self, tree: Tree, key: str | None = None) -> Iterator[Record]:
        """The replies of one record; `key` is its id where it has none of its own."""
        self._count += 1
        label = key or str(self._count)
        fields = Fields(tree.chunk, tree.root, self._paths)
        try:
            label = fields.text("id") or label
            if tree.problems:
                raise tree.chunk.broken(tree.problems[0].reason, tree.problems[0].offset)
            known = fields.context()
            texts = list(self._texts(fields))
        except Broken as broken:
            yield broken.unreadable(self._path, label)
            return
        for suffix, language, node in texts:
            name = self._unique(label + suffix)
            try:
                text, source = self._passage(tree.chunk, node)
            except Broken as broken:
                yield broken.unreadable(self._path, name)
                continue
            yield Reply(
                name,
                text,
                source,
                language=language or known.language or self._language,
                markup=self._markup,
                author=known.author,
                comment=known.comment,
                channel=known.channel,
                tags=known.tags,
                fields=known.fields,
            )

    def unread(self, broken: Broken) -> Unreadable:
        """Count a record that cannot even be taken apart."""
        self._count += 1
        return broken.unreadable(self._path)

    def expect_reply(self, tree: Tree, advice: str) -> None:
        """Raise Broken where a record made of the file's columns shows that none has a reply."""
        if not self._has_reply(tree.root):
            reason = self._no_reply(tree.root, [(None, tree.root)])
            raise tree.chunk.broken(f"{advice}; {reason}", tree.root.start)

    def _records(self, tree: Tree) -> list[Found]:
        path = self._layout.records
        if path is None:
            return self._by_default(tree)
        matches = list(walk(tree.root, path))
        if not matches:
            raise tree.chunk.broken(_no_such(tree.root, path), tree.root.start)
        return [item for found in matches for item in _items(found)]

    def _by_default(self, tree: Tree) -> list[Found]:
        """A list; one record; a mapping of texts or of records; or one key that holds such."""
        root = tree.root
        if isinstance(root.value, dict) and not self._has_reply(root) and len(root.value) == 1:
            (only,) = root.value.values()
            if isinstance(only.value, list | dict) and not self._has_reply(only):
                root = only
        if isinstance(root.value, list):
            return [(None, node) for node in root.value]
        if not isinstance(root.value, dict):
            reason = f"no records: the file holds {root.kind}, not a list or a mapping"
            raise tree.chunk.broken(reason, root.start)
        if self._has_reply(root):
            return [(self._file_id, root)]
        kinds = {type(node.value) for node in root.value.values()}
        is_like_a_record = not {*KEYS, *_ALIKE}.isdisjoint(root.value)
        if kinds == {dict} or (kinds == {str} and not is_like_a_record):
            return list(root.value.items())
        return [(None, root)] if root.value else []

    def _has_reply(self, node: Node) -> bool:
        if isinstance(node.value, dict):
            return any(any(walk(node, path)) for path in self._paths.of["reply"])
        return isinstance(node.value, str)

    def _no_reply(self, root: Node, found: list[Found]) -> str:
        record = next((node for _, node in found if isinstance(node.value, dict)), root)
        holders = [key for key, node in entries(record) if isinstance(node.value, list | dict)]
        hint = self._list_on_the_way(record) or _hint(record)
        if not hint and holders and record is root and self._layout.records is None:
            hint = f"; did you mean `records: {holders[0]}`?"
        return (
            f"no record with {self._wanted()} found; keys found: {record.keys}; "
            f"`files:` in the configuration maps them, with `records` and `fields`{hint}"
        )

    def _list_on_the_way(self, record: Node) -> str:
        """Which path to the reply goes through a list without saying so."""
        for path in self._paths.of["reply"]:
            keys = path.split(".")
            for number in range(1, len(keys)):
                above, rest = ".".join(keys[:number]), ".".join(keys[number:])
                inside = [node for _, node in walk(record, above)]
                if any(
                    isinstance(node.value, list) and any(walk(node, f"*.{rest}")) for node in inside
                ):
                    return f"; `{above}` is a list: did you mean `{above}.*.{rest}`?"
        return ""

    def _wanted(self) -> str:
        return " or ".join(f"`{path}`" for path in self._paths.of["reply"])

    def _texts(self, fields: Fields) -> list[tuple[str, str | None, Node]]:
        """For each reply: what its id ends in, its language if a mapping tells it, its text."""
        node = fields.node
        if isinstance(node.value, str):
            return [("", None, node)]
        if not isinstance(node.value, dict):
            raise fields.broken(f"a record must be a mapping, not {node.kind}")
        translations = self._layout.translations()
        found: list[tuple[str, str | None, Node]]
        if translations is None:
            several = fields.find("reply")
            found = [(f"/{key}" if key else "", None, text) for key, text in several]
        else:
            found = [
                (f"/{language}", language_tag(language), text)
                for language, path in translations.items()
                for _, text in walk(node, path)
                if text.value is not None
            ]
        if not found:
            hint = self._list_on_the_way(node) or _hint(node)
            raise fields.broken(
                f"the record has no {self._wanted()}; keys found: {node.keys}{hint}"
            )
        return found

    def _passage(self, chunk: Chunk, node: Node) -> tuple[str, Passage]:
        text = node.value
        if not isinstance(text, str):
            is_map = isinstance(text, dict)
            hint = "; map its languages: fields: {reply: {en: reply.en}}" if is_map else ""
            raise chunk.broken(f"the reply is {node.kind}, not text{hint}", node.start)
        if len(text) > MAX_TEXT:
            raise chunk.broken(f"reply longer than {MAX_TEXT:,} code points", node.start)
        if not text.strip():
            raise chunk.broken("the reply is empty", node.start)
        node.map = offsets = node.map or self._place(chunk, node)
        if offsets is None:
            reason = "position: cannot tell where each letter of the reply stands in the file"
            raise chunk.broken(reason, node.start)
        return text, Passage(chunk, offsets)

    def _unique(self, name: str) -> str:
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}#{self._seen[name]}"


def _items(found: Found) -> Iterable[Found]:
    """A list at the end of the path to the records stands for its items."""
    return entries(found[1]) if isinstance(found[1].value, list) else [found]


def _no_such(root: Node, path: str) -> str:
    """Where the path to the records leads nowhere."""
    node, keys = root, path.split(".")
    for number, key in enumerate(keys):
        found = [item for _, item in walk(node, key)]
        if not found:
            known = node.value if isinstance(node.value, dict) else ()
            where = f" under `{'.'.join(keys[:number])}`" if number else ""
            return f"no `{key}`{where}; keys found: {node.keys}{suggest(key, known)}"
        node = found[0]
    return f"no records at `{path}`"


def _hint(node: Node) -> str:
    """Which of a record's keys seems to hold the reply."""
    if not isinstance(node.value, dict):
        return ""
    texts = [key for key, item in node.value.items() if isinstance(item.value, str)]
    meant = next((key for key in _ALIKE if key in texts), None) or closest("reply", texts)
    return f"; did you mean to map it: fields: {{reply: {meant}}}?" if meant else ""
