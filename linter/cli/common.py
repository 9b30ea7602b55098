"""What the commands share: exit codes, errors, output, options."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from functools import wraps
from typing import Any, NoReturn, TypeVar

import click

from linter.documents import InvalidFile, suggest
from linter.language.language import PipelineError
from linter.reporters import safe
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
    say(f"replylint: {visible(message)}", err=True)
    sys.exit(Exit.UNABLE)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line, of visible text, that no CI runner takes for a command of its own; colours only
    where a terminal takes them."""
    plain = click.unstyle(text)
    harmless = safe.log_line(plain)
    colour = False if "NO_COLOR" in os.environ else None
    click.echo(text if harmless == plain else harmless, err=err, color=colour)


def json_text(value: object) -> str:
    """A value as the commands print it for programs to read."""
    return safe.json_text(value, indent=2)


def table(rows: Iterable[Sequence[str]], head: Sequence[str]) -> list[str]:
    """Lines of aligned columns under a head; the last column is not filled up."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    return [
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        )
        for line in lines
    ]


def known_rules(ids: Iterable[str], known: Collection[str]) -> None:
    """End with an error for the id of a rule that no policy has."""
    for name in ids:
        if name not in known:
            fail(f'there is no rule called "{name}"{suggest(name, known)}')


def show_problems(problems: Iterable[object]) -> None:
    """Print placed problems, a line each, to standard error."""
    for problem in problems:
        say(visible(str(problem)), err=True)


def guarded(function: F) -> F:
    """Turn what a user can cause into one clear error: invalid files, files that are not there."""

    @wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except InvalidFile as error:
            show_problems(error.problems)
            sys.exit(Exit.UNABLE)
        except PipelineError as error:
            fail(str(error))
        except RuntimeError as error:
            # Its module is slow to import, and needed only where there are workers.
            if type(error).__name__ != "BrokenProcessPool":
                raise
            fail("a worker process ended before its work was done; try fewer --jobs")
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(Exit.UNABLE)
        except OSError as error:
            fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))

    return wrapper  # type: ignore[return-value]


config_option = click.option(
    "--config", type=click.Path(dir_okay=False), help="The configuration file to use."
)
lang_option = click.option("--lang", help="The language of all replies, such as nb.")
stdin_option = click.option(
    "--stdin-filename",
    default="standard-input.md",
    help="The name that decides how standard input is read.",
)
policy_option = click.option(
    "--policy",
    "-p",
    "policies",
    multiple=True,
    help="A shipped policy's name or a policy file; by default those of the configuration, or "
    "else all that are shipped.",
)
format_option = click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
