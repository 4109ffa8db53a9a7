"""What the tests of recurrences do and look at."""

from scheduling.models import PostInstance
from scheduling.services.recurring.saving import save_recurrence
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, RecurrenceFactory

ANA = {"now": NOW, "actor": "user:ana"}


def saved(**values):
    """Return a recurrence as a door saves it, with its posts."""
    return save_recurrence(recurrence=RecurrenceFactory.build(**values), **ANA)


def top(now=NOW, **values):
    """Top the plan off."""
    return top_off(**{"now": now, "actor": "command", "days": 28, **values})


def posts(recurrence, **states):
    """Return the posts of a recurrence in the order of their times, with all that services want."""
    made = PostInstance.objects.filter(metadata__recurrence=str(recurrence.pk), **states)
    return list(made.with_everything().order_by("scheduled_for", "created_at", "id"))


def times(recurrence, **states):
    """Return the wall times of its posts."""
    return [one.local_time[:16] for one in posts(recurrence, **states)]
