"""The kinds of files: posts, and what they are made of."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from scheduling.services.importing.report import Report
from scheduling.services.importing.rows import POSTS, FileRow
from scheduling.services.importing.service import file_rows, import_posts
from scheduling.services.importing.stock import STOCKS, import_stock
from workspaces.errors import Invalid
from workspaces.models import Workspace

OF_POSTS = "posts"
KINDS = (OF_POSTS, *STOCKS)


def import_file(
    *,
    workspace: Workspace,
    kind: str,
    data: bytes,
    format: str,
    now: datetime,
    actor: str,
    dry_run: bool = False,
    partial: bool = False,
    starting: date | None = None,
) -> Report:
    """Import a file of a kind; the rest as `import_posts` takes it.

    :raises Invalid: as `import_posts` does, and if anything but posts is to be moved in time.
    """
    how = {"now": now, "actor": actor, "dry_run": dry_run, "partial": partial}
    if kind == OF_POSTS:
        return import_posts(workspace=workspace, data=data, format=format, starting=starting, **how)
    if starting:
        said = _("Only posts can be moved to another week.")
        raise Invalid(said, errors={"starting": [said]})
    stock = STOCKS[kind](workspace)
    return import_stock(stock=stock, rows=file_rows(format, data, stock.table), **how)


def kind_of(format: str, data: bytes) -> str:
    """Return of which kind a file is, by its columns.

    :raises Invalid: if it cannot be read as a whole, in the words for posts.
    """
    try:
        rows = file_rows(format, data, POSTS)
    except Invalid as refusal:
        return next((kind for kind in STOCKS if _fits(kind, format, data)), None) or _raise(refusal)
    if all(one.problem for one in rows):
        return next((kind for kind in STOCKS if _fits(kind, format, data)), OF_POSTS)
    return OF_POSTS


def _fits(kind: str, format: str, data: bytes) -> bool:
    try:
        rows: list[FileRow] = file_rows(format, data, STOCKS[kind].table)
    except Invalid:
        return False
    return not all(one.problem for one in rows)


def _raise(refusal: Invalid) -> str:
    raise refusal
