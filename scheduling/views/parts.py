"""The parts of a post's drawer: an answer brings those anew that may have changed, and leaves alone what is typed."""

from collections.abc import Collection
from dataclasses import dataclass

REFUSALS = "refusals"
"""What somebody was told: nobody else's change takes it away."""
TALK = frozenset({"comments", "story"})
"""What a comment changes."""
WORDS = frozenset({"fill", "words", "previews"})
"""The composer, and what follows from it."""


@dataclass(frozen=True)
class Part:
    """A part of the drawer, and what draws it."""

    name: str
    template: str


PARTS = tuple(
    Part(name, f"scheduling/_post_{name}.html")
    for name in (
        "facts",
        "refusals",
        "warnings",
        "problem",
        "fill",
        "tray",
        "words",
        "previews",
        "when",
        "actions",
        "comments",
        "attempts",
        "story",
    )
)
ALL = frozenset(part.name for part in PARTS)
FRESH = ALL - {REFUSALS}
"""What follows others' changes; a page keeps what somebody types (static/js/parts.js), and what they were told."""
BESIDE_WORDS = ALL - WORDS - {"comments"}
"""What any change of a post may change, besides what it says and what is said of it."""


def in_order(names: Collection[str]) -> list[Part]:
    """Return parts in the drawer's order."""
    return [part for part in PARTS if part.name in names]
