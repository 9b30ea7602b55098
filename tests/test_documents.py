"""Files of users: what is read, where its parts stand, and what is refused with which words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from linter import documents
from linter.documents import InvalidFile, check, load, load_toml_table, suggest

FILE = Path("f.yaml")


def read(text: str) -> documents.Document:
    return load(FILE, text=text)


def problems(text: str) -> list[str]:
    with pytest.raises(InvalidFile) as raised:
        read(text)
    return [str(problem) for problem in raised.value.problems]


# --- what is read --------------------------------------------------------------------------------


def test_data_is_plain_and_dates_stay_text() -> None:
    document = read("a: [1, 1.5, true, ~, text]\nfrom: 2019-12-06\nat: 2019-12-06T10:00:00Z\n")
    assert document.data == {
        "a": [1, 1.5, True, None, "text"],
        "from": "2019-12-06",
        "at": "2019-12-06T10:00:00Z",
    }


def test_quotes_and_tags_keep_text_text() -> None:
    assert read("a: 'no'\nb: !!str 12:30\nc: \"0750\"").data == {
        "a": "no",
        "b": "12:30",
        "c": "0750",
    }


def test_keys_are_text_as_written() -> None:
    """`off` is the name of a rule's key: YAML 1.1 would read it as false."""
    document = read("off: a\n1: b\n2019-12-06: c\n")
    assert document.data == {"off": "a", "1": "b", "2019-12-06": "c"}
    assert document.place(("off",), key=True) == (1, 1)


def test_aliases_share_their_value() -> None:
    assert read("a: &x {b: 1}\nc: *x\n").data == {"a": {"b": 1}, "c": {"b": 1}}


def test_places_of_values_and_keys() -> None:
    document = read("rules:\n  - id: a\n    list: [x, 'y']\n")
    assert document.place() == (1, 1)
    assert document.place(("rules", 0)) == (2, 5)
    assert document.place(("rules", 0, "list"), key=True) == (3, 5)
    assert document.place(("rules", 0, "list", 1)) == (3, 15)


def test_the_place_of_a_part_that_is_not_there_is_that_of_the_nearest_around_it() -> None:
    document = read("rules:\n  - id: a\n")
    assert document.place(("rules", 0, "options", "act")) == (2, 5)
    assert document.node(("rules", 0, "options")) is None


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_places_count_code_points_and_lines_of_editors(line_break: str) -> None:
    text = line_break.join(["\ufeffa: '😀\u2028e\u0301'", "b: [😀😀, x]"])
    document = read(text)
    assert document.place(("a",)) == (1, 4)
    assert document.place(("b", 1)) == (2, 9)


_NAMES = st.text("abcæ😀", min_size=1, max_size=5)
_VALUES = st.recursive(
    st.text(max_size=8).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)


@given(data=st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=3), flow=st.booleans())
def test_every_part_is_at_its_place(data: dict[str, Any], flow: bool) -> None:
    """The data is what PyYAML reads, and what stands at the place of a key is the key."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=1000)
    document = read(text)
    assert document.data == yaml.safe_load(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for key in data:
        line, column = document.place((key,), key=True)
        assert lines[line - 1][column - 1 :].lstrip("\"'? ").startswith(key)


@given(st.text(st.sampled_from("abk:-[]{}&*!|>'\"%@#, \n\t?~0.e😀\u2028\x85"), max_size=60))
def test_any_text_is_read_or_refused_at_a_place_of_it(text: str) -> None:
    try:
        read(text)
    except InvalidFile as error:
        for problem in error.problems:
            assert 1 <= problem.line <= text.count("\n") + 2
            assert problem.column >= 1


# --- what is refused -----------------------------------------------------------------------------

REFUSED = {
    "empty": ("", ["f.yaml:1:1: the file is empty"]),
    "only comments": ("# nothing\n", ["f.yaml:1:1: the file is empty"]),
    "empty document": ("---\n", ["f.yaml:1:1: the file is empty"]),
    "syntax": (
        "a: b: c",
        ["f.yaml:1:5: not valid YAML: mapping values are not allowed in this context"],
    ),
    "tab": (
        "a:\n\tb: 1",
        [
            "f.yaml:2:1: not valid YAML: found character that cannot start any token (while "
            "scanning for the next token); indent with spaces, not with tabs"
        ],
    ),
    "control character": ("a: \x07", ["f.yaml:1:4: the character U+0007 is not allowed in YAML"]),
    "lone surrogate": ("a: \ud800", ["f.yaml:1:4: the character U+D800 is not allowed in YAML"]),
    "second document": (
        "a: 1\n---\nb: 2",
        ["f.yaml:2:1: a second document starts here; a file holds one"],
    ),
    "duplicate keys, all of them": (
        "a: 1\nb: {c: 1, c: 2}\na: 3",
        [
            'f.yaml:2:11: duplicate key "c"; first on line 2',
            'f.yaml:3:1: duplicate key "a"; first on line 1',
        ],
    ),
    "keys that are no text": (
        "[a]: 1\n? {b: c}\n: 2\n'': 3",
        [
            "f.yaml:1:1: a key must be text, not a list or a mapping",
            "f.yaml:2:3: a key must be text, not a list or a mapping",
            "f.yaml:4:1: a key must not be empty",
        ],
    ),
    "base 60": ("a: 12:30", ['f.yaml:1:4: 12:30 was read as the number 750; quote it: "12:30"']),
    "octal": ("a: 0750", ['f.yaml:1:4: 0750 was read as the number 488; quote it: "0750"']),
    "not a number": ("a: .nan", ["f.yaml:1:4: .nan is not a finite number"]),
    "a number of 5,000 digits": (
        "a: " + "9" * 5000,
        [f"f.yaml:1:4: {'9' * 39}… cannot be read as a number"],
    ),
    "tags": (
        "a: !x y\nb: !!python/object:os.system {}\nc: !!set {d}",
        [
            "f.yaml:1:4: the tag !x is not allowed; leave it out",
            "f.yaml:2:4: the tag !!python/object:os.system is not allowed; leave it out",
            "f.yaml:3:4: the tag !!set is not allowed; leave it out",
        ],
    ),
    "merge key": (
        "<<: {a: 1}",
        ["f.yaml:1:1: merge keys (<<) are not read; write the entries out"],
    ),
    "unknown alias": ("a: *b", ["f.yaml:1:4: the alias *b has no anchor before it"]),
    "recursive alias": ("a: &a [*a]", ["f.yaml:1:8: the alias *a stands inside its own anchor"]),
    "alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n"
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        ["f.yaml:4:36: the aliases expand to more than 10,000 parts"],
    ),
    "deep nesting": ("[" * 100_000, ["f.yaml:1:64: nested over 64 levels deep"]),
    "deep nesting by aliases": (
        "a0: &a0 x\n" + "".join(f"a{i + 1}: &a{i + 1} [*a{i}]\n" for i in range(70)),
        ["f.yaml:64:12: nested over 64 levels deep"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize("number", ["1" + ":00" * 100_000, "0x" + "f" * 5000, "0b" + "1" * 20_000])
def test_numbers_too_long_to_be_shown_are_refused_at_once(number: str) -> None:
    (problem,) = problems(f"a: {number}")
    assert problem.startswith("f.yaml:1:4: ")
    assert problem.endswith("… cannot be read as a number")


def test_sixty_levels_are_read() -> None:
    assert read("[" * 60 + "]" * 60).root.height == 60


@pytest.mark.parametrize("opening", ["- ", "[", "{a: ", "? "])
def test_hostile_nesting_does_not_end_the_process(opening: str) -> None:
    """`yaml.compose` overflows the C stack here; only another process can show that we do not."""
    program = f"""
from pathlib import Path
from linter.documents import InvalidFile, load
try:
    load(Path("f.yaml"), text={opening!r} * 200_000)
except InvalidFile as error:
    print(len(error.problems))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "1\n")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("a: b\nc: smørbrød".encode("latin-1"))
    (tmp_path / "large.yaml").write_bytes(b"#" * 5_000_001)
    expected = {
        "latin.yaml": "2:6: not UTF-8",
        "large.yaml": "1:1: larger than 5 MB",
        "none.yaml": "1:1: cannot be read: No such file or directory",
        ".": "1:1: cannot be read: Is a directory",
    }
    for name, message in expected.items():
        with pytest.raises(InvalidFile) as raised:
            load(tmp_path / name, shown=name)
        assert str(raised.value) == f"{name}:{message}"


def test_paths_are_shown_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f.yaml").write_text("a: 1")
    monkeypatch.chdir(tmp_path)
    assert load(tmp_path / "f.yaml").path == "f.yaml"


# --- TOML ----------------------------------------------------------------------------------------

TOML = """\
[project]
name = "x"

[tool.replylint]
policy = ["a", 2019-12-06]
"fail-level" = "error"  # a comment
[[tool.replylint.files]]
paths = "a"
[[tool.replylint.files]]
  paths = "b"
[tool.replylint.organisation]
names = ["x"]
"""


def test_toml_data_and_places() -> None:
    document = load_toml_table(Path("pyproject.toml"), text=TOML)
    assert document is not None
    assert document.data["policy"] == ["a", "2019-12-06"]
    assert document.place() == (4, 1)
    assert document.place(("fail-level",)) == (6, 16)
    assert document.place(("fail-level",), key=True) == (6, 1)
    assert document.place(("files", 1, "paths")) == (10, 11)
    assert document.place(("organisation", "names", 0)) == (12, 9)


def test_toml_without_the_table() -> None:
    assert load_toml_table(Path("pyproject.toml"), text="[tool.other]\na = 1\n") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb =", "p.toml:2:4: not valid TOML: Invalid value"),
        ('a = "', "p.toml:1:6: not valid TOML: Unterminated string"),
        ("[tool.replylint]\na = " + "[" * 90 + "]" * 90, "p.toml:1:1: nested over 64 levels deep"),
        ("a = " + "1" * 5000, "p.toml:1:1: a number with too many digits"),
        (f"[tool.replylint]\na = 0x{'f' * 5000}", "p.toml:2:5: a number with too many digits"),
        ("[tool.replylint]\na = inf", "p.toml:2:5: inf is not a finite number"),
        ("a = " + "[" * 90_000, "p.toml:1:1: nested over 64 levels deep"),
        (f"[tool.replylint]\n{'a.' * 5000}a = 1", "p.toml:1:1: nested over 64 levels deep"),
    ],
)
def test_toml_that_is_refused(text: str, expected: str) -> None:
    with pytest.raises(InvalidFile) as raised:
        load_toml_table(Path("p.toml"), text=text)
    assert str(raised.value) == expected


# --- against a schema ----------------------------------------------------------------------------

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["check", "message"],
    "properties": {
        "check": {"enum": ["length", "links"]},
        "message": {"type": "string", "minLength": 1},
        "level": {"enum": ["error", "warning", "note"]},
        "tags": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
        "from": {"type": "string", "format": "date"},
        "id": {"type": "string", "pattern": "^[a-z]+$", "patternErrorMessage": "is no name"},
        "max": {"type": "integer", "minimum": 1, "maximum": 9},
        "options": {"type": "object"},
        "closed": {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": "must stay empty",
        },
    },
    "allOf": [
        {
            "if": {"required": ["check"], "properties": {"check": {"const": "length"}}},
            "then": {
                "properties": {
                    "options": {"additionalProperties": False, "properties": {"most": {}}}
                }
            },
        }
    ],
}
_GOOD = "check: length\nmessage: x\n"
BROKEN = {
    "unknown key, and no word of the missing one that it means": (
        "check: length\nmesage: x",
        ['f.yaml:2:1: unknown key "mesage"; did you mean "message"?'],
    ),
    "unknown key like none": (
        "check: length\nmessage: x\noptions: {zzz: 1}",
        ['f.yaml:3:11: unknown key "zzz"; known: most'],
    ),
    "text with a comma, unquoted in braces": (
        "{check: length, message: x, and more}",
        ['f.yaml:1:29: "and more" stands as a key of its own; quote text that has a comma in it'],
    ),
    "all missing keys at once": ("level: note", ["f.yaml:1:1: missing check, message"]),
    "a wrong check gives one error and none of its options": (
        "check: lenght\nmessage: x\noptions: {any: 1}",
        ['f.yaml:1:8: "lenght" is not one of length, links; did you mean "length"?'],
    ),
    "read as a truth value": (
        "check: length\nmessage: no",
        ['f.yaml:2:10: no was read as false; quote it: "no"'],
    ),
    "read as a number, in a list": (
        f"{_GOOD}tags: [ok, 1.0]",
        ['f.yaml:3:12: 1.0 was read as the number 1.0; quote it: "1.0"'],
    ),
    "truth value for a name": (
        f"{_GOOD}level: Off",
        ['f.yaml:3:8: Off was read as false; quote it: "Off"'],
    ),
    "empty": (f"{_GOOD}tags:", ["f.yaml:3:6: is empty; must be a list"]),
    "empty list": (f"{_GOOD}tags: []", ["f.yaml:3:7: must not be empty"]),
    "wrong kind": (f"{_GOOD}tags: {{a: b}}", ["f.yaml:3:7: must be a list, not a mapping"]),
    "text for a number": (f"{_GOOD}max: many", ['f.yaml:3:6: must be a whole number, not "many"']),
    "truth value for a number": (
        f"{_GOOD}max: yes",
        ["f.yaml:3:6: must be a whole number, not true"],
    ),
    "too small": (f"{_GOOD}max: 0", ["f.yaml:3:6: must be at least 1"]),
    "too large": (f"{_GOOD}max: 10", ["f.yaml:3:6: must be at most 9"]),
    "twice": (f"{_GOOD}tags: [a, b, a]", ['f.yaml:3:14: "a" stands here twice']),
    "no date": (
        f"{_GOOD}from: 2019-13-06",
        ['f.yaml:3:7: "2019-13-06" is not a date (year-month-day, such as 2026-01-31)'],
    ),
    "pattern with its own words": (f"{_GOOD}id: A B", ['f.yaml:3:5: "A B" is no name']),
    "own words for unknown keys, once": (
        f"{_GOOD}closed: {{a: 1, b: 2}}",
        ["f.yaml:3:10: must stay empty"],
    ),
    "long values are cut": (
        f"{_GOOD}level: {'x' * 90}",
        [f'f.yaml:3:8: "{"x" * 39}…" is not one of error, warning, note'],
    ),
    "not a mapping at all": ("- a", ["f.yaml:1:1: must be a mapping, not a list"]),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_check(text: str, expected: list[str]) -> None:
    assert [str(problem) for problem in check(read(text), SCHEMA)] == expected


def test_check_passes_what_fits() -> None:
    text = f"{_GOOD}level: note\nfrom: 2019-12-06\noptions: {{most: 3}}"
    assert check(read(text), SCHEMA) == []


def test_check_of_a_part_places_it_in_the_whole_file() -> None:
    found = check(read("rules:\n  - {check: links}\n"), SCHEMA, at=("rules", 0))
    assert [str(problem) for problem in found] == ["f.yaml:2:5: missing message"]


def test_suggest_wants_a_close_name() -> None:
    assert suggest("wihtin", ["act", "within"]) == '; did you mean "within"?'
    assert suggest("zzz", ["act", "within"]) == ""


def test_heavy_imports_wait_until_they_are_needed() -> None:
    program = (
        "import sys, linter.documents; print({'jsonschema', 'spacy', 'rapidfuzz'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout == "set()\n"
