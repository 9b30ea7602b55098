"""The page of a report in a real browser: headless Chromium, at the width of a telephone and of a
desk.

Where Chromium, its driver or selenium is not installed these tests are skipped, but not in CI (`CI`
is set) or where REPLYLINT_BROWSER is 1: there they fail and say what to install.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from linter.log.report import page
from linter.log.report.model import Report
from tests.log import report_sample as sample
from tests.log.test_report_page import HOSTILE, hostile_report

WIDTHS = (380, 1400)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _programs() -> tuple[str, str]:
    """Chromium and its driver. Skips, or fails where a browser is to be had."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    missing += [] if find_spec("selenium") else ["selenium"]
    if not missing:
        return str(shutil.which("chromium")), str(shutil.which("chromedriver"))
    reason = (
        f"the report's page is not tested in a browser, for want of {' and '.join(missing)} "
        "(Debian: apt-get install chromium chromium-driver; Python: the extra dev)"
    )
    if os.environ.get("CI") or os.environ.get("REPLYLINT_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


class Page:
    """A page as it is seen, and what can be done to it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def command(self, name: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(name, arguments)

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def show(self, path: Path, width: int, scheme: str = "light", media: str = "screen") -> None:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.command("Emulation.setEmulatedMedia", media=media, features=features)
        self.driver.get(path.as_uri())

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def tab_to(self, id_: str) -> None:
        """Reach an element by the tabulator alone."""
        from selenium.webdriver.common.keys import Keys

        for _ in range(120):
            if self.run("return document.activeElement.id") == id_:
                return
            self.press(Keys.TAB)
        pytest.fail(f"#{id_} cannot be reached by keyboard")

    @property
    def console(self) -> list[str]:
        return [each["message"] for each in self.driver.get_log("browser")]

    @property
    def count(self) -> str:
        return str(self.run("return document.getElementById('filter-count').textContent"))

    @property
    def rows(self) -> int:
        """How many findings are in sight."""
        shown = "#finding-table tbody tr:not([hidden])"
        return int(self.run(f"return document.querySelectorAll('{shown}').length"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    chromium, driver = _programs()
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(driver))
    yield Page(running)
    running.quit()


@pytest.fixture(scope="module")
def report() -> Report:
    return sample.report(conversations=200)


@pytest.fixture(scope="module")
def file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(report, tmp_path_factory.mktemp("report") / "report.html")


def _write(report: Report, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        page.write(report, out)
    return path


OPEN_ALL = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
OUTSIDE = """
const wide = document.documentElement.clientWidth;
return Array.from(document.querySelectorAll("body *"))
  .filter((each) => !each.closest(".scroll, .unseen, .skip, .cards thead"))
  .filter((each) => each.getClientRects().length && each.getBoundingClientRect().right > wide + 1)
  .map((each) => each.outerHTML.slice(0, 120));
"""


@pytest.mark.parametrize("width", [320, *WIDTHS, 768, 861, 1081])
def test_nothing_is_wider_than_the_window(browser: Page, file: Path, width: int) -> None:
    browser.show(file, width)
    for prepare in ("", OPEN_ALL):
        browser.run(prepare)
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.run(OUTSIDE) == []
    assert browser.console == []


CONTRAST = """
const channel = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) =>
  0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
const ground = (each) => {
  for (let at = each; at; at = at.parentElement) {
    const colour = numbers(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const low = new Set();
let seen = 0;
for (const each of document.querySelectorAll("body *")) {
  const said = Array.from(each.childNodes).some((n) => n.nodeType === 3 && n.data.trim());
  const style = getComputedStyle(each);
  if (!said || !each.getClientRects().length || style.visibility === "hidden") continue;
  if (each.closest("title, desc, option, .unseen")) continue;
  const ink = each.closest("svg") ? style.fill : style.color;
  const [a, b] = [light(numbers(ink)), light(ground(each))].sort((x, y) => y - x);
  seen += 1;
  if ((a + 0.05) / (b + 0.05) < 4.5) low.add(`${each.tagName} ${each.className} ${ink}`);
}
return [seen, Array.from(low)];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_all_words_stand_out(browser: Page, file: Path, width: int, scheme: str) -> None:
    browser.show(file, width, scheme)
    browser.run(OPEN_ALL)
    seen, low = browser.run(CONTRAST)
    assert seen > 500
    assert low == []


def test_dark_is_dark(browser: Page, file: Path) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    browser.show(file, 1400, "light")
    light = browser.run(ground)
    browser.show(file, 1400, "dark")
    assert browser.run(ground) != light


@pytest.mark.parametrize("width", WIDTHS)
def test_findings_are_filtered_by_keyboard(
    browser: Page, file: Path, report: Report, width: int
) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.show(file, width)
    total = len(report.findings)
    assert browser.count == f"50 of {total} findings"
    browser.tab_to("filter-text")
    browser.press("form letter")
    letters = sum(each.row[0] == "no-stock-phrase" for each in report.findings)
    assert browser.count == f"{min(50, letters)} of {letters} findings that match"
    assert browser.rows == min(50, letters)
    browser.tab_to("filter-level")
    browser.press("error")
    assert browser.count == "No finding matches."
    assert browser.rows == 0
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER)
    time.sleep(0.1)
    assert browser.count == f"50 of {total} findings"


def test_each_filter_keeps_what_it_says(browser: Page, file: Path, report: Report) -> None:
    from linter.log.finding import Maker

    make = Maker({each.id: each for each in report.entries}, None)
    made = [(each, make.finding(each.row)) for each in report.findings]
    wanted = {
        "level": ("note", sum(f.level == "note" for _, f in made)),
        "rule": ("keep-complaints", sum(f.rule == "keep-complaints" for _, f in made)),
        "moderator": ("Ingrid", sum(each.moderator == "Ingrid" for each, _ in made)),
        "period": ("2026-02-09", sum(each.period == "2026-02-09" for each, _ in made)),
    }
    for name, (value, number) in wanted.items():
        browser.show(file, 1400)
        browser.run(
            f"const it = document.getElementById('filter-{name}'); it.value = '{value}';"
            "it.dispatchEvent(new Event('input', {bubbles: true}))"
        )
        assert 0 < number < len(made)
        assert f"of {number} findings that match" in browser.count, name


def test_more_findings_are_shown_on_demand(browser: Page, file: Path, report: Report) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.show(file, 1400)
    browser.run("document.getElementById('more').focus()")
    browser.press(Keys.ENTER)
    assert browser.rows == 100
    place = "return Array.from(document.querySelectorAll('#finding-table tbody tr'))"
    assert browser.run(f"{place}.indexOf(document.activeElement.closest('tr'))") == 50


@pytest.mark.parametrize("width", WIDTHS)
def test_a_conversation_opens_by_keyboard(browser: Page, file: Path, width: int) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.show(file, width)
    browser.run("document.getElementById('filter-period').focus()")
    browser.press(Keys.TAB, Keys.TAB, Keys.ENTER)
    opened = "return document.querySelectorAll('#finding-table details[open] .marked').length"
    assert browser.run(opened) == 1
    assert browser.run("return document.activeElement.tagName") == "SUMMARY"
    style = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.run(style) == "solid", "the focus is seen"


def test_the_first_stop_of_the_keyboard_skips_to_the_report(browser: Page, file: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.show(file, 380)
    browser.press(Keys.TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    assert browser.run("return document.activeElement.getBoundingClientRect().left") >= 0
    browser.press(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_reader_is_told_what_everything_is(
    browser: Page, file: Path, report: Report, width: int
) -> None:
    browser.show(file, width)
    browser.command("Accessibility.enable")
    nodes = browser.command("Accessibility.getFullAXTree")["nodes"]
    browser.command("Accessibility.disable")
    said = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and "role" in node
    ]
    roles = [role for role, _ in said]
    for role in ("link", "button", "combobox", "searchbox", "image", "navigation"):
        assert role in roles
        assert all(name for each, name in said if each == role), f"a {role} without a name"
    # Cards are tables still; nothing is lost on a narrow page.
    assert roles.count("table") >= 6
    assert roles.count("columnheader") >= 30
    assert "status" in roles
    assert sum(role == "rowheader" for role in roles) >= len(report.rules)


@pytest.mark.parametrize("words", [*HOSTILE, "W" * 400], ids=lambda words: ascii(words[:40]))
def test_nothing_that_a_stranger_says_acts(browser: Page, tmp_path: Path, words: str) -> None:
    path = _write(hostile_report(words), tmp_path / "hostile.html")
    for width in WIDTHS:
        browser.show(path, width)
        browser.run(OPEN_ALL)
        assert browser.console == [], "an alert, or a breach of the page's policy"
        assert browser.run("return document.scripts.length") == 1
        assert browser.run("return document.images.length + document.styleSheets.length") == 1
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.run(OUTSIDE) == []
        assert browser.count == "4 of 4 findings"


def test_the_pages_policy_lets_no_other_script_act(browser: Page, file: Path) -> None:
    browser.show(file, 1400)
    browser.run(
        "const it = document.createElement('script'); it.textContent = 'window.acted = true';"
        "document.body.append(it)"
    )
    assert browser.run("return window.acted === undefined")
    assert any("Content Security Policy" in each for each in browser.console)


def test_the_page_works_without_its_script(browser: Page, file: Path, report: Report) -> None:
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.show(file, 380)
        nodes = browser.command("DOM.getDocument", depth=-1, pierce=True)["root"]
        browser.command("DOM.enable")
        form = browser.command(
            "DOM.querySelector", nodeId=nodes["nodeId"], selector="#filter[hidden]"
        )
        rows = browser.command(
            "DOM.querySelectorAll", nodeId=nodes["nodeId"], selector="#finding-table tbody tr"
        )
        hidden = browser.command(
            "DOM.querySelectorAll", nodeId=nodes["nodeId"], selector="#finding-table tr[hidden]"
        )
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert form["nodeId"]
    assert (len(rows["nodeIds"]), hidden["nodeIds"]) == (len(report.findings), [])


def test_a_printed_page_leaves_out_what_paper_cannot_do(browser: Page, file: Path) -> None:
    browser.show(file, 1000, "dark", media="print")
    for what in ("nav", "#filter", ".more", ".skip"):
        display = f"return getComputedStyle(document.querySelector('{what}')).display"
        assert browser.run(display) == "none", what
    assert browser.run("return getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    browser.command("Emulation.setEmulatedMedia", media="screen")
