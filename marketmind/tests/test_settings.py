"""Every setting: a wrong value is refused by name in a sentence, a right one is used."""

import base64
import runpy
from pathlib import Path

import pytest
from django.conf import settings as ours

from marketmind.dotenv import WrongSetting
from marketmind.tests.running import python

SETTINGS = Path(ours.BASE_DIR, "marketmind", "settings.py")
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
SECRET = {"DATABASE_URL", "FIELD_ENCRYPTION_KEYS", "REDIS_URL", "EMAIL_URL", "SENTRY_DSN", "METRICS_TOKEN"}


@pytest.fixture
def with_setting(monkeypatch):
    """Return a way to read the settings anew with one of them set."""

    def read(name, value):
        monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@localhost/plan"),
        ("DATABASE_URL", "plan.sqlite3"),
        ("DATABASE_URL", "postgres://user:hunter2@localhost"),
        ("DATABASE_URL", "postgres://user:hunter2@localhost:port/plan"),
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("ALLOWED_HOSTS", "https://plan.example.com"),
        ("ALLOWED_HOSTS", "plan.example.com:8000"),
        ("ALLOWED_HOSTS", "plan.example.com, a b"),
        ("CSRF_TRUSTED_ORIGINS", "plan.example.com"),
        ("CSRF_TRUSTED_ORIGINS", "https://plan.example.com/calendar"),
        ("PUBLIC_URL", "plan.example.com"),
        ("PUBLIC_URL", "ftp://plan.example.com"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://plan.example.com:many"),
        ("FIELD_ENCRYPTION_KEYS", "hunter2"),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY},hunter2"),
        ("REDIS_URL", "http://hunter2@localhost"),
        ("Q_WORKERS", "2"),
        ("Q_WORKERS", "65"),
        ("Q_WORKERS", "four"),
        ("Q_WORKERS", "4.5"),
        ("EMAIL_URL", "https://hunter2@mail.example.com"),
        ("EMAIL_URL", "smtp+tls://"),
        ("EMAIL_URL", "filemail:///tmp/hunter2"),
        ("STORAGE_URL", "srv/media"),
        ("STORAGE_URL", "file://srv/media"),
        ("STORAGE_URL", "s3://bucket"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "europe/madrid"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("LANGUAGE_CODE", "tlh"),
        ("SENTRY_DSN", "hunter2"),
        ("METRICS_TOKEN", "hunter2"),
        ("METRICS_TOKEN", "hunter2 hunter2 hunter2"),
        ("API_RATE_PER_SECOND", "0"),
        ("API_RATE_PER_SECOND", "fast"),
        ("API_RATE_BURST", "-1"),
        ("LLM_BASE_URL", "localhost:8080"),
        ("ALLOW_PRIVATE_NETWORK_TARGETS", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_by_name_with_what_would_be_right(with_setting, name, value):
    with pytest.raises(WrongSetting) as refused:
        with_setting(name, value)

    said = str(refused.value)
    assert said.startswith(name)
    assert " cannot be used: use " in said
    assert said.endswith(".")
    assert ("hunter2" not in said) if name in SECRET else (value in said)


@pytest.mark.parametrize(
    ("name", "value", "setting", "found"),
    [
        ("SECRET_KEY", "of my own " * 5, "SECRET_KEY", ("of my own " * 5).strip()),
        ("DEBUG", "Yes", "DEBUG", True),
        ("ALLOWED_HOSTS", "plan.example.com, .example.org,*,[::1]", "ALLOWED_HOSTS", None),
        ("CSRF_TRUSTED_ORIGINS", "https://a.example, http://b.example:8080", "CSRF_TRUSTED_ORIGINS", None),
        ("PUBLIC_URL", "https://plan.example.com/", "PUBLIC_URL", "https://plan.example.com"),
        ("PUBLIC_URL", "https://plan.example.com", "SESSION_COOKIE_SECURE", True),
        ("FIELD_ENCRYPTION_KEYS", f"{KEY}, {KEY}", "FIELD_ENCRYPTION_KEYS", [KEY, KEY]),
        ("REDIS_URL", "redis://localhost:6379/1", "REDIS_URL", "redis://localhost:6379/1"),
        ("Q_WORKERS", "7", "Q_WORKERS", 7),
        ("TIME_ZONE", "Europe/Madrid", "TIME_ZONE", "Europe/Madrid"),
        ("LANGUAGE_CODE", "ES", "LANGUAGE_CODE", "es"),
        ("METRICS_TOKEN", "of-my-own-choice-1", "METRICS_TOKEN", "of-my-own-choice-1"),
        ("API_RATE_PER_SECOND", "25", "API_RATE_PER_SECOND", 25),
        ("API_RATE_BURST", "50", "API_RATE_BURST", 50),
        ("LLM_BASE_URL", "http://localhost:8080/v1", "LLM_BASE_URL", "http://localhost:8080/v1"),
        ("LLM_MODEL", "small-1", "LLM_MODEL", "small-1"),
        ("LLM_API_KEY", "word", "LLM_API_KEY", "word"),
        ("ALLOW_PRIVATE_NETWORK_TARGETS", "1", "ALLOW_PRIVATE_NETWORK_TARGETS", True),
        ("EMAIL_URL", "smtp+tls://ana:word@mail.example.com", "EMAIL_PORT", 587),
        ("EMAIL_URL", "smtp+ssl://mail.example.com:4650", "EMAIL_PORT", 4650),
        ("EMAIL_URL", "smtp+tls://ana:word@mail.example.com", "EMAIL_USE_TLS", True),
        ("EMAIL_URL", "smtp://mail.example.com", "EMAIL_HOST", "mail.example.com"),
    ],
)
def test_a_right_value_is_used(with_setting, name, value, setting, found):
    expected = [part.strip() for part in value.split(",")] if found is None else found

    assert with_setting(name, value)[setting] == expected


@pytest.mark.parametrize(
    ("url", "name", "engine"),
    [
        ("sqlite:////srv/plan.sqlite3", "/srv/plan.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://ana:word@db.example.com:5433/plan", "plan", "django.db.backends.postgresql"),
        ("postgresql://ana@db.example.com/plan", "plan", "django.db.backends.postgresql"),
    ],
)
def test_a_database_is_named_by_its_url(with_setting, url, name, engine):
    found = with_setting("DATABASE_URL", url)["DATABASES"]["default"]

    assert (found["NAME"], found["ENGINE"]) == (name, engine)


def test_uploads_are_kept_where_the_operator_says(with_setting):
    found = with_setting("STORAGE_URL", "file:///srv/media of ours")

    assert found["STORAGES"]["default"]["OPTIONS"] == {"location": "/srv/media of ours"}


def test_the_refusal_of_s3_says_that_it_is_not_there_yet(with_setting):
    with pytest.raises(WrongSetting, match="s3:// is not supported yet"):
        with_setting("STORAGE_URL", "s3://bucket")


def test_a_blank_is_the_default(with_setting, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")

    found = with_setting("Q_WORKERS", "  ")

    assert found["Q_WORKERS"] == 4
    assert found["DATABASES"]["default"]["NAME"].endswith("marketmind.sqlite3")
    assert found["STORAGES"]["default"]["OPTIONS"]["location"].endswith("/var/media")


@pytest.mark.parametrize("command", ["check", "migrate", "topoff"])
def test_an_operator_reads_one_sentence_and_no_traceback(command):
    done = python("manage.py", command, Q_WORKERS="four")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "Q_WORKERS='four' cannot be used: use a whole number from 3 to 64.\n"


def test_with_every_setting_at_its_default_nothing_is_wrong():
    done = python("manage.py", "check")

    assert (done.returncode, done.stderr) == (0, "")
