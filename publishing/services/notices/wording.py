"""What a notice says: one sentence of what happened, where, why, the first posts, and where to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from publishing.models import Notice, NoticeKind, NoticeTarget
from scheduling.models import PostInstance
from scheduling.rules import PLATFORMS, to_local
from scheduling.rules.habits import WORLD, Habits, habits_of
from workspaces.models import LedgerEvent
from workspaces.phrases import phrased
from workspaces.rules.sentences import sentence
from workspaces.tongues import day_words, tongue_of

Line = str | dict[str, Any]
MOST_POSTS, MOST_LINES, MOST_OF_A_TEXT = 5, 10, 120
# What happened, for one and for several.
HAPPENED = {
    NoticeKind.FAILED: ngettext_lazy("%(count)s post failed", "%(count)s posts failed", "count"),
    NoticeKind.UNCONFIRMED: ngettext_lazy("%(count)s post is unconfirmed", "%(count)s posts are unconfirmed", "count"),
    NoticeKind.MISSED: ngettext_lazy("%(count)s post was missed", "%(count)s posts were missed", "count"),
    NoticeKind.RECONNECT: ngettext_lazy(
        "%(count)s account needs reconnecting", "%(count)s accounts need reconnecting", "count"
    ),
    NoticeKind.RUNS_DRY: ngettext_lazy(
        "The plan of %(count)s account runs dry", "The plans of %(count)s accounts run dry", "count"
    ),
}
MEANING = {
    NoticeKind.FAILED: gettext_lazy("Nothing more is tried until somebody decides."),
    NoticeKind.UNCONFIRMED: gettext_lazy("No answer came: look on the platform, then say what you saw."),
    NoticeKind.MISSED: gettext_lazy("It was too late, and nothing was sent."),
    NoticeKind.RECONNECT: gettext_lazy(
        "The platform refuses us: nothing goes out there until somebody connects it again."
    ),
    NoticeKind.RUNS_DRY: gettext_lazy("Fill the empty slots, or nothing goes out after that."),
}
WAYS_ON = {
    NoticeKind.RECONNECT: (gettext_lazy("Connect it again"), "admin:scheduling_channelaccount_changelist"),
    NoticeKind.RUNS_DRY: (gettext_lazy("Fill the plan"), "calendar"),
}
TO_DECIDE = (gettext_lazy("Decide what to do"), "problems")


@dataclass(frozen=True)
class Said:
    """A notice in words."""

    title: str
    text: str


@dataclass(frozen=True)
class Reader:
    """Who reads a notice: their zone, and how they are used to read a clock."""

    zone: ZoneInfo
    habits: Habits = WORLD
    tongue: str = ""

    def day(self, instant: datetime | str) -> str:
        """Return the day of an instant, as in Fri 20 Nov."""
        return day_words(self._local(instant), "D j M")

    def moment(self, instant: datetime | str) -> str:
        """Return an instant, as in Fri 20 Nov 2026, 18:00."""
        local = self._local(instant)
        return f"{day_words(local, 'D j M Y')}, {self.habits.clock(local)}"

    def _local(self, instant: datetime | str) -> datetime:
        return to_local(datetime.fromisoformat(instant) if isinstance(instant, str) else instant, self.zone)


def reader_of(target: NoticeTarget) -> Reader:
    """Return who reads at a target: a person as they are used to, anybody else as the workspace."""
    workspace, person = target.workspace, target.membership
    tongue = tongue_of(person.language if person else "", workspace.language)
    zone = (person and person.timezone) or workspace.timezone
    return Reader(zone, habits_of(tongue, language=tongue), tongue)


def happened(notice: Notice) -> str:
    """Return what happened, as a sentence without its full stop."""
    return HAPPENED[NoticeKind(notice.kind)] % {"count": notice.count}


def said(notice: Notice, posts: Sequence[PostInstance], reader: Reader) -> Said:
    """Return a notice as it is sent to a reader, in the language that is active: theirs.

    :param posts: its first posts, with everything.
    """
    label, path = way_on(notice)
    blocks = [
        [f"{_in_workspace(notice)} {MEANING[NoticeKind(notice.kind)]}"],
        some([spoken_line(one, reader) for one in notice.lines], MOST_LINES),
        [f"{_short(phrased(reason))} ({times}×)" for reason, times in notice.reasons.items()],
        some([_post(one, reader) for one in posts[:MOST_POSTS]], MOST_POSTS, of=notice.count if posts else 0),
        [f"{label}: {settings.PUBLIC_URL}{path}"],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    return Said(f"{happened(notice)} · {notice.workspace.name}", text)


def _in_workspace(notice: Notice) -> str:
    return _("%(what)s in %(workspace)s.") % {"what": happened(notice), "workspace": notice.workspace.name}


def way_on(notice: Notice) -> tuple[str, str]:
    """Return what can be done about a notice, and the path of the page for it."""
    label, page = WAYS_ON.get(NoticeKind(notice.kind), TO_DECIDE)
    asked = "" if page.startswith("admin:") else f"?{urlencode({'tenant_id': notice.workspace.slug})}"
    return str(label), f"{reverse(page)}{asked}"


def some(lines: Sequence[str], most: int, of: int = 0) -> list[str]:
    """Return the first lines, and how many more there are.

    :param of: how many there are, where only the first are given.
    """
    more = max(len(lines), of) - most
    return [*lines[:most], *([_("… and %(number)s more") % {"number": more}] if more > 0 else [])]


def public_url(page: str, *args: object) -> str:
    """Return the address of a page as people reach it from outside."""
    return f"{settings.PUBLIC_URL}{reverse(page, args=args)}"


def account_words(platform: str, name: str) -> str:
    """Return how an account is called, as in Instagram · @lumen."""
    return f"{PLATFORMS[platform].label} · {name}"


def refused_line(event: LedgerEvent) -> str:
    """Return what a notice says of an account whose platform refuses it."""
    facts = event.metadata
    account, words = account_words(facts["platform"], facts["name"]), _short(facts["reason"])
    return sentence(f"{account}: {words}")


def dry_line(event: LedgerEvent) -> Line:
    """Return what a notice keeps of an account that runs dry: its last post, and the empty slot after it."""
    facts = event.metadata
    return {
        "account": account_words(facts["platform"], facts["name"]),
        "last_post": facts["last_post"],
        "next_empty_slot": facts["next_empty_slot"],
    }


def spoken_line(line: Line, reader: Reader) -> str:
    """Return a line of a notice for a reader; older ones were kept as sentences."""
    if isinstance(line, str):
        return phrased(line)
    last, slot = line["last_post"], line["next_empty_slot"]
    words = _("last post on %(day)s") % {"day": reader.day(last)} if last else _("no post is scheduled")
    if not slot:
        return f"{line['account']}: {words}"
    said = _("%(account)s: %(words)s; next empty slot %(at)s")
    return said % {"account": line["account"], "words": words, "at": reader.moment(slot)}


def _post(post: PostInstance, reader: Reader) -> str:
    account = post.channel_account
    words = account_words(account.platform, account.name)
    when = f"{reader.moment(post.scheduled_for)} ({reader.zone.key})"
    return f"• {_short(post.content_item.title)} · {words} · {when}\n  {public_url('post', post.pk)}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_OF_A_TEXT else f"{text[:MOST_OF_A_TEXT]}…"
