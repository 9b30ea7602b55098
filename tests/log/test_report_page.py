"""The page of a report, as a program reads it. How it looks and acts is tested in a browser."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from linter.log.pseudonyms import Pseudonyms
from linter.log.report import page, statistics
from linter.log.report.model import Report
from tests.log import report_sample as sample
from tests.log.report_sample import ABOUT, ENTRIES, RULES, Verdicts, database
from tests.log.test_report_statistics import action, comment, figures, reply

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Tree(HTMLParser):
    """The elements of a page in order, and the text in each sort of them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.all: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data
        if not {"script", "style"} & set(self.open):
            self.all.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.all).split())

    def of(self, *tags: str) -> Iterator[dict[str, str]]:
        return (attributes for tag, attributes in self.elements if tag in tags)


def written(report: Report, **options: Any) -> str:
    out = io.StringIO()
    page.write(report, out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def report() -> Report:
    return sample.report(conversations=150)


@pytest.fixture(scope="module")
def tree(report: Report) -> Tree:
    return Tree(written(report))


# --- what the page is made of --------------------------------------------------------------------


def test_the_same_log_gives_the_same_bytes(report: Report) -> None:
    assert written(report) == written(sample.report(conversations=150))


def test_only_its_own_style_and_script_may_act(tree: Tree) -> None:
    (policy,) = (each["content"] for each in tree.of("meta") if "http-equiv" in each)
    rules = dict(each.split(maxsplit=1) for each in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        (text,) = tree.texts[tag]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"


def test_nothing_is_loaded_from_anywhere(tree: Tree) -> None:
    for tag, attributes in tree.elements:
        assert not {"src", "srcset", "data", "action", "style"} & set(attributes), tag
        assert attributes.get("href", "#").startswith("#"), tag
    assert "url(" not in tree.texts["style"][0]
    assert "@import" not in tree.texts["style"][0]


def test_links_and_labels_lead_somewhere(tree: Tree) -> None:
    ids = [each["id"] for _, each in tree.elements if "id" in each]
    assert len(ids) == len(set(ids))
    for _, attributes in tree.elements:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            assert attributes.get(name, ids[0]) in ids
        assert attributes.get("href", f"#{ids[0]}")[1:] in ids


def test_headings_do_not_skip_a_level(tree: Tree) -> None:
    levels = [int(tag[1]) for tag, _ in tree.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_control_has_a_name(tree: Tree) -> None:
    labels = {each["for"] for each in tree.of("label")}
    controls = list(tree.of("input", "select"))
    assert len(controls) == 5
    assert all(each["id"] in labels for each in controls)
    assert all(text.strip() for text in tree.texts["button"] + tree.texts["label"])


def test_every_chart_has_a_title_a_description_and_a_table(tree: Tree) -> None:
    charts = [each for each in tree.of("svg") if each.get("role") == "img"]
    assert len(charts) == 5
    assert all(each["aria-labelledby"] and each["aria-describedby"] for each in charts)
    assert sum(text.endswith(" as a table") for text in tree.texts["summary"]) == 4
    others = [each for each in tree.of("svg") if each.get("role") != "img"]
    assert all(each["aria-hidden"] == "true" for each in others)


def test_findings_can_be_read_without_the_script(tree: Tree, report: Report) -> None:
    rows = [each for each in tree.of("tr") if "data-rule" in each]
    assert len(rows) == len(report.findings) == report.total
    assert not any("hidden" in each for each in rows)
    (form,) = tree.of("form")
    assert "hidden" in form, "a filter that does nothing is not shown"


# --- what the page says --------------------------------------------------------------------------


def test_the_summary_says_what_was_not_checked(tree: Tree, report: Report) -> None:
    unclear = sum(each.cannot_tell for each in report.rules)
    assert "4 rows could not be read" in tree.text
    assert f"{unclear} cases in which a rule could not tell" in tree.text
    assert "12 rows about neither answers nor decisions: note 12" in tree.text
    assert "nothing in this log to judge" in tree.text


def test_a_clean_log_is_said_to_be_clean() -> None:
    text = Tree(written(figures(comment("c"), reply("r", 5)))).text
    assert "No rule found anything." in text
    assert "All rows could be read." in text
    assert "8 rules, of which 0 had something to judge" in text


def test_an_empty_log_has_a_page() -> None:
    text = Tree(written(figures())).text
    assert "0 findings in 0 events of 0 conversations" in text


def test_rules_that_found_nothing_are_folded_away_but_counted() -> None:
    rows = [comment(f"c{number}", number, f"P{number}") for number in range(3)]
    report = figures(
        *rows,
        found=[("keep-complaints", rows[0])],
        told=[
            ("keep-evidence", "pass", rows[0], None),
            ("no-stock-phrase", "pass", rows[0], None),
            ("warn-on-obscenity", "cannot tell", rows[0], "ground is not known"),
        ],
    )
    html = written(report)
    assert re.findall(r'<details class="folded"><summary>(.*?)</summary>', html) == [
        "2 rules found nothing",
        "1 rule could decide no case",
        "4 rules had nothing to judge",
    ]
    shown = html[html.index('id="rules"') : html.index('<details class="folded">')]
    assert re.findall(r"<code>(.*?)</code>", shown) == ["keep-complaints"]


def test_what_the_log_lacks_is_named_with_all_rules_that_need_it() -> None:
    rows = [comment(f"c{number}", number, f"P{number}") for number in range(3)]
    told = [
        ("keep-complaints", "cannot tell", rows[0], "kind is not known"),
        ("keep-evidence", "cannot tell", rows[0], "ground is not known"),
        ("warn-on-obscenity", "cannot tell", rows[1], "ground is not known"),
        ("warn-on-obscenity", "cannot tell", rows[2], "ground is not known"),
    ]
    words = re.sub("<[^>]*>", " ", written(figures(*rows, told=told))).split()
    assert "ground is not known 3 warn-on-obscenity 2 , keep-evidence 1 log.jsonl:1" in " ".join(
        words
    )


def test_a_rule_says_when_it_was_in_force_if_that_was_not_all_the_time() -> None:
    rows = [comment("a", 0), comment("b", 14 * 24 * 60, "Ola")]
    for times, said in (
        ({"start": datetime(2020, 1, 1)}, None),
        ({"end": datetime(2030, 1, 1)}, None),
        ({"start": datetime(2026, 3, 9)}, "from 9 Mar 2026"),
        ({"start": datetime(2020, 1, 1), "end": datetime(2026, 3, 9)}, "until 9 Mar 2026"),
    ):
        entry = sample.entry(RULES["keep-evidence"], **times)
        html = written(figures(*rows, entries=(entry,)))
        assert (f'<span class="quiet">{said}</span>' in html) is (said is not None)


def test_a_finding_opens_its_conversation_with_its_event_marked() -> None:
    removal = action("a", 9, action="remove", target="c", ground=["other"], reason="Rule 2")
    log = [
        comment("c", text="My kettle leaks", kind="complaint"),
        reply("r", 5, text="Sorry"),
        removal,
    ]
    html = written(figures(*log, found=[("keep-complaints", removal)]))
    (said,) = re.findall(r'<li class="marked">(.*?)</li>', html, re.DOTALL)
    assert "removed the comment of Kari" in said
    assert "ground: other" in said
    assert "reason: Rule 2" in said
    assert "My kettle leaks" in html


def test_what_a_rule_found_in_a_text_is_marked() -> None:
    answer = reply("r", 5, text="We apologize for any inconvenience today.")
    verdicts = Verdicts([], {})
    verdicts.tell("no-stock-phrase", "violation", answer, found="apologize for any inconvenience")
    con = database([comment("c"), answer], verdicts)
    html = written(statistics.statistics(con, ENTRIES, RULES, ABOUT))
    assert "We <mark>apologize for any inconvenience</mark> today." in html


def test_what_is_not_shown_is_said_to_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "SHOWN", 3)
    rows = [comment(f"c{number}", number, f"P{number}") for number in range(5)]
    text = Tree(written(figures(*rows, found=[("keep-evidence", each) for each in rows]))).text
    assert "3 of 5: the first of each rule, in turns. The formats csv and jsonl hold all" in text


def test_people_with_few_acts_are_grey(tree: Tree) -> None:
    few = [each for each in tree.of("tr") if each.get("class") == "few"]
    assert len(few) >= 2, "a rule without cases, and somebody with few acts"
    assert "few acts" in tree.text


# --- size ----------------------------------------------------------------------------------------


def test_the_page_of_a_large_log_stays_small() -> None:
    rows = []
    for number in range(2_400):
        at, thread = number * 50, f"t{number // 8}"
        rows.append(reply(f"r{number}", at, text="<&\"'>" * 150, conversation=thread))
    html = written(figures(*rows, found=[("no-stock-phrase", each) for each in rows]))
    assert len(html.encode()) < 5_000_000
    assert "its conversation is left out to keep this page small" in html
    assert "2,000 of 2,400" in html


# --- people --------------------------------------------------------------------------------------


def test_a_redacted_page_holds_no_words_and_no_customers(report: Report) -> None:
    html = written(report, redact=True)
    words = [text for kind in sample.TEXTS.values() for texts in kind.values() for text in texts]
    for said in (*words, *sample.CUSTOMERS, *sample.STOCK, *sample.THANKS.values(), "Rule 2"):
        assert said not in html
    assert "yesterday" not in html, "what stands in a rejected row"
    assert "Ingrid" in html, "a moderator is no customer"
    assert "characters]" in html


def test_a_page_with_pseudonyms_holds_no_names() -> None:
    rows = [
        comment("c", 0, "Kari Moe", text="Hello"),
        reply("r", 5, author="Kari Moe", actor="Tom Lie", text="Sorry"),
        action("a", 9, action="ban", target="Kari Moe", author="Kari Moe", actor="Tom Lie"),
    ]
    found = [("reply-within-a-day", rows[0]), ("state-the-ground", rows[2])]
    report = figures(*rows, found=found)
    assert "Kari Moe" in written(report)
    names = Pseudonyms(b"key")
    html = written(report, pseudonyms=names)
    assert "Kari Moe" not in html
    assert "Tom Lie" not in html
    assert names("Kari Moe") in html
    assert names("Tom Lie") in html
    assert "texts stand as written" in html


def test_moderators_stand_in_the_order_of_the_names_that_are_shown(report: Report) -> None:
    html = written(report, pseudonyms=Pseudonyms(b"key"))
    section = html[html.index('id="moderators"') : html.index('id="waits"')]
    shown = re.findall(r"<bdi>(person-\w+)</bdi>", section)
    assert len(shown) == len(report.moderators)
    assert shown == sorted(shown)


# --- strangers -----------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "&lt;b&gt;&#60;",
    "{{ 7 * 7 }}{% for x in y %}",
    "<!-- -->]]><![CDATA[",
    "\u202etxt.exe",
    "\x1b[31mred\x07\x00",
    "=cmd|' /C calc'!A0",
    "::error::x\n##[error]y",
    "\u2028\u2029\ufeff",
)


def hostile_report(words: str) -> Report:
    """A log in which a stranger says the same everywhere."""
    words = words.replace("\x00", "")
    everywhere: dict[str, Any] = {
        "actor": words,
        "actor.role": words,
        "author": words,
        "conversation": words,
        "file": words,
        "text": words,
        "language": words,
        "kind": words,
        "ground": [words],
        "reason": words,
        "target.author": words,
    }
    first = comment("c") | everywhere | {"actor.role": "customer"}
    rows = [
        first,
        reply("r", 5) | everywhere | {"id": words, "subject": words},
        action("a", 9) | everywhere | {"action": words, "target": words},
        action("b", 10) | everywhere | {"action": "remove", "target": "c", "id": words + "b"},
    ]
    rejects = [(words, 1, words, f'"{words}"', words)]
    told = [("keep-evidence", "cannot tell", rows[0], words)]
    verdicts = Verdicts([], {})
    for each in rows:
        verdicts.tell("keep-complaints", "violation", each, ground=words, actor=words)
    for rule, verdict, each, reason in told:
        verdicts.tell(rule, verdict, each, reason)
    con = database(rows, verdicts, rejects)
    return statistics.statistics(con, ENTRIES, RULES, ABOUT)


@cache
def _harmless() -> Tree:
    return Tree(written(hostile_report("harmless")))


def shape(tree: Tree) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attributes))) for tag, attributes in tree.elements]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_the_words_of_a_stranger_are_only_words(words: str) -> None:
    harmless = _harmless()
    html = written(hostile_report(words))
    tree = Tree(html)
    languages = {"lang"}
    assert [(tag, set(names) - languages) for tag, names in shape(tree)] == [
        (tag, set(names) - languages) for tag, names in shape(harmless)
    ], "the page has the same elements and attributes whatever is said"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff]", html)
    for _, attributes in tree.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert "javascript:" not in attributes.get("href", "")


def test_words_are_shown_as_they_were_said() -> None:
    tree = Tree(written(hostile_report("<b>&amp;</b>")))
    assert "<b>&amp;</b>" in tree.text
    assert r"\u202etxt" in Tree(written(hostile_report("\u202etxt"))).text


def test_line_breaks_of_a_text_are_kept_and_nothing_else_acts() -> None:
    said = comment("c", text="one\ntwo\r\nthree\x1b[0m")
    html = written(figures(said, found=[("keep-evidence", said)]))
    assert "one\ntwo\nthree\\x1b[0m</p>" in html


def test_a_language_that_is_none_is_no_attribute() -> None:
    for language, kept in (("nb", True), ("en-GB", True), ('x" onclick=', False), ("12", False)):
        said = comment("c", text="Hei", language=language)
        html = written(figures(said, found=[("keep-evidence", said)]))
        assert (f'lang="{language}">Hei' in html) is kept


def test_a_time_beyond_all_calendars_is_shown() -> None:
    said = comment("c")
    said["time"] = said["time.end"] = said["time"] + timedelta(days=365 * 7_000)
    assert "9021" in written(figures(said, found=[("keep-evidence", said)]))
