"""The files that come with replylint beside its code: policies and schemas.

A wheel carries them inside the package, a checkout has them at its top level.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(kind: str) -> Path:
    """Where the shipped "policies" or "schemas" stand."""
    installed = _PACKAGE / "shipped" / kind
    return installed if installed.is_dir() else _PACKAGE.parent / kind


def policies() -> dict[str, Path]:
    """The shipped policies by name, sorted."""
    return {path.stem: path for path in sorted(folder("policies").glob("*.yaml"))}
