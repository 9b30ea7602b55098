r"""Text of strangers, made harmless for terminals, CI logs, JSON, XML and spreadsheets.

A text is never trusted: not a reply's, not a path's, not an id's. What could act is shown as a
visible escape (`\x1b`, `\u202e`), so that a reader sees that it is there.
"""

from __future__ import annotations

import json
import re

_CONTROLS = "\x00-\x1f"
# Delete and C1 controls; invisible and direction-changing format characters, save the two joiners
# that emoji and several scripts are written with and the variants of Japanese names; line
# separators; surrogates; non-characters.
_UNSEEN = (
    "\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_CONTROLS}{_UNSEEN}]")
_UNSAFE_IN_JSON = re.compile(f"[{_UNSEEN}]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}

# `##[error]`, `##vso[…]`, `##teamcity[…]`: CI runners obey these anywhere in a line.
COMMAND = re.compile(r"##(\w*)\[")
# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def escape(character: str) -> str:
    """The visible escape of one character."""
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """`text` on one line, with all that is invisible or could act shown as an escape."""
    shown = _UNSAFE.sub(lambda found: escape(found.group()), text)
    return COMMAND.sub(r"##\1\\x5b", shown)


def one_line(text: str) -> str:
    """A message on one line: line breaks become spaces, the rest is as in `visible`."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    return visible(" ".join(line.strip() for line in lines))


def log_line(line: str) -> str:
    """A line of visible text that no CI runner takes for a `::command::`, indented or not."""
    body = line.lstrip()
    if not body.startswith("::"):
        return line
    return f"{line[: len(line) - len(body)]}\\x3a{body[1:]}"


def json_text(value: object, indent: int | None = None) -> str:
    """`value` as JSON that reads back the same, but shows no control or invisible character.

    A lone surrogate is no character and many readers of JSON refuse it: it becomes U+FFFD.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _UNSAFE_IN_JSON.sub(lambda found: _json_escape(found.group()), text)
    # Outside a string JSON has no "#", so this only ever changes what stands in one.
    return COMMAND.sub(r"##\1\\u005b", text)


def _json_escape(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def cell(text: str) -> str:
    """`text` for a cell of a table: one line, and never a formula."""
    guard = "'" if text.lstrip(" ").startswith(_FORMULA) else ""
    return guard + visible(text)
