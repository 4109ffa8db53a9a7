"""The history of a post in a person's words."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import publishing
import scheduling
from scheduling.services.story import SAID, did, who

MADRID = ZoneInfo("Europe/Madrid")
EVENT = re.compile(r'"(publish_[a-z_]+)"')
NOT_EVENTS = {"publish_now", "publish_log", "publish_logs", "publish_log_id", "publish_time", "publish_pending"}


def test_every_event_that_the_code_writes_about_a_post_has_words():
    sources = [
        path.read_text(encoding="utf-8")
        for app in (scheduling, publishing)
        for folder in ("services", "sql")
        for path in (Path(app.__file__).parent / folder).rglob("*.py")
        if path.name not in ("story.py", "offers.py")
    ]

    written = {name for source in sources for name in EVENT.findall(source)} - NOT_EVENTS

    assert written - set(SAID) == set()


@pytest.mark.parametrize(
    ("event", "metadata", "said"),
    [
        (
            "publish_scheduled_created",
            {"scheduled_for": "2026-11-20T17:00:00Z"},
            "scheduled it for 20 November 2026, 18:00",
        ),
        (
            "publish_moved",
            {"moved_from": "2026-10-24T17:00:00Z", "scheduled_for": "2026-10-25T17:00:00Z"},
            "moved it from 24 October 2026, 19:00 to 25 October 2026, 18:00",
        ),
        (
            "publish_failed",
            {"reason": "The picture is too small {really}."},
            "gave up: The picture is too small {really}.",
        ),
        ("publish_skipped", {"reason": ""}, "skipped it"),
        ("publish_skipped", {"reason": "Bank holiday"}, "skipped it: Bank holiday"),
        ("publish_something_new", {}, "something new"),
    ],
)
def test_an_event_reads_as_what_somebody_did(event, metadata, said):
    assert did(event, metadata, MADRID) == said


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        ("user:ana", "ana"),
        ("key:mm_a1b2", "API key mm_a1b2…"),
        ("command", "A command on the server"),
        ("system", "MarketMind"),
    ],
)
def test_an_actor_reads_as_a_person_would_name_them(actor, name):
    assert who(actor) == name
