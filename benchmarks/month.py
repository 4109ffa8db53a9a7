"""The month page with 100, 1,000 and 10,000 posts of 10 accounts, beside an empty month."""

from benchmarks.figures import Figure


def run() -> list[Figure]:
    """Nothing yet."""
    return []
