"""How late posts went out: counted by size, so that accounts, hours and machines can be added up."""

from dataclasses import dataclass
from math import inf
from typing import Self

EDGES = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
"""Seconds; fine around half a second, which is what is promised."""


@dataclass(frozen=True)
class Delays:
    """How many delays were at most as long as each of EDGES, how many there were, and their sum in seconds."""

    at_most: tuple[int, ...] = (0,) * len(EDGES)
    total: int = 0
    seconds: float = 0.0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            tuple(mine + theirs for mine, theirs in zip(self.at_most, other.at_most, strict=True)),
            self.total + other.total,
            self.seconds + other.seconds,
        )

    def quantile(self, share: float) -> float | None:
        """Return the delay in seconds that `share` of them do not exceed; infinite beyond the last edge, None of none.

        Between two edges they are taken as evenly spread, as Prometheus does.
        """
        if not self.total:
            return None
        rank, below, counted = share * self.total, 0.0, 0
        for edge, upto in zip(EDGES, self.at_most, strict=True):
            if upto >= rank:
                return below + (edge - below) * ((rank - counted) / (upto - counted) if upto > counted else 1.0)
            below, counted = edge, upto
        return inf
