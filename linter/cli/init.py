"""`replylint init`: begin with a guide, in a language."""

from __future__ import annotations

from pathlib import Path

import click

from linter.cli.common import fail, guarded, say

_GUIDES = ("handling-negative-comments", "responding-to-negative-reviews")
_REPLY = "replies/complaints/leaking-kettle.md"


@click.command("init")
@click.option(
    "--language", "-l", default="en", show_default=True, help="Of the replies: nb, nl, en."
)
@click.option(
    "--guide",
    "-g",
    type=click.Choice(_GUIDES),
    default=_GUIDES[0],
    show_default=True,
    help="The shipped policy to start from.",
)
@click.option(
    "--path",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write to.  [default: the current one]",
)
@click.option(
    "--log",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write only a source for logs such as this file, from its columns.",
)
@guarded
def command(language: str, guide: str, path: Path, log: Path | None) -> None:
    """Write a configuration, a policy of your own, facts and a first reply. Overwrites nothing.

    \b
    Example: replylint init --language nl --guide responding-to-negative-reviews
             replylint init --log export.csv
    """
    if log is not None:
        _source(log, path)
        return
    from linter.cli import starters
    from linter.config import NAME, PYPROJECT
    from linter.documents import load_toml_table, suggest
    from linter.language.lexicon import canonical

    code, known = canonical(language), starters.languages()
    if code not in known:
        hint = suggest(language, known) or f"; there are {', '.join(known)}"
        fail(f'there is nothing to start with in the language "{language}"{hint}')
    pyproject = path / PYPROJECT
    if pyproject.is_file() and load_toml_table(pyproject):
        fail(f"{pyproject}: has a configuration already, in [tool.replylint]")
    values = {**starters.words(code), "language": code, "guide": guide}
    files = {
        path / NAME: "replylint.yaml",
        path / "policy.yaml": "policy.yaml",
        path / "facts.yaml": "facts.yaml",
        path / _REPLY: "reply.md",
    }
    texts = {to: starters.filled(name, values).rstrip("\n") + "\n" for to, name in files.items()}
    starters.write(texts)
    for written in files:
        say(f"wrote {written}")
    say()
    say("Next:")
    if path != Path():
        say(f"  cd {path}")
    for line in (
        "replylint check                        find what is wrong with the first reply",
        "replylint explain state-facts-right    read why",
        "replylint test                         run the examples of your policy's rules",
        "replylint new rule ID -p policy.yaml   add a rule of your own",
    ):
        say(f"  {line}")


def _source(log: Path, folder: Path) -> None:
    """Write a first mapping for a file, or say which shipped one fits it."""
    from linter.cli import starters
    from linter.log.sources.propose import propose

    if not log.is_file():
        fail(f'there is no file "{log}"')
    proposal = propose(log)
    if proposal.fits is not None:
        say(f"these columns are those of the source {proposal.fits}:")
        say(f"  replylint audit {log} --source {proposal.fits}")
        return
    written = folder / f"{log.name.split('.')[0] or 'log'}.source.yaml"
    starters.write({written: proposal.text})
    say(f"wrote {written}")
    say()
    say("Next:")
    say(f"  replylint validate {written}")
    say(f"  replylint audit {log} --source {written}")
