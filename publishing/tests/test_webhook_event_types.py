"""The list of event types that a webhook may ask for is what the code writes into the ledger."""

import re
from pathlib import Path

from django.conf import settings

from publishing.rules.event_types import EVENT_TYPES
from scheduling.models import ScheduleStatus
from scheduling.services.pauses import LEVELS

APPS = ("workspaces", "campaigns", "scheduling", "publishing")
ELSEWHERE = {"tests", "migrations", "models", "management", "admin", "api", "event_types.py", "story.py"}
CALL = re.compile(r"\b_?(?:note|record)\(\s*\"([a-z_]+)\"(?: if \w+ else \"([a-z_]+)\")?")
NAME = re.compile(
    r"[\"']((?:publish|plan|posts|content|blackout|account|member|api_key|notice_target|webhook)_[a-z]+(?:_[a-z]+)*"
    r"|(?:brand|campaign|media|recurrence)_(?:created|changed|deleted))[\"']"
)
NO_EVENTS = {
    *("publish_log", "publish_logs", "publish_log_id", "publish_now", "posts_per_week", "account_zone"),
    *("account_variants", "account_names", "account_texts", "webhook_deliveries"),
    *("content_id", "content_item", "content_items", "content_item_id", "content_type", "webhook_endpoint"),
}
BATCHES = {f"schedule_{what}" for what in (*ScheduleStatus.values, "created", "progress")} - {"schedule_pending"}
PAUSES = {f"{level}_{what}" for level in LEVELS for what in ("paused", "resumed")}


def written():
    """Return what the source writes: names in calls of record and note, and names that look like event types."""
    files = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    texts = [path.read_text() for path in files if not ELSEWHERE & set(path.parts)]
    called = {name for text in texts for names in CALL.findall(text) for name in names if name}
    named = {name for text in texts for name in NAME.findall(text)}
    return (called | named | PAUSES | BATCHES) - NO_EVENTS - {"paused", "resumed"}


def test_every_event_type_that_the_code_writes_is_in_the_list_and_no_other():
    found = written()

    assert found - set(EVENT_TYPES) == set()
    assert set(EVENT_TYPES) - found == set()


def test_the_documentation_lists_them_with_their_meaning():
    lines = (Path(settings.BASE_DIR) / "docs" / "webhooks.md").read_text().splitlines()

    listed = dict(line.strip("| ").split("` | ") for line in lines if line.startswith("| `"))

    assert {name.lstrip("`"): meaning for name, meaning in listed.items()} == EVENT_TYPES
