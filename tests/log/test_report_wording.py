"""Numbers, times and names as the page writes them."""

from __future__ import annotations

import pytest

from linter.log.report import wording
from linter.log.report.share import Share


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (None, "–"),
        (0.0, "0.0%"),
        (0.0004, "<0.1%"),
        (0.0006, "0.1%"),
        (0.5, "50.0%"),
        (0.9996, ">99.9%"),
        (1.0, "100.0%"),
    ],
)
def test_only_none_is_none_and_only_all_is_all(rate: float | None, written: str) -> None:
    assert wording.percent(rate) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Share(0, 0), "–"),
        (Share(0, 10), "0.0–27.8%"),
        (Share(8_139, 8_139), "99.9–100.0%"),
        (Share(10, 100), "5.5–17.5%"),  # 5.52 to 17.44
    ],
)
def test_an_interval_is_never_made_narrower(share: Share, written: str) -> None:
    assert wording.interval(share) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (3_569, "59 min"),
        (3_571, "1 h"),
        (4_080, "1 h 8 min"),
        (86_400, "24 h"),
        (172_799, "2 d"),
        (273_600, "3 d 4 h"),
        (604_800, "7 d"),
    ],
)
def test_a_wait_is_written_in_two_units_at_most(seconds: float, written: str) -> None:
    assert wording.wait(round(seconds * 1_000_000)) == written


@pytest.mark.parametrize(
    ("time", "written"),
    [
        ("2026-03-02T10:49:59Z", "2 Mar 2026, 10:49"),
        ("2026-03-02", "2 Mar 2026"),
        ("2026-03-02T00:00:00Z/2026-03-09T12:00:00Z", "2 Mar 2026, 00:00 to 9 Mar 2026, 12:00"),
        ("", ""),
        ("no time", "no time"),
        ("2026-13-02", "2026-13-02"),
    ],
)
def test_a_time_is_as_exact_as_it_is_known(time: str, written: str) -> None:
    assert wording.moment(time) == written


@pytest.mark.parametrize(
    ("unit", "written", "tick"),
    [
        ("week", "week of 2 Mar 2026", "2 Mar"),
        ("month", "Mar 2026", "Mar 2026"),
        ("quarter", "quarter from 2 Mar 2026", "Mar 2026"),
        ("year", "2026", "2026"),
        ("century", "century from 2 Mar 2026", "2026"),
    ],
)
def test_a_period_has_a_name_and_a_short_one(unit: str, written: str, tick: str) -> None:
    assert wording.period("2026-03-02", unit) == written
    assert wording.tick("2026-03-02", unit) == tick
