"""Modules by name, each imported when it is first asked for: a run needs few of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TypeVar, cast

Module = TypeVar("Module")


class Modules(Mapping[str, Module]):
    """`names` gives each name's module of `package`; listing the names imports nothing."""

    def __init__(self, package: str, names: Mapping[str, str]) -> None:
        self._package = package
        self._names = dict(names)

    def __getitem__(self, name: str) -> Module:
        return cast(Module, import_module(f"{self._package}.{self._names[name]}"))

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
