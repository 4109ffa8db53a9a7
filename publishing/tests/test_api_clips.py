"""Source 2's list of a clip's posts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.tests.factories import ContentItemFactory
from scheduling.rules import STATES
from scheduling.tests.factories import ChannelAccountFactory, PostInstanceFactory
from scheduling.tests.planning.standing import standing
from workspaces.tests.calling import Api, refused

pytestmark = pytest.mark.django_db
ROOTS = ["/publishing", "/api/v1/publishing"]
EVENING = datetime(2026, 11, 21, 20, 0, tzinfo=ZoneInfo("Europe/Madrid"))


@pytest.fixture
def account():
    return ChannelAccountFactory(platform="instagram")


@pytest.fixture
def clip(account):
    return ContentItemFactory(brand=account.brand, external_ref="clip_abc123")


@pytest.fixture
def api(account):
    return Api(account.workspace, "read")


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("root", ROOTS)
def test_a_clips_posts_are_listed_as_documented(account, clip, api, root, slash):
    end = EVENING + timedelta(hours=2)
    post = PostInstanceFactory(
        channel_account=account, content_item=clip, scheduled_for=EVENING, scheduled_window_end=end
    )

    answer = api.get(f"{root}/schedule/clip_abc123{slash}")

    assert answer.status_code == 200
    assert answer.json() == [
        {
            "id": str(post.pk),
            "publish_log_id": str(post.pk),
            "clip_id": str(clip.pk),
            "platform": "instagram",
            "social_account_id": str(account.pk),
            "status": "scheduled",
            "schedule_type": "scheduled",
            "scheduled_for": "2026-11-21T19:00:00Z",
            "scheduled_window_end": "2026-11-21T21:00:00Z",
            "scheduled_by": "manual",
            "created_at": "2026-11-20T09:00:00Z",
            "updated_at": "2026-11-20T09:00:00Z",
        }
    ]


def test_every_state_is_in_the_list(account, clip, api):
    with_content = [state for state in STATES if state != "planned"]
    for number, state in enumerate(with_content):
        standing(state, channel_account=account, content_item=clip, scheduled_for=EVENING + timedelta(hours=number))

    answer = api.get(f"/publishing/schedule/{clip.pk}")

    assert [one["status"] for one in answer.json()] == with_content


def test_a_clip_that_is_not_in_the_workspace_is_not_found(api):
    foreign = ContentItemFactory(external_ref="foreign_clip")

    for reference in ("clip_nobody", foreign.pk, "foreign_clip", "%00", "x" * 900):
        refused(api.get(f"/publishing/schedule/{reference}"), 404, "not_found")
