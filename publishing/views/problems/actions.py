"""What people decide on the Problems page: about one post or many, each answered."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from publishing.views.problems.page import ProblemsPage
from scheduling.models import PostInstance, Status
from scheduling.services.problems import Answered, confirm, refusal_of, requeue_many, skip_many
from scheduling.views.spoken import spoken
from workspaces.api.errors import status_of
from workspaces.errors import Conflict, NotFound

MOST_AT_ONCE = 500
TICK = gettext_noop("Tick the posts first: nothing was done.")
GONE = gettext_noop("There is no such post.")
LOOK_FIRST = gettext_noop(
    "Nobody knows whether it went out, and sending it again may publish it twice. Look first, then tick that."
)


class Decision(ProblemsPage):
    """A decision about the posts that were ticked, or about all that the filters show."""

    done_one, done_many = "", ""
    """What it says when it was done with a post, by its title, or with several."""

    def get(self, request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        """Send who reloads a refusal's address to the page."""
        return redirect(self.back)

    @property
    def back(self) -> str:
        """The address of the page, with its filters."""
        return reverse("problems") + self.asked.query()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide, and answer for each post."""
        posts = self.all_shown() if request.POST.get("all") else self.ticked(request.POST.getlist("chosen"))
        if not posts:
            messages.error(request, _(TICK))
            return redirect(self.back)
        return self.answer(self.act(posts))

    def act(self, posts: list[PostInstance]) -> list[Answered]:
        """Make the service call."""
        raise NotImplementedError

    def answer(self, answers: list[Answered], **typed: object) -> HttpResponse:
        """Say what came of it: all well leads back, anything else is told post by post."""
        refusals = [one.refusal for one in answers if one.refusal]
        if refusals:
            status = status_of(refusals[0]) if len(refusals) == len(answers) else 200
            return self.show(answers=answers, typed=typed, status=status)
        messages.success(self.request, self.summary(answers))
        return redirect(self.back)

    def summary(self, answers: Sequence[Answered]) -> str:
        """Return what was done, in a sentence."""
        if len(answers) == 1:
            return self.done_one % {"title": answers[0].instance.content_item.title}
        return self.done_many % {"number": len(answers)}

    def all_shown(self) -> list[PostInstance]:
        """Return what the filters show, on every page; the rest is left for the next time."""
        return list(self.asked.rows[:MOST_AT_ONCE])

    def ticked(self, values: list[str]) -> list[PostInstance]:
        """Return the posts that were ticked, each in the version that the person looked at.

        :raises NotFound: if one is none of the workspace's.
        """
        seen = dict(_read(value) for value in values[:MOST_AT_ONCE])
        rows = PostInstance.objects.filter(workspace=self.workspace, pk__in=seen).with_everything()
        found = list(rows.order_by("scheduled_for", "id"))
        if len(found) < len(seen):
            raise NotFound(_(GONE))
        for one in found:
            one.version = seen[one.pk]
        return found


class RequeueDecision(Decision):
    """Send posts again; those of which nobody knows whether they went out only after a look."""

    write_scope = "publish"

    def act(self, posts: list[PostInstance]) -> list[Answered]:
        """Send again."""
        looked = bool(self.request.POST.get("looked"))
        blind = {one.pk for one in posts if one.status == Status.UNCONFIRMED and not looked}
        sent = requeue_many(
            instances=[one for one in posts if one.pk not in blind], now=self.now, actor=self.caller.actor
        )
        return [*sent, *(Answered(one, Conflict(_(LOOK_FIRST))) for one in posts if one.pk in blind)]

    def summary(self, answers: Sequence[Answered]) -> str:
        """Return when they go out."""
        times = sorted(one.instance.scheduled_for for one in answers)
        first, last = (spoken(self.request, at, self.zone) for at in (times[0], times[-1]))
        if len(answers) == 1:
            title = answers[0].instance.content_item.title
            said = _("“%(title)s” is scheduled again for %(when)s (%(zone)s).")
            return said % {"title": title, "when": first, "zone": self.zone.key}
        said = _("%(number)s posts are scheduled again, from %(first)s to %(last)s (%(zone)s).")
        return said % {"number": len(answers), "first": first, "last": last, "zone": self.zone.key}


class SkipDecision(Decision):
    """Leave posts out."""

    done_one = gettext_lazy("“%(title)s” is skipped: it will not go out.")
    done_many = gettext_lazy("%(number)s posts: each is skipped: it will not go out.")

    def act(self, posts: list[PostInstance]) -> list[Answered]:
        """Skip."""
        return skip_many(instances=posts, now=self.now, actor=self.caller.actor)


class ConfirmDecision(Decision):
    """Note that one post is on its platform, at an address."""

    write_scope = "publish"
    done_one = gettext_lazy("“%(title)s” is published, as you saw it there.")

    def act(self, posts: list[PostInstance]) -> list[Answered]:
        """Confirm the one."""
        one, url = posts[0], self.request.POST.get("url", "")
        return [Answered(one, refusal_of(confirm, instance=one, url=url, now=self.now, actor=self.caller.actor))]

    def answer(self, answers: list[Answered], **typed: object) -> HttpResponse:
        """Keep the address that was typed where it is refused."""
        return super().answer(answers, url=self.request.POST.get("url", ""), pk=answers[0].instance.pk)


def _read(value: str) -> tuple[UUID, int]:
    """Return the id and the version of a tick.

    :raises NotFound: if it is none.
    """
    key, _colon, version = value.partition(":")
    try:
        return UUID(key), int(version[:9])
    except ValueError as error:
        raise NotFound(_(GONE)) from error
