"""The sandbox's feed."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from publishing.models import OutboxPost
from workspaces.pages import Page

POSTS_A_PAGE = 25


class OutboxPage(Page):
    """What sandbox accounts "published": it looks like a feed, and says that nothing went out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of posts, newest first: the one that is named, the one that a post stands on, or the first."""
        posts = OutboxPost.objects.filter(workspace=self.workspace).order_by("-received_at", "-id")
        pages = Paginator(posts.select_related("channel_account__brand"), POSTS_A_PAGE)
        number = request.GET.get("page") or page_with(posts, request.GET.get("post", ""))
        with timezone.override(self.zone):
            context = {"page": pages.get_page(number), "own_zone": self.zone}
            return render(request, "publishing/outbox.html", context)


def page_with(posts: QuerySet[OutboxPost], key: str) -> int:
    """Return the number of the page on which a post stands; what is not there is on the first."""
    try:
        wanted = posts.filter(pk=UUID(key)).first()
    except ValueError:
        return 1
    if wanted is None:
        return 1
    newer = Q(received_at__gt=wanted.received_at) | Q(received_at=wanted.received_at, pk__gt=wanted.pk)
    return posts.filter(newer).count() // POSTS_A_PAGE + 1
