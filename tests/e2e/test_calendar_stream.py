"""A month of 10,000 posts over a real web process: it is written while it is read, and nothing of it stays."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psutil
import pytest

from campaigns.models import ContentItem
from scheduling.models import ChannelAccount, PostInstance
from tests.e2e.installation import Installation, demo_database, family, looking_into

pytestmark = pytest.mark.slow

POSTS = 10_000
FIRST = datetime(2037, 3, 1, tzinfo=UTC)
MONTH = "/api/v1/marketing/calendar?start_date=2037-03-01&end_date=2037-04-01&tz=UTC"
KEY = ("create_api_key", "--workspace", "demo", "--name", "Wall display", "--scopes", "read")
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[tuple[Installation, str]]:
    """Lend an installation whose March of 2037 is full, and a key."""
    folder = tmp_path_factory.mktemp("month")
    with django_db_blocker.unblock(), demo_database(folder) as url:
        found = Installation(url, folder)
        with looking_into(url) as alias:
            fill(alias)
        yield found, found.manage_json(*KEY)["key"]


def fill(alias: str) -> None:
    """Make a draft for each four minutes."""
    account = ChannelAccount.objects.using(alias).select_related("brand").first()
    content = ContentItem.objects.using(alias).filter(brand=account.brand).first()
    times = (FIRST + timedelta(minutes=4 * number) for number in range(POSTS))
    drafts = [
        PostInstance(
            workspace_id=account.workspace_id,
            channel_account=account,
            content_item=content,
            status="draft",
            scheduled_for=at,
            local_time=f"{at:%Y-%m-%dT%H:%M:%S}",
            timezone="UTC",
            created_at=FIRST,
            updated_at=FIRST,
        )
        for at in times
    ]
    PostInstance.objects.using(alias).bulk_create(drafts, batch_size=500)


def read(web: httpx.Client, key: str) -> tuple[httpx.Response, list[bytes]]:
    """Read the month as it comes."""
    with web.stream("GET", MONTH, headers={"Authorization": f"Bearer {key}"}) as answer:
        return answer, list(answer.iter_raw())


def memory(port: int) -> int:
    """Return the bytes that the web process holds."""
    mine = [one for child in psutil.Process().children() for one in family(child.pid)]
    (web,) = [one for one in mine if any(f"--port={port}" in word for word in one.cmdline())]
    return web.memory_info().rss


def test_a_month_of_10000_posts_streams_and_leaves_nothing_behind(here):
    installation, key = here

    with installation.web() as web:
        first, _ = next(iter([read(web, key) for _ in range(2)]))
        before = memory(web.base_url.port)
        answers = [read(web, key) for _ in range(3)]
        grown = memory(web.base_url.port) - before

    answer, pieces = answers[-1]
    days = json.loads(b"".join(pieces))
    assert (first.status_code, answer.status_code) == (200, 200)
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert len(days) == 28
    assert sum(map(len, days.values())) == POSTS
    assert sum(map(len, pieces)) > 5 * MEGABYTE
    assert grown < 10 * MEGABYTE, f"{grown / MEGABYTE:.1f} MB more"
    assert "Warning" not in (installation.folder / "web.log").read_text(encoding="utf-8")


def test_who_stops_reading_keeps_no_connection_from_others(here):
    """The web's pool lends ten; twelve readers who wait in the middle must not hold one each."""
    installation, key = here
    headers = {"Authorization": f"Bearer {key}"}

    with installation.web() as web:
        waiting = [httpx.Client(base_url=web.base_url, headers=headers, timeout=30, verify=False) for _ in range(12)]
        answers = [one.send(one.build_request("GET", MONTH), stream=True) for one in waiting]
        begun = [next(answer.iter_raw(1_000)) for answer in answers]
        meanwhile = web.get("/api/v1/brands", headers=headers)
        for answer, client in zip(answers, waiting, strict=True):
            answer.close()
            client.close()

    assert all(begun)
    assert meanwhile.status_code == 200
