"""How late posts went out, counted by size."""

from math import inf

import pytest

from publishing.rules.delays import EDGES, Delays


def delays(*seconds):
    return Delays(tuple(sum(one <= edge for one in seconds) for edge in EDGES), len(seconds), sum(seconds))


def test_of_nothing_there_is_no_delay():
    assert Delays().quantile(0.5) is None


@pytest.mark.parametrize(
    ("seconds", "share", "least", "most"),
    [
        ((0.05,) * 100, 0.5, 0.0, 0.1),
        ((0.3,) * 99 + (30.0,), 0.95, 0.25, 0.5),
        ((0.3,) * 99 + (30.0,), 0.995, 15.0, 60.0),
        ((0.3, 0.3, 700.0, 700.0), 0.75, 300.0, 900.0),
    ],
)
def test_a_quantile_lies_between_the_edges_around_it(seconds, share, least, most):
    assert least < delays(*seconds).quantile(share) <= most


def test_what_is_later_than_the_last_edge_is_not_made_smaller():
    assert delays(0.1, 90_000.0).quantile(0.95) == inf


def test_accounts_are_added_up():
    assert delays(0.25, 4.0) + delays(0.75) == delays(0.25, 0.75, 4.0)
