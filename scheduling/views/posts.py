"""The page of one post: everything about it, and a form for each thing that can be done with it.

The drawer beside the calendar is the same page without what stands around it.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from scheduling.forms import PageForm
from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import PLATFORMS, local_day
from scheduling.services.comments import comments_of
from scheduling.services.offers import (
    CANCEL,
    EDIT,
    FILL,
    MOVE,
    PUBLISH_NOW,
    SCHEDULE,
    SKIP,
    TAKE_OUT,
    UNDO,
    offers,
    scope_of,
)
from scheduling.services.story import story_of, who
from scheduling.services.suggesting import best_ones, next_free
from scheduling.templatetags.plan import habits_of_request
from scheduling.views.asked import KEPT, month_text
from scheduling.views.attached import Attached
from scheduling.views.composing import Composer, Look
from scheduling.views.parts import ALL, BESIDE_WORDS, FRESH, in_order
from scheduling.views.post_forms import forms_for
from scheduling.views.typed import typed_content
from workspaces.errors import NotFound
from workspaces.models import Workspace
from workspaces.pages import Page

PAGE, DRAWER, SOME = "scheduling/post.html", "scheduling/_drawer.html", "scheduling/_drawer_parts.html"
COMMENT = "comment"
COMPOSED = (EDIT, FILL)
DEEDS = frozenset({PUBLISH_NOW, TAKE_OUT, CANCEL, SKIP, UNDO})  # What has no place of its own on the page.


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
            raise NotFound(_("There is no such post."))
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
        found = frozenset(one for one in offers(post, now=self.now) if self._may(scope_of(one, post)))
        return found | {COMMENT} if self._may("write") and not post.content_item.is_placeholder else found

    def _may(self, scope: str) -> bool:
        return self.caller.may(scope, self.workspace.pk)

    def composed(self) -> tuple[str, UUID]:
        """Return what the composer is: which form, and of which content."""
        allowed = self.allowed()
        return next((one for one in COMPOSED if one in allowed), ""), self.post_instance.content_item_id

    def show(
        self,
        *,
        given: dict[str, PageForm] | None = None,
        attached: Attached | None = None,
        parts: Collection[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        """Answer with the page, or the drawer.

        :param given: forms that were refused, by action.
        :param parts: these of the drawer alone, which stands there already; none: all of it.
        """
        template = (SOME if parts else DRAWER) if self.request.htmx else PAGE
        context = self.context(given or {}, attached or Attached())
        # Who has changed the post from here, or was told why not, has seen it: what they type is saved upon that.
        context |= {"parts": in_order(parts or ALL), "renews_version": parts == BESIDE_WORDS}
        with timezone.override(self.post_instance.channel_account.zone):
            answer = render(self.request, template, context, status=status)
        if template == SOME:
            answer["HX-Reswap"] = "none"  # Each part says itself where it goes.
        return answer

    def context(self, given: dict[str, PageForm], attached: Attached) -> dict[str, Any]:
        """Return all that the page says; `attached` are the files of a form that was refused."""
        instance, allowed = self.post_instance, self.allowed()
        zone = instance.channel_account.zone
        forms = {**forms_for(instance, allowed), **given}
        if FILL in given:  # Somebody filled the slot meanwhile: what was typed stands beside what is there now.
            forms.pop(EDIT, None)
        composed = next((forms[name] for name in COMPOSED if name in forms), None)
        return {
            "post": instance,
            "platform": PLATFORMS[instance.channel_account.platform],
            "account_zone": zone,
            "own_zone": self.zone,
            "warnings": warnings_of(instance),
            "attempts": instance.publish_logs.order_by("-number"),
            "story": story_of(instance, zone, habits_of_request(self.request)),
            "can": allowed,
            "forms": forms,
            "compose": composed,
            "refusals": [text for form in given.values() for text in form.non_field_errors()],
            "deeds": allowed & DEEDS or (MOVE in allowed and (SCHEDULE in allowed or FILL in allowed)),
            "cancel_empties": TAKE_OUT in allowed and instance.cadence_slot is not None,
            "kept": self.kept,
            "back": self.way_back,
            **self.said(composed, attached),
            **self.remarks(),
            **self.times(allowed),
        }

    def said(self, composed: Any, attached: Attached) -> dict[str, Any]:
        """Return how the words look here and on the other accounts, as they are typed."""
        instance, content = self.post_instance, self.post_instance.content_item
        media = attached.media if attached.media is not None else list(content.media.order_by("attachments__position"))
        elsewhere = self.elsewhere()
        shown = typed_content(composed, instance.channel_account, content) if composed else content
        accounts = {one.channel_account_id: one.channel_account for one in [instance, *elsewhere]}
        looks = [Look(account, shown, media) for account in accounts.values()]
        key = f"{self.request.user.pk}:post:{instance.pk}"
        return {"composer": Composer(looks, media, key, content.version), "elsewhere": elsewhere}

    def remarks(self) -> dict[str, Any]:
        """Return the team's comments, and who is asking."""
        content = self.post_instance.content_item
        found = [] if content.is_placeholder else comments_of(content)
        mine = self.caller.actor
        return {"comments": [{"row": one, "who": who(one.author), "is_mine": one.author == mine} for one in found]}

    def times(self, allowed: frozenset[str]) -> dict[str, Any]:
        """Return the times that one click takes, where the post can get another one."""
        if not allowed & {MOVE, SCHEDULE}:
            return {}
        return one_click_times(self.post_instance.channel_account, now=self.now)

    def elsewhere(self) -> list[PostInstance]:
        """Return the other posts of the same content."""
        if self.post_instance.content_item.is_placeholder:
            return []
        same = PostInstance.objects.filter(content_item=self.post_instance.content_item_id)
        return list(same.exclude(pk=self.post_instance.pk).with_everything().order_by("scheduled_for", "id")[:20])


class PostPage(PostPart):
    """`/calendar/posts/<id>/`; `?fresh=1` from a script brings its parts as they are by now."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the post."""
        return self.show(parts=FRESH if "fresh" in request.GET else ())


def one_click_times(account: ChannelAccount, *, now: datetime) -> dict[str, Any]:
    """Return the times that one click takes, and why they are good."""
    best = best_ones(account, now=now)
    why = dict.fromkeys(reason for one in best for reason in one.reasons)
    return {"next_free": next_free(account, now=now), "best": best, "why": list(why)}


def post_url(instance: PostInstance) -> str:
    """Return the address of a post's page."""
    return reverse("post", args=[instance.pk])


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
