"""Find placeholders that would reach the customer wrong: unfilled, unknown, without a fallback.

- `unfilled`: written by hand to be filled in (`[Name]`, `<NAME>`, `XXX`), and still there;
- `no-fallback`: the customer's name without a fallback, in a syntax that has one: "Hi ," if it is
  missing;
- `unknown`: a variable that is not among those named in `known`;
- `agent-for-customer`: the agent's own name where the customer is addressed.
"""

from __future__ import annotations

from linter.checks.common import Matcher, Options, masked
from linter.language.analysis import Analysis
from linter.language.language import Language
from linter.language.normalise import AGENT
from linter.language.placeholders import MACHINE, Placeholder
from linter.model import Match, Verdict

NAME = "placeholders"
SCOPE = "reply"
PROBLEMS = ("unfilled", "no-fallback", "unknown", "agent-for-customer")
OPTIONS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["problem"],
    "properties": {
        "problem": {"enum": list(PROBLEMS)},
        "known": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "description": "The variables that the team's system fills in.",
        },
    },
    "if": {"properties": {"problem": {"const": "unknown"}}},
    "then": {"required": ["problem", "known"]},
}
VALUES = ("text", "variable")
EXAMPLE = {
    "options": {"problem": "unfilled"},
    "good": [{"reply": "Hi {{ticket.requester.first_name}}, thank you."}],
    "bad": [{"reply": "Hi [Name], thank you."}],
}

_WITH_FALLBACK = frozenset({"liquid", "helpscout", "discourse", "attribute"})


def compile(options: Options, language: Language) -> Matcher:
    problem = options["problem"]
    known = frozenset(options.get("known", ()))
    if problem == "agent-for-customer":
        language.ask(("greeting",))

    def is_wrong(holder: Placeholder, addresses: bool) -> bool:
        match problem:
            case "unfilled":
                return (
                    holder.syntax not in MACHINE
                    and holder.syntax != "braces"
                    and not _is_path(holder)
                    and holder.path not in known
                )
            case "no-fallback":
                return (
                    holder.holder == "customer"
                    and holder.syntax in _WITH_FALLBACK
                    and holder.fallback is None
                )
            case "unknown":
                return (holder.syntax in MACHINE or _is_path(holder)) and holder.path not in known
            case _:
                return holder.holder == "agent" and addresses

    def match(analysis: Analysis) -> Verdict:
        holders = analysis.placeholders
        if not holders:
            return ()
        text = analysis.reply.text
        is_masked = masked(analysis)
        addressed = _addressed_agents(analysis) if problem == "agent-for-customer" else frozenset()
        return [
            Match(
                holder.start,
                holder.end,
                {"text": text[holder.start : holder.end], "variable": holder.path},
            )
            for holder in holders
            if is_wrong(holder, holder.start in addressed) and not is_masked(holder.start)
        ]

    return match


def _is_path(holder: Placeholder) -> bool:
    """`[bruker.fornavn]`: a system's variable in brackets, not a gap to fill in by hand."""
    return holder.syntax == "brackets" and "." in holder.path.strip(".") and " " not in holder.path


def _addressed_agents(analysis: Analysis) -> frozenset[int]:
    """Where in the reply an agent's variable stands directly behind the salutation."""
    ends = [end for _, end in analysis.spans("greeting")]
    return frozenset(
        mark.placeholder.start
        for mark in analysis.normalised.marks
        if mark.kind == AGENT
        and mark.placeholder is not None
        and any(not analysis.text[end : mark.at].strip(" ,@") for end in ends if end <= mark.at)
    )
