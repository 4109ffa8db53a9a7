"""How good each hour of the week is for an account: general guidance, and what its own posts showed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p, pi, sin, sqrt
from statistics import fmean, median

from scheduling.rules.guidance import guided_score
from scheduling.rules.solving import solved
from workspaces.rules.sentences import sentence

FEWEST_POSTS = 10  # Below that nothing is said of "your best time".
PRIOR, NOISE = 0.20, 0.60  # Standard deviations of log engagement: between hours, and between posts of one hour.
REACH = 0.9  # How far what one hour shows says something of the hours beside it.
OTHER_KIND_OF_DAY = 0.5  # How much a weekday says of a weekend, and the other way round.
OUTLIER, PASSES = 2.0, 3
GUIDANCE_ENDS, HISTORY_BEGINS = 0.15, 0.5  # Shares of the uncertainty that the posts have taken away.
Cell = tuple[bool, int]
CELLS = [(weekend, hour) for weekend in (False, True) for hour in range(24)]
WITHIN_80_PERCENT = 1.2816
GUIDED, MIXED, OWN = sentence("platform guidance"), sentence("mixed"), sentence("your history")


@dataclass(frozen=True, slots=True)
class Seen:
    """A published post: its local weekday (Monday is 0) and hour, and how often people reacted in its first days."""

    weekday: int
    hour: int
    engagement: int


@dataclass(frozen=True, slots=True)
class Score:
    """An hour's score (a logarithm; 0 is an ordinary hour), and what it rests on.

    `lift` and `interval` (80 %) are factors against the account's ordinary hour; None where its own posts say nothing.
    """

    value: float
    basis: str
    posts: int
    lift: float | None = None
    interval: tuple[float, float] | None = None


def scores(platform: str, seen: Sequence[Seen]) -> Mapping[tuple[int, int], Score]:
    """Return the score of each hour of the week, by weekday (Monday is 0) and hour.

    The effect of an hour on weekdays, and on weekends, is a normal one around the guidance, and like that of the hours
    beside it; the posterior is exact. What a post shows beyond twice the usual spread around its hour is cut off: one
    viral post says little.
    """
    week = [(weekday, hour) for weekday in range(7) for hour in range(24)]
    guided = {at: guided_score(platform, *at) for at in week}
    if len(seen) < FEWEST_POSTS:
        return {at: Score(value, GUIDED, len(seen)) for at, value in guided.items()}
    shown: dict[Cell, list[float]] = {}
    for one in seen:
        shown.setdefault((one.weekday > 4, one.hour), []).append(log1p(one.engagement))
    for _ in range(PASSES):
        middle = fmean(value for values in shown.values() for value in values)
        means = {cell: fmean(values) - middle for cell, values in shown.items()}
        known = _posterior(means, {cell: len(values) for cell, values in shown.items()})
        shown = _without_outliers(shown, {cell: middle + known[cell][0] for cell in shown})
    return {at: _score(guided[at], *known[at[0] > 4, at[1]], len(seen)) for at in week}


def _posterior(means: Mapping[Cell, float], counts: Mapping[Cell, int]) -> dict[Cell, tuple[float, float]]:
    """Return each hour's effect against an ordinary one, and the share of its variance that is left (0-1)."""
    cells = list(means)
    noise = {cell: (NOISE / PRIOR) ** 2 / counts[cell] for cell in cells}
    matrix = [[_likeness(one, other) + (noise[one] if one == other else 0.0) for other in cells] for one in cells]
    sides = [[means[cell], *(_likeness(cell, wanted) for wanted in CELLS)] for cell in cells]
    solution = solved(matrix, sides)
    found = {}
    for number, wanted in enumerate(CELLS, start=1):
        like = [_likeness(cell, wanted) for cell in cells]
        effect = sum(one * row[0] for one, row in zip(like, solution, strict=True))
        taken = sum(one * row[number] for one, row in zip(like, solution, strict=True))
        found[wanted] = effect, max(0.0, 1.0 - taken)
    return found


def _without_outliers(shown: Mapping[Cell, list[float]], usual: Mapping[Cell, float]) -> dict[Cell, list[float]]:
    left = [abs(value - usual[cell]) for cell, values in shown.items() for value in values]
    most = OUTLIER * (1.4826 * median(left) or NOISE)
    return {
        cell: [usual[cell] + max(-most, min(most, value - usual[cell])) for value in values]
        for cell, values in shown.items()
    }


def _score(guided: float, effect: float, left: float, posts: int) -> Score:
    """Return a score: what the posts do not say is left to the guidance."""
    value = effect + left * guided
    if 1 - left < GUIDANCE_ENDS:
        return Score(value, GUIDED, posts)
    width = WITHIN_80_PERCENT * PRIOR * sqrt(left)
    basis = MIXED if 1 - left < HISTORY_BEGINS else OWN
    return Score(value, basis, posts, exp(value), (exp(value - width), exp(value + width)))


def _likeness(one: Cell, other: Cell) -> float:
    near = exp(-2 * sin(pi * (one[1] - other[1]) / 24) ** 2 / REACH**2)
    return near if one[0] == other[0] else near * OTHER_KIND_OF_DAY
