"""`/feeds/<token>.ics`: a calendar for programs that subscribe to it; its secret address is its only credential."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views import View

from scheduling.services.feeds import find_feed
from scheduling.services.ical import edition, written
from workspaces.api.pace import address
from workspaces.services.pace import turn_outside

A_POST = "00000000-0000-0000-0000-000000000000"


class Feed(View):
    """The calendar of a token."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Answer it, or that it is as before; an address that is not (any more) one is the same 404 always."""
        now = timezone.now()
        feed = find_feed(token=token, now=now)
        turn = turn_outside("stranger", name=f"feed {feed.pk}" if feed else address(request), now=now)
        if not turn.is_allowed:
            return _plain("Too many requests.\n", 429, {"Retry-After": str(turn.wait)})
        if feed is None:
            return _plain("There is no such calendar.\n", 404, {})
        found = edition(feed=feed, with_slots=request.GET.get("slots") == "1", now=now)
        changed = int(found.changed_at.timestamp())
        answer = get_conditional_response(request, etag=found.etag, last_modified=changed)
        if answer is None:
            page = f"{settings.PUBLIC_URL}{reverse('post', args=[A_POST])}"
            body = written(found, post_address=page.replace(A_POST, "{id}"))
            answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
            answer["Content-Disposition"] = 'inline; filename="marketmind.ics"'
        answer["ETag"] = found.etag
        answer["Last-Modified"] = http_date(changed)
        answer["Cache-Control"] = "private, max-age=300"
        answer["X-Robots-Tag"] = "noindex"
        return answer


def _plain(text: str, status: int, headers: dict[str, str]) -> HttpResponse:
    kind = "text/plain; charset=utf-8"
    return HttpResponse(text, status=status, content_type=kind, headers={"Cache-Control": "no-store", **headers})
