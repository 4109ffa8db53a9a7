"""The sandbox's feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publishing.models import OutboxPost
from workspaces.pages import Page

NEWEST = 100


class OutboxPage(Page):
    """What sandbox accounts "published": it looks like a feed, and says that nothing went out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the newest posts."""
        posts = OutboxPost.objects.filter(workspace=self.workspace).select_related("channel_account__brand")
        return render(request, "publishing/outbox.html", {"posts": posts[:NEWEST]})
