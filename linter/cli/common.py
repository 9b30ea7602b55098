"""What the commands share: exit codes, errors, options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import wraps
from typing import Any, NoReturn, TypeVar

import click

from linter.documents import InvalidFile
from linter.reporters.safe import visible

F = TypeVar("F", bound=Callable[..., Any])


class Exit(IntEnum):
    """The exit codes of every command (DESIGN §8)."""

    CLEAN = 0
    FINDINGS = 1
    UNABLE = 2
    INCOMPLETE = 3


def fail(message: str) -> NoReturn:
    """Say why what was asked cannot be done, and end."""
    click.echo(f"replylint: {visible(message)}", err=True)
    sys.exit(Exit.UNABLE)


def show_problems(problems: Iterable[object]) -> None:
    """Print placed problems, a line each, to standard error."""
    for problem in problems:
        click.echo(visible(str(problem)), err=True)


def guarded(function: F) -> F:
    """Turn what a user can cause into one clear error: invalid files, files that are not there."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except InvalidFile as error:
            show_problems(error.problems)
            sys.exit(Exit.UNABLE)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(Exit.UNABLE)
        except OSError as error:
            fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))

    return wrapper  # type: ignore[return-value]
