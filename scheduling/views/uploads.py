"""Files that a script sends by themselves, while somebody still writes; without one they come with the form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from scheduling.views.attached import attach
from workspaces.pages import UNREADABLE, Page


class Uploads(Page):
    """`POST /calendar/media/` with `files`: each is kept, and answered as a line of the composer's list."""

    scope = "write"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the calendar."""
        return redirect("calendar")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the files, and say which cannot be used."""
        found = attach(self, request, None)
        context = {"media": found.media or [], "problems": found.problems}
        return render(
            request, "scheduling/_compose_uploaded.html", context, status=UNREADABLE if found.problems else 200
        )
