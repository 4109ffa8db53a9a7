"""The background schedules make themselves, are left as somebody changed them, and keep their hour."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django_q.models import Schedule

from publishing import tasks
from publishing.tasks.schedules import ensure_schedules, keep_at_its_hour, next_topoff

MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def in_madrid(settings, monkeypatch):
    monkeypatch.setattr("django_q.conf.Conf.TIME_ZONE", "Europe/Madrid")
    settings.TIME_ZONE = "Europe/Madrid"


def by_name():
    return {one.name: one for one in Schedule.objects.all()}


@pytest.mark.django_db
def test_migrate_has_made_the_schedules():
    made = by_name()

    assert sorted(made) == ["coverage", "prune", "tick", "topoff"]
    tick, topoff = made["tick"], made["topoff"]
    assert (tick.func, tick.schedule_type, tick.minutes, tick.repeats) == (
        "publishing.tasks.tick",
        Schedule.MINUTES,
        1,
        -1,
    )
    assert (topoff.func, topoff.schedule_type, topoff.repeats) == ("publishing.tasks.topoff", Schedule.DAILY, -1)
    assert (topoff.next_run.hour, topoff.next_run.minute, topoff.next_run.second) == (2, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["coverage", "prune", "tick", "topoff"])
def test_the_functions_of_the_schedules_exist(name):
    assert callable(getattr(tasks, by_name()[name].func.rsplit(".", 1)[1]))


@pytest.mark.django_db
def test_migrating_again_adds_nothing_and_brings_back_what_was_deleted():
    Schedule.objects.filter(name="tick").delete()

    for _ in range(2):
        call_command("migrate", verbosity=0, stdout=StringIO())

    assert sorted(Schedule.objects.values_list("name", flat=True)) == ["coverage", "prune", "tick", "topoff"]


@pytest.mark.django_db
def test_a_schedule_that_an_operator_changed_stays_so():
    at_five = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    Schedule.objects.filter(name="topoff").update(next_run=at_five, repeats=3)
    Schedule.objects.create(name="tick", func="publishing.tasks.tick", schedule_type=Schedule.HOURLY)

    ensure_schedules()

    topoff = Schedule.objects.get(name="topoff")
    assert (topoff.next_run, topoff.repeats) == (at_five, 3)
    assert Schedule.objects.count() == 5


@pytest.mark.django_db
def test_a_database_without_the_queues_tables_is_left_alone(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["publish_logs"])
    Schedule.objects.all().delete()

    ensure_schedules()

    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-11-20T01:59+01:00", "2026-11-20T02:00+01:00"),
        ("2026-11-20T02:00+01:00", "2026-11-21T02:00+01:00"),
        ("2026-11-20T23:30+01:00", "2026-11-21T02:00+01:00"),
        ("2026-03-28T02:00+01:00", "2026-03-29T03:00+02:00"),  # 02:00 does not exist on that Sunday.
        ("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00"),
        ("2026-10-24T02:00+02:00", "2026-10-25T02:00+02:00"),  # 02:00 happens twice: the first.
        ("2026-10-25T02:00+01:00", "2026-10-26T02:00+01:00"),
    ],
)
def test_the_daily_top_off_is_due_at_two_on_the_servers_clock(after, due, in_madrid):
    assert next_topoff(after=datetime.fromisoformat(after)) == datetime.fromisoformat(due)


@pytest.mark.django_db
def test_the_daily_top_off_keeps_its_hour_through_both_clock_changes(in_madrid):
    topoff = by_name()["topoff"]
    topoff.next_run = next_topoff(after=datetime(2026, 3, 25, 12, tzinfo=UTC))
    topoff.save()
    hours = set()

    for _ in range(300):
        ran = by_name()["topoff"].next_run
        hours.add((ran.astimezone(MADRID).date().isoformat(), ran.astimezone(MADRID).hour))
        Schedule.objects.filter(name="topoff").update(next_run=topoff.calculate_next_run(ran))
        keep_at_its_hour(ran.isoformat(), now=ran + timedelta(minutes=1))

    assert {hour for _, hour in hours - {("2026-03-29", 3)}} == {2}
    assert len(hours) == 300


@pytest.mark.django_db
def test_a_top_off_that_ran_late_is_due_next_in_the_future(in_madrid):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    keep_at_its_hour("2026-11-17T01:00:00+00:00", now=now)

    assert by_name()["topoff"].next_run == datetime(2026, 11, 21, 1, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("due", ["", "2026-11-20T04:00:00+00:00"])
def test_a_top_off_at_another_hour_is_left_to_the_queue(due, in_madrid):
    before = by_name()["topoff"].next_run

    keep_at_its_hour(due, now=datetime(2026, 11, 20, 12, tzinfo=UTC))

    assert by_name()["topoff"].next_run == before


@pytest.mark.django_db
def test_the_tasks_say_what_they_did():
    assert tasks.tick() == 0
    assert tasks.topoff(due=by_name()["topoff"].next_run.isoformat()) == "Created 0 new slots, skipped 0 existing"
