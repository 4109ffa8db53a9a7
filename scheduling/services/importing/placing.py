"""Putting understood rows into the plan and the tray, in one transaction."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.models import Status
from scheduling.rules import iso, to_local
from scheduling.services.account_rules import locked_accounts
from scheduling.services.content import content_problems, save_new_contents
from scheduling.services.importing.cells import tidy
from scheduling.services.importing.entries import Entry
from scheduling.services.importing.report import Result
from scheduling.services.importing.standing import STATED, Standing, Stands, Text
from scheduling.services.importing.times import FORMAT
from scheduling.services.many import ManyPosts
from scheduling.services.schedule import Terms
from workspaces.errors import Conflict, Invalid
from workspaces.models import Workspace
from workspaces.rules.sentences import sentence

ON_ITS_WAY = (Status.SCHEDULED, Status.PENDING, Status.PUBLISHING)
COMES_IN_AS = {
    "": Status.SCHEDULED,
    Status.SCHEDULED: Status.SCHEDULED,
    Status.PENDING: Status.SCHEDULED,
    Status.DRAFT: Status.DRAFT,
    Status.IN_REVIEW: Status.DRAFT,
}
ASK_AGAIN = sentence("It was in review: it comes in as a draft, and can be sent to review again.")


class Placing:
    """The rows of one file on their way into a workspace; use it inside of a unit of work."""

    def __init__(self, workspace: Workspace, entries: list[Entry], *, now: datetime, actor: str) -> None:
        self._now = now
        self._actor = actor
        self._entries = [entry for entry in entries if not entry.is_refused]
        # Before anything is looked up: two imports of one file at once see each other's posts.
        accounts = locked_accounts({entry.account.pk for entry in self._entries})
        self._standing = Standing(workspace, [entry.cells["title"] for entry in self._entries])
        self._contents: list[ContentItem] = []
        times = _times_by_account(self._entries)
        self._plans = {
            one.pk: ManyPosts(one, first=min(times[one.pk]), last=max(times[one.pk]), now=now, actor=actor)
            for one in accounts
            if one.pk in times
        }

    def answer_all(self) -> None:
        """Answer every row that is not refused yet: those with a time in the order of their times, then the tray's."""
        timed = [entry for entry in self._entries if entry.time]
        for entry in sorted(timed, key=lambda one: (one.time.instant, one.report.number)):
            self._schedule(entry)
        for entry in self._entries:
            if entry.time is None:
                self._put_in_tray(entry)

    def write(self) -> None:
        """Write what was not refused.

        :raises Conflict: if somebody changed the plan meanwhile.
        """
        save_new_contents(contents=self._contents, now=self._now, actor=self._actor)
        for plan in self._plans.values():
            plan.write()

    def _schedule(self, entry: Entry) -> None:
        text, link, at = _text(entry), entry.cells["link"], entry.time.instant
        alike = self._standing.contents_with_link(text, link)
        stands = self._standing.post(text, entry.account.pk, at)
        if stands is not None:
            _say_it_stands(entry, stands, has_the_link=bool(alike))
            return
        known = next((one for one in alike if _says(one, entry)), None)
        try:
            status = _status(entry)
            content = known or self._new_content(entry)
            plan = self._plans[entry.account.pk]
            post_id, choice = plan.add(content, at, Terms(status=status, metadata={STATED: iso(at)}))
        except (Conflict, Invalid) as refusal:
            entry.refuse(refusal.message, _field_of(refusal))
            return
        self._keep(content, is_new=known is None)
        self._standing.add_post(entry.account.pk, content.pk, iso(at), Stands(post_id, choice.at, status))
        entry.answer(Result(status), choice.at)
        entry.report.instance_id, entry.report.warnings = post_id, choice.warnings
        if choice.at != at and status == Status.SCHEDULED:
            entry.report.notes.append(sentence("Its time has just passed: it goes out now."))
        if entry.cells["status"] == Status.IN_REVIEW:
            entry.report.notes.append(ASK_AGAIN)

    def _put_in_tray(self, entry: Entry) -> None:
        if self._standing.content(_text(entry)):
            entry.answer(Result.ALREADY_THERE)
            return
        try:
            self._keep(self._new_content(entry), is_new=True)
        except Invalid as refusal:
            entry.refuse(refusal.message, _field_of(refusal))
        else:
            entry.answer(Result.TRAY)

    def _new_content(self, entry: Entry) -> ContentItem:
        """Return a content item that is not saved yet.

        :raises Invalid: if it cannot be.
        """
        cells, brand = entry.cells, entry.account.brand
        texts = {name: cells[name] for name in ("title", "body", "link")}
        content = ContentItem(workspace_id=brand.workspace_id, brand=brand, created_at=self._now, **texts)
        problems = content_problems(content)
        if problems:
            raise Invalid(next(iter(problems.values()))[0], errors=problems)
        return content

    def _keep(self, content: ContentItem, *, is_new: bool) -> None:
        if is_new:
            self._contents.append(content)
            self._standing.add_content(content)


def _status(entry: Entry) -> Status:
    """Return the state in which a row comes in.

    :raises Invalid: if what it was is over.
    """
    stated = entry.cells["status"]
    if stated not in COMES_IN_AS:
        was = Status(stated).label.lower()
        said = _("It is %(status)s: there is nothing left to plan. Leave the row out, or empty its status.") % {
            "status": was
        }
        raise Invalid(said, errors={"status": [said]})
    return COMES_IN_AS[stated]


def _field_of(refusal: Conflict | Invalid) -> str:
    """Return the cell that a refusal is about: a state of things is about the time, the rest about the account."""
    return next(iter(refusal.errors), "scheduled_for" if isinstance(refusal, Conflict) else "channel_account")


def _times_by_account(entries: list[Entry]) -> dict[UUID, list[datetime]]:
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for entry in entries:
        if entry.time:
            found[entry.account.pk].append(entry.time.instant)
    return found


def _say_it_stands(entry: Entry, stands: Stands, *, has_the_link: bool) -> None:
    entry.answer(Result.ALREADY_THERE, stands.at)
    entry.report.instance_id = stands.id
    if stands.at != entry.time.instant:
        entry.report.notes.append(
            _("It was moved to %(when)s.") % {"when": f"{to_local(stands.at, entry.account.zone):{FORMAT}}"}
        )
    if stands.status not in ON_ITS_WAY:
        entry.report.notes.append(_("It is %(status)s.") % {"status": Status(stands.status).label.lower()})
    if not has_the_link:
        entry.report.notes.append(_("It has another link; the file's was not taken over."))


def _says(content: ContentItem, entry: Entry) -> bool:
    """Return whether a content item says on the row's account what the row says."""
    return tidy(content.text_for(entry.account.platform, entry.account.pk)) == entry.cells["body"]


def _text(entry: Entry) -> Text:
    return entry.account.brand_id, entry.cells["title"], entry.cells["body"]
