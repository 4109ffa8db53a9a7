"""Solving a few linear equations, so that nothing needs to be installed for it."""

from collections.abc import Sequence


def solved(matrix: Sequence[Sequence[float]], sides: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return X of AX = B for a symmetric, positive definite A (n × n) and B (n × m), by elimination."""
    count = len(matrix)
    rows = [[*row, *side] for row, side in zip(matrix, sides, strict=True)]
    for pivot in range(count):
        first = rows[pivot]
        for row in rows[pivot + 1 :]:
            if factor := row[pivot] / first[pivot]:
                row[pivot:] = [one - factor * other for one, other in zip(row[pivot:], first[pivot:], strict=True)]
    found: list[list[float]] = [[]] * count
    for number in reversed(range(count)):
        row = rows[number]
        known = row[count:]
        for later in range(number + 1, count):
            known = [one - row[later] * other for one, other in zip(known, found[later], strict=True)]
        found[number] = [one / row[number] for one in known]
    return found
