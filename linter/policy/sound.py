"""A document with what is wrong with it, so that one mistake gives one message.

Later steps look only at the parts in which the schema found no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linter import documents
from linter.documents import Document, Pointer, Problem


class Sound:
    """The parts of a document that fit its schema. `problems` collects what is wrong."""

    def __init__(
        self, document: Document, schema: Mapping[str, Any], problems: list[Problem]
    ) -> None:
        self.document = document
        self._problems = problems
        found = documents.violations(document.data, schema, document.root)
        problems += [document.problem(each.pointer, each.message, each.key) for each in found]
        self._faulty = {each.pointer for each in found}

    def report(self, pointer: Pointer, message: str, key: bool = False) -> None:
        self._problems.append(self.document.problem(pointer, message, key))

    def has(self, pointer: Pointer) -> bool:
        """Whether the document has that part and nothing is wrong in it."""
        return self.document.node(pointer) is not None and not self.is_faulty(pointer)

    def is_faulty(self, pointer: Pointer) -> bool:
        return any(faulty[: len(pointer)] == pointer for faulty in self._faulty)

    def get(self, key: str, default: Any = None) -> Any:
        """A top-level value, or the default where it is absent or faulty."""
        return self.document.data[key] if self.has((key,)) else default

    def items(self, key: str) -> Iterator[tuple[int, Any]]:
        """The sound items of a top-level list, with their indices."""
        node = self.document.node((key,))
        for index, item in enumerate(node.value if node and isinstance(node.value, list) else ()):
            if self.has((key, index)):
                yield index, item
