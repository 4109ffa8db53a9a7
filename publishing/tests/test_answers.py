"""An answer that cannot be written down would be lost: every one of them can."""

from datetime import UTC, datetime

import pytest

from publishing.channels.answers import Accepted, NotSent, Rejected, Unknown, storable


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (Accepted("17"), Accepted("17")),
        (Accepted(17), Accepted("17")),
        (Accepted("1" * 500), Accepted("1" * 200)),
        (Accepted("a\0b \ud83d", "https://x.example/1"), Accepted("ab ?", "https://x.example/1")),
        (Accepted("", "https://x.example/1"), Accepted("", "https://x.example/1")),
        (Accepted("17", "https://x.example/" + "1" * 2000), Accepted("17", "")),
        (Accepted("", ""), Accepted("own", "")),
        (Accepted(None, None), Accepted("own", "")),
        (Rejected("Too long\0"), Rejected("Too long")),
        (Rejected(""), Rejected("The platform gave no reason.")),
        (Unknown("x" * 5000), Unknown("x" * 2000)),
        (NotSent("Slow down"), NotSent("Slow down")),
    ],
)
def test_every_answer_becomes_one_that_every_database_takes(given, kept):
    assert storable(given, own_id="own") == kept


def test_a_time_without_a_zone_is_read_as_utc():
    answer = NotSent("Slow down", retry_at=datetime(2026, 11, 20, 9, 5))  # noqa: DTZ001  What a careless channel gives.

    assert storable(answer, own_id="own").retry_at == datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
