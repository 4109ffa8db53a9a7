"""Channel accounts in the admin: saved by their service, and asked about slots that a new cadence leaves behind."""

from datetime import timedelta

import pytest

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import BadTime, cadence_problems, read_times, read_zone
from scheduling.services.accounts import save_account
from scheduling.services.edit import move
from scheduling.services.topoff import top_off
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.admin.display import admin_url
from workspaces.errors import Invalid
from workspaces.models import LedgerEvent
from workspaces.tests.admin_pages import act, errors, said, send, value

pytestmark = pytest.mark.django_db
ADD = admin_url(ChannelAccount, "add")


def page_of(account):
    return admin_url(account, "change", account.pk)


def plan_ahead(account, **cadence):
    for name, given in cadence.items():
        setattr(account, name, given)
    save_account(account=account, now=NOW, actor="command")
    top_off(now=NOW, actor="command", only=[account.pk])
    return PostInstance.objects.filter(channel_account=account, status="planned")


def test_an_account_is_added_with_its_times_typed_as_text(admin, plan):
    answer = send(
        admin,
        ADD,
        brand=plan.brand,
        platform="linkedin",
        name="Café Lumen",
        posts_per_week=9,
        schedule_times="18:30, 9:00",
        schedule_timezone="Atlantic/Canary",
    )

    account = ChannelAccount.objects.get(platform="linkedin")
    assert answer.status_code == 302
    assert account.workspace == plan.workspace
    assert account.schedule_times == ["09:00", "18:30"]
    assert account.zone.key == "Atlantic/Canary"
    assert LedgerEvent.objects.get(event_type="account_created").actor == "user:admin"


def test_an_account_is_changed_by_form(admin, plan):
    send(admin, page_of(plan.account), window_opens=9, window_closes=21, gap_minutes=45, daily_cap=2)

    plan.account.refresh_from_db()
    assert plan.account.window.label == "09:00–21:00"
    assert (plan.account.gap, plan.account.daily_cap) == (timedelta(minutes=45), 2)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"schedule_timezone": "Mars/Olympus"}, "schedule_timezone", "“Mars/Olympus” is not a time zone."),
        ({"schedule_timezone": "europe/madrid"}, "schedule_timezone", "Use a name like Europe/Madrid."),
        ({"posts_per_week": 9, "schedule_times": "09:00"}, "posts_per_week", "9 posts a week need 2 times a day; 1 is"),
        ({"posts_per_week": 71}, "posts_per_week", "Posts per week must be from 0 to 70; 71 is given."),
        ({"schedule_times": "25:00"}, "schedule_times", "“25:00” is not a time of day. Write it like 18:00"),
        ({"schedule_times": "09:00, 9:00"}, "schedule_times", "Each time stands once."),
        ({"window_opens": 9}, "window_opens", "A window needs both hours"),
        ({"window_opens": 9, "window_closes": 25}, "window_opens", "A window closes at a whole hour from 1 to 24"),
        ({"daily_cap": 0}, "daily_cap", "A daily cap is at least 1; leave it empty for no limit."),
        ({"lateness_minutes": 0}, "lateness_minutes", "A lateness limit is from 1 minute to a week: 10080 minutes."),
        ({"gap_minutes": 20_000}, "gap_minutes", "A gap is at most a week"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(admin, plan, typed, field, sentence):
    answer = send(admin, page_of(plan.account), name="@renamed", **typed)

    plan.account.refresh_from_db()
    assert sentence in " ".join(errors(answer)[field])
    assert value(answer, "name") == "@renamed"
    assert plan.account.name == "@cafelumen"


def test_the_form_refuses_in_the_words_of_the_rules(admin, plan):
    with pytest.raises(BadTime) as zone:
        read_zone("Mars/Olympus")
    plan.account.posts_per_week, plan.account.schedule_times = 15, ["09:00"]
    with pytest.raises(Invalid) as cadence:
        save_account(account=plan.account, now=NOW, actor="command")

    answers = [
        send(admin, page_of(plan.account), schedule_timezone="Mars/Olympus"),
        send(admin, page_of(plan.account), posts_per_week=15, schedule_times="09:00"),
    ]

    assert errors(answers[0])["schedule_timezone"] == [str(zone.value)]
    assert errors(answers[1])["posts_per_week"] == cadence.value.errors["posts_per_week"]
    assert cadence_problems(15, read_times(["09:00"])) == cadence.value.errors["posts_per_week"]


def test_two_accounts_of_a_name_on_a_platform_are_refused(admin, plan):
    answer = send(admin, ADD, brand=plan.brand, platform="x", name="@cafelumen")

    assert "has an account of that name" in errors(answer)["__all__"][0]


def test_an_external_ref_stays_unique_in_the_workspace(admin, plan):
    ChannelAccountFactory(brand=plan.brand, external_ref="crm-7")

    answer = send(admin, page_of(plan.account), external_ref="crm-7")

    assert errors(answer)["__all__"] == ["Another account has that external reference."]


def test_brand_and_platform_stay_what_they_are(admin, plan):
    admin.post(page_of(plan.account), {"brand": plan.foreign_brand.pk, "platform": "tiktok", "name": "@x"})

    plan.account.refresh_from_db()
    assert (plan.account.brand, plan.account.platform) == (plan.brand, "x")


def test_a_changed_cadence_asks_about_the_slots_it_leaves_behind_and_removes_none(admin, plan):
    slots = plan_ahead(plan.account, posts_per_week=7, schedule_times=["09:00"])

    answer = send(admin, page_of(plan.account), schedule_times="10:00")
    asked = admin.get(answer.url).content.decode()

    assert answer.url == admin_url(plan.account, "off_grid", plan.account.pk)
    assert "Remove the 28 empty slots that are off the new grid" in asked
    assert slots.count() == 28


def test_the_slots_are_removed_when_the_person_says_so(admin, plan):
    slots = plan_ahead(plan.account, posts_per_week=7, schedule_times=["09:00"])
    moved = slots[0]
    move(instance=moved, at=moved.scheduled_for + timedelta(minutes=11), now=NOW, actor="command")
    question = send(admin, page_of(plan.account), schedule_times="10:00").url

    answer = admin.post(question)

    assert said(answer)[1:] == ["Removed 27 empty slots that were off the grid."]
    assert [slot.pk for slot in slots] == [moved.pk]


def test_nothing_is_asked_where_the_cadence_stays(admin, plan):
    plan_ahead(plan.account, posts_per_week=7, schedule_times=["09:00"])
    ChannelAccount.objects.filter(pk=plan.account.pk).update(schedule_times=["10:00"])

    answer = send(admin, page_of(plan.account), name="@renamed")
    page = admin.get(page_of(plan.account)).content.decode()

    assert answer.url == admin_url(ChannelAccount, "changelist")
    assert "28 empty slots of this account" in " ".join(page.split())


def test_only_who_administers_removes_slots(editor, plan):
    plan_ahead(plan.account, posts_per_week=7, schedule_times=["09:00"])
    ChannelAccount.objects.filter(pk=plan.account.pk).update(schedule_times=["10:00"])

    answer = editor.post(admin_url(plan.account, "off_grid", plan.account.pk))

    assert answer.status_code == 403
    assert PostInstance.objects.count() == 28


def test_an_editor_tops_off_the_chosen_accounts(editor, plan):
    other = ChannelAccountFactory(brand=plan.brand, posts_per_week=7, schedule_times=["09:00"])
    ChannelAccount.objects.filter(pk=plan.account.pk).update(posts_per_week=7, schedule_times=["09:00"])

    page = act(editor, ChannelAccount, "top_off_28_days", plan.account).content.decode()

    assert "Created 28 new slots, skipped 0 existing." in page
    assert PostInstance.objects.filter(channel_account=plan.account).count() == 28
    assert not PostInstance.objects.filter(channel_account=other).exists()


def test_a_top_off_says_which_accounts_are_switched_off(editor, plan):
    ChannelAccount.objects.update(posts_per_week=7, is_active=False)

    page = act(editor, ChannelAccount, "top_off_28_days", plan.account).content.decode()

    assert "@cafelumen is switched off: nothing is planned for it." in page
    assert not PostInstance.objects.exists()


def test_a_top_off_does_not_reach_other_workspaces(editor, plan):
    ChannelAccount.objects.update(posts_per_week=7)

    act(editor, ChannelAccount, "top_off_28_days", plan.foreign_account)

    assert not PostInstance.objects.exists()


def test_an_account_with_posts_is_kept_and_says_why(admin, plan):
    PostInstanceFactory(channel_account=plan.account)

    answer = admin.post(admin_url(plan.account, "delete", plan.account.pk), {"post": "yes"})

    assert "cannot be deleted: 1 post or slot belongs to it. Switch it off instead" in said(answer)[0]
    assert ChannelAccount.objects.filter(pk=plan.account.pk).exists()


def test_an_account_without_posts_can_be_deleted(admin, plan):
    answer = admin.post(admin_url(plan.account, "delete", plan.account.pk), {"post": "yes"})

    assert answer.status_code == 302
    assert not ChannelAccount.objects.filter(pk=plan.account.pk).exists()


def test_a_pause_is_typed_in_the_accounts_time_and_told_in_it(admin, editor, plan):
    send(admin, page_of(plan.account), hold=True, paused_until="2026-11-27T08:00", pause_reason="Inventory")

    plan.account.refresh_from_db()
    told = editor.get(page_of(plan.account)).content.decode()
    assert (plan.account.paused_at, plan.account.paused_until.isoformat()) == (NOW, "2026-11-27T07:00:00+00:00")
    assert "until Fri 27 Nov 2026, 08:00 (Europe/Madrid): Inventory" in told


def test_a_pause_that_ends_before_it_began_is_refused(admin, plan):
    answer = send(admin, page_of(plan.account), hold=True, paused_until="2026-11-19T08:00")

    plan.account.refresh_from_db()
    assert errors(answer)["paused_until"] == ["A pause has to end after now."]
    assert plan.account.paused_at is None


def test_a_removed_tick_resumes(admin, plan):
    send(admin, page_of(plan.account), hold=True, pause_reason="Inventory")

    send(admin, page_of(plan.account), hold=None)

    plan.account.refresh_from_db()
    assert (plan.account.paused_at, plan.account.pause_reason) == (None, "")
