"""What people do with a post on its page: a form in, one service call, and a sentence back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format

from campaigns.models import ContentItem
from scheduling.forms import NearestForm, PageForm, SkipForm, WhenForm
from scheduling.models import PostInstance
from scheduling.services import edit
from scheduling.services.changing import CHANGED
from scheduling.services.content import save_content, write_and_fill
from scheduling.services.offers import MOVE, PUBLISH_NOW, SCHEDULE, scope_of
from scheduling.services.schedule import fill
from scheduling.services.stated import StatedTime
from scheduling.views.posts import EDITED, PostPart, edit_form, fill_form, post_url, tray_form
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, Invalid, Refusal

UNREADABLE = 422


class Action(PostPart):
    """One thing to do with a post; a refusal shows the page again with what was typed still there."""

    name = "plain"
    """Under which name the page shows the form again; `plain` has nothing to type in."""
    offer = ""
    """What it is called where scopes are asked."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send who reloads a refusal's address to the post."""
        return redirect(post_url(self.post_instance) + self.kept)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Do it, or say why not.

        :raises Forbidden: if it needs more than the person's role has, for this post.
        """
        self.caller.require(scope_of(self.offer, self.post_instance), self.workspace)
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(given={self.name: form}, status=UNREADABLE)
        try:
            if form.cleaned_data["version"] not in (None, self.post_instance.version):
                raise Conflict(CHANGED)
            said = self.act(form)
        except (Conflict, Invalid) as refusal:
            return self.refused(form, refusal)
        messages.success(request, said)
        return redirect(post_url(self.post_instance) + self.kept)

    def refused(self, form: PageForm, refusal: Refusal) -> HttpResponse:
        """Show the post as it is by now, with the refusal."""
        form.refuse(refusal)
        self.load(self.post_instance.pk)
        return self.show(given={self.name: form}, status=status_of(refusal))

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


class Fill(Action):
    """Write new words into an open slot."""

    name = "fill"

    def form(self, data: Any) -> PageForm:
        """Return the form of the words."""
        return fill_form(self.post_instance, data)

    def act(self, form: Any) -> str:
        """Write and fill."""
        brand = self.post_instance.channel_account.brand
        content = ContentItem(workspace=self.workspace, brand=brand, created_at=self.now, **form.words())
        return placed(write_and_fill(content=content, status=form.cleaned_data["then"], **self.service))


class FillFromTray(Action):
    """Put words that wait in the tray into an open slot."""

    name = "tray"

    def form(self, data: Any) -> PageForm:
        """Return the form of the choice."""
        return tray_form(self.post_instance, data)

    def act(self, form: Any) -> str:
        """Fill."""
        given = form.cleaned_data
        return placed(fill(content=given["content"], status=given["then"], **self.service))


class Edit(Action):
    """Change what a post says."""

    name = "edit"

    def form(self, data: Any) -> PageForm:
        """Return the form of the words."""
        return edit_form(self.post_instance, data)

    def act(self, form: Any) -> str:
        """Save the words."""
        content = self.post_instance.content_item
        for name in EDITED:
            setattr(content, name, form.cleaned_data[name])
        save_content(content=content, now=self.now, actor=self.caller.actor, seen=form.cleaned_data["seen"])
        return "Saved."

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        """Show the refusal beside the newest text: whoever saves again has seen that one."""
        newest = ContentItem.objects.values_list("updated_at", flat=True).get(pk=self.post_instance.content_item_id)
        form.data = {**form.data.dict(), "seen": newest.isoformat()}
        return super().refused(form, refusal)


class Schedule(Action):
    """Promise a post: at its time, or another."""

    name = offer = SCHEDULE

    def form(self, data: Any) -> PageForm:
        """Return the form of the time."""
        return WhenForm(data, instance=self.post_instance, name=self.name)

    def act(self, form: Any) -> str:
        """Schedule."""
        stated = form.stated()
        done = placed(edit.schedule(at=stated.at, **self.service))
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
        return f"Moved to {shown(instance)}."


class UseNearest(Action):
    """Move a post to the time that a warning offers."""

    def form(self, data: Any) -> PageForm:
        """Return the form of the instant."""
        return NearestForm(data)

    def act(self, form: Any) -> str:
        """Move."""
        return f"Moved to {shown(edit.move(at=form.cleaned_data['at'], **self.service))}."


class TakeOut(Action):
    """Take the content out of a post."""

    def act(self, form: PageForm) -> str:
        """Take out."""
        title = self.post_instance.content_item.title
        edit.take_out(**self.service)
        return f"The slot is open again. “{title}” waits in the tray."


class Skip(Action):
    """Leave a post or a slot out."""

    name = "skip"

    def form(self, data: Any) -> PageForm:
        """Return the form of the reason."""
        return SkipForm(data, name=self.name)

    def act(self, form: Any) -> str:
        """Skip."""
        edit.skip(reason=form.cleaned_data["reason"], **self.service)
        return "Skipped: nothing goes out here."


class Cancel(Action):
    """Cancel a post."""

    def act(self, form: PageForm) -> str:
        """Cancel; a cadence's slot is open again."""
        instance = edit.cancel(**self.service)
        return "Canceled: it will not go out." if instance.status == "canceled" else "Canceled: the slot is open again."


class Undo(Action):
    """Bring a skipped or canceled post back."""

    def act(self, form: PageForm) -> str:
        """Restore."""
        instance = edit.restore(**self.service)
        return "It is back as an open slot." if instance.status == "planned" else "It is back as a draft."


class PublishNow(Action):
    """Make a post due at once."""

    offer = PUBLISH_NOW

    def act(self, form: PageForm) -> str:
        """Publish now."""
        edit.publish_now(**self.service)
        return "It is due now: the workers send it within seconds."


def placed(instance: PostInstance) -> str:
    """Say where a post stands now, and as what."""
    return f"{'Scheduled for' if instance.status == 'scheduled' else 'Kept as a draft for'} {shown(instance)}."


def shown(instance: PostInstance) -> str:
    """Return a post's time as its account reads it."""
    zone = instance.channel_account.zone
    with timezone.override(zone):
        local = timezone.localtime(instance.scheduled_for)
        return f"{date_format(local, 'l j F Y, H:i')} ({zone.key})"
