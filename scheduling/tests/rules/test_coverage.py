"""When an account's content runs dry: counted in local days."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.rules import runs_dry

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "days", "expected"),
    [
        (None, 5, True),
        (datetime(2026, 11, 25, 8, 59, tzinfo=UTC), 5, True),
        (datetime(2026, 11, 25, 9, tzinfo=UTC), 5, False),
        (datetime(2026, 11, 21, 9, tzinfo=UTC), 1, False),
        (None, 0, False),
    ],
)
def test_an_account_runs_dry_when_its_last_post_lies_fewer_days_ahead(last, days, expected):
    assert runs_dry(last, now=NOW, days=days, zone=MADRID) is expected


def test_a_day_is_a_local_day_also_across_a_clock_change():
    before_the_change = datetime(2026, 10, 31, 16, tzinfo=UTC)  # Noon in New York, a day of 25 hours ahead.

    a_day_of_24_hours = runs_dry(datetime(2026, 11, 1, 16, tzinfo=UTC), now=before_the_change, days=1, zone=NEW_YORK)
    a_local_day = runs_dry(datetime(2026, 11, 1, 17, tzinfo=UTC), now=before_the_change, days=1, zone=NEW_YORK)

    assert (a_day_of_24_hours, a_local_day) == (True, False)
