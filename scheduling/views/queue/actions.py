"""Changing the order of a queue, and what stands in it: by buttons and small forms, which a script makes quicker."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.edit import skip
from scheduling.services.queueing import Direction, schedule_next_free, step, take_place
from scheduling.services.queues import first_of_queues, page_of_queue
from scheduling.views.queue.page import QueuePage
from scheduling.views.spoken import spoken
from workspaces.errors import Conflict, Invalid, NotFound
from workspaces.lookup import by_reference
from workspaces.phrases import phrased

NO_POST = _("There is no such post in this workspace.")


class QueueAction(QueuePage):
    """One change; a script gets the account's queue as it stands by now, others the page again."""

    def get(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        """Send who loads the address by hand to the queue."""
        return redirect(reverse("queue") + self.asked.query())

    def post(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        """Do it, or say why not."""
        account = self.account()
        try:
            messages.success(request, self.act(account))
        except (Conflict, Invalid) as refusal:
            messages.error(request, refusal.message)
        if not request.htmx:
            return redirect(f"{reverse('queue')}{self.asked.query()}#queue-{account.pk}")
        if self.asked.narrowing.channel_account:
            queue = page_of_queue(self.workspace, account, page=self.asked.page, now=self.now)
        else:
            queue = first_of_queues(self.workspace, [account], now=self.now)[0]
        context = self.shown([queue])
        return render(request, "scheduling/_queue_changed.html", {**context, **context["queues"][0]})

    def account(self) -> ChannelAccount:
        """Return the account whose queue is changed."""
        return self.instance.channel_account

    def act(self, account: ChannelAccount) -> str:
        """Make the one service call; return what to say."""
        raise NotImplementedError

    @property
    def instance(self) -> PostInstance:
        """The post or slot that the address names, read once.

        :raises NotFound: if the workspace has no such one.
        """
        if not hasattr(self, "_instance"):
            rows = PostInstance.objects.filter(workspace=self.workspace).with_everything()
            self._instance = rows.filter(pk=self.kwargs["pk"]).first()
        if self._instance is None:
            raise NotFound(NO_POST)
        return self._instance

    def version(self) -> int | None:
        """Return the version that the person looked at."""
        given = self.request.POST.get("version", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None

    def spoken(self, instance: PostInstance) -> str:
        """Return when a post stands, in its account's zone."""
        return spoken(self.request, instance.scheduled_for, instance.channel_account.zone)

    def moved(self, instance: PostInstance) -> str:
        """Return where a post stands now, and what that breaks, in a sentence or two."""
        what = _("The open slot") if instance.content_item.is_placeholder else f"“{instance.content_item.title}”"
        said = _("%(what)s stands at %(when)s now.") % {"what": what, "when": self.spoken(instance)}
        return " ".join([said, *(phrased(one["message"]) for one in instance.warnings)])


class Step(QueueAction):
    """`POST /queue/<id>/earlier/` and `/later/`: change places with the neighbour."""

    direction: Direction = "earlier"

    def act(self, account: ChannelAccount) -> str:
        """Step."""
        who = {"now": self.now, "actor": self.caller.actor}
        return self.moved(step(instance=self.instance, direction=self.direction, version=self.version(), **who))


class TakePlace(QueueAction):
    """`POST /queue/<id>/place/`: stand where another stands; those between move up."""

    def act(self, account: ChannelAccount) -> str:
        """Move.

        :raises NotFound: if there is no such place.
        """
        try:
            other = UUID(self.request.POST.get("of", ""))
        except ValueError as error:
            raise NotFound(NO_POST) from error
        who = {"now": self.now, "actor": self.caller.actor}
        return self.moved(take_place(instance=self.instance, of=other, version=self.version(), **who))


class SkipPlace(QueueAction):
    """`POST /queue/<id>/skip/`: leave it out for good."""

    def act(self, account: ChannelAccount) -> str:
        """Skip."""
        if self.version() not in (None, self.instance.version):
            raise Conflict(_("Somebody else changed it meanwhile. Look at it again."))
        skip(instance=self.instance, now=self.now, actor=self.caller.actor)
        return _("Skipped what stood at %(when)s: it is not made again.") % {"when": self.spoken(self.instance)}


class NextFree(QueueAction):
    """`POST /queue/next-free/`: put content into the next open slot of an account, or at its next free time."""

    def account(self) -> ChannelAccount:
        """Return the account that is named.

        :raises NotFound: if there is none.
        """
        named = self.request.POST.get("account", "")
        found = next((one for one in self.accounts if str(one.pk) == named), None)
        if found is None:
            raise NotFound(_("There is no such account in this workspace."))
        return found

    def act(self, account: ChannelAccount) -> str:
        """Schedule.

        :raises Invalid: if no content is chosen.
        """
        mine = ContentItem.objects.filter(workspace=self.workspace, is_placeholder=False)
        content = by_reference(mine, self.request.POST.get("content"))
        if content is None:
            raise Invalid(_("Choose the content first."))
        made = schedule_next_free(account=account, content=content, now=self.now, actor=self.caller.actor)
        return _("Scheduled “%(title)s” for %(when)s. %(why)s") % {
            "title": content.title,
            "when": self.spoken(made),
            "why": phrased(made.reason),
        }
