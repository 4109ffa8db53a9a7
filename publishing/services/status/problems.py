"""What went wrong last."""

from publishing.services.status.scope import Scope, within
from scheduling.models import PostInstance
from scheduling.services.problems import PROBLEMS


def newest_problems(*, workspaces: Scope = None, most: int) -> list[PostInstance]:
    """Return the posts with a problem whose time is the latest."""
    rows = PostInstance.objects.filter(within(workspaces), status__in=PROBLEMS)
    return list(rows.with_everything().order_by("-scheduled_for", "-id")[:most])
