"""The history of a post in a person's words, read from the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from scheduling.models import PostInstance, Status
from scheduling.rules import BadTime, read_instant, to_local
from scheduling.rules.habits import WORLD, Habits
from workspaces.models import LedgerEvent
from workspaces.phrases import phrased

MOST_EVENTS = 200

# {time} is where the post stands after the event, {from} where it stood before, {due} when it is tried again.
SAID = {
    "content_created": gettext_noop("wrote the text"),
    "content_changed": gettext_noop("changed the text"),
    "content_commented": gettext_noop("commented"),
    "comment_taken_back": gettext_noop("took a comment back"),
    "publish_slot_filled": gettext_noop("filled the open slot of {time}"),
    "publish_draft_created": gettext_noop("kept it as a draft for {time}"),
    "publish_scheduled_created": gettext_noop("scheduled it for {time}"),
    "publish_scheduled_adjusted": gettext_noop("moved it to {adjusted}: {reason}"),
    "publish_moved": gettext_noop("moved it from {from} to {time}"),
    "publish_changed": gettext_noop("changed what goes with it"),
    "publish_slot_emptied": gettext_noop("took the content out; the slot is open again"),
    "publish_skipped": gettext_noop("skipped it"),
    "publish_canceled": gettext_noop("canceled it"),
    "publish_restored": gettext_noop("brought it back"),
    "publish_slot_passed": gettext_noop("let the empty slot pass: its time was over"),
    "publish_scheduled_enqueued": gettext_noop("handed it to the workers: it was due"),
    "publish_held": gettext_noop("held it back, because of a pause or a blackout"),
    "publish_started": gettext_noop("began attempt {attempt}"),
    "publish_asked": gettext_noop("asked the platform what became of it"),
    "publish_waiting": gettext_noop("waits for word of it: {reason}"),
    "publish_waits_its_turn": gettext_noop("held it back until {due}: {reason}"),
    "publish_published": gettext_noop("published it"),
    "publish_retry_scheduled": gettext_noop("could not send it and tries again at {due}: {reason}"),
    "publish_failed": gettext_noop("gave up: {reason}"),
    "publish_unconfirmed": gettext_noop("does not know whether it went out: {reason}"),
    "publish_requeued": gettext_noop("sent it again; it was {was}"),
    "publish_confirmed": gettext_noop("found it on the platform: {remote_url}"),
    "publish_missed": gettext_noop("did not send it: {reason}"),
    "publish_answered_late": gettext_noop("got an answer after the attempt was given up; it changed nothing"),
}
TIMES = {"time": "scheduled_for", "from": "moved_from", "adjusted": "adjusted_time", "due": "due_at"}
FACTS = ("reason", "attempt", "was", "remote_url")
SAY_WHY = frozenset({"publish_skipped"})  # Their reason is optional, and follows in a sentence of its own.


@dataclass(frozen=True)
class Entry:
    """One line of a history: when, who, and what they did."""

    at: datetime
    who: str
    did: str


def story_of(instance: PostInstance, zone: ZoneInfo, habits: Habits = WORLD) -> list[Entry]:
    """Return what happened to a post, newest first; the times in the text are local to a zone."""
    told_of = [instance.pk, *([] if instance.content_item.is_placeholder else [instance.content_item_id])]
    events = LedgerEvent.objects.filter(workspace_id=instance.workspace_id, entity_id__in=told_of).order_by("-id")
    return [
        Entry(event.created_at, who(event.actor), did(event.event_type, event.metadata, zone, habits))
        for event in events[:MOST_EVENTS]
    ]


def who(actor: str) -> str:
    """Return an actor as a person would name them."""
    kind, _, name = actor.partition(":")
    named = {
        "user": name,
        "key": gettext("API key %(name)s…") % {"name": name},
        "command": gettext("A command on the server"),
        "system": "MarketMind",
    }
    return named.get(kind) or actor


def did(event_type: str, metadata: dict[str, Any], zone: ZoneInfo, habits: Habits = WORLD) -> str:
    """Return what an event says; one without words of its own shows its name."""
    said = event_type.removeprefix("publish_").replace("_", " ")
    if event_type in SAID:
        said = gettext(SAID[event_type])
    times = {word: _shown(metadata.get(key), zone, habits) for word, key in TIMES.items()}
    values = {**dict.fromkeys(FACTS, ""), **{key: _said(key, value) for key, value in metadata.items()}, **times}
    text = said.format_map(values)
    if event_type in SAY_WHY and metadata.get("reason"):
        return f"{text}: {phrased(metadata['reason'])}"
    return text


def _said(key: str, value: object) -> str:
    if key == "was" and value in Status.values:
        return str(Status(value).label).lower()
    return phrased(str(value))


def _shown(value: object, zone: ZoneInfo, habits: Habits) -> str:
    try:
        local = to_local(read_instant(str(value), zone), zone)
    except BadTime:
        return gettext("a time")
    return f"{date_format(local, 'j F Y')}, {habits.clock(local)}"
