"""Validated files: plain data, the place of every part of it, and errors at their places.

    document = load(Path("policy.yaml"))          # YAML; load_toml_table for a table of TOML
    problems = check(document, schema)            # file:line:column: what is wrong, in plain words
    document.place(("rules", 0, "id"))            # (line, column)

Whatever is wrong with a file becomes a `Problem`; a file that cannot be used raises `InvalidFile`.
"""

from linter.documents.model import (
    Document,
    InvalidFile,
    Node,
    Pointer,
    Problem,
    closest,
    relative,
    suggest,
)
from linter.documents.schema import Violation, check, violations
from linter.documents.toml_file import load_toml_table
from linter.documents.yaml_file import load

__all__ = [
    "Document",
    "InvalidFile",
    "Node",
    "Pointer",
    "Problem",
    "Violation",
    "check",
    "closest",
    "load",
    "load_toml_table",
    "relative",
    "suggest",
    "violations",
]
