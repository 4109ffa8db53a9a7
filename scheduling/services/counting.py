"""How many posts are in each state, for monitors that ask every few seconds."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from scheduling.models import PostInstance, Status
from scheduling.services.problems import PROBLEMS
from scheduling.sql.sampling import posts_about, sampled_states

EXACT_UP_TO = 50_000
SAMPLE = 50_000  # Posts that are read of a larger table: a state with a tenth of them is told within 3 %.
AT_WORK = (Status.PENDING, Status.PUBLISHING)


@dataclass(frozen=True)
class Counts:
    """How many posts are in each state; states without posts may be left out.

    :param is_estimated: whether states that hold many posts are told from a sample; those that somebody has to look
        at (pending, publishing, and the problems) never are.
    """

    by_state: dict[str, int]
    is_estimated: bool = False


def count_states(*, workspaces: Collection[UUID] | None = None) -> Counts:
    """Return the counts of some workspaces, or of all; of a large table without reading it whole."""
    rows = PostInstance.objects.order_by()
    if workspaces is not None:
        rows = rows.filter(workspace__in=workspaces)
    stored = posts_about()
    if stored <= EXACT_UP_TO or (workspaces is not None and rows[: EXACT_UP_TO + 1].count() <= EXACT_UP_TO):
        return Counts(_counted(rows))
    share = SAMPLE / stored
    sample = sampled_states(percent=100 * share, workspaces=workspaces)
    found = {status: round(count / share) for status, count in sample.items()}
    exact = dict.fromkeys((*AT_WORK, *PROBLEMS), 0) | _counted(rows.filter(status__in=PROBLEMS))
    exact |= {status: rows.filter(status=status).count() for status in AT_WORK}  # Each has a partial index.
    return Counts(found | exact, is_estimated=True)


def _counted(rows: QuerySet[PostInstance]) -> dict[str, int]:
    return dict(rows.values_list("status").annotate(number=Count("id")).order_by("status"))
