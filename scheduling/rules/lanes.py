"""Where things stand in the column of a day: side by side where they are close, and what there is no room for."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Span = tuple[int, int]
"""From where to where something reaches, half-open, in quarters of an hour."""


class Spot(NamedTuple):
    """One of so many lanes, side by side; the first is 1."""

    lane: int
    lanes: int


def arrange(spans: Sequence[Span], *, most: int) -> list[Spot | None]:
    """Return a place for each span so that no two overlap; None where that would take more lanes than `most`.

    Only what overlaps, also through others between them, shares the width. Where something is left out, the last lane
    stays free: it is where that is said.

    :param spans: in the order of their beginnings.
    """
    found: list[Spot | None] = [None] * len(spans)
    for group in _groups(spans):
        lanes = _lanes([spans[one] for one in group], most)
        if None in lanes:
            lanes, width = _lanes([spans[one] for one in group], most - 1), most
        else:
            width = max(lane for lane in lanes if lane)
        for one, lane in zip(group, lanes, strict=True):
            found[one] = Spot(lane, width) if lane else None
    return found


def _groups(spans: Sequence[Span]) -> Iterator[list[int]]:
    """Yield the indexes of spans that overlap, also through others between them."""
    group: list[int] = []
    reach = 0
    for number, (start, end) in enumerate(spans):
        if group and start >= reach:
            yield group
            group = []
        group.append(number)
        reach = max(reach, end)
    if group:
        yield group


def _lanes(spans: Sequence[Span], most: int) -> list[int | None]:
    """Return the first free lane for each span, and None where all are taken."""
    ends: list[int] = []
    found: list[int | None] = []
    for start, end in spans:
        free = next((number for number, reach in enumerate(ends) if reach <= start), None)
        if free is not None:
            ends[free] = end
        elif len(ends) < most:
            free = len(ends)
            ends.append(end)
        found.append(None if free is None else free + 1)
    return found
