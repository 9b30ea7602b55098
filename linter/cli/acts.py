"""`replylint acts`: show what the linter sees in replies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.cli.common import (
    Exit,
    config_option,
    fail,
    guarded,
    lang_option,
    say,
    stdin_option,
)

if TYPE_CHECKING:
    from linter.language.analysis import Analysis
    from linter.model import Record

Seen = tuple["Record", str | None, "Analysis | str"]
"""A record, its language, and its analysis or why there is none."""


@click.command("acts")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format",
    "-f",
    "format",
    type=click.Choice(("text", "jsonl")),
    default="text",
    show_default=True,
    help="For people, or one JSON object a reply with offsets in code points of its text.",
)
@lang_option
@stdin_option
@config_option
@guarded
def command(
    paths: tuple[str, ...],
    format: str,
    lang: str | None,
    stdin_filename: str,
    config: str | None,
) -> None:
    """Show what the linter sees in replies: every act, where it stands, and the comment's kind.

    PATHS are files and folders of replies, or - for standard input. A reply that cannot be read,
    or is in a language without resources, is counted, and makes the exit code 3.

    Example: replylint acts replies/ --format jsonl
    """
    from linter.cli import policies as policy_files
    from linter.cli import select as selection
    from linter.reporters.safe import one_line
    from linter.runner import Plan, maker, records

    settings = policy_files.settings(config)
    plan = Plan((), settings.folder, settings, language=selection.language(lang))
    make = maker((), settings)

    def found() -> Iterator[Record]:
        if paths == ("-",):
            data = sys.stdin.buffer.read()
            yield from records(Path(stdin_filename), stdin_filename, plan, data)
            return
        for path, shown in selection.files(paths, settings):
            yield from records(path, shown, plan)

    show = _as_line if format == "jsonl" else _as_text
    replies = 0
    reasons: dict[str, int] = {}
    for record, language, seen in _analysed(found(), make):
        replies += 1
        if isinstance(seen, str):
            reasons[seen] = reasons.get(seen, 0) + 1
        show(record, language, seen)
    if not replies:
        fail("no reply was found in the files that were given")
    for reason, count in sorted(reasons.items()):
        line = f"replylint: not checked: {count} of {replies}: {reason}"
        say(one_line(line), err=True)
    sys.exit(Exit.INCOMPLETE if reasons else Exit.CLEAN)


def _analysed(found: Iterator[Record], make: Any) -> Iterator[Seen]:
    """The records with their analyses, each of which is valid only until the next is taken."""
    from linter.engine import UNRECOGNISED, Languages, batches, language_of, no_resources
    from linter.model import Unreadable

    languages = Languages(make)
    for batch in batches(found):
        with languages.zone():
            for record in batch:
                if isinstance(record, Unreadable):
                    yield record, None, record.reason
                    continue
                code = language_of(record)
                language = None if code is None else languages.get(code)
                if language is not None:
                    yield record, code, language.analyse(record)
                else:
                    yield record, code, UNRECOGNISED if code is None else no_resources(code)


def _as_line(record: Record, language: str | None, seen: Analysis | str) -> None:
    from linter.reporters.safe import json_text

    data: dict[str, Any] = {"id": record.id, "language": language}
    if isinstance(seen, str):
        data |= {"acts": None, "comment_kind": None, "not_checked": seen}
    else:
        text = seen.reply.text
        data["acts"] = [
            {
                "act": act.label,
                "start": act.start,
                "end": act.end,
                "text": text[act.start : act.end],
            }
            for act in seen.acts()
        ]
        data["comment_kind"] = seen.comment_kind
    sys.stdout.write(json_text(data) + "\n")


def _as_text(record: Record, language: str | None, seen: Analysis | str) -> None:
    from linter.engine import where
    from linter.reporters.safe import one_line, visible

    if isinstance(seen, str):
        say(f"{visible(where(record))}: not checked: {visible(seen)}")
        say()
        return
    reply = seen.reply
    start = reply.source.region(0, 0).start
    place = f"{visible(reply.source.path)}:{start.line}:{start.column}"
    about = f"{language}; comment: {seen.comment_kind or 'not known'}"
    say(click.style(f"{place}: {visible(reply.id)} ({about})", bold=True))
    for line in reply.text.strip("\n").splitlines():
        say(click.style(f"  | {visible(line)}", dim=True))
    rows = []
    for act in seen.acts():
        at = reply.source.region(act.start, act.end).start
        rows.append((f"{at.line}:{at.column}", act.label, reply.text[act.start : act.end]))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for at_, label, text in rows:
        name = click.style(label.ljust(widths[1]), fg="cyan")
        say(f"  {at_.ljust(widths[0])}  {name}  {one_line(text)}")
    if not rows:
        say("  no acts")
    say()
