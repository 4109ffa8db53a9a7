"""A figure and the bar that it has to reach."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """A measured number beside its bar; `at_most` says from which side."""

    name: str
    measured: float
    bar: float
    at_most: bool = True
    unit: str = "×"

    @property
    def is_reached(self) -> bool:
        """Whether the bar is reached."""
        return self.measured <= self.bar if self.at_most else self.measured >= self.bar

    @property
    def row(self) -> str:
        """The figure as a row of a table."""
        sign = "≤" if self.at_most else "≥"
        said = "reached" if self.is_reached else "MISSED"
        return f"| {self.name} | {self.measured:.2f} {self.unit} | {sign} {self.bar:g} {self.unit} | {said} |"


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def typical(ratios: list[float]) -> float:
    """Return the median of ratios that were measured pair by pair."""
    return median(ratios)
