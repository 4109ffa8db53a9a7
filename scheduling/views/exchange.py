"""Import in two steps, a look and a confirmation; and the file of what the calendar shows."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from scheduling.models import HeldFile
from scheduling.rules import day_bounds
from scheduling.services.calendar import Filters
from scheduling.services.exporting import CONTENT_TYPES, account_names, export_file, file_name
from scheduling.services.importing import (
    MOST_BYTES,
    MOST_ROWS,
    OF_POSTS,
    Holder,
    Report,
    hold_file,
    import_held,
    try_held,
)
from scheduling.views.asked import FILTERS, Asked, read
from scheduling.views.exchange_shown import grouped
from workspaces.api.errors import status_of
from workspaces.api.streaming import file_answer
from workspaces.errors import Conflict, Invalid, NotFound, Refusal
from workspaces.pages import Page

NAMED = 12  # Accounts that the page lists.
FOR_SPREADSHEETS = b"\xef\xbb\xbf"  # Without this mark they read a CSV in UTF-8 as Windows-1252.


class Importing(Page):
    """What both steps share."""

    scope = "write"

    @property
    def holder(self) -> Holder:
        """Who holds the file."""
        return Holder(self.workspace, self.request.user)

    def choose(self, refusal: Refusal | None = None) -> HttpResponse:
        """Answer with the page on which one chooses a file, and why the one before did not do."""
        names = account_names(self.workspace)
        context = {
            "refusal": refusal,
            "megabytes": MOST_BYTES // 1024 // 1024,
            "most_rows": MOST_ROWS,
            "accounts": names[:NAMED],
            "more": len(names[NAMED:]),
        }
        return render(self.request, "scheduling/import.html", context, status=status_of(refusal) if refusal else 200)


class ImportPage(Importing):
    """`/calendar/import/`: choose a file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what a file has to look like."""
        return self.choose()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file, and show what would come of it."""
        file = request.FILES.get("file")
        try:
            if not isinstance(file, UploadedFile):
                raise Invalid(_("Choose a file first."))
            data = file.read(MOST_BYTES + 1)
            held = hold_file(holder=self.holder, name=file.name or "", data=data, now=self.now)
        except (Conflict, Invalid) as refusal:
            return self.choose(refusal)
        return redirect("import-held", held.pk)


class HeldImport(Importing):
    """`/calendar/import/<id>/`: what would come of a file by now, and the button that does it."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Try it out; nothing is changed."""
        try:
            held, report = try_held(holder=self.holder, key=pk, now=self.now, actor=self.caller.actor)
        except NotFound as refusal:
            return self.choose(refusal)
        return self.show(held, report)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Import it. Whoever saw no refused row wants all or nothing; else those that are not refused."""
        partial = "partial" in request.POST
        try:
            held, report = import_held(
                holder=self.holder, key=pk, partial=partial, now=self.now, actor=self.caller.actor
            )
        except (Conflict, NotFound) as refusal:
            return self.choose(refusal)
        return self.show(held, report)

    def show(self, held: HeldFile, report: Report) -> HttpResponse:
        """Answer with every row."""
        context = {"held": held, "report": report, **grouped(self.request, report)}
        is_kept_out = report.is_refused and not report.dry_run
        return render(self.request, "scheduling/import_report.html", context, status=422 if is_kept_out else 200)


class ExportFile(Page):
    """`/calendar/export/?…`: what the calendar shows at that address, as a file; with no place in time, everything."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send it, or say on the calendar why not."""
        asked = read(self, request.GET)
        format, kind = request.GET.get("format") or "csv", request.GET.get("kind") or OF_POSTS
        try:
            parts = self.parts(asked, format, kind)
        except (Invalid, NotFound) as refusal:
            messages.error(request, refusal.message)
            return redirect(reverse("calendar") + asked.query())
        name = file_name(self.workspace, format, self.now, kind)
        return file_answer(request, parts, name=name, content_type=CONTENT_TYPES[format])

    def parts(self, asked: Asked, format: str, kind: str) -> Iterator[bytes]:
        """Return the file.

        :raises Invalid: :raises NotFound: if the address says something that cannot be.
        """
        if asked.notices:
            raise Invalid(asked.notices[0])
        start = end = None
        if {"month", "day"} & set(self.request.GET):
            start, end = day_bounds(asked.days[0], asked.zone)[0], day_bounds(asked.days[-1], asked.zone)[1]
        narrowed = {"filters": _filters(asked), "start": start, "end": end}
        parts = export_file(workspace=self.workspace, kind=kind, format=format, **narrowed)
        return _marked(parts) if format == "csv" else parts


def _marked(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a CSV as spreadsheets need it."""
    yield FOR_SPREADSHEETS + next(parts)
    yield from parts


def _filters(asked: Asked) -> Filters:
    """Return the filters in force."""
    return Filters(**{name: asked.kept[name] for name in FILTERS if name in asked.kept})
