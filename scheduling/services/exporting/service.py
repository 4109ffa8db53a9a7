"""The export itself: which posts, in which form."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from scheduling.models.instances import PostInstances
from scheduling.rules import BadTime, iso, read_instant
from scheduling.services.calendar import WITH_CONTENT, Filters, resolve
from scheduling.services.exporting.reading import read_cells
from scheduling.services.exporting.writing import HEADER, WRITERS
from scheduling.services.importing.kinds import KINDS, OF_POSTS
from scheduling.services.importing.stock import STOCKS
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
    _require_known("format", format, WRITERS)
    if start and end and end <= start:
        raise Invalid(_("The end has to be after the start."), errors={"to": [_("Too early.")]})
    found = resolve(workspace, filters)
    rows = found.rows(workspace) if only is None else only.filter(workspace=workspace)
    if found.statuses or only is None:
        rows = rows.filter(status__in=found.statuses or WITH_CONTENT)
    rows = rows.filter(scheduled_for__gte=start) if start else rows
    rows = rows.filter(scheduled_for__lt=end) if end else rows
    return WRITERS[format](read_cells(workspace, rows), HEADER)


def export_file(
    *,
    workspace: Workspace,
    kind: str,
    format: str,
    filters: Filters = EVERYTHING,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Iterator[bytes]:
    """Return a file of a kind: posts, or all of the workspace's content, campaigns or brands.

    :raises Invalid: :raises NotFound: as `export_posts` does, and if anything but posts is to be narrowed.
    """
    _require_known("kind", kind, KINDS)
    if kind == OF_POSTS:
        return export_posts(workspace=workspace, format=format, filters=filters, start=start, end=end)
    _require_known("format", format, WRITERS)
    if start or end or filters != EVERYTHING:
        raise Invalid(_("Only posts can be narrowed."), errors={"kind": [_("Take this without filters.")]})
    stock = STOCKS[kind](workspace)
    return WRITERS[format](stock.parts(), stock.table.names)


def _require_known(field: str, name: str, known: Collection[str]) -> None:
    if name in known:
        return
    said = {
        "format": _("'%(name)s' is not a format. Use one of: %(known)s."),
        "kind": _("'%(name)s' is not a kind of file. Use one of: %(known)s."),
    }[field] % {"name": name[:20], "known": ", ".join(known)}
    raise Invalid(said, errors={field: [said]})


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


def file_name(workspace: Workspace, format: str, now: datetime, kind: str = OF_POSTS) -> str:
    """Return what a file of an export is called."""
    return f"{workspace.slug}-{kind}-{iso(now)[:10]}.{format}"
