"""The states of a post instance and of a schedule, and every legal move between them."""

from collections.abc import Mapping

Moves = Mapping[str, frozenset[str]]

LEGAL_MOVES: dict[str, frozenset[str]] = {
    "planned": frozenset({"draft", "scheduled", "skipped"}),
    "draft": frozenset({"planned", "in_review", "scheduled", "skipped", "canceled", "missed"}),
    "in_review": frozenset({"draft", "scheduled", "canceled", "missed"}),
    "scheduled": frozenset({"draft", "in_review", "planned", "pending", "skipped", "canceled", "missed"}),
    "pending": frozenset({"publishing", "scheduled", "draft", "canceled", "missed"}),
    "publishing": frozenset({"published", "failed", "unconfirmed", "scheduled"}),
    "unconfirmed": frozenset({"published", "scheduled", "failed", "skipped"}),
    "failed": frozenset({"scheduled", "draft", "published", "skipped"}),
    "missed": frozenset({"scheduled", "draft", "skipped", "canceled"}),
    "skipped": frozenset({"planned", "draft"}),
    "canceled": frozenset({"planned", "draft"}),
    "published": frozenset(),
}

SCHEDULE_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"running", "canceling", "failed"}),
    "running": frozenset({"optimizing", "canceling", "failed"}),
    "optimizing": frozenset({"completing", "canceling", "failed"}),
    "completing": frozenset({"completed", "failed"}),
    "canceling": frozenset({"canceled", "failed"}),
    "completed": frozenset(),
    "canceled": frozenset(),
    "failed": frozenset(),
}

# In a fixed order, because database constraints are written from them.
STATES: tuple[str, ...] = tuple(LEGAL_MOVES)
# Whose instant nothing else on the account may take.
OCCUPYING: tuple[str, ...] = tuple(
    state for state in STATES if state not in {"canceled", "skipped", "missed", "failed"}
)
# Whose instant counts for gap and cap: an empty slot holds only its own.
BUSY: tuple[str, ...] = tuple(state for state in OCCUPYING if state != "planned")


def is_legal(source: str, target: str, moves: Moves = LEGAL_MOVES) -> bool:
    """Tell whether a move between two states is legal; one to or from an unknown state never is."""
    return target in moves.get(source, frozenset())
