"""`/settings/feeds/`: secret addresses that calendar programs read; each is shown once, when it is made or renewed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from scheduling.models import CalendarFeed
from scheduling.services.feeds import create_feed, delete_feed, renew_feed
from scheduling.views.settings.forms import FeedForm
from workspaces.api.errors import status_of
from workspaces.errors import Invalid
from workspaces.pages import UNREADABLE
from workspaces.views.settings.parts import AskFirst, SettingsPart


class FeedsPart(SettingsPart):
    """The feeds of the workspace."""

    template = "workspaces/settings/feeds.html"
    home = "settings-feeds"
    model = CalendarFeed

    def list(self, form: FeedForm, *, status: int = 200, **made: object) -> HttpResponse:
        """Answer with the feeds, and a form for one more."""
        rows = CalendarFeed.objects.filter(workspace=self.workspace)
        feeds = rows.select_related("brand", "channel_account__brand").order_by("name", "id")
        return self.show(feeds=feeds, form=form, status=status, **made)

    def with_address(self, feed: CalendarFeed, token: str) -> HttpResponse:
        """Answer with a feed's address, this once."""
        address = f"{settings.PUBLIC_URL}{reverse('feed', args=[token])}"
        return self.list(FeedForm(workspace=self.workspace), status=201, made=feed, secret=address)


class Feeds(FeedsPart):
    """The list, and one more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.list(FeedForm(workspace=self.workspace))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show its address this once."""
        form = FeedForm(request.POST, workspace=self.workspace)
        if not form.is_valid():
            return self.list(form, status=UNREADABLE)
        feed = form.feed(self.workspace)
        try:
            token = create_feed(feed=feed, **self.who)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.list(form, status=status_of(refusal))
        return self.with_address(feed, token)


class RenewFeed(FeedsPart, AskFirst):
    """`/settings/feeds/<id>/renew/`."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Ask."""
        self.template = AskFirst.template
        return super().get(request, pk)

    def question(self, row: CalendarFeed) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Give “%(name)s” a new address?") % {"name": row.name},
            "words": _("The address of now is nothing from then on: who reads it has to get the new one."),
            "button": _("Make a new address"),
        }

    def act(self, row: CalendarFeed) -> HttpResponse:
        """Renew it."""
        return self.with_address(row, renew_feed(feed=row, **self.who))


class DeleteFeed(FeedsPart, AskFirst):
    """`/settings/feeds/<id>/delete/`."""

    template = AskFirst.template

    def question(self, row: CalendarFeed) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Delete the feed “%(name)s”?") % {"name": row.name},
            "words": _("Its address is nothing from then on. The posts stay."),
            "button": _("Delete it"),
        }

    def act(self, row: CalendarFeed) -> HttpResponse:
        """Delete it."""
        delete_feed(feed=row, **self.who)
        return self.back(_("Deleted the feed “%(name)s”.") % {"name": row.name})
