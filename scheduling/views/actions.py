"""What people do with a post on its page: a form in, one service call, and a sentence back."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from scheduling.forms import NearestForm, PageForm, SkipForm, WhenForm
from scheduling.models import PostInstance, Status
from scheduling.rules import local_day
from scheduling.services import edit
from scheduling.services.changing import CHANGED
from scheduling.services.offers import MOVE, PUBLISH_NOW, SCHEDULE, scope_of
from scheduling.services.schedule import fill
from scheduling.services.stated import StatedTime
from scheduling.views.asked import read
from scheduling.views.attached import Attached
from scheduling.views.days import render_days
from scheduling.views.parts import ALL, BESIDE_WORDS, REFUSALS
from scheduling.views.post_forms import tray_form
from scheduling.views.posts import PostPart, post_url
from scheduling.views.spoken import spoken
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, Refusal
from workspaces.pages import UNREADABLE, Page


class Action(PostPart):
    """One thing to do with a post; a refusal shows the page again with what was typed still there."""

    name = "plain"
    """Under which name the page shows the form again; `plain` has nothing to type in."""
    offer = ""
    """What it is called where scopes are asked."""
    redraws = BESIDE_WORDS
    """The parts of the drawer that it changes, while the composer stays what it is."""
    attached = Attached()

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who reloads a refusal's address to the post."""
        return redirect(post_url(self.post_instance) + self.kept)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, or say why not.

        :raises Forbidden: if it needs more than the person's role has, for this post.
        """
        self.caller.require(scope_of(self.offer, self.post_instance), self.workspace)
        self.before, self.composed_before = self.post_instance.scheduled_for, self.composed()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown_again(form, UNREADABLE)
        try:
            if form.cleaned_data["version"] not in (None, self.post_instance.version):
                raise Conflict(CHANGED)
            said = self.act(form)
        except (Conflict, Invalid) as refusal:
            return self.refused(form, refusal)
        messages.success(request, said)
        if request.htmx:
            return self.swapped()
        return redirect(post_url(self.post_instance) + self.kept)

    def swapped(self) -> HttpResponse:
        """Answer what has changed in the drawer, with the days of the calendar beside it that have changed."""
        self.load(self.post_instance.pk)
        return with_days(self, self.show(parts=self.parts()), self.before, self.post_instance.scheduled_for)

    def parts(self) -> frozenset[str]:
        """Return what to draw anew: the composer only if it was sent, or is another by now."""
        return self.redraws if self.composed() == self.composed_before else ALL

    def refused(self, form: PageForm, refusal: Refusal) -> HttpResponse:
        """Show the post as it is by now, with the refusal."""
        form.refuse(refusal)
        self.load(self.post_instance.pk)
        return self.shown_again(form, status_of(refusal))

    def shown_again(self, form: PageForm, status: int) -> HttpResponse:
        """Show a form that was refused, with what was typed into it."""
        parts = self.parts() | {REFUSALS}
        return self.show(given={self.name: form}, attached=self.attached, parts=parts, status=status)

    def form(self, data: Any) -> PageForm:
        """Return the form of what was sent."""
        return PageForm(data, name=self.name)

    def act(self, form: PageForm) -> str:
        """Make the one service call; return what to say."""
        raise NotImplementedError

    def told(self, stated: StatedTime) -> None:
        """Say what a clock change made of a time."""
        if stated.notice:
            messages.info(self.request, stated.notice)

    @property
    def service(self) -> dict[str, Any]:
        """What every service of a post is told."""
        return {"instance": self.post_instance, "now": self.now, "actor": self.caller.actor}


class FillFromTray(Action):
    """Put words that wait in the tray into an open slot."""

    name = "tray"

    def form(self, data: Any) -> PageForm:
        """Return the form of the choice."""
        return tray_form(self.post_instance, data)

    def act(self, form: Any) -> str:
        """Fill."""
        given = form.cleaned_data
        return placed(self.request, fill(content=given["content"], status=given["then"], **self.service))


class Schedule(Action):
    """Promise a post: at its time, or another."""

    name = offer = SCHEDULE

    def form(self, data: Any) -> PageForm:
        """Return the form of the time."""
        return WhenForm(data, instance=self.post_instance, name=self.name)

    def act(self, form: Any) -> str:
        """Schedule."""
        stated = form.stated()
        done = placed(self.request, edit.schedule(at=stated.at, **self.service))
        self.told(stated)
        return done


class Move(Schedule):
    """Move a post to another time."""

    name = offer = MOVE

    def act(self, form: Any) -> str:
        """Move."""
        stated = form.stated()
        instance = edit.move(at=stated.at, **self.service)
        self.told(stated)
        return _("Moved to %(when)s.") % {"when": shown(self.request, instance)}


class UseNearest(Action):
    """Move a post to the time that a warning offers."""

    def form(self, data: Any) -> PageForm:
        """Return the form of the instant."""
        return NearestForm(data)

    def act(self, form: Any) -> str:
        """Move."""
        instance = edit.move(at=form.cleaned_data["at"], **self.service)
        return _("Moved to %(when)s.") % {"when": shown(self.request, instance)}


class ScheduleAt(UseNearest):
    """Promise a post at a time that one click takes: the next free slot, or a recommended time."""

    offer = SCHEDULE

    def act(self, form: Any) -> str:
        """Schedule."""
        return placed(self.request, edit.schedule(at=form.cleaned_data["at"], **self.service))


class TakeOut(Action):
    """Take the content out of a post."""

    def act(self, form: PageForm) -> str:
        """Take out."""
        title = self.post_instance.content_item.title
        edit.take_out(**self.service)
        return _("The slot is open again. “%(title)s” waits in the tray.") % {"title": title}


class Skip(Action):
    """Leave a post or a slot out."""

    name = "skip"

    def form(self, data: Any) -> PageForm:
        """Return the form of the reason."""
        return SkipForm(data, name=self.name)

    def act(self, form: Any) -> str:
        """Skip."""
        edit.skip(reason=form.cleaned_data["reason"], **self.service)
        return _("Skipped: nothing goes out here.")


class Cancel(Action):
    """Cancel a post."""

    def act(self, form: PageForm) -> str:
        """Cancel; a cadence's slot is open again."""
        instance = edit.cancel(**self.service)
        if instance.status == Status.CANCELED:
            return _("Canceled: it will not go out.")
        return _("Canceled: the slot is open again.")


class Undo(Action):
    """Bring a skipped or canceled post back."""

    def act(self, form: PageForm) -> str:
        """Restore."""
        instance = edit.restore(**self.service)
        if instance.status == Status.PLANNED:
            return _("It is back as an open slot.")
        return _("It is back as a draft.")


class PublishNow(Action):
    """Make a post due at once."""

    offer = PUBLISH_NOW

    def act(self, form: PageForm) -> str:
        """Publish now."""
        edit.publish_now(**self.service)
        return _("It is due now: the workers take it next.")


def placed(request: HttpRequest, instance: PostInstance) -> str:
    """Say where a post stands now, and as what."""
    if instance.status == Status.SCHEDULED:
        return _("Scheduled for %(when)s.") % {"when": shown(request, instance)}
    return _("Kept as a draft for %(when)s.") % {"when": shown(request, instance)}


def shown(request: HttpRequest, instance: PostInstance) -> str:
    """Return a post's time as its account reads it."""
    zone = instance.channel_account.zone
    return f"{spoken(request, instance.scheduled_for, zone, day='l j F Y')} ({zone.key})"


def with_days(page: Page, answer: HttpResponse, *instants: datetime) -> HttpResponse:
    """Add to a drawer's answer the days of the calendar beside it, if it named that; and tell scripts which days."""
    asked = read(page, QueryDict(page.request.POST.get("plan", "").removeprefix("?")))
    days = sorted({local_day(at, asked.zone) for at in instants})
    if "plan" in page.request.POST:
        answer.content += render_days(page, asked, days).encode()
    answer["HX-Trigger"] = json.dumps({"plan-changed": {"days": [day.isoformat() for day in days]}})
    return answer
