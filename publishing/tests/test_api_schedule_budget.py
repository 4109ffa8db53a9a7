"""How many queries source 2's route takes, however full the account is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.tests.factories import ContentItemFactory
from scheduling.models import PostInstance
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.tests.calling import Api

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("posts", [0, 5_000])
def test_a_clip_is_scheduled_with_twelve_queries(monkeypatch, posts):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    account = ChannelAccountFactory(platform="instagram")
    clip = ContentItemFactory(brand=account.brand)
    PostInstance.objects.bulk_create(
        PostInstanceFactory.build(
            workspace=account.workspace,
            channel_account=account,
            content_item=clip,
            scheduled_for=NOW + timedelta(hours=3 * number),
        )
        for number in range(posts)
    )
    body = {"clip_id": str(clip.pk), "social_account_id": str(account.pk), "scheduled_for": "2026-11-24T19:30:00Z"}
    api = Api(account.workspace)
    api.get(f"/publishing/schedule/{clip.pk}")  # Its first call of the hour also notes that the key is in use.

    with CaptureQueriesContext(connection) as seen:
        answer = api.post("/publishing/schedule", body)

    asked = [one["sql"] for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert answer.status_code == 201, answer.content
    assert len(asked) <= 12, "\n".join(asked)
