"""What a page says after several posts were changed at once: the days that were touched, and a toast that can undo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from scheduling.models import PostInstance
from scheduling.rules import iso, local_day, to_local
from scheduling.services.moving import Moved
from scheduling.views.asked import Asked
from scheduling.views.days import around, render_days
from scheduling.views.told import MOVE
from scheduling.views.tray import tray_context
from workspaces.pages import Page
from workspaces.phrases import phrased
from workspaces.tongues import day_words

MOST_WARNED = 3  # A toast is read in passing; the posts themselves keep all that they break.


@dataclass
class Outcome:
    """A sentence, the instants whose days have changed, and the forms that the toast offers."""

    said: str
    instants: list[datetime] = field(default_factory=list)
    warned: list[PostInstance] = field(default_factory=list)
    undo: list[tuple[str, str]] = field(default_factory=list)
    """The fields of the form that undoes it; none offers nothing."""
    undo_to: str = "moves"
    """The name of the address that the form goes to."""
    changes_tray: bool = False
    """Whether content came out of the tray or went back into it."""
    more: str = ""
    """A fragment that stands beside the toast."""
    deed: str = ""
    """What was done, as `told.SAID` names it."""
    count: int = 0
    """With how many."""
    stays: bool = False
    """Whether the toast waits until somebody closes it."""


def moved(found: Iterable[Moved], said: str, *, with_undo: bool, deed: str = MOVE) -> Outcome:
    """Return the outcome of a move."""
    done = list(found)
    return Outcome(
        said=said,
        deed=deed,
        count=len(done),
        instants=[at for one in done for at in (one.before, one.instance.scheduled_for)],
        warned=[one.instance for one in done if one.instance.warnings],
        undo=[("undo", "1"), *(("step", step_text(one.instance, one.before)) for one in done)] if with_undo else [],
    )


def posts_text(instance: PostInstance) -> str:
    """Return a post as a form names it, with the version that was seen."""
    return f"{instance.pk}:{instance.version}"


def step_text(instance: PostInstance, at: datetime) -> str:
    """Return a step as a form writes it: the post, the version that was seen, and where it goes."""
    return f"{posts_text(instance)}:{iso(at)}"


def render(page: Page, asked: Asked, outcome: Outcome, *, shown: Iterable[date] = ()) -> str:
    """Return the days that were touched and the toast, as fragments beside each other."""
    days = {local_day(at, asked.zone) for at in outcome.instants} | set(shown)
    context = {
        "outcome": outcome,
        "warnings": [_warning(one, asked) for one in outcome.warned[:MOST_WARNED]],
        "more_warned": max(0, len(outcome.warned) - MOST_WARNED),
        "query": asked.query(),
        "undo_url": reverse(outcome.undo_to),
    }
    toast = render_to_string("scheduling/_move_toast.html", context, page.request) if outcome.said else ""
    tray = render_tray(page, asked) if outcome.changes_tray else ""
    return render_days(page, asked, days) + tray + outcome.more + toast


def render_tray(page: Page, asked: Asked) -> str:
    """Return how much has no time, and the tray where it is open."""
    context = {**around(page, asked), **tray_context(page, asked), "page_path": reverse("calendar"), "swapped": True}
    return render_to_string("scheduling/_tray_swapped.html", context, page.request)


def render_refusal(page: Page, asked: Asked, said: str, *, days: Iterable[date]) -> str:
    """Return the days as they stand, so that what was dragged goes back, and a toast that says why."""
    toast = render_to_string("scheduling/_move_refused.html", {"said": said}, page.request)
    return render_days(page, asked, set(days)) + toast


def when(at: datetime, asked: Asked) -> str:
    """Return an instant as the calendar that is looked at says it."""
    local = to_local(at, asked.zone)
    with timezone.override(asked.zone):
        return f"{day_words(local, 'D j M')}, {asked.habits.clock(local)}"


def _warning(instance: PostInstance, asked: Asked) -> dict[str, str]:
    nearest = next((one["nearest"] for one in instance.warnings if one.get("nearest")), None)
    at = datetime.fromisoformat(nearest) if nearest else None
    return {
        "title": "" if instance.content_item.is_placeholder else instance.content_item.title,
        "messages": " ".join(phrased(one["message"]) for one in instance.warnings),
        "nearest": when(at, asked) if at else "",
        "step": step_text(instance, at) if at else "",
    }
