"""What a check says when its options cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable


class OptionError(ValueError):
    """An option that is of the right form and still wrong, such as an unknown act.

    `pointer` leads from the options to the part at fault.
    """

    def __init__(self, pointer: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.pointer = pointer
        self.message = message


def unknown(
    pointer: tuple[str | int, ...], kind: str, name: str, known: Iterable[str]
) -> OptionError:
    """The error for a name that is not among those known, with the nearest one."""
    from difflib import get_close_matches

    names = sorted(known)
    near = get_close_matches(name, names, 1)
    hint = f'; did you mean "{near[0]}"?' if near else f"; there are {', '.join(names)}"
    return OptionError(pointer, f'there is no {kind} called "{name}"{hint}')
