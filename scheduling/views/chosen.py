"""A page that changes the posts which a hand holds: reading which, and answering the days that were touched."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from scheduling.models import PostInstance
from scheduling.rules import local_day
from scheduling.services.moving import Chosen
from scheduling.services.runs import Run, part_of
from scheduling.views.asked import Asked, read, read_day_of
from scheduling.views.outcome import Outcome, render, render_refusal
from scheduling.views.runs import part_as_told, read_run, render_progress
from workspaces.api.errors import status_of
from workspaces.errors import Invalid, NotFound, Refusal
from workspaces.models import Workspace
from workspaces.pages import Page
from workspaces.phrases import phrased


class ChosenPage(Page):
    """A change of several posts: `post=<id>` or `post=<id>:<version>` names each, the first is the one in the hand.

    A script gets the touched days and a toast as fragments; a plain form is sent back to the calendar with a message.
    """

    scope = "write"
    asked: Asked

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send who loads the address by hand to the calendar."""
        return redirect("calendar")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, or say why not."""
        self.asked = read(self, request.GET)
        try:
            run = read_run(request.POST)
            outcome = self.part(run) if run else self.act(request.POST)
        except Refusal as refusal:
            return self.refused(refusal)
        if request.htmx:
            return HttpResponse(render(self, self.asked, outcome, shown=self.shown_days()))
        messages.success(request, outcome.said)
        for one in outcome.warned:
            messages.warning(request, " ".join(phrased(warning["message"]) for warning in one.warnings))
        return redirect(self.way_back())

    def act(self, given: QueryDict) -> Outcome:
        """Make the one service call; return what came of it."""
        raise NotImplementedError

    def part(self, run: Run) -> Outcome:
        """Do a part of a long run; how far that is by now stands in the ledger, and is said once, at its end."""
        with part_of(run, workspace=self.workspace, now=self.now, actor=self.caller.actor) as told:
            outcome = self.act(self.request.POST)
            if outcome.deed:
                told.append(part_as_told(outcome, done=len(self.references)))
        bar = render_progress(self, run)
        return Outcome(said="", instants=outcome.instants, changes_tray=outcome.changes_tray, more=bar)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """Show the days as they stand by now, with the refusal."""
        if not self.request.htmx:
            messages.error(self.request, refusal.message)
            return redirect(self.way_back())
        now_at = PostInstance.objects.filter(pk__in=self.posts).values_list("scheduled_for", flat=True)
        days = {*self.shown_days(), *(local_day(at, self.asked.zone) for at in now_at)}
        text = render_refusal(self, self.asked, refusal.message, days=days)
        return HttpResponse(text, status=status_of(refusal))

    def find_workspace(self, request: HttpRequest) -> Workspace:
        """Return the workspace of the posts, whichever the person looked at before.

        :raises NotFound: as every page does.
        """
        self.references = [read_reference(text) for text in self.named(request.POST)]
        keys = [key for key, _, _ in self.references if key]
        mine = PostInstance.objects.filter(workspace__in=self.caller_workspaces, pk__in=keys).with_everything()
        self.posts = {one.pk: one for one in mine}
        homes = {one.workspace_id for one in self.posts.values()}
        if len(homes) != 1:
            self.posts = {} if homes else self.posts
            return super().find_workspace(request)
        found = next(one for one in self.caller_workspaces if one.pk in homes)
        self.remember(request, found)
        return found

    def named(self, given: QueryDict) -> list[str]:
        """Return how the form names posts."""
        return [*given.getlist("post"), *given.getlist("step")]

    def chosen(self) -> list[Chosen]:
        """Return the posts in the hand.

        :raises NotFound: if one is not there, or of another workspace.
        :raises Invalid: if there are none, or one is named twice.
        """
        if not self.references:
            raise Invalid(_("Choose the posts first."))
        if any(key not in self.posts for key, _version, _rest in self.references):
            raise NotFound(_("There is no such post."))
        if len({key for key, _version, _rest in self.references}) < len(self.references):
            raise Invalid(_("A post is named more than once."))
        return [Chosen(self.posts[key], version) for key, version, _rest in self.references]

    def shown_days(self) -> list[date]:
        """Return the days that the script knows to have changed on the page."""
        return [read_day_of(text) for text in self.request.POST.getlist("shown") if is_day(text)][:100]

    def way_back(self) -> str:
        """Return where a plain form goes: whence it came, else the calendar."""
        back = self.request.POST.get("back", "")
        if back and url_has_allowed_host_and_scheme(back, {self.request.get_host()}, self.request.is_secure()):
            return back
        return reverse("calendar") + self.asked.query()


def read_reference(text: str) -> tuple[UUID | None, int | None, str]:
    """Return the post, the version and the rest of `<id>:<version>:<rest>`; a post that is none is None."""
    key, _colon, rest = text.partition(":")
    version, _colon, rest = rest.partition(":")
    try:
        return UUID(key), int(version) if version else None, rest
    except ValueError:
        return None, None, ""


def is_day(text: str) -> bool:
    """Tell whether a text names a day."""
    try:
        read_day_of(text)
    except ValueError:
        return False
    return True


def shape(form_class: Any, given: QueryDict, **kwargs: Any) -> dict[str, Any]:
    """Return what a form was given, read.

    :raises Invalid: with what is wrong.
    """
    form = form_class(given, **kwargs)
    if form.is_valid():
        return form.cleaned_data
    errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    raise Invalid(next(iter(errors.values()))[0], errors=errors)
