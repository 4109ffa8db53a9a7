"""The rules of who and how often: pure functions of their arguments, without Django, a clock, settings or a network."""

from workspaces.rules.pace import Pace, Turn, take_turn, turn_at

__all__ = ["Pace", "Turn", "take_turn", "turn_at"]
