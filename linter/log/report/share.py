"""A share of a whole, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: 95 % lie between its negative and it."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`. Without a whole there is no rate."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval (Wilson 1927; Brown, Cai, DasGupta 2001)."""
        if not self.whole:
            return None
        n, rate, square = self.whole, self.part / self.whole, _Z * _Z
        centre = (rate + square / (2 * n)) / (1 + square / n)
        half = _Z / (1 + square / n) * sqrt(rate * (1 - rate) / n + square / (4 * n * n))
        # At 0 and at 1 the bound is exact; what rounding leaves there would read as more.
        low = 0.0 if self.part == 0 else max(0.0, centre - half)
        high = 1.0 if self.part == n else min(1.0, centre + half)
        return low, high
