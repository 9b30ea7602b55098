"""The tools that are compared: how a user has each of them look for stock phrases.

A tool writes its configuration into a folder that has the replies in `replies/`, and prints its
findings as `path:line:column…`, a line each. Tools are found on the PATH.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_FINDING = re.compile(r"^.+?:\d+:\d+:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tool:
    """`program` gives the words that start it, or None where it is not installed; `most` bounds
    files times phrases, beyond which it would take minutes; `primed` has it run once before."""

    title: str
    program: Callable[[], list[str] | None]
    arguments: tuple[str, ...]
    configure: Callable[[Path, Sequence[str]], None]
    most: int = 10**9
    primed: bool = False


def findings(output: str) -> int:
    """How many findings a tool has printed."""
    return len(_FINDING.findall(output))


def replylint() -> list[str] | None:
    """The command that is installed beside this Python, or else on the PATH."""
    beside = shutil.which("replylint", path=str(Path(sys.executable).parent))
    return [beside] if beside else _on_path("replylint")


def _on_path(name: str) -> list[str] | None:
    found = shutil.which(name)
    return None if found is None else [found]


def configure_replylint(folder: Path, phrases: Sequence[str]) -> None:
    _write(folder / ".replylint.yaml", "policy: policy.yaml\nlanguage: en\nreplies: replies/*.md\n")
    forbidden = "".join(f"        - {phrase}\n" for phrase in phrases)
    _write(
        folder / "policy.yaml",
        "policy: speed\nversion: 1.0.0\nlanguages: [en]\nrules:\n"
        "  - id: no-stock-phrases\n    level: error\n    check: phrases\n"
        "    message: 'A stock phrase: \"{text}\".'\n"
        f"    options:\n      forbid:\n{forbidden}",
    )


def _vale_rule(phrases: Sequence[str]) -> str:
    tokens = "".join(f"  - {phrase}\n" for phrase in phrases)
    return (
        "extends: existence\nmessage: \"A stock phrase: '%s'.\"\nlevel: error\n"
        f"ignorecase: true\ntokens:\n{tokens}"
    )


def _configure_vale(folder: Path, phrases: Sequence[str]) -> None:
    _vale_styles(folder, {"Stock": _vale_rule(phrases)})


def _configure_vale_rules(folder: Path, phrases: Sequence[str]) -> None:
    rules = {f"Stock{index:04}": _vale_rule([phrase]) for index, phrase in enumerate(phrases)}
    _vale_styles(folder, rules)


def _vale_styles(folder: Path, rules: dict[str, str]) -> None:
    shutil.rmtree(folder / "styles", ignore_errors=True)
    ini = "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*.md]\nBasedOnStyles = Speed\n"
    _write(folder / ".vale.ini", ini)
    for name, rule in rules.items():
        _write(folder / "styles" / "Speed" / f"{name}.yml", rule)


def _proselint() -> list[str] | None:
    found = shutil.which("proselint")
    if found is None:
        return None
    # proselint's command takes no phrases of one's own; its engine does, from its own Python.
    python = Path(found).parent / "python"
    script = Path(__file__).parent / "proselint_phrases.py"
    return [str(python), str(script)]


def _configure_proselint(folder: Path, phrases: Sequence[str]) -> None:
    _write(folder / "phrases.txt", "\n".join(phrases))


def _textlint() -> list[str] | None:
    found = shutil.which("textlint")
    if found is None:
        return None
    beside = Path(found).parent.parent
    modules = beside if Path(found).parent.name == ".bin" else beside / "lib" / "node_modules"
    if not (modules / "textlint-rule-prh").is_dir():
        return None
    return [found, "--rules-base-directory", str(modules)]


def _configure_textlint(folder: Path, phrases: Sequence[str]) -> None:
    _write(folder / ".textlintrc.json", '{"rules": {"prh": {"rulePaths": ["./prh.yml"]}}}')
    rules = "".join(f'  - expected: "-"\n    pattern: /\\b{it}\\b/i\n' for it in phrases)
    _write(folder / "prh.yml", f"version: 1\nrules:\n{rules}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


_VALE = ("--output=line", "--no-wrap", "replies")

#: By the name for --only; all are held against the first.
TOOLS = {
    "replylint": Tool("replylint", replylint, ("check", "--no-cache", "-qq"), configure_replylint),
    "replylint-cached": Tool(
        "replylint, nothing changed", replylint, ("check", "-qq"), configure_replylint, primed=True
    ),
    "vale": Tool(
        "vale, one rule", lambda: _on_path("vale"), _VALE, _configure_vale, most=10_000_000
    ),
    "vale-rules": Tool(
        "vale, a rule a phrase",
        lambda: _on_path("vale"),
        _VALE,
        _configure_vale_rules,
        most=200_000,
    ),
    "proselint": Tool(
        "proselint's engine", _proselint, ("phrases.txt", "replies"), _configure_proselint
    ),
    "textlint": Tool(
        "textlint with prh",
        _textlint,
        ("--config", ".textlintrc.json", "--format", "unix", "replies"),
        _configure_textlint,
        most=200_000,
    ),
}
