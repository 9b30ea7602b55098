"""Configurations: where they are found, what they mean, and what their authors are told."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from linter.config import CACHE, SCHEMA, Config, Organisation, find_config
from linter.documents import InvalidFile
from linter.readers.layout import MAPPABLE

YAML = """\
policy: [handling-negative-comments, policies/own.yaml]
replies: [replies/**, answers.yaml]
exclude: replies/drafts
language: no-NO
facts: [facts.yaml]
organisation:
  names: [Bakeriet]
  emails: [bakeriet.example]
files:
  - paths: answers.yaml
    records: data.*
    fields: {reply: {nb: text.nb, en: [text.en]}, id: [key, name]}
context:
  - {paths: replies/complaints/**, comment.kind: complaint, fields.shop: Oslo}
  - {tags: [praise], comment.kind: praise, channel: facebook}
fail-level: warning
strict: true
cache: .cache/replies
""".replace("language: no-NO", 'language: "no-NO"').replace("[text.en]", "text.en")

TOML = """\
[project]
name = "x"
[tool.replylint]
policy = "handling-negative-comments"
"fail-level" = "note"
[[tool.replylint.context]]
tags = "praise"
"comment.kind" = "praise"
"""


def write(folder: Path, **files: str) -> None:
    names = {"yaml": ".replylint.yaml", "toml": "pyproject.toml"}
    for name, text in files.items():
        path = folder / names.get(name, name.replace("__", "/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def own_files(folder: Path) -> None:
    (folder / "policies").mkdir()
    (folder / "policies" / "own.yaml").touch()
    (folder / "facts.yaml").touch()


def test_yaml(tmp_path: Path) -> None:
    own_files(tmp_path)
    write(tmp_path, yaml=YAML)
    config = find_config(tmp_path)
    assert config.folder == tmp_path
    assert config.policies == ("handling-negative-comments", "policies/own.yaml")
    assert config.replies == ("replies/**", "answers.yaml")
    assert config.language == "nb"
    assert config.facts == (tmp_path / "facts.yaml",)
    assert config.organisation == Organisation(names=("Bakeriet",), emails=("bakeriet.example",))
    assert (config.fail_level, config.strict, config.allow_partial) == ("warning", True, False)
    assert config.cache == tmp_path / ".cache/replies"
    (layout,) = config.files
    assert layout.layout == {
        "records": "data.*",
        "fields": {"reply": {"nb": "text.nb", "en": "text.en"}, "id": ["key", "name"]},
    }
    assert layout.matches((tmp_path / "answers.yaml").as_posix())


def test_toml_says_the_same(tmp_path: Path) -> None:
    write(tmp_path, toml=TOML)
    config = find_config(tmp_path)
    assert config.policies == ("handling-negative-comments",)
    assert config.fail_level == "note"
    assert config.context[0].tags == ("praise",)
    assert config.cache == tmp_path / CACHE


def test_contexts(tmp_path: Path) -> None:
    own_files(tmp_path)
    write(tmp_path, yaml=YAML)
    by_path, by_tag = find_config(tmp_path).context
    complaint = (tmp_path / "replies/complaints/late.md").as_posix()
    praise = (tmp_path / "replies/praise.md").as_posix()
    assert by_path.fields == {"comment.kind": "complaint", "shop": "Oslo"}
    assert by_path.applies(complaint, ())
    assert not by_path.may_apply(praise)
    assert by_tag.may_apply(praise)
    assert by_tag.applies(complaint, ["praise", "short"])
    assert not by_tag.applies(praise, ["short"])


def test_paths_are_relative_to_the_configuration_wherever_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_files(tmp_path)
    write(tmp_path, yaml=YAML, **{"replies__drafts__a.md": "", "replies__b.md": ""})
    monkeypatch.chdir(tmp_path / "replies")
    config = find_config(Path())
    assert config.folder == tmp_path
    assert config.excludes(Path("drafts/a.md"))
    assert not config.excludes(Path("b.md"))


def test_the_files_of_the_replies(tmp_path: Path) -> None:
    write(
        tmp_path,
        yaml="replies: ['r/**', a.md]\nexclude: r/drafts\n",
        **{"r__drafts__a.md": "", "r__b.md": "", "r__c__d.md": "", "a.md": "", "other.md": ""},
    )
    found = find_config(tmp_path).reply_files()
    assert found == [tmp_path / "a.md", tmp_path / "r/b.md", tmp_path / "r/c/d.md"]


def test_a_pattern_that_no_file_fits_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, yaml="replies: [a.md, repleis/**]\n", **{"a.md": ""})
    with pytest.raises(InvalidFile) as raised:
        find_config(tmp_path).reply_files()
    assert str(raised.value).endswith('.replylint.yaml:1:17: no file fits "repleis/**"')


def test_the_nearest_configuration_upward(tmp_path: Path) -> None:
    write(tmp_path, toml=TOML, **{"a__.replylint.yaml": "strict: true\n", "a__b__c.md": ""})
    write(tmp_path, **{"a__b__pyproject.toml": "[tool.other]\nx = 1\n"})
    assert find_config(tmp_path / "a" / "b").path == tmp_path / "a" / ".replylint.yaml"
    assert find_config(tmp_path).path == tmp_path / "pyproject.toml"


def test_no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda path: False)
    assert find_config(tmp_path) == Config(folder=tmp_path, cache=tmp_path / CACHE)


def test_a_named_file(tmp_path: Path) -> None:
    write(tmp_path, **{"other.yaml": "strict: true\n", "other.toml": "a = 1\n"})
    assert find_config(tmp_path / "other.yaml").strict
    with pytest.raises(InvalidFile, match=r"other.toml:1:1: there is no table \[tool.replylint\]"):
        find_config(tmp_path / "other.toml")


def test_workers_get_the_configuration_whole(tmp_path: Path) -> None:
    own_files(tmp_path)
    write(tmp_path, yaml=YAML)
    config = find_config(tmp_path)
    assert pickle.loads(pickle.dumps(config)) == config
    assert config.fingerprint() == find_config(tmp_path).fingerprint()


def test_the_keys_of_records_are_those_of_the_readers() -> None:
    keys = SCHEMA["properties"]["files"]["items"]["properties"]["fields"]["properties"]
    assert sorted(keys) == sorted(MAPPABLE)


BROKEN: dict[str, tuple[dict[str, str], list[str]]] = {
    "misspelt key": (
        {"yaml": "polcy: x\n"},
        ['.replylint.yaml:1:1: unknown key "polcy"; did you mean "policy"?'],
    ),
    "nothing": ({"yaml": "{}\n"}, [".replylint.yaml:1:1: must not be empty"]),
    "unknown policy": (
        {"yaml": "policy: [handling-negative-coments, own.yaml]\n"},
        [
            '.replylint.yaml:1:10: there is no policy "handling-negative-coments"; '
            'did you mean "handling-negative-comments"?',
            '.replylint.yaml:1:37: there is no file "own.yaml"',
        ],
    ),
    "Norwegian's code is a trap": (
        {"yaml": "language: no\n"},
        ['.replylint.yaml:1:11: no was read as false; quote it: "no"'],
    ),
    "a language without resources": (
        {"yaml": "language: xx\n"},
        ['.replylint.yaml:1:11: there are no resources for "xx"; there are en, nb, nl'],
    ),
    "files that are not there": (
        {"yaml": "facts: [f.yaml]\nlexicons: l.yaml\n"},
        [
            '.replylint.yaml:1:9: there is no file "f.yaml"',
            '.replylint.yaml:2:11: there is no file "l.yaml"',
        ],
    ),
    "patterns that lead outside": (
        {"yaml": "replies: [/etc/passwd, a/../../b]\n"},
        [
            '.replylint.yaml:1:11: "/etc/passwd" is not a pattern of paths below the '
            "configuration's folder",
            '.replylint.yaml:1:24: "a/../../b" is not a pattern of paths below the '
            "configuration's folder",
        ],
    ),
    "an unknown level": (
        {"yaml": "fail-level: warn\n"},
        [
            '.replylint.yaml:1:13: "warn" is not one of error, warning, note, none; '
            'did you mean "warning"?'
        ],
    ),
    "a context for no replies": (
        {"yaml": "context:\n  - {comment.kind: praise, channel: x}\n"},
        [".replylint.yaml:2:5: needs paths or tags, to say which replies it is about"],
    ),
    "a context that says nothing": (
        {"yaml": "context:\n  - {tags: a}\n"},
        [
            ".replylint.yaml:2:5: says nothing about these replies; known are comment.kind, "
            "comment.rating, channel and fields.…"
        ],
    ),
    "a context of an unknown kind": (
        {"yaml": "context:\n  - {tags: a, comment.kind: complain}\n"},
        [
            '.replylint.yaml:2:29: "complain" is not one of complaint, emotional, abuse, praise, '
            'question, mixed, other; did you mean "complaint"?'
        ],
    ),
    "a phone number that is read as a number": (
        {"yaml": "organisation: {phones: [22334455]}\n"},
        ['.replylint.yaml:1:25: 22334455 was read as the number 22334455; quote it: "22334455"'],
    ),
    "a layout of unknown fields": (
        {"yaml": "files:\n  - {fields: {anwser: x}}\n"},
        [
            ".replylint.yaml:2:5: missing paths",
            '.replylint.yaml:2:15: unknown key "anwser"; known: id, reply, lang, author, comment, '
            "channel, rating, tags, comment.text, comment.kind, comment.rating, comment.author",
        ],
    ),
    "errors of TOML are placed alike": (
        {"toml": "[tool.replylint]\nstrict = 1\n[[tool.replylint.context]]\ntag = 'a'\n"},
        [
            "pyproject.toml:2:10: must be true or false, not 1",
            'pyproject.toml:4:1: unknown key "tag"; did you mean "tags"?',
        ],
    ),
    "two configurations in one folder": (
        {"yaml": "strict: true\n", "toml": TOML},
        [
            "pyproject.toml:3:1: there is a configuration in .replylint.yaml beside it too; "
            "keep one of the two"
        ],
    ),
    "a name that is not read": (
        {".replylint.yml": "strict: true\n"},
        [".replylint.yml:1:1: not read; call it .replylint.yaml"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), BROKEN.values(), ids=BROKEN)
def test_problems(
    files: dict[str, str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, **files)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidFile) as raised:
        find_config(Path())
    assert [str(problem) for problem in raised.value.problems] == expected
