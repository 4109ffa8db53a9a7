"""How good each hour of the week is for an account: general guidance, and what its own posts showed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p, pi, sin, sqrt
from statistics import median

from scheduling.rules.guidance import guided_score

FEWEST_POSTS = 10  # Below that nothing is said of "your best time".
PRIOR, NOISE = 0.20, 0.60  # Standard deviations of log engagement: between hours, and between posts of one hour.
REACH = 0.35  # How far what one hour shows says something of the hours beside it: three quarters, a third, a tenth.
OTHER_KIND_OF_DAY = 0.3  # How much a weekday says of a weekend, and the other way round.
CELLS = [(weekday, hour) for weekday in range(7) for hour in range(24)]
WITHIN_80_PERCENT = 1.2816
GUIDED, MIXED, OWN = "platform guidance", "mixed", "your history"


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
    """Return the score of each hour of the week, by weekday and hour.

    Each hour's effect is a normal one around the guidance; posts at and near the hour move it as far as their number
    allows. One viral post is cut back to three times the usual spread.
    """
    guided = {cell: guided_score(platform, *cell) for cell in CELLS}
    if len(seen) < FEWEST_POSTS:
        return {cell: Score(value, GUIDED, len(seen)) for cell, value in guided.items()}
    values = [log1p(one.engagement) for one in seen]
    middle = median(values)
    spread = 1.4826 * median(abs(value - middle) for value in values) or NOISE
    shown: dict[tuple[int, int], list[float]] = {}
    for one, value in zip(seen, values, strict=True):
        shown.setdefault((one.weekday, one.hour), []).append(max(-3 * spread, min(3 * spread, value - middle)))
    return {cell: _score(cell, guided[cell], shown, len(seen)) for cell in CELLS}


def _score(cell: tuple[int, int], guided: float, shown: Mapping[tuple[int, int], list[float]], posts: int) -> Score:
    near = [(_nearness(other, cell), values) for other, values in shown.items()]
    weight = sum(nearness * len(values) for nearness, values in near)
    mean = sum(nearness * sum(values) for nearness, values in near) / weight
    evidence = weight / NOISE**2
    trust = evidence / (evidence + 1 / PRIOR**2)
    value = trust * mean + (1 - trust) * guided
    if trust < 0.15:
        return Score(value, GUIDED, posts)
    width = WITHIN_80_PERCENT * PRIOR * sqrt(1 - trust)
    interval = exp(value - width), exp(value + width)
    return Score(value, MIXED if trust < 0.5 else OWN, posts, exp(value), interval)


def _nearness(one: tuple[int, int], other: tuple[int, int]) -> float:
    near = exp(-2 * sin(pi * (one[1] - other[1]) / 24) ** 2 / REACH**2)
    return near if (one[0] > 4) == (other[0] > 4) else near * OTHER_KIND_OF_DAY
