"""`/shared/<token>/`: the plan of a campaign for a client; its secret address is its only credential."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from campaigns.models import Media, MediaKind
from scheduling.models import PostInstance, SharedLink, Status
from scheduling.rules.habits import WORLD, Habits
from scheduling.services.rollup import POSTS_SHOWN, READY, Week, by_week, pictures_of, posts_of_campaign
from scheduling.services.sharing import find_shared
from scheduling.services.thumbnails import CONTENT_TYPE, thumbnail
from scheduling.templatetags.plan import habits_of_request
from workspaces.api.pace import address
from workspaces.errors import NotFound
from workspaces.services.pace import turn_outside

AN_HOUR = 3600  # Seconds: so long a client may still see a picture whose link was revoked.
# What a client reads of a state: nobody's inner troubles.
IN_PREPARATION, PLANNED, PUBLISHED, DELAYED = "in preparation", "planned", "published", "delayed"
SHOWN_AS = {
    Status.DRAFT: IN_PREPARATION,
    Status.IN_REVIEW: IN_PREPARATION,
    **dict.fromkeys(READY, PLANNED),
    Status.PUBLISHED: PUBLISHED,
}
HIDDEN = [status for status, shown_as in SHOWN_AS.items() if shown_as == IN_PREPARATION]
MOST_PICTURES = 4  # Of a post.
LOOKS = {
    IN_PREPARATION: ("draft", "pencil"),
    PLANNED: ("scheduled", "clock"),
    PUBLISHED: ("published", "checks"),
    DELAYED: ("draft", "hourglass"),
}


class SharedPlan(View):
    """The plan of a token, to read: dates, places and words; no notes, no names of the team, nothing to press."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Answer it; an address that is not (any more) one is the same page always."""
        now = timezone.now()
        link = find_shared(token=token, now=now)
        turn = turn_outside("stranger", name=f"shared {link.pk}" if link else address(request), now=now)
        if not turn.is_allowed:
            answer = self.say(request, "slow", 429)
            answer["Retry-After"] = str(turn.wait)
        elif link is None:
            answer = self.say(request, "gone", 404)
        else:
            with timezone.override(link.campaign.brand.timezone):
                answer = render(request, "scheduling/shared.html", plan_of(link, habits_of_request(request)))
        return secretly(answer, "private, no-store")

    def say(self, request: HttpRequest, what: str, status: int) -> HttpResponse:
        """Answer with a sentence."""
        return render(request, "scheduling/shared_none.html", {"what": what}, status=status)


class SharedPicture(View):
    """`/shared/<token>/pictures/<id>/`: a small picture of a post whose words the plan shows, and of no other."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
        """Answer it; what is not there, or not (any more) shown, is nothing."""
        now = timezone.now()
        link = find_shared(token=token, now=now)
        if link is None:
            turn = turn_outside("stranger", name=address(request), now=now)
            return secretly(HttpResponse(status=404 if turn.is_allowed else 429), "private, no-store")
        media = pictures_of(link.campaign, hidden=HIDDEN).filter(pk=pk).first()
        try:
            small = thumbnail(media) if media else None
        except NotFound:
            small = None
        if small is None:
            return secretly(HttpResponse(status=404), "private, no-store")
        answer = HttpResponse(small, content_type=CONTENT_TYPE, headers={"X-Content-Type-Options": "nosniff"})
        return secretly(answer, f"private, max-age={AN_HOUR}")


def secretly(answer: HttpResponse, kept: str) -> HttpResponse:
    """Return an answer that nobody else may keep, list, or learn the address of.

    :param kept: how the client's own browser may keep it.
    """
    answer["Cache-Control"] = kept
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def plan_of(link: SharedLink, habits: Habits = WORLD) -> dict[str, Any]:
    """Return what a client sees of a campaign."""
    rows = posts_of_campaign(link.campaign).prefetch_related("content_item__attachments__media")
    posts = [one for one in rows[:POSTS_SHOWN] if not one.content_item.is_placeholder]
    found = by_week(link.campaign, posts, habits)
    weeks = [Week(week.first, week.last, [seen(post) for post in week.posts]) for week in found]
    return {"campaign": link.campaign, "brand": link.campaign.brand, "weeks": weeks, "expires_at": link.expires_at}


def seen(post: PostInstance) -> dict[str, Any]:
    """Return what a client sees of a post: its words only once somebody stands by them."""
    shown_as = SHOWN_AS.get(Status(post.status), DELAYED)
    look, icon = LOOKS[shown_as]
    is_open, account = shown_as != IN_PREPARATION, post.channel_account
    return {
        "at": post.scheduled_for,
        "account": account,
        "shown_as": shown_as,
        "look": look,
        "icon": icon,
        "pictures": pictures(post)[:MOST_PICTURES] if is_open else [],
        "words": post.content_item.text_for(account.platform, account.pk) if is_open else "",
        "link": post.content_item.link_for(account.platform) if is_open else "",
        "url": post.remote_url if shown_as == PUBLISHED and not post.is_sandboxed else "",
    }


def pictures(post: PostInstance) -> list[Media]:
    """Return the pictures that a post carries, in their order."""
    carried = (one.media for one in post.content_item.attachments.all())
    return [one for one in carried if one.kind == MediaKind.IMAGE]
