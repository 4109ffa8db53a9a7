"""Where things stand in the column of a day."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.rules.lanes import arrange

SPANS = st.lists(st.tuples(st.integers(0, 95), st.sampled_from([2, 3])), max_size=12).map(
    lambda pairs: sorted((start, start + length) for start, length in pairs)
)


@pytest.mark.parametrize(
    ("spans", "places"),
    [
        ([], []),
        ([(0, 3)], [(1, 1)]),
        ([(0, 3), (3, 6)], [(1, 1), (1, 1)]),
        ([(0, 3), (2, 5)], [(1, 2), (2, 2)]),
        ([(0, 3), (2, 5), (4, 7), (20, 23)], [(1, 2), (2, 2), (1, 2), (1, 1)]),
        ([(0, 3)] * 3, [(1, 3), (2, 3), (3, 3)]),
        ([(0, 3)] * 5, [(1, 3), (2, 3), None, None, None]),
    ],
)
def test_what_overlaps_stands_side_by_side_and_the_last_lane_says_what_has_no_room(spans, places):
    assert arrange(spans, most=3) == places


@given(SPANS, st.integers(2, 4))
def test_nothing_ever_covers_anything(spans, most):
    found = arrange(spans, most=most)

    shown = [(span, spot) for span, spot in zip(spans, found, strict=True) if spot]
    for (one, spot), (other, place) in combinations(shown, 2):
        if one[0] < other[1] and other[0] < one[1]:
            assert spot.lanes == place.lanes
            assert spot.lane != place.lane
    assert all(spot.lane <= spot.lanes <= most for _, spot in shown)
    assert all(spot.lane < most for _, spot in shown) or None not in found or len(shown) < len(spans)
