"""`replylint test`: run the examples of policies."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import click

from linter.cli.common import Exit, config_option, fail, guarded, known_rules, say, table

if TYPE_CHECKING:
    from linter.cli.trials import Trial
    from linter.policy.model import Policy, Rule

_VERDICTS = (("good", True), ("bad", False))


@click.command("test")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--coverage",
    is_flag=True,
    help="Fail a rule that no bad example fires or no good example passes, and show the counts.",
)
@click.option(
    "--min",
    "least",
    type=click.IntRange(1),
    help="With --coverage: how many good and how many bad examples a rule needs in each language "
    "of its policy; one on logs that reads no text needs them once.",
)
@click.option("--select", multiple=True, metavar="RULE", help="Only these rules.")
@config_option
@guarded
def command(
    policies: tuple[str, ...],
    coverage: bool,
    least: int | None,
    select: tuple[str, ...],
    config: str | None,
) -> None:
    """Run the examples of policies: each rule must pass the good ones and find the bad ones.

    POLICY is a shipped policy's name or a policy file; by default those of the configuration, or
    else all that are shipped. An example on which its rule cannot tell fails: it tests nothing.

    Example: replylint test policies/our-replies.yaml --coverage --min 3
    """
    from linter.cli.policies import chosen, settings
    from linter.cli.trials import distinct, run
    from linter.reporters.safe import visible
    from linter.reporters.wording import number

    if least is not None and not coverage:
        raise click.UsageError("--min needs --coverage")
    found = settings(config)
    own = _selected(list(distinct(chosen(policies, found))), select)
    rules = [(policy, rule) for policy, several in own for rule in several]
    tried = list(run(own, found))
    if not tried:
        fail("there is nothing to test: no rule has examples")
    failed = sorted(
        (trial for trial in tried if trial.fault), key=lambda trial: trial.example.place
    )
    for trial in failed:
        place = click.style(visible(str(trial.example.place)), bold=True)
        say(f"{place}: {click.style(trial.rule.id, fg='red')}: {visible(trial.fault or '')}")
        if trial.example.why:
            say(f"  why: {visible(trial.example.why)}")
    gaps = list(_gaps(rules, tried, least)) if coverage else []
    if coverage:
        _show_counts(rules, tried)
    for gap in gaps:
        say(visible(gap))
    counts = number(len(rules), "rule"), number(len(tried), "example")
    say(f"{', '.join(counts)}, {len(failed)} failed.")
    for line in _left_out(rules, len(tried)):
        say(line)
    sys.exit(Exit.FINDINGS if failed or gaps else Exit.CLEAN)


def _selected(
    own: Sequence[tuple[Policy, tuple[Rule, ...]]], select: Sequence[str]
) -> list[tuple[Policy, tuple[Rule, ...]]]:
    """Those of the rules that are asked for; all where none are."""
    known_rules(select, {rule.id for _, rules in own for rule in rules})
    return [
        (policy, tuple(rule for rule in rules if not select or rule.id in select))
        for policy, rules in own
    ]


def _left_out(rules: Sequence[tuple[Policy, Rule]], tried: int) -> Iterator[str]:
    """What was not tested."""
    without = [rule.id for _, rule in rules if not rule.examples]
    if without:
        yield f"Rules without examples: {', '.join(without)}."
    other = sum(len(rule.examples) for _, rule in rules) - tried
    if other:
        yield f"Examples in languages that the policy has not: {other}, left out."


def _worked(tried: Iterable[Trial]) -> Counter[tuple[str, str, str | None, bool]]:
    """How many examples did what they should, by policy and id of the rule, language, verdict."""
    return Counter(
        (trial.rule.policy, trial.rule.id, trial.language, trial.example.good)
        for trial in tried
        if not trial.fault
    )


def _gaps(
    rules: Iterable[tuple[Policy, Rule]], tried: Iterable[Trial], least: int | None
) -> Iterator[str]:
    """What the examples leave untested, a line a rule and kind of gap."""
    from linter.cli.trials import languages

    worked = _worked(tried)

    def count(rule: Rule, good: bool, language: str | None = None) -> int:
        return sum(
            number
            for (owner, id_, code, is_good), number in worked.items()
            if (owner, id_, is_good) == (rule.policy, rule.id, good) and language in (None, code)
        )

    for policy, rule in rules:
        place = f"{rule.place}: {rule.id}"
        for word, good in _VERDICTS:
            if not count(rule, good):
                yield f"{place}: no {word} example {'passes' if good else 'fires'} the rule"
        few = [
            f"{number} {word}" + (f" in {language}" if language else "")
            for language in (languages(policy, rule) if least else ())
            for word, good in _VERDICTS
            if (number := count(rule, good, language)) < (least or 0)
        ]
        if few:
            yield f"{place}: fewer than {least} examples: {', '.join(few)}"


def _show_counts(rules: Sequence[tuple[Policy, Rule]], tried: Iterable[Trial]) -> None:
    """A table of the examples that did what they should: good/bad by rule and language.

    The column "any" is for rules on logs that read no text; "-" is where none is needed.
    """
    from linter.cli.trials import languages

    worked = _worked(tried)
    needed = [languages(policy, rule) for policy, rule in rules]
    codes = [code for code in dict.fromkeys(chain.from_iterable(needed)) if code]
    columns = (*codes, None) if (None,) in needed else tuple(codes)
    rows = [
        (
            rule.id,
            *(
                "/".join(str(worked[rule.policy, rule.id, code, good]) for _, good in _VERDICTS)
                if code in own
                else "-"
                for code in columns
            ),
        )
        for (_, rule), own in zip(rules, needed, strict=True)
    ]
    head, *lines = table(rows, ("RULE", *(f"{code or 'any'} good/bad" for code in columns)))
    say(click.style(head, bold=True))
    for line in lines:
        say(line)
    say()
