"""How far long work is, from the ledger: beside each part, at its end, and for who comes back to what was left."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scheduling.services.runs import Part, Progress, Run, progress_of
from scheduling.views.asked import read
from scheduling.views.outcome import Outcome, render
from scheduling.views.told import said_of
from workspaces.errors import Invalid
from workspaces.pages import Page

MOST = 100_000  # More than anybody can select.


class RunShape(forms.Form):
    """To which run a part belongs, and how many posts are in all of it."""

    run = forms.UUIDField()
    of = forms.IntegerField(min_value=1, max_value=MOST)


class RunPage(Page):
    """`GET /calendar/runs/?run=<id>&<the calendar's query>`: what it has done, and the way back."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer a toast; of what nobody has begun, nothing."""
        try:
            run = UUID(request.GET.get("run", ""))
        except ValueError:
            return HttpResponse("")
        found = progress_of(run, workspaces=self.caller_workspaces, actor=self.caller.actor)
        return HttpResponse(render(self, read(self, request.GET), summed_up(found)) if found else "")


def read_run(given: QueryDict) -> Run | None:
    """Return the run to which a form says that it belongs; None: it stands alone.

    :raises Invalid: if it says that wrongly.
    """
    if "run" not in given:
        return None
    form = RunShape(given)
    if not form.is_valid():
        raise Invalid(_("This is no part of a run."), errors={"run": [_("Not an id and a number.")]})
    return Run(form.cleaned_data["run"], form.cleaned_data["of"])


def part_as_told(outcome: Outcome, *, done: int) -> Part:
    """Return what a part did, as the ledger keeps it."""
    ways = {"undo": outcome.undo, "undo_to": outcome.undo_to}
    return Part(outcome.deed, done=done, count=outcome.count, warned=len(outcome.warned), **ways)


def render_progress(page: Page, run: Run) -> str:
    """Return how far a run is, for the bar."""
    found = progress_of(run.id, workspaces=page.caller_workspaces, actor=page.caller.actor)
    return render_to_string("scheduling/_many_progress.html", {"run": found, "swapped": True}, page.request)


def summed_up(run: Progress) -> Outcome:
    """Return what a whole run has done, or how far it came."""
    said = [said_of(run.deed, run.count)]
    if run.done < run.of:
        rest = _("Done with %(done)s of %(all)s: the others stay as they were.")
        said.append(rest % {"done": run.done, "all": run.of})
    if run.warned:
        breaks = ngettext(
            "%(count)s of them breaks a rule; it says so on the post.",
            "%(count)s of them break a rule; each says so on the post.",
            run.warned,
        )
        said.append(breaks % {"count": run.warned})
    ways = {"undo": run.undo, "undo_to": run.undo_to or "moves"}
    return Outcome(said=" ".join(said), stays=run.done < run.of, **ways)
