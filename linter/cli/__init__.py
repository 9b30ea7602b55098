"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import io
import sys
from importlib import import_module

import click

from linter import __version__

_INTERRUPTED = 128 + 2
"""The exit code behind Ctrl-C (SIGINT), as shells have it."""

#: Command name -> module of this package, in the order in which help lists them.
COMMANDS = {
    "check": "check",
    "audit": "audit",
    "replay": "replay",
    "acts": "acts",
    "validate": "validate",
    "test": "test_",
    "coverage": "coverage",
    "explain": "explain",
    "rules": "rules",
    "init": "init",
    "new": "new",
    "schema": "schema",
    "docs": "docs",
    "cache": "cache",
}


class Commands(click.Group):
    """A group whose commands are imported only when they are wanted: help and errors stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"linter.cli.{COMMANDS[name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from linter.documents import suggest

            raise click.UsageError(
                f'There is no command "{args[0]}"{suggest(args[0], COMMANDS)}', ctx
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="replylint")
def main() -> None:
    """Policy-as-code for answering the public: lint replies against a team's guidelines.

    Exit codes: 0 clean and everything was checked; 1 findings at or above the fail level; 2 could
    not do what was asked; 3 no failing finding, but something could not be checked.
    """
    # UTF-8 whatever the locale says: no character of a reply may stop a report.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
