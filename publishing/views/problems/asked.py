"""What the address of the Problems page asks for; what it says wrongly is left out, with a notice."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Case, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from scheduling.models import PostInstance, Status
from scheduling.services.calendar import Filters, Narrowing, resolve
from scheduling.services.problems import PROBLEMS
from workspaces.errors import Invalid, NotFound
from workspaces.lookup import is_storable
from workspaces.models import Workspace

FILTERS = ("brand", "channel_account", "platform", "status")
KEPT = (*FILTERS, "reason", "page")
PRESSING = Case(*(When(status=status, then=Value(rank)) for rank, status in enumerate(PROBLEMS)))


@dataclass
class Asked:
    """A workspace's problems, narrowed."""

    workspace: Workspace
    narrowing: Narrowing
    reason: str
    kept: dict[str, str]
    notices: list[str] = field(default_factory=list)

    def query(self, **changes: object) -> str:
        """Return `?…` with the workspace, the filters in force and some changes; an empty one is left out."""
        values = {"tenant_id": self.workspace.slug, **self.kept, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def in_any_state(self) -> QuerySet[PostInstance]:
        """What matches the filters, whatever its state."""
        rows = self.narrowing.rows(self.workspace).filter(status__in=PROBLEMS)
        return rows.filter(reason__icontains=self.reason) if self.reason else rows

    @property
    def rows(self) -> QuerySet[PostInstance]:
        """What matches, the most pressing state first, in each the newest first."""
        states = self.narrowing.statuses
        rows = self.in_any_state.filter(status__in=states) if states else self.in_any_state
        return rows.with_everything().order_by(PRESSING, "-scheduled_for", "-id")


def read(workspace: Workspace, given: QueryDict) -> Asked:
    """Read an address; nothing in it can fail."""
    kept = {name: said for name in KEPT if (said := given.get(name, "").strip()[:200]) and is_storable(said)}
    try:
        narrowing = resolve(workspace, Filters(**{name: kept[name] for name in FILTERS if name in kept}))
        if others := [Status(one).label.lower() for one in narrowing.statuses if one not in PROBLEMS]:
            raise Invalid(_("A post that is %(state)s is no problem.") % {"state": others[0]})
    except (Invalid, NotFound) as refusal:
        kept = {name: said for name, said in kept.items() if name not in FILTERS}
        notices = [refusal.message, _("The page shows all problems instead.")]
        return Asked(workspace, Narrowing(), kept.get("reason", ""), kept, notices)
    return Asked(workspace, narrowing, kept.get("reason", ""), kept)
