"""Messages of rules: plain text with {placeholders} for what the check found.

Only a bare name may stand in the braces: no formats, attributes or indices, so that a policy from
elsewhere can do nothing but name values. A brace itself is written twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter

from linter.documents import closest

COMMON = ("author", "language", "channel", "id")
"""What every message may use, beside the VALUES of its check."""


def fill(message: str, values: Mapping[str, str]) -> str:
    """The message with its placeholders filled; one without a value stays as it is written."""
    return "".join(
        text + ("" if name is None else values.get(name, f"{{{name}}}"))
        for text, name, _, _ in Formatter().parse(message)
    )


def names(message: str) -> tuple[str, ...]:
    """The placeholders of a message, each once."""
    found = (name for _, name, _, _ in Formatter().parse(message) if name)
    return tuple(dict.fromkeys(found))


def faults(message: str, values: Collection[str]) -> Iterator[str]:
    """What is wrong with a message whose check gives `values`."""
    known = (*values, *COMMON)
    try:
        parts = list(Formatter().parse(message))
    except ValueError:
        yield "a brace has no partner; write a brace itself twice: {{ or }}"
        return
    for _, name, layout, conversion in parts:
        if name is None:
            continue
        if layout or conversion:
            yield f"only a name may stand in the braces of {{{name}…}}"
        elif name not in known:
            found = closest(name, known)
            hint = f"did you mean {{{found}}}?" if found else f"known: {', '.join(known)}"
            yield f"unknown placeholder {{{name}}}; {hint}"
