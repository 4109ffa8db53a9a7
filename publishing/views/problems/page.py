"""`/problems/`: posts that wait for a person's decision."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import PublishLog
from publishing.views.problems.asked import Asked, read
from scheduling.models import Status
from scheduling.rules import PLATFORMS
from scheduling.services.calendar import accounts_by_brand
from scheduling.services.overdue import overdue_in
from scheduling.services.problems import CONFIRMABLE, PROBLEMS, Answered, problems_of
from workspaces.models import Workspace
from workspaces.pages import Page

POSTS_A_PAGE = 50
REASONS = 20
MEANING = {
    Status.UNCONFIRMED: _("Sent, but nobody knows whether it arrived. Look, then decide."),
    Status.FAILED: _("Refused, or out of attempts: it did not go out."),
    Status.MISSED: _("Too late for its account's limit, or never promised: nothing was sent."),
}


class ProblemsPage(Page):
    """What failed, is unconfirmed or was missed, by state, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of problems."""
        return self.show()

    @cached_property
    def asked(self) -> Asked:
        """What the address asks for."""
        return read(self.workspace, self.request.GET)

    def show(self, *, answers: Sequence[Answered] = (), typed: dict[str, Any] | None = None, status: int = 200) -> Any:
        """Answer with the page; `answers` tell what came of a decision, `typed` what was refused."""
        asked = self.asked
        attempts = PublishLog.objects.order_by("-number")
        rows = asked.rows.prefetch_related(Prefetch("publish_logs", queryset=attempts, to_attr="tried"))
        page = Paginator(rows, POSTS_A_PAGE).get_page(asked.kept.get("page"))
        states = tabs(asked)
        context = {
            "asked": asked,
            "page": page,
            "tabs": states,
            "some_unconfirmed": any(one["is_shown"] and one["status"] == Status.UNCONFIRMED for one in states),
            "groups": accounts_by_brand(self.workspace),
            "platforms": PLATFORMS.values(),
            "reasons": reasons(asked),
            "elsewhere": self.elsewhere(),
            "confirmable": CONFIRMABLE,
            "answers": answers,
            "refused": [one for one in answers if one.refusal],
            "typed": typed or {},
            "own_zone": self.zone,
            "overdue": overdue_in(self.workspace, now=self.now),
        }
        with timezone.override(self.zone):
            return render(self.request, "publishing/problems.html", context, status=status)

    def elsewhere(self) -> list[tuple[Workspace, int]]:
        """Return the person's other workspaces that have problems, with how many."""
        others = {one.pk: one for one in self.caller_workspaces if one.pk != self.workspace.pk}
        if not others:
            return []
        counts = problems_of(others.values()).order_by().values_list("workspace").annotate(Count("pk"))
        return [(others[key], number) for key, number in counts]


def tabs(asked: Asked) -> list[dict[str, Any]]:
    """Return the states with how many of the other filters' posts are in each, and the address that shows them."""
    counts = dict(asked.in_any_state.order_by().values_list("status").annotate(Count("pk")))
    chosen = asked.narrowing.statuses
    return [
        {
            "status": status,
            "count": counts.get(status, 0),
            "meaning": MEANING[status],
            "is_chosen": chosen == (status,),
            "is_shown": bool(counts.get(status)) and (not chosen or status in chosen),
            "query": asked.query(status="" if chosen == (status,) else status, page=""),
        }
        for status in PROBLEMS
    ]


def reasons(asked: Asked) -> list[tuple[str, int]]:
    """Return the most frequent reasons, with how many posts have each."""
    found = problems_of([asked.workspace]).exclude(reason="").order_by().values_list("reason")
    return list(found.annotate(number=Count("pk")).order_by("-number", "reason")[:REASONS])
