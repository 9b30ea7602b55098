"""What each letter of a YAML scalar's value was in the file, for all five styles (YAML 1.1).

The parser tells a scalar's value and where it begins and ends, but not where each letter stands.
So the stretch is decoded here a second time, with a map, and the result held against the value.
"""

from __future__ import annotations

import re

from linter.offsets import MapBuilder, OffsetMap

_B = "\r\n\x85\u2028\u2029"
_BREAK = re.compile("\r\n|[" + _B + "]")
_PROPERTIES = re.compile(f"(?:[&!][^ \t{_B}]*+(?:[ \t{_B}]++|#[^{_B}]*+)*)*")
_HEADER = re.compile(f"[|>]([-+0-9]*+)[ \t]*+(?:#[^{_B}]*+)?(?:\r\n|[{_B}]|\\Z)")
_LINE = re.compile(f"( *)([^{_B}]*+)(\r\n|[{_B}]|\\Z)")
_PLAIN = re.compile(f"(?P<blank>[ \t{_B}]++)")
_SINGLE = re.compile(f"(?P<blank>[ \t{_B}]++)|(?P<escape>'')")
_DOUBLE = re.compile(
    f"(?P<blank>[ \t{_B}]++)|(?P<joined>\\\\(?:\r\n|[{_B}])[ \t{_B}]*+)|"
    r"(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.))"
)
_FLOW = {"'": (_SINGLE, 1), '"': (_DOUBLE, 1)}
"""Style -> what is special in it, and how long its quotes are."""
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def offset_map(text: str, start: int, end: int, style: str | None, value: str) -> OffsetMap | None:
    """The map from `value` to the file's text, where the scalar goes from `start` to `end`.

    None where decoding does not arrive at the value, so that no place is ever told wrongly.
    """
    scalar = text[start:end]
    properties = _PROPERTIES.match(scalar)
    at = properties.end() if properties else 0
    builder = MapBuilder()
    if style in ("|", ">"):
        _block(builder, scalar, at, style == ">", value)
    else:
        special, quote = _FLOW.get(style or "", (_PLAIN, 0))
        _flow(builder, scalar[: len(scalar) - quote], at + quote, special)
    return builder.map().shifted(start) if builder.text() == value else None


def _flow(builder: MapBuilder, text: str, at: int, special: re.Pattern[str]) -> None:
    """Plain and quoted scalars: lines are folded, escapes resolved."""
    for match in special.finditer(text, at):
        builder.add(text[at : match.start()], at)
        found = match[0]
        if match.lastgroup == "blank":
            meaning = _folded(found)
        elif match.lastgroup == "joined":
            meaning = "".join(_breaks(found)[1:])
        else:
            meaning = _unescaped(found)
        builder.add(meaning, match.start(), len(found))
        at = match.end()
    builder.add(text[at:], at)


def _breaks(blank: str) -> list[str]:
    return [_line_break(found) for found in _BREAK.findall(blank)]


def _line_break(written: str) -> str:
    """A line break as YAML reads it: all are a line feed, but for U+2028 and U+2029."""
    return written if written in ("\u2028", "\u2029") else "\n"


def _folded(blank: str) -> str:
    """White space between two words: one line break is a space, each further one a line feed."""
    breaks = _breaks(blank)
    if not breaks:
        return blank
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "


def _unescaped(escape: str) -> str:
    if escape == "''":
        return "'"
    if escape[1] in "xuU" and len(escape) > 2:
        code = int(escape[2:], 16)
        return chr(code) if code < 0x110000 else ""
    return _ESCAPED.get(escape[1], "")


def _block(builder: MapBuilder, text: str, start: int, folds: bool, value: str) -> None:
    """Literal and folded scalars that have a word in them."""
    header = _HEADER.match(text, start)
    if header is None:
        return
    indent = _indent(text, header.end(), value)
    breaks: list[re.Match[str]] = []
    """The line breaks since the last line with content, as matches of _LINE."""
    after_content = after_blank = False
    at = header.end()
    while at < len(text) and (line := _LINE.match(text, at)):
        at = line.end()
        begin = min(line.end(1), line.start() + indent)
        if begin < line.end(2):
            blank = text[begin] in " \t"
            folded = folds and after_content and not (after_blank or blank)
            _add_breaks(builder, breaks, folded)
            builder.add(text[begin : line.end(2)], begin)
            breaks, after_content, after_blank = [], True, blank
        if line[3]:
            breaks.append(line)
    if "+" not in header[1]:
        breaks = [] if "-" in header[1] else breaks[:1]
    _add_breaks(builder, breaks, folded=False)


def _add_breaks(builder: MapBuilder, breaks: list[re.Match[str]], folded: bool) -> None:
    """Line breaks before a line, or at the end; `folded`: the first only parts two words."""
    if not folded or not breaks or _line_break(breaks[0][3]) != "\n":
        for line in breaks:
            builder.add(_line_break(line[3]), line.start(3), len(line[3]))
        return
    start, end = breaks[0].start(3), breaks[-1].end(3)
    kept = "".join(_line_break(line[3]) for line in breaks[1:])
    builder.add(kept or " ", start, end - start)


def _indent(text: str, start: int, value: str) -> int:
    """How deep a block scalar is indented: its first line with a word, held against the value's."""
    return max(0, _first_indent(text, start) - _first_indent(value, 0))


def _first_indent(text: str, start: int) -> int:
    at = start
    while at < len(text) and (line := _LINE.match(text, at)):
        if line[2]:
            return len(line[1])
        at = line.end()
    return 0
