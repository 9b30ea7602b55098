"""For texts of every kind, written by the usual libraries: what stands at the place that is told
for any part of a reply is, decoded, that part."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from linter.model import Reply
from linter.readers import yaml_
from readers.helpers import place, records, replies, reply, slice_of, texts

BREAKS = st.sampled_from(["\n", "\r\n", "\r"])
cuts = st.tuples(st.floats(0, 1), st.floats(0, 1))
block_lines = st.text(st.sampled_from("ab #-'\"é😀\u0301\t\u00a0"), max_size=8)


def part_of(text: str, cut: tuple[float, float]) -> tuple[int, int]:
    """A stretch of a text that is not empty."""
    start, end = sorted(round(at * len(text)) for at in cut)
    return (start, end) if start < end else (max(0, start - 1), max(1, end))


def test_a_part_is_never_empty() -> None:
    # Else the tests below would compare nothing with nothing.
    assert part_of("ab", (0, 0)) == (0, 1)
    assert part_of("ab", (1, 1)) == (1, 2)


@given(texts, st.booleans(), st.sampled_from([None, 2]), st.booleans(), cuts)
@example("\u2028😀\ud7ff", True, None, False, (0.4, 0.9))
def test_json(text: str, ascii_only: bool, indent: int | None, mark: bool, cut: Any) -> None:
    assume(text.strip())
    content = json.dumps([{"id": text, "reply": text}], ensure_ascii=ascii_only, indent=indent)
    found = reply("a.json", "\ufeff" * mark + content)
    assert (found.id, found.text) == (text, text)
    start, end = part_of(text, cut)
    assert json.loads(f'"{slice_of(found, content, start, end)}"') == text[start:end]


@given(texts, texts, st.booleans(), cuts)
def test_json_lines(first: str, text: str, ascii_only: bool, cut: Any) -> None:
    assume(first.strip())
    assume(text.strip())
    lines = [json.dumps({"reply": each}, ensure_ascii=ascii_only) for each in (first, text)]
    content = "\n".join(lines)
    _, found = replies("a.jsonl", content)
    assert found.text == text
    start, end = part_of(text, cut)
    assert json.loads(f'"{slice_of(found, content, start, end)}"') == text[start:end]


@given(
    st.lists(texts, min_size=1, max_size=3),
    st.sampled_from([(".csv", ","), (".csv", ";"), (".tsv", "\t")]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
    cuts,
)
def test_csv(
    several: list[str], dialect: tuple[str, str], quoting: int, mark: bool, cut: Any
) -> None:
    assume(all(text.strip() for text in several))
    suffix, delimiter = dialect
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["order", "reply", "note"])
    writer.writerows([str(number), text, text] for number, text in enumerate(several))
    content = file.getvalue()
    found = replies("a" + suffix, "\ufeff" * mark + content)
    assert [each.text for each in found] == several
    assert [each.fields["note"] for each in found] == several
    start, end = part_of(several[-1], cut)
    written, part = slice_of(found[-1], content, start, end), several[-1][start:end]
    quoted = re.search(r'[\r\n"]|' + delimiter, several[-1]) or quoting == csv.QUOTE_ALL
    assert written == (part.replace('"', '""') if quoted else part)


@given(texts, BREAKS, st.booleans(), cuts)
@example("a\nb", "\r\n", False, (0.4, 0.6))
def test_plain_text_and_markdown(text: str, line_break: str, front: bool, cut: Any) -> None:
    text = text.replace("\r", "\n").strip()
    assume(text)
    assume(not text.startswith("---"))
    content = ("---\nlang: en\n---\n" * front + text).replace("\n", line_break)
    found = reply("a.md" if front else "a.txt", content)
    assert found.text == text
    start, end = part_of(text, cut)
    assert slice_of(found, content, start, end) == text[start:end].replace("\n", line_break)


@given(
    st.lists(block_lines, min_size=1, max_size=6), BREAKS, st.sampled_from(["", "> ", "  "]), cuts
)
def test_fences(lines: list[str], line_break: str, margin: str, cut: Any) -> None:
    text = "\n".join(lines).rstrip()
    assume(text and not lines[0].isspace() and lines[0])
    assume(not margin.isspace() or all(line and line[0] not in " \t" for line in lines))
    fence = "\n".join(margin + line for line in ["~~~", *lines, "~~~"])
    content = f"# A\n\n{'- x' if margin == '  ' else ''}\n{fence}\n".replace("\n", line_break)
    found = reply("a.md", content, body="fence")
    assert found.text == text
    start, end = part_of(text, cut)
    if "\n" not in text[start:end]:
        assert slice_of(found, content, start, end) == text[start:end]


yaml_files = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from(["'", '"', "|", ">", None]),
        "width": st.sampled_from([5, 20, 80]),
        "indent": st.sampled_from([2, 4]),
        "allow_unicode": st.booleans(),
        "Dumper": st.sampled_from([yaml.SafeDumper, yaml.CSafeDumper]),
    }
)


@given(texts, yaml_files, BREAKS, cuts)
def test_yaml(text: str, options: dict[str, Any], line_break: str, cut: Any) -> None:
    written = yaml.dump({"a": [{"reply": text}]}, **options)
    content = written.replace("\r", "\n").replace("\n", line_break)
    value = load(content)["a"][0]["reply"]
    assume(isinstance(value, str) and value.strip())
    found = reply("a.yaml", content)
    assert found.text == value
    start, end = part_of(value, cut)
    assert_decodes(found, content, start, end)


def load(content: str) -> Any:
    """What the reader's own parser makes of a file; one that is not YAML is passed over."""
    try:
        return yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        assume(False)


def style_of(content: str) -> str | None:
    """The style of the last scalar in a file that holds nothing behind it."""
    events = yaml.parse(content, Loader=yaml.CSafeLoader)
    return [event.style for event in events if isinstance(event, yaml.ScalarEvent)][-1]


def assert_decodes(found: Reply, content: str, start: int, end: int) -> None:
    """What stands at the place of a part is that part, read in the style of the whole."""
    written, part = slice_of(found, content, start, end), found.text[start:end]
    style = style_of(content)
    if style in ("|", ">"):
        assert words(written) == words(part)
    elif style == '"':
        assert load(f'a: "{written}"') == {"a": part}
    else:
        quoted = written if style == "'" else written.replace("'", "''")
        assert load(f"a: '{quoted}'") == {"a": part}


def words(text: str) -> list[str]:
    """A block scalar differs from its value in white space only."""
    return re.split("[ \r\n\x85\u2028\u2029]+", text.strip(" \r\n\x85\u2028\u2029"))


@given(
    st.lists(block_lines, min_size=1, max_size=6),
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+"]),
    st.booleans(),
    st.integers(1, 4),
    BREAKS,
    st.sampled_from(["", "\n", "\n\n", "\n# comment\n", "\nlang: en\n", "\n\n  \nlang: en\n"]),
)
def test_yaml_block_scalars_by_hand(
    lines: list[str],
    style: str,
    chomping: str,
    explicit: bool,
    indent: int,
    line_break: str,
    ending: str,
) -> None:
    header = style + chomping + (str(indent) if explicit else "")
    body = "\n".join(" " * indent + line if line else "" for line in lines)
    content = f"reply: {header} # why\n{body}{ending}".replace("\n", line_break)
    value = load(content)["reply"]
    assume(value.strip())
    found = reply("a.yaml", content)
    assert found.text == value
    for match in re.finditer(r"[^\s]+(?: +[^\s]+)*" if style == "|" else r"[^\s]+", value):
        assert slice_of(found, content, *match.span()) == match[0]
    for match in re.finditer(r"\n", value):
        assert re.fullmatch(r"[\r\n \t]+", slice_of(found, content, *match.span()))


@given(
    st.lists(st.sampled_from(["a", "'", "''", '"', "\\", "é😀", "# x", "b: c"]), min_size=1),
    st.lists(st.sampled_from([" ", "\n  ", " \n\n  ", "\t\n  ", "\\\n  ", "\n \t "]), min_size=1),
    st.sampled_from(["", "'", '"']),
    BREAKS,
    cuts,
)
def test_yaml_flow_scalars_by_hand(
    parts: list[str], gaps: list[str], quote: str, line_break: str, cut: Any
) -> None:
    scalar = "".join(part + gaps[number % len(gaps)] for number, part in enumerate(parts))
    content = f"reply: {quote}{scalar}{quote}".replace("\n", line_break)
    value = load(content)["reply"]
    assume(isinstance(value, str) and value.strip())
    found = reply("a.yaml", content)
    assert found.text == value
    assert_decodes(found, content, *part_of(value, cut))


@given(texts, yaml_files)
def test_the_parser_in_python_tells_the_same_places(text: str, options: dict[str, Any]) -> None:
    content = yaml.dump([text, {"reply": text}], **options)
    fast = records("a.yaml", content)
    loader, yaml_._LOADER = yaml_._LOADER, yaml.SafeLoader
    try:
        slow = records("a.yaml", content)
    finally:
        yaml_._LOADER = loader
    assert len(fast) == len(slow)
    for one, other in zip(fast, slow, strict=True):
        if isinstance(one, Reply) and isinstance(other, Reply):
            size = len(one.text)
            assert one.text == other.text
            assert one.source.region(0, size) == other.source.region(0, size)
        elif not isinstance(one, Reply) and not isinstance(other, Reply):
            assert place(one)[:2] == place(other)[:2]
        else:
            raise AssertionError((one, other))


@given(st.text(st.sampled_from("ab:-|>'\"\\{}[],#&*!?%@ \n\t\r😀<0+")))
def test_no_yaml_ends_in_a_traceback_or_a_wrong_place(content: str) -> None:
    for name in ("a.yaml", "a.md"):
        for found in records(name, content):
            assert isinstance(found, Reply) or not found.reason.startswith("position")


@given(st.text(st.sampled_from('{}[]",:\\u0dea1.-+trfn \n')))
def test_json_is_what_the_standard_library_reads(content: str) -> None:
    try:
        json.loads(content)
        is_json = True
    except ValueError:
        is_json = False
    if not content.strip():
        return
    broken = [found for found in records("a.json", content) if not isinstance(found, Reply)]
    assert any("not valid JSON" in found.reason for found in broken) == (not is_json)
