"""manage.py doctor: one thing is broken at a time, and it says which, and what mends it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_q.models import Schedule

from marketmind.doctor import Mark, examine
from marketmind.tests.running import python
from publishing.models import (
    Credentials,
    Lane,
    Notice,
    NoticeDelivery,
    NoticeTarget,
    WebhookDelivery,
    WebhookEndpoint,
    WorkerBeat,
)
from scheduling.tests.factories import NOW, ChannelAccountFactory, PostInstanceFactory
from workspaces.ledger import record, unit_of_work

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def well(settings):
    """Have an installation of which nothing has to be said."""
    settings.SECRET_KEY = "of-this-test-" * 5
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.ALLOWED_HOSTS = ["localhost"]
    WorkerBeat.objects.create(name="atlas:1", lanes=1, started_at=NOW, seen_at=NOW)
    Lane.objects.create(number=0, run=uuid4(), seen_at=NOW)


def of(check, **asked):
    """Return what a check found."""
    return next(one for one in examine(now=NOW, **asked) if one.check == check)


def says(found, mark, *words):
    """Check how bad a finding is, what it says, and that it comes with what mends it."""
    assert found.mark is mark, found
    assert bool(found.remedy) is (mark is not Mark.OK)
    for word in words:
        assert word in f"{found.said} {found.remedy}"


def test_nothing_is_broken_where_all_is_well(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "set")

    found = [one for one in examine(now=NOW) if one.mark is not Mark.OK and one.check != "clock"]

    assert found == []


def test_a_missing_migration_is_broken_and_no_row_is_asked():
    MigrationRecorder.Migration.objects.filter(app="publishing").delete()

    found = examine(now=NOW)

    says(found[1], Mark.BROKEN, "1 is missing", "manage.py migrate")
    assert "workers" not in {one.check for one in found}


@pytest.mark.parametrize(("ago", "mark"), [(3 * MINUTE, Mark.OK), (4 * MINUTE, Mark.BROKEN)])
def test_workers_that_are_silent_are_broken(ago, mark):
    Lane.objects.update(seen_at=NOW - ago)

    says(of("workers"), mark)


def test_an_installation_without_workers_is_told_how_to_start_them():
    Lane.objects.all().delete()

    says(of("workers"), Mark.BROKEN, "None has ever run", "manage.py workers")


def test_a_lane_that_nobody_runs_is_seen():
    WorkerBeat.objects.update(lanes=2)

    says(of("lanes"), Mark.WARNING, "1 of 2")


def test_a_due_post_that_nothing_holds_is_broken():
    PostInstanceFactory(scheduled_for=NOW - 6 * MINUTE)

    says(of("due posts"), Mark.BROKEN, "360 s")


def test_a_schedule_that_somebody_deleted_comes_back_with_migrate():
    Schedule.objects.filter(name="tick").delete()

    says(of("schedules"), Mark.BROKEN, "tick", "manage.py migrate")


@pytest.mark.sqlite
def test_machines_that_share_a_file_are_broken():
    WorkerBeat.objects.create(name="boreas:7", lanes=0, started_at=NOW, seen_at=NOW)

    says(of("machines"), Mark.BROKEN, "atlas, boreas", "PostgreSQL")


def test_a_machine_whose_clock_is_ahead_is_seen():
    WorkerBeat.objects.update(seen_at=NOW + 5 * SECOND)

    says(of("machines"), Mark.WARNING, "atlas:1", "NTP")


@pytest.mark.parametrize(
    ("skew", "mark"), [(0 * SECOND, Mark.OK), (5 * SECOND, Mark.WARNING), (2 * MINUTE, Mark.BROKEN)]
)
@pytest.mark.postgres
def test_a_clock_that_differs_from_the_databases_is_seen(monkeypatch, skew, mark):
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
    monkeypatch.setattr("marketmind.doctor.database.timezone.now", lambda: theirs + skew)

    says(of("clock"), mark)


@pytest.mark.parametrize(
    ("values", "check", "mark", "word"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY", Mark.BROKEN, "5 characters"),
        ({"DEBUG": True}, "DEBUG", Mark.WARNING, "DEBUG=0"),
        ({"DEBUG": True, "PUBLIC_URL": "https://plan.example.com"}, "DEBUG", Mark.BROKEN, "DEBUG=0"),
        ({"PUBLIC_URL": "https://plan.example.com"}, "addresses", Mark.BROKEN, "Add plan.example.com"),
        ({"ALLOWED_HOSTS": ["*"]}, "addresses", Mark.WARNING, "ALLOWED_HOSTS=localhost"),
        (
            {"PUBLIC_URL": "http://plan.example.com", "ALLOWED_HOSTS": [".example.com"]},
            "addresses",
            Mark.WARNING,
            "TLS",
        ),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "mail", Mark.WARNING, "EMAIL_URL"),
    ],
)
def test_settings_that_do_not_fit_together_are_seen(settings, values, check, mark, word):
    for name, value in values.items():
        setattr(settings, name, value)

    says(of(check), mark, word)


def test_the_mail_server_is_only_met_when_the_network_is_asked_for():
    assert "mail server" not in {one.check for one in examine(now=NOW)}
    says(of("mail server", network=True), Mark.BROKEN, "127.0.0.1:1", "EMAIL_URL")


def test_newer_zone_data_of_the_machine_is_seen(monkeypatch, tmp_path):
    newer = tmp_path / "tzdata.zi"
    newer.write_text("# version 2099a\n", encoding="utf-8")
    monkeypatch.setattr("marketmind.doctor.machine.SYSTEM_ZONES", newer)

    says(of("time zones"), Mark.WARNING, "2099a", "Upgrade")


def test_zone_files_of_the_machine_that_win_are_broken(monkeypatch):
    monkeypatch.setattr("marketmind.doctor.machine.zoneinfo.TZPATH", ("/usr/share/zoneinfo",))

    says(of("time zones"), Mark.BROKEN, "manage.py")


@pytest.mark.parametrize(("paths", "mark"), [(None, Mark.BROKEN), ({"css/base.css": "x"}, Mark.BROKEN)])
def test_static_files_that_were_not_collected_are_broken(settings, tmp_path, paths, mark):
    settings.WHITENOISE_USE_FINDERS, settings.STATIC_ROOT = False, tmp_path
    if paths:
        (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": paths}), encoding="utf-8")

    says(of("static files"), mark, "collectstatic")


@pytest.mark.parametrize(("free", "mark"), [(5_000, Mark.OK), (500, Mark.WARNING), (50, Mark.BROKEN)])
def test_a_disk_that_fills_up_is_seen(monkeypatch, free, mark):
    usage = type("Usage", (), {"free": free * 1024 * 1024})
    monkeypatch.setattr("marketmind.doctor.machine.shutil.disk_usage", lambda folder: usage)

    says(of("disk"), mark, f"{free:,} MB")


def test_a_secret_whose_key_is_gone_is_named(settings):
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    account = ChannelAccountFactory(name="@lost")
    Credentials.objects.create(workspace=account.workspace, channel_account=account, secret="hunter2")
    settings.FIELD_ENCRYPTION_KEYS = []
    kept = ChannelAccountFactory(name="@kept")
    Credentials.objects.create(workspace=kept.workspace, channel_account=kept, secret="hunter2")

    found = of("secrets")

    says(found, Mark.BROKEN, "@lost", "FIELD_ENCRYPTION_KEYS")
    assert "@kept" not in found.said


def test_accounts_that_need_connecting_are_named():
    refused = ChannelAccountFactory(name="@refused", disconnected_at=NOW, disconnect_reason="Revoked")
    Credentials.objects.create(workspace=refused.workspace, channel_account=refused, expires_at=NOW + timedelta(days=9))

    says(of("accounts"), Mark.WARNING, "@refused")
    says(of("credentials"), Mark.WARNING, "@refused")


def test_a_webhook_that_is_refused_again_and_again_is_named():
    workspace = ChannelAccountFactory().workspace
    WebhookEndpoint.objects.create(workspace=workspace, url="https://a.example", secret="s", description="The CRM")
    with unit_of_work():
        record("noted", workspace_id=workspace.pk, entity_type="test", entity_id=uuid4(), actor="system", now=NOW)
    says(of("webhooks"), Mark.OK)

    WebhookDelivery.objects.update(attempts=3)

    says(of("webhooks"), Mark.WARNING, "The CRM")


def test_people_who_were_not_told_are_named():
    workspace = ChannelAccountFactory().workspace
    target = NoticeTarget.objects.create(workspace=workspace, name="On call", url="json://example.com")
    notice = Notice.objects.create(workspace=workspace, kind="failed", send_at=NOW)
    NoticeDelivery.objects.create(notice=notice, target=target, status="failed", finished_at=NOW, created_at=NOW)

    says(of("notices"), Mark.WARNING, "On call")


@pytest.mark.apart
def test_it_reads_as_a_table_and_ends_with_1_when_something_is_broken():
    done = python("manage.py", "doctor", DATABASE_URL="postgres://nobody:hunter2@127.0.0.1:1/nowhere")

    first, second, *_ = done.stdout.splitlines()
    assert done.returncode == 1
    assert first.startswith("BROKEN   database      It cannot be reached")
    assert second.strip() == "→ Check DATABASE_URL, and that the server runs."
    assert "broken." in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.apart
def test_it_answers_programs_in_one_document():
    done = python("manage.py", "doctor", "--json", DATABASE_URL="postgres://nobody@127.0.0.1:1/nowhere")

    found = json.loads(done.stdout)
    assert (done.returncode, found["healthy"]) == (1, False)
    assert set(found["checks"][0]) == {"check", "mark", "said", "remedy"}
