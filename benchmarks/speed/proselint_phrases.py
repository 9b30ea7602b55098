"""Look for phrases with proselint's engine; run by the Python that proselint is installed in.

    python proselint_phrases.py PHRASES.txt FOLDER

Does what `proselint check FOLDER` does, with the phrases for its own checks, in batches as its own.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from proselint.registry import CheckRegistry
from proselint.registry.checks import BATCH_COUNT, Check, types
from proselint.tools import LintFile, extract_files


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        print("proselint", version("proselint"))
        return
    phrases = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    CheckRegistry().register_many(
        tuple(
            Check(
                check_type=types.Existence(items=tuple(phrases[at : at + BATCH_COUNT])),
                path="speed",
                message="A stock phrase: '{}'.",
            )
            for at in range(0, len(phrases), BATCH_COUNT)
        )
    )
    config = {"max_errors": 1_000, "checks": {"speed": True}}
    for file in map(LintFile, extract_files([Path(sys.argv[2])])):
        for result in file.lint(config):
            line, column = result.pos
            print(f"{file.source}:{line}:{column}: {result.check_result.message}")


if __name__ == "__main__":
    main()
