"""An assistant at `/mcp` of a real web process, with the SDK's own client."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import httpx
import pytest

from scheduling.models import ChannelAccount, PostInstance, Status
from workspaces.models import LedgerEvent, Workspace

pytestmark = pytest.mark.slow

LOOK = {"see_calendar", "see_gaps", "read_rules", "propose_times"}
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}
ACCEPT = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


def empty_slot(world, number=0):
    """Return an empty slot ahead."""
    slots = PostInstance.objects.using(world.alias).filter(workspace__slug="demo", status=Status.PLANNED)
    ahead = slots.filter(scheduled_for__gt=datetime.now(UTC) + timedelta(days=2)).order_by("scheduled_for", "id")
    return ahead[number]


def test_an_assistant_learns_what_each_tool_takes_answers_and_may_do(reader):
    tools = reader.tools()

    assert set(tools) == LOOK | {"draft_into_slot", "move_post", "schedule_post"}
    assert {name for name, tool in tools.items() if tool.annotations.read_only_hint} == LOOK
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert {"visit", "ctx", "caller", "now"}.isdisjoint(tool.input_schema["properties"])
        assert not {"delete", "cancel", "remove"} & set(tool.name.split("_"))


def test_it_sees_the_calendar_of_its_own_workspace(world, reader):
    found = reader.call("see_calendar", start=str(datetime.now(UTC).date()), days=14)

    shown = {post["id"] for post in found["posts"]}
    assert found["workspace"] == "demo"
    assert shown
    rows = PostInstance.objects.using(world.alias).filter(pk__in=shown)
    assert set(rows.values_list("workspace__slug", flat=True)) == {"demo"}
    assert found["posts"] == sorted(found["posts"], key=lambda post: (post["scheduled_for"], post["id"]))


def test_it_sees_which_accounts_have_gaps_and_the_slots_that_it_can_fill(world, reader):
    accounts = reader.call("see_gaps", days=28)["accounts"]

    slots = [slot["id"] for account in accounts for slot in account["next_open"]]
    assert sum(account["open"] for account in accounts) >= len(slots) > 0
    rows = PostInstance.objects.using(world.alias).filter(pk__in=slots)
    assert set(rows.values_list("status", flat=True)) == {Status.PLANNED}


def test_it_reads_the_rules_of_an_account_as_they_hold(world, reader):
    account = ChannelAccount.objects.using(world.alias).filter(workspace__slug="demo", platform="instagram").first()

    [found] = reader.call("read_rules", channel_account=str(account.pk))["accounts"]

    assert found["gap_minutes"] == account.gap.total_seconds() / 60
    assert found["window"] == account.window.label
    assert found["timezone"] == account.zone.key


def test_the_times_that_it_proposes_keep_the_rules_and_change_nothing(world, reader):
    account = ChannelAccount.objects.using(world.alias).filter(workspace__slug="demo", platform="instagram").first()
    before = PostInstance.objects.using(world.alias).count()

    found = reader.call("propose_times", channel_account=str(account.pk), count=5)

    times = [datetime.fromisoformat(one["scheduled_for"]) for one in found["times"]]
    assert len(times) == 5
    assert all(after - one >= timedelta(days=1) for one, after in pairwise(times))
    assert all(account.window.opens <= datetime.fromisoformat(one["local_time"]).hour for one in found["times"])
    assert PostInstance.objects.using(world.alias).count() == before


def test_it_drafts_into_a_slot_and_the_key_is_the_one_who_did_it(world, writer):
    slot = empty_slot(world)

    post = writer.call("draft_into_slot", slot=str(slot.pk), title="Cupping", body="The first cup is on the house.")

    assert (post["id"], post["status"], post["title"]) == (str(slot.pk), "draft", "Cupping")
    events = LedgerEvent.objects.using(world.alias).filter(entity_id=slot.pk)
    assert writer.key.startswith(events.latest("id").actor.removeprefix("key:"))
    assert "content already" in writer.refused("draft_into_slot", slot=str(slot.pk), title="Again", body="Again.")


def test_it_schedules_only_with_the_publish_scope(world, writer, publisher):
    slot = empty_slot(world)
    post = writer.call("draft_into_slot", slot=str(slot.pk), title="Beans", body="A new roast.")["id"]

    said = writer.refused("schedule_post", post=post)
    done = publisher.call("schedule_post", post=post)

    assert "'publish' scope" in said
    assert done["status"] == "scheduled"


def test_it_moves_a_post_to_the_time_it_says_in_the_accounts_zone(world, writer):
    slot = empty_slot(world, 3)
    to = f"{slot.local_time[:10]}T04:44:00"

    post = writer.call("move_post", post=str(slot.pk), to=to)

    assert post["local_time"] == to
    assert "2001" in writer.refused("move_post", post=str(slot.pk), to="2001-01-01T00:00:00")


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("draft_into_slot", {"title": "Cupping", "body": "Free."}),
        ("move_post", {"to": "2036-11-24T10:00:00Z"}),
        ("schedule_post", {}),
    ],
)
def test_who_may_only_look_changes_nothing(world, reader, tool, given):
    slot = empty_slot(world)
    name = "slot" if tool == "draft_into_slot" else "post"

    assert "scope" in reader.refused(tool, **{name: str(slot.pk)}, **given)

    assert PostInstance.objects.using(world.alias).get(pk=slot.pk).version == slot.version


def test_what_another_workspace_has_is_not_there(world, publisher):
    now = datetime.now(UTC)
    rows = {"created_at": now, "updated_at": now}
    elsewhere, _ = Workspace.objects.using(world.alias).get_or_create(
        slug="elsewhere", defaults={"name": "Elsewhere", **rows}
    )
    stranger = world.assistant("read", "write", "publish", workspace="elsewhere")
    slot = empty_slot(world)
    account = str(slot.channel_account_id)

    said = [
        stranger.refused("draft_into_slot", slot=str(slot.pk), title="Ours", body="Ours now."),
        stranger.refused("move_post", post=str(slot.pk), to="2036-11-24T10:00:00Z"),
        stranger.refused("schedule_post", post=str(slot.pk)),
        stranger.refused("read_rules", channel_account=account),
        stranger.refused("propose_times", channel_account=account),
        stranger.refused("see_gaps", channel_account=account),
        stranger.refused("see_calendar", start="2026-11-21", channel_account=account),
    ]

    assert all("There is no" in one for one in said), said
    assert stranger.call("see_gaps")["accounts"] == []
    assert elsewhere.slug == stranger.call("read_rules")["workspace"]


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("see_calendar", {"start": "yesterday"}),
        ("see_calendar", {"start": "9999-12-31", "days": 62}),
        ("see_calendar", {"start": "2026-11-21", "status": "lost"}),
        ("see_gaps", {"days": 0}),
        ("propose_times", {"channel_account": "\x00"}),
        ("propose_times", {"channel_account": "nothing", "after": "2026-13-45T00:00:00"}),
        ("draft_into_slot", {"slot": "nothing", "title": "Cupping", "body": "Free."}),
        ("draft_into_slot", {"slot": "nothing"}),
        ("move_post", {"post": "nothing", "to": "noon"}),
        ("schedule_post", {"post": {"id": 1}}),
        ("delete_post", {"post": "nothing"}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(publisher, tool, given):
    said = publisher.refused(tool, **given)

    assert said.removeprefix(f"Error executing tool {tool}") not in ("", ":")
    assert "Traceback" not in said


@pytest.mark.parametrize("credentials", [{}, {"Authorization": "Bearer mm_wrong"}, {"Authorization": "Basic eA=="}])
def test_without_good_credentials_it_is_401(world, credentials):
    answer = httpx.post(f"{world.web.base_url}/mcp", json=HELLO, headers={**ACCEPT, **credentials})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert set(answer.json()) == {"error_code", "error_message", "error_class"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Origin": "https://evil.example"}, 403), ({"Host": "evil.example"}, 400), ({"Origin": "null"}, 403)],
)
def test_a_foreign_page_does_not_come_in_even_with_a_key(world, reader, headers, status):
    credentials = {"Authorization": f"Bearer {reader.key}"}

    answer = httpx.post(f"{world.web.base_url}/mcp", json=HELLO, headers={**ACCEPT, **credentials, **headers})

    assert answer.status_code == status


def test_no_session_is_kept_between_two_requests(world, reader):
    credentials = {"Authorization": f"Bearer {reader.key}"}

    answers = [
        httpx.post(f"{world.web.base_url}{path}", json=HELLO, headers={**ACCEPT, **credentials})
        for path in ("/mcp", "/mcp/")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("mcp-session-id" not in answer.headers for answer in answers)


def test_a_workspace_that_the_caller_does_not_belong_to_is_404(world, reader):
    credentials = {"Authorization": f"Bearer {reader.key}"}

    answer = httpx.post(f"{world.web.base_url}/mcp?tenant_id=nowhere", json=HELLO, headers={**ACCEPT, **credentials})

    assert answer.status_code == 404
