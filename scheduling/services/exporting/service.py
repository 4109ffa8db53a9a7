"""The export itself: which posts, in which form."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from scheduling.models.instances import PostInstances
from scheduling.rules import BadTime, iso, read_instant
from scheduling.services.calendar import WITH_CONTENT, Filters, resolve
from scheduling.services.exporting.reading import read_cells
from scheduling.services.exporting.writing import WRITERS
from workspaces.errors import Invalid
from workspaces.models import Workspace

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
EVERYTHING = Filters()
A_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def export_posts(
    *,
    workspace: Workspace,
    format: str,
    filters: Filters = EVERYTHING,
    start: datetime | None = None,
    end: datetime | None = None,
    only: PostInstances | None = None,
) -> Iterator[bytes]:
    """Return a file of the posts of [start, end), part by part; `import_posts` reads it.

    Without a status in the filters it has what is planned with content, goes out, or went out: neither empty slots nor
    what was skipped or canceled.

    :param only: the workspace's posts to choose from, of every state; all if it is not given.
    :raises Invalid: :raises NotFound: before anything is read, if a format, a filter or the range cannot be.
    """
    if format not in WRITERS:
        said = _("'%(name)s' is not a format. Use one of: %(known)s.") % {
            "name": format[:20],
            "known": ", ".join(WRITERS),
        }
        raise Invalid(said, errors={"format": [said]})
    if start and end and end <= start:
        raise Invalid(_("The end has to be after the start."), errors={"to": [_("Too early.")]})
    found = resolve(workspace, filters)
    rows = found.rows(workspace) if only is None else only.filter(workspace=workspace)
    if found.statuses or only is None:
        rows = rows.filter(status__in=found.statuses or WITH_CONTENT)
    rows = rows.filter(scheduled_for__gte=start) if start else rows
    rows = rows.filter(scheduled_for__lt=end) if end else rows
    return WRITERS[format](read_cells(workspace, rows))


def read_end(name: str, text: str | None, zone: ZoneInfo) -> datetime | None:
    """Return one end of a range: a date means its first moment in a zone; nothing is no end.

    :raises Invalid: if it is neither a date nor a time.
    """
    if not text:
        return None
    try:
        return read_instant(f"{text}T00:00:00" if A_DATE.fullmatch(text) else text, zone)
    except BadTime as error:
        raise Invalid(f"{name}: {error}", errors={name: [str(error)]}) from error


def file_name(workspace: Workspace, format: str, now: datetime) -> str:
    """Return what a file of an export is called."""
    return f"{workspace.slug}-posts-{iso(now)[:10]}.{format}"
