"""What a check found: a sentence, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One check's answer.

    :param said: a sentence about how it is.
    :param remedy: a sentence about what mends it; nothing where all is well.
    """

    check: str
    mark: Mark
    said: str
    remedy: str = ""


def ok(check: str, said: str) -> Finding:
    """Return that a check found nothing wrong."""
    return Finding(check, Mark.OK, said)


def warning(check: str, said: str, remedy: str) -> Finding:
    """Return what works, but should be looked at."""
    return Finding(check, Mark.WARNING, said, remedy)


def broken(check: str, said: str, remedy: str) -> Finding:
    """Return what does not work."""
    return Finding(check, Mark.BROKEN, said, remedy)


def listed(things: list[object], most: int = 5) -> str:
    """Return the first few of many things as a sentence names them."""
    more = f" and {len(things) - most} more" if len(things) > most else ""
    return ", ".join(str(one) for one in things[:most]) + more
