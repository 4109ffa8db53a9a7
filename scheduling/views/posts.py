"""The page of one post: everything about it, and a form for each thing that can be done with it."""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, ContentItem
from scheduling.forms import ConfirmForm, EditForm, FillForm, PageForm, RequeueForm, SkipForm, TrayForm, WhenForm
from scheduling.models import PostInstance
from scheduling.rules import PLATFORMS, local_day
from scheduling.services.content import tray
from scheduling.services.offers import TAKE_OUT, offers, scope_of
from scheduling.services.story import story_of
from scheduling.views.asked import KEPT, month_text
from workspaces.errors import NotFound
from workspaces.models import Workspace
from workspaces.pages import Page

MOST_IN_TRAY = 200
EDITED = ("title", "body", "link")


class PostPart(Page):
    """A page about one post, in the post's workspace, whichever the person looked at before."""

    def find_workspace(self, request: HttpRequest) -> Workspace:
        """Return the workspace of the post.

        :raises NotFound: if there is no such post in a workspace of the person's.
        """
        self.load(self.kwargs["pk"])
        found = next(one for one in self.caller_workspaces if one.pk == self.post_instance.workspace_id)
        self.remember(request, found)
        return found

    def load(self, key: UUID) -> None:
        """Read the post as it is now."""
        mine = PostInstance.objects.filter(workspace__in=self.caller_workspaces)
        found = mine.with_everything().filter(pk=key).first()
        if found is None:
            raise NotFound("There is no such post.")
        self.post_instance = found

    @cached_property
    def kept(self) -> str:
        """The calendar's filters as `?…` or nothing: the way back keeps them."""
        values = self._filters()
        return f"?{urlencode(values)}" if values else ""

    @property
    def way_back(self) -> str:
        """The address of the calendar's month in which the post stands."""
        month = month_text(local_day(self.post_instance.scheduled_for, self.zone))
        return f"{reverse('calendar')}?{urlencode({'month': month, **self._filters()})}"

    def _filters(self) -> dict[str, str]:
        return {name: self.request.GET[name] for name in KEPT if self.request.GET.get(name)}

    def allowed(self) -> frozenset[str]:
        """Return what this person can do with the post as it stands."""
        post = self.post_instance
        found = offers(post, now=self.now)
        return frozenset(one for one in found if self.caller.may(scope_of(one, post), self.workspace.pk))

    def show(self, *, given: dict[str, PageForm] | None = None, status: int = 200) -> HttpResponse:
        """Answer with the page; `given` are forms that were refused, by action."""
        instance, allowed = self.post_instance, self.allowed()
        zone = instance.channel_account.zone
        context = {
            "post": instance,
            "platform": PLATFORMS[instance.channel_account.platform],
            "text": instance.content_item.text_for(instance.channel_account.platform),
            "account_zone": zone,
            "own_zone": self.zone,
            "warnings": warnings_of(instance),
            "attempts": instance.publish_logs.order_by("-number"),
            "story": story_of(instance, zone),
            "elsewhere": self.elsewhere(),
            "can": allowed,
            "forms": {**forms_for(instance, allowed), **(given or {})},
            "refusals": [text for form in (given or {}).values() for text in form.non_field_errors()],
            "cancel_empties": TAKE_OUT in allowed and instance.cadence_slot is not None,
            "kept": self.kept,
            "back": self.way_back,
        }
        with timezone.override(zone):
            return render(self.request, "scheduling/post.html", context, status=status)

    def elsewhere(self) -> list[PostInstance]:
        """Return the other posts of the same content."""
        if self.post_instance.content_item.is_placeholder:
            return []
        same = PostInstance.objects.filter(content_item=self.post_instance.content_item_id)
        return list(same.exclude(pk=self.post_instance.pk).with_everything().order_by("scheduled_for", "id")[:20])


class PostPage(PostPart):
    """`/calendar/posts/<id>/`."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the post."""
        return self.show()


def post_url(instance: PostInstance) -> str:
    """Return the address of a post's page."""
    return reverse("post", args=[instance.pk])


def campaigns_of(instance: PostInstance) -> Any:
    """Return the campaigns that a post's content may belong to."""
    return Campaign.objects.filter(brand=instance.channel_account.brand_id)


def forms_for(instance: PostInstance, allowed: frozenset[str]) -> dict[str, forms.Form]:
    """Return an empty or prefilled form for each action that takes input."""
    makers = {
        "fill": lambda: {"fill": fill_form(instance), "tray": tray_form(instance)},
        "edit": lambda: {"edit": edit_form(instance)},
        "schedule": lambda: {"schedule": WhenForm(instance=instance, name="schedule")},
        "move": lambda: {"move": WhenForm(instance=instance, name="move")},
        "skip": lambda: {"skip": SkipForm(name="skip")},
        "requeue": lambda: {"requeue": RequeueForm(instance=instance, name="requeue")},
        "confirm": lambda: {"confirm": ConfirmForm(name="confirm")},
    }
    return {name: form for action in makers if action in allowed for name, form in makers[action]().items()}


def fill_form(instance: PostInstance, data: Any = None) -> FillForm:
    """Return the form that writes new words into a slot."""
    return FillForm(data, name="fill", campaigns=campaigns_of(instance), initial={"campaign": instance.campaign_id})


def tray_form(instance: PostInstance, data: Any = None) -> TrayForm:
    """Return the form that puts words from the tray into a slot."""
    newest = tray(instance.channel_account.brand).values("pk")[:MOST_IN_TRAY]
    contents = ContentItem.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by(
        "-created_at", "id"
    )
    return TrayForm(data, name="tray", contents=contents)


def edit_form(instance: PostInstance, data: Any = None) -> EditForm:
    """Return the form that changes a post's words."""
    content = instance.content_item
    initial = {name: getattr(content, name) for name in EDITED}
    return EditForm(data, name="edit", initial={**initial, "seen": content.updated_at.isoformat()})


def warnings_of(instance: PostInstance) -> list[dict[str, Any]]:
    """Return a post's warnings; each nearest time stands once, as an instant beside its ISO text."""
    seen: set[str] = set()
    found = []
    for one in instance.warnings:
        text = one.get("nearest")
        fresh = text if text not in seen else None
        seen.add(text)
        found.append({**one, "nearest": fresh, "nearest_at": datetime.fromisoformat(fresh) if fresh else None})
    return found
