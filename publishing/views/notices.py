"""`/notices/`: what people were told, and where it was sent."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from publishing.models import NoticeKind
from publishing.services.notices import mark_seen, notices_of
from publishing.services.notices.wording import MOST_LINES, Reader, happened, some, spoken_line, way_on
from scheduling.templatetags.plan import habits_of_request
from workspaces.pages import Page
from workspaces.roles import ADMIN

NOTICES_A_PAGE = 25
ICONS = {
    NoticeKind.FAILED: "alert",
    NoticeKind.UNCONFIRMED: "question",
    NoticeKind.MISSED: "missed",
    NoticeKind.RECONNECT: "plug",
    NoticeKind.RUNS_DRY: "hourglass",
}


class NoticesPage(Page):
    """A workspace's notices, newest first; whoever opens them has seen them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of notices, and note that the person has seen them."""
        before = mark_seen(user=request.user, workspace=self.workspace, now=self.now)
        page = Paginator(notices_of(self.workspace), NOTICES_A_PAGE).get_page(request.GET.get("page"))
        reader = Reader(self.zone, habits_of_request(request))
        for notice in page.object_list:
            notice.happened, notice.icon = happened(notice), ICONS[notice.kind]
            notice.is_new = before is not None and notice.updated_at > before
            notice.shown_lines = some([spoken_line(one, reader) for one in notice.lines], MOST_LINES)
            notice.others = max(0, notice.count - len(notice.first_posts)) if notice.first_posts else 0
            notice.way_on = way_on(notice)
        settings_url = reverse("settings-notices") if self.caller.may(ADMIN, self.workspace.pk) else ""
        context = {"page": page, "own_zone": self.zone, "settings_url": settings_url}
        with timezone.override(self.zone):
            return render(request, "publishing/notices.html", context)
