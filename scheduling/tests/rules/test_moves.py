import pytest

from scheduling.rules import BUSY, LEGAL_MOVES, OCCUPYING, SCHEDULE_MOVES, STATES, is_legal

# As the contract has them.
TABLE = """
planned: draft scheduled skipped
draft: planned in_review scheduled skipped canceled missed
in_review: draft scheduled canceled missed
scheduled: draft in_review planned pending skipped canceled missed
pending: publishing scheduled draft canceled missed
publishing: published failed unconfirmed scheduled
unconfirmed: published scheduled failed skipped
failed: scheduled draft published skipped
missed: scheduled draft skipped canceled
skipped: planned draft
canceled: planned draft
published:
"""
SCHEDULE_TABLE = """
pending: running canceling failed
running: optimizing canceling failed
optimizing: completing canceling failed
completing: completed failed
canceling: canceled failed
completed:
canceled:
failed:
"""


def moves(table):
    rows = (line.split(":") for line in table.strip().splitlines())
    return {source: frozenset(targets.split()) for source, targets in rows}


def test_the_moves_are_those_of_the_contract():
    assert moves(TABLE) == LEGAL_MOVES
    assert moves(SCHEDULE_TABLE) == SCHEDULE_MOVES


@pytest.mark.parametrize("table", [LEGAL_MOVES, SCHEDULE_MOVES])
def test_every_move_leads_to_a_known_state_and_none_to_itself(table):
    for source, targets in table.items():
        assert targets <= table.keys()
        assert source not in targets


@pytest.mark.parametrize("source", STATES)
def test_a_move_is_legal_exactly_if_it_stands_in_the_table(source):
    assert {target for target in STATES if is_legal(source, target)} == LEGAL_MOVES[source]


def test_a_move_of_an_unknown_state_is_not_legal():
    assert not is_legal("lost", "draft")
    assert not is_legal("draft", "lost")


def test_a_schedule_is_asked_by_its_own_table():
    assert is_legal("running", "canceling", SCHEDULE_MOVES)
    assert not is_legal("completing", "canceling", SCHEDULE_MOVES)


def test_the_states_that_occupy_time_are_all_but_four():
    assert set(STATES) - set(OCCUPYING) == {"canceled", "skipped", "missed", "failed"}
    assert set(OCCUPYING) - set(BUSY) == {"planned"}
