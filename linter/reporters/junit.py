"""JUnit XML: a suite for each rule, a failed test for each finding, a passed one where none is.

CI systems show one failure a test and count tests by suite, so this form lists every finding and
shows which rules passed. They know two tests apart by class and name only: a name holds the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO
from xml.etree import ElementTree

from linter.model import Finding, NotChecked, Summary
from linter.reporters import redaction, safe, wording
from linter.reporters.run import Run

NAME = "junit"

_OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}
_CHECKED = "replylint: what was checked"


def write(run: Run, findings: Iterator[Finding], out: TextIO) -> None:
    """Held until the end, because a suite says first how many tests it has."""
    failed: dict[str, list[ElementTree.Element]] = {rule: [] for rule in sorted(run.rules)}
    for finding in redaction.shown(run, findings):
        failed.setdefault(finding.rule, []).append(_failure(finding))
    root = ElementTree.Element("testsuites", name="replylint")
    for rule, tests in failed.items():
        root.append(_suite(rule, tests or [_test(_title(run, rule), rule)]))
    root.append(_checked(redaction.summary(run)))
    _count(root)
    ElementTree.indent(root)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(ElementTree.tostring(root, encoding="unicode") + "\n")


def _title(run: Run, rule: str) -> str:
    return safe.one_line(run.rules[rule].title) or safe.visible(rule)


def _failure(finding: Finding) -> ElementTree.Element:
    start = finding.region.start
    path, message = safe.visible(finding.path), safe.one_line(finding.message)
    place = f"{path}:{start.line}:{start.column}"
    test = _test(place, finding.rule)
    test.set("file", path)
    test.set("line", str(start.line))
    failure = ElementTree.SubElement(test, "failure", type=finding.level, message=message)
    failure.text = f"{place}: {finding.level} {safe.visible(finding.rule)} {message}"
    if finding.text:
        failure.text += "\n" + safe.log_line(safe.visible(finding.text))
    return test


def _checked(summary: Summary) -> ElementTree.Element:
    """The suite that says what was checked, and fails or skips a test for what was not."""
    tests = [_left_out(entry) for entry in summary.not_checked]
    suite = _suite(_CHECKED, tests or [_test("everything was checked", _CHECKED)])
    ElementTree.SubElement(suite, "system-out").text = wording.headline(summary)
    return suite


def _left_out(entry: NotChecked) -> ElementTree.Element:
    name = f"{entry.rule} cannot tell: {entry.reason}" if entry.rule else entry.reason
    test = _test(safe.one_line(name), _CHECKED)
    outcome = "error" if entry.kind == "unreadable" else "skipped"
    message = safe.one_line(f"{entry.count} ×: {entry.reason}")
    ElementTree.SubElement(test, outcome, message=message).text = "\n".join(
        safe.log_line(safe.visible(where)) for where in entry.where
    )
    return test


def _suite(name: str, tests: list[ElementTree.Element]) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=safe.visible(name))
    suite.extend(tests)
    _count(suite)
    return suite


def _test(name: str, rule: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", name=name, classname=safe.visible(rule), time="0")


def _count(element: ElementTree.Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    for name, outcome in _OUTCOMES.items():
        element.set(name, str(len(list(element.iter(outcome)))))
