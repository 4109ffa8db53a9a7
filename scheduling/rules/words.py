"""How the rules speak to a person: what was written, and lengths of time."""

from datetime import timedelta
from math import ceil


def quoted(text: str) -> str:
    """Return what was written, fit for a sentence: on one line, shortened, in quotation marks."""
    shown = "".join(character if character.isprintable() else " " for character in text).strip()
    return f"“{shown[:40]}…”" if len(shown) > 40 else f"“{shown}”"


def span(length: timedelta) -> str:
    """Return a length of time in words: minutes, and the seconds that are left, as in 4min 30s."""
    minutes, seconds = divmod(ceil(length.total_seconds()), 60)
    parts = [f"{minutes}min"] * bool(minutes) + [f"{seconds}s"] * bool(seconds)
    return " ".join(parts) or "0min"
