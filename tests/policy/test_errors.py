"""Broken policies, and the exact lines that their authors see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.fakes import problems_in

HEAD = """\
policy: p
languages: [nb, en]
guidelines: {document: Guide, items: {N1: One., N2: Two.}}
rules:
"""  # rules begin on line 5


def rule(**more: str) -> str:
    """A rule, with these entries instead of the usual ones."""
    entries = {
        "id": "a",
        "check": "require-act",
        "options": "{act: thanks}",
        "message": "x",
        **more,
    }
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}\n"


BASE = f"policy: q\nlanguages: [nb]\nrules:\n{rule()}"  # its rule is on line 4

BROKEN: dict[str, tuple[dict[str, str], list[str]]] = {
    # --- the file
    "no rules and no languages": ({"p": "policy: p\n"}, ["p.yaml:1:1: missing languages, rules"]),
    "empty rules": (
        {"p": "policy: p\nlanguages: [nb]\nrules: []\n"},
        ["p.yaml:3:8: must not be empty"],
    ),
    "misspelt key": (
        {"p": f"ruels: 1\n{HEAD}{rule()}"},
        ['p.yaml:1:1: unknown key "ruels"; did you mean "rules"?'],
    ),
    "a version that is read as a number": (
        {"p": f"version: 1.0\n{HEAD}{rule()}"},
        ['p.yaml:1:10: 1.0 was read as the number 1.0; quote it: "1.0"'],
    ),
    "Norwegian's code is a trap": (
        {"p": f"policy: p\nlanguages: [no]\nrules:\n{rule()}"},
        ['p.yaml:2:13: no was read as false; quote it: "no"'],
    ),
    "a language without resources": (
        {"p": f"policy: p\nlanguages: [nb, xx]\nrules:\n{rule()}"},
        ['p.yaml:2:17: there are no resources for "xx"; there are en, nb, nl'],
    ),
    "no code of a language": (
        {"p": f"policy: p\nlanguages: [Norwegian language]\nrules:\n{rule()}"},
        ['p.yaml:2:13: "Norwegian language" is not the code of a language, such as nb'],
    ),
    "no date": (
        {"p": f"effective: {{from: 6.12.2019}}\n{HEAD}{rule()}"},
        ['p.yaml:1:19: "6.12.2019" is not a date (year-month-day, such as 2026-01-31)'],
    ),
    "in force backwards": (
        {"p": f"effective: {{from: 2020-01-01, to: 2019-12-31}}\n{HEAD}{rule()}"},
        ["p.yaml:1:35: the last day, 2019-12-31, is before the first, 2020-01-01"],
    ),
    "files that are not there": (
        {"p": f"facts: [f.yaml]\nlexicons: [l.yaml]\nexamples: [e.yaml]\n{HEAD}{rule()}"},
        [
            'p.yaml:1:9: there is no file "f.yaml"',
            'p.yaml:2:12: there is no file "l.yaml"',
            'p.yaml:3:12: there is no file "e.yaml"',
        ],
    ),
    # --- rules
    "duplicate ids, also of a rule that is broken otherwise": (
        {"p": f"{HEAD}{rule()}{rule(level='eror')}"},
        [
            'p.yaml:6:10: duplicate rule id "a"; first on line 5',
            'p.yaml:6:76: "eror" is not one of error, warning, note; did you mean "error"?',
        ],
    ),
    "an id that is no name": (
        {"p": f"{HEAD}{rule(id='A_b')}"},
        ['p.yaml:5:10: "A_b" is not a name of small letters, digits and single hyphens'],
    ),
    "an unknown check, and nothing about its options": (
        {"p": f"{HEAD}{rule(check='require-acts')}"},
        [
            'p.yaml:5:20: "require-acts" is not one of forbid-act, length, phrases, repeated-text, '
            'require-act; did you mean "require-act"?'
        ],
    ),
    "an unknown option": (
        {"p": f"{HEAD}{rule(options='{act: thanks, wihtin: opening}')}"},
        ['p.yaml:5:56: unknown key "wihtin"; did you mean "within"?'],
    ),
    "a wrong option": (
        {"p": f"{HEAD}{rule(options='{act: thanks, within: opning}')}"},
        ['p.yaml:5:64: "opning" is not one of opening, closing; did you mean "opening"?'],
    ),
    "a missing option": ({"p": f"{HEAD}{rule(options='{}')}"}, ["p.yaml:5:42: missing act"]),
    "no options where the check needs some": (
        {"p": f"{HEAD}  - {{id: a, check: require-act, message: x}}\n"},
        ["p.yaml:5:5: missing options"],
    ),
    "an empty list": (
        {"p": f"{HEAD}{rule(check='phrases', options='{forbid: []}')}"},
        ["p.yaml:5:47: must not be empty"],
    ),
    "least above most": (
        {"p": f"{HEAD}{rule(check='length', options='{min: 9, max: 3}')}"},
        ["p.yaml:5:51: max is below min: nothing can hold"],
    ),
    "an unknown placeholder": (
        {"p": f"{HEAD}{rule(message=chr(34) + '{atc} {auhtor}' + chr(34))}"},
        [
            "p.yaml:5:66: unknown placeholder {atc}; did you mean {act}?",
            "p.yaml:5:66: unknown placeholder {auhtor}; did you mean {author}?",
        ],
    ),
    "a placeholder like none": (
        {"p": f"{HEAD}{rule(message=chr(34) + '{zzzzz}' + chr(34))}"},
        [
            "p.yaml:5:66: unknown placeholder {zzzzz}; "
            "known: act, text, author, language, channel, id"
        ],
    ),
    "a placeholder that reaches into a value": (
        {"p": f"{HEAD}{rule(message=chr(34) + '{act!r} {text:>999999999}' + chr(34))}"},
        [
            "p.yaml:5:66: only a name may stand in the braces of {act…}",
            "p.yaml:5:66: only a name may stand in the braces of {text…}",
        ],
    ),
    "a brace alone": (
        {"p": f"{HEAD}{rule(message=chr(34) + 'a { b' + chr(34))}"},
        ["p.yaml:5:66: a brace has no partner; write a brace itself twice: {{ or }}"],
    ),
    "guidelines that are not listed": (
        {"p": f"{HEAD}{rule(guideline='[N1, N9]')}"},
        ['p.yaml:5:85: "N9" is not listed in guidelines.items; listed are N1, N2'],
    ),
    "faulty guidelines give no follow-up": (
        {"p": HEAD.replace("One.", "{txt: a}") + rule(guideline="N7")},
        ['p.yaml:3:44: unknown key "txt"; did you mean "text"?'],
    ),
    # --- rules against each other
    "an act that is required and forbidden": (
        {
            "p": HEAD
            + rule(level="error")
            + rule(id="b", check="forbid-act", level="error", options="{act: [rude, thanks]}")
        },
        ['p.yaml:6:47: the rule "a" requires thanks, which this one forbids'],
    ),
    "a phrase that is required and forbidden": (
        {
            "p": HEAD
            + rule(check="phrases", options="{require: [Kind  regards], forbid: [kind Regards]}")
        },
        ["p.yaml:5:74: this rule requires this phrase, which is forbidden here"],
    ),
    "a phrase that one rule requires and another replaces": (
        {
            "p": HEAD
            + rule(check="phrases", options="{require: [kind regards]}")
            + rule(id="b", check="phrases", options="{prefer: {kind regards: regards}}")
        },
        ['p.yaml:6:48: the rule "a" requires this phrase, which is forbidden here'],
    ),
    # --- conditions
    "an unknown field": (
        {"p": f"{HEAD}{rule(when='{comment.knd: praise}')}"},
        ['p.yaml:5:76: unknown key "comment.knd"; did you mean "comment.kind"?'],
    ),
    "an unknown value": (
        {"p": f"{HEAD}{rule(when='{comment.kind: [praise, complain]}')}"},
        [
            'p.yaml:5:99: "complain" is not one of complaint, emotional, abuse, praise, question, '
            'mixed, other; did you mean "complaint"?'
        ],
    ),
    "an unknown operator": (
        {"p": f"{HEAD}{rule(when='{rating: {less: 3}}')}"},
        ['p.yaml:5:85: unknown key "less"; known: not, exists, lt, le, gt, ge'],
    ),
    "a bound of a text": (
        {"p": f"{HEAD}{rule(when='{channel: {lt: 3}}')}"},
        ['p.yaml:5:86: unknown key "lt"; known: not, exists, matches'],
    ),
    "a number that is read from a text": (
        {"p": f"{HEAD}{rule(when='{rating: three}')}"},
        ['p.yaml:5:84: must be a number, a list or a mapping, not "three"'],
    ),
    "a channel that is read as a truth value": (
        {"p": f"{HEAD}{rule(when='{channel: on}')}"},
        ['p.yaml:5:85: on was read as true; quote it: "on"'],
    ),
    "bounds that nothing fulfils": (
        {"p": f"{HEAD}{rule(when='{channel: x, rating: {lt: 1, gt: 5}}')}"},
        ["p.yaml:5:96: this condition can never hold"],
    ),
    "parts that contradict each other": (
        {"p": f"{HEAD}{rule(when='{comment.kind: [praise], not: {comment.kind: praise}}')}"},
        ["p.yaml:5:75: this condition can never hold"],
    ),
    "a pattern that RE2 refuses": (
        {"p": f"{HEAD}{rule(when=r'{channel: {matches: (a}}')}"},
        ["p.yaml:5:95: not a pattern of RE2: missing ): (a"],
    ),
    "a pattern that is not linear": (
        {"p": HEAD + rule(when=r"{channel: {matches: '(a)\1'}}")},
        [r"p.yaml:5:95: not a pattern of RE2: invalid escape sequence: \1"],
    ),
    # --- examples
    "a misspelt field of an example": (
        {"p": f"{HEAD}{rule(examples='{good: [{reply: Takk, autor: Jens}]}')}"},
        ['p.yaml:5:101: unknown key "autor"; did you mean "author"?'],
    ),
    "an example without a reply": (
        {"p": f"{HEAD}{rule(examples='{bad: [{why: x}]}')}"},
        ["p.yaml:5:86: missing reply"],
    ),
    "several replies for a check of one": (
        {"p": f"{HEAD}{rule(examples='{bad: [[{reply: a}, {reply: b}]]}')}"},
        ["p.yaml:5:86: a case of this check is one reply, not a list"],
    ),
    "a file of examples for rules that are not there": (
        {
            "p": f"examples: [e.yaml]\n{HEAD}{rule(id='thanks')}",
            "e": "language: xx\nrules:\n  thank: {good: [{reply: Takk}]}\n",
        },
        [
            'e.yaml:1:11: there are no resources for "xx"; there are en, nb, nl',
            'e.yaml:3:3: there is no rule "thank"; did you mean "thanks"?',
        ],
    ),
    # --- extending
    "an extended policy that is not there": (
        {"p": "policy: p\nextends: [handling-negative-comment, q.yaml]\n"},
        [
            'p.yaml:2:11: there is no policy "handling-negative-comment"; '
            'did you mean "handling-negative-comments"?',
            'p.yaml:2:38: there is no file "q.yaml"',
        ],
    ),
    "a circle": (
        {"p": "policy: p\nextends: q.yaml\n", "q": "policy: q\nextends: p.yaml\n"},
        ["q.yaml:2:10: a policy cannot extend itself: p.yaml → q.yaml → p.yaml"],
    ),
    "switched off without a reason": (
        {"p": "policy: p\nextends: q.yaml\nrules:\n  - {id: a, off: }\n", "q": BASE},
        ["p.yaml:4:18: is empty; must be text"],
    ),
    "switched off and changed": (
        {"p": "policy: p\nextends: q.yaml\nrules:\n  - {id: a, off: x, level: note}\n", "q": BASE},
        ["p.yaml:4:21: a rule that is off has nothing but its id and the reason"],
    ),
    "switched off where nothing is extended": (
        {"p": f"{HEAD}  - {{id: a, off: x}}\n"},
        ["p.yaml:5:5: only a rule of an extended policy can be switched off"],
    ),
    "switched off and not known": (
        {"p": "policy: p\nextends: q.yaml\nrules:\n  - {id: b, off: x}\n", "q": BASE},
        ['p.yaml:4:10: only a rule of an extended policy can be switched off; none has the id "b"'],
    ),
    "an overlay of a rule that is not there": (
        {
            "p": "policy: p\nextends: q.yaml\nrules:\n  - {id: thank, level: note}\n",
            "q": BASE.replace("id: a", "id: thanks"),
        },
        [
            'p.yaml:4:10: no extended policy has a rule "thank", so it needs check and message; '
            'did you mean "thanks"?'
        ],
    ),
    "an overlay of another check": (
        {"p": "policy: p\nextends: q.yaml\nrules:\n  - {id: a, check: length}\n", "q": BASE},
        [
            'p.yaml:4:20: the rule "a" of q has the check require-act; '
            "switch it off and add a rule of another id instead"
        ],
    ),
    "an overlay with a wrong option": (
        {"p": "policy: p\nextends: q.yaml\nrules:\n  - {id: a, options: {whitin: x}}\n", "q": BASE},
        ['p.yaml:4:23: unknown key "whitin"; did you mean "within"?'],
    ),
    "two extended policies with one id": (
        {
            "p": "policy: p\nextends: [q.yaml, r.yaml]\n",
            "q": BASE,
            "r": BASE.replace("policy: q", "policy: r"),
        },
        ['p.yaml:2:10: q and r both have a rule "a"'],
    ),
    "a broken rule of an extended policy gives no follow-up": (
        {
            "p": "policy: p\nextends: q.yaml\nrules:\n  - {id: a, level: note}\n",
            "q": BASE.replace("act: thanks", ""),
        },
        ["q.yaml:4:42: missing act"],
    ),
    "what is wrong in an extended policy is said there, once, and nothing else": (
        {
            "p": "policy: p\nextends: [q.yaml, r.yaml]\nrules:\n  - {id: b, level: note}\n",
            "q": "policy: q\nlanguages: [nb]\nrules:\n  - a: [\n",
            "r": "policy: r\nextends: q.yaml\n",
        },
        [
            "q.yaml:5:1: not valid YAML: did not find expected node content "
            "(while parsing a flow node)"
        ],
    ),
}


@pytest.mark.parametrize(("files", "expected"), BROKEN.values(), ids=BROKEN)
def test_problems(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    found = problems_in(tmp_path, **files)
    assert [line.replace(f"{tmp_path.as_posix()}/", "") for line in found] == expected


SOUND = {
    "an act that is forbidden only in places, or softened": HEAD
    + rule(level="error")
    + rule(id="b", check="forbid-act", level="error", options="{act: thanks, within: opening}")
    + rule(id="c", check="forbid-act", level="error", options="{act: thanks, unless: rude}"),
    "an act that is a warning in one of the two": HEAD
    + rule(level="error")
    + rule(id="b", check="forbid-act", level="warning"),
    "an act that is required here and forbidden there": HEAD
    + rule(level="error", when="{comment.kind: praise}")
    + rule(id="b", check="forbid-act", level="error", when="{comment.kind: complaint}"),
    "one of several acts that is forbidden": HEAD
    + rule(level="error", options="{act: [thanks, apology]}")
    + rule(id="b", check="forbid-act", level="error"),
    "a phrase that is required here and forbidden there": HEAD
    + rule(check="phrases", options="{require: [kind regards]}", when="{channel: mail}")
    + rule(id="b", check="phrases", options="{forbid: [kind regards]}", when="{channel: chat}"),
    "the same number as least and most": HEAD + rule(check="length", options="{min: 3, max: 3}"),
    "braces": HEAD + rule(message='"{{ {act} }}"'),
    "a condition that patterns might fulfil": HEAD
    + rule(when="{channel: x, not: {channel: {matches: x}}}"),
}


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_no_problems(text: str, tmp_path: Path) -> None:
    assert problems_in(tmp_path, p=text) == []
