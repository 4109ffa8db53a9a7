"""`/shared/<token>/`: the plan of a campaign for a client; its secret address is its only credential."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from scheduling.models import PostInstance, SharedLink, Status
from scheduling.rules.habits import WORLD, Habits
from scheduling.services.rollup import POSTS_SHOWN, READY, Week, by_week, posts_of_campaign
from scheduling.services.sharing import find_shared
from scheduling.templatetags.plan import habits_of_request
from workspaces.api.pace import address
from workspaces.services.pace import turn_outside

# What a client reads of a state: nobody's inner troubles.
IN_PREPARATION, PLANNED, PUBLISHED, DELAYED = "in preparation", "planned", "published", "delayed"
SHOWN_AS = {
    Status.DRAFT: IN_PREPARATION,
    Status.IN_REVIEW: IN_PREPARATION,
    **dict.fromkeys(READY, PLANNED),
    Status.PUBLISHED: PUBLISHED,
}
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
        answer["Cache-Control"] = "private, no-store"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    def say(self, request: HttpRequest, what: str, status: int) -> HttpResponse:
        """Answer with a sentence."""
        return render(request, "scheduling/shared_none.html", {"what": what}, status=status)


def plan_of(link: SharedLink, habits: Habits = WORLD) -> dict[str, Any]:
    """Return what a client sees of a campaign."""
    posts = [one for one in posts_of_campaign(link.campaign)[:POSTS_SHOWN] if not one.content_item.is_placeholder]
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
        "words": post.content_item.text_for(account.platform, account.pk) if is_open else "",
        "link": post.content_item.link_for(account.platform) if is_open else "",
        "url": post.remote_url if shown_as == PUBLISHED and not post.is_sandboxed else "",
    }
