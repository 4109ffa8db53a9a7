"""What leaves the application is said in the language, the zone and by the clock of who reads it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from publishing.models import NoticeTarget
from publishing.services.notices import send_test
from publishing.tests.telling import NoticeTargetFactory, events, http_receiver, posts, told_of
from scheduling.models import ChannelAccount
from scheduling.services.coverage import watch_coverage
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory, SlotFactory
from workspaces.models import Membership
from workspaces.roles import Role
from workspaces.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def workspace(cast):
    cast.workspace.name, cast.workspace.timezone = "Lumen", ZoneInfo("Europe/Madrid")
    cast.workspace.save()
    return cast.workspace


def reader(workspace, **values):
    """Return somebody who is told by mail."""
    return MembershipFactory(workspace=workspace, role=Role.OWNER, user__email="ana@example.com", **values)


def fails(workspace, title="Menú de otoño"):
    """Let a post fail, and tell it."""
    at = NOW.replace(hour=18)
    given = {"channel_account__brand__workspace": workspace, "content_item__title": title, "scheduled_for": at}
    (post,) = posts(1, **given)
    told_of(lambda: events("publish_failed", post, now=NOW, reason="The account was removed."), now=NOW)


def test_a_person_is_written_to_in_their_own_language_zone_and_clock(mailbox, workspace):
    reader(workspace, language="es", timezone=ZoneInfo("America/Mexico_City"))

    fails(workspace)

    (mail,) = mailbox.mails
    assert mail["Subject"] == "1 publicación falló · Lumen"
    assert "vie 20 nov 2026, 12:00 (America/Mexico_City)" in mail.get_content()
    assert "failed" not in mail.get_content()


def test_who_chose_nothing_is_written_to_in_the_workspaces_language_and_zone(mailbox, workspace):
    workspace.language = "es"
    workspace.save()
    reader(workspace)

    fails(workspace)

    assert "vie 20 nov 2026, 19:00 (Europe/Madrid)" in mailbox.mails[0].get_content()


def test_where_the_workspace_chose_nothing_the_servers_language_counts(mailbox, workspace, settings):
    settings.LANGUAGE_CODE = "es"
    reader(workspace)

    fails(workspace)

    assert mailbox.mails[0]["Subject"].startswith("1 publicación falló")


def test_two_people_get_the_same_notice_each_in_their_own_words(mailbox, workspace):
    reader(workspace, language="en-us")
    MembershipFactory(workspace=workspace, role=Role.ADMIN, user__email="bo@example.com", language="es")

    fails(workspace)

    said = {mail["To"]: mail.get_content() for mail in mailbox.mails}
    assert "Fri 20 Nov 2026, 7:00 pm (Europe/Madrid)" in said["ana@example.com"]
    assert "vie 20 nov 2026, 19:00 (Europe/Madrid)" in said["bo@example.com"]


def test_that_the_plan_runs_dry_is_told_in_the_readers_language(mailbox, workspace):
    account = ChannelAccountFactory(platform="instagram", name="@lumen", brand__workspace=workspace)
    ChannelAccount.objects.filter(pk=account.pk).update(posts_per_week=7)
    PostInstanceFactory(channel_account=account, scheduled_for=NOW + DAY)
    SlotFactory(channel_account=account, scheduled_for=NOW + 2 * DAY)
    reader(workspace, language="es")

    told_of(lambda: watch_coverage(now=NOW), now=NOW)

    text = mailbox.mails[0].get_content()
    assert "Instagram · @lumen: última publicación el sáb 21 nov; próximo hueco libre dom 22 nov 2026, 10:00" in text


def test_an_address_of_the_workspace_is_told_in_its_language(workspace, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    workspace.language = "es"
    workspace.save()
    with http_receiver() as service:
        NoticeTargetFactory(workspace=workspace, url=f"json://127.0.0.1:{service.port}/")

        fails(workspace)

    assert service.bodies[0]["title"] == "1 publicación falló · Lumen"


def test_a_test_notice_is_in_the_language_of_its_target(mailbox, workspace):
    member = reader(workspace, language="es")
    target = NoticeTarget.objects.create(workspace=workspace, name="Ana", membership=member, created_at=NOW)

    send_test(target=target)

    assert mailbox.mails[0]["Subject"] == "Aviso de prueba · Lumen"
    assert "Todos los avisos: " in mailbox.mails[0].get_content()


@pytest.mark.parametrize(
    ("chosen", "browser", "kept"), [("es", "en-US", "es"), ("en", "en-US,en;q=0.9", "en-us"), ("en", "en-GB", "en")]
)
def test_who_chooses_a_language_for_pages_is_written_to_in_it(client, cast, chosen, browser, kept):
    client.force_login(cast.editor)

    client.post("/language/", {"language": chosen}, headers={"Accept-Language": browser})

    assert Membership.objects.get(user=cast.editor).language == kept
    assert set(Membership.objects.exclude(user=cast.editor).values_list("language", flat=True)) == {""}


def test_a_language_that_nobody_has_is_not_kept(client, cast):
    client.force_login(cast.editor)

    client.post("/language/", {"language": "tlh"})

    assert Membership.objects.get(user=cast.editor).language == ""


def test_a_person_and_a_workspace_choose_on_their_settings_pages(client, cast):
    client.force_login(cast.owner)

    client.post("/settings/you/zone/", {"timezone": "", "language": "es"})
    client.post("/settings/workspace/", {"name": "Lumen", "timezone": "UTC", "language": "es", "warn_days": 5})

    mine = Membership.objects.select_related("workspace").get(user=cast.owner)
    assert (mine.language, mine.workspace.language) == ("es", "es")
