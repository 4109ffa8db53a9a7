"""A database that takes no changes: what can be read is read, what cannot be saved says so."""

from contextlib import contextmanager

import pytest
from django.db import InternalError, OperationalError, connection

from campaigns.models import Brand
from marketmind.doctor import Mark, examine
from scheduling.tests.factories import NOW
from workspaces.outages import Outage, outage_of
from workspaces.tests.calling import Api, refused

# PostgreSQL gives up a transaction with its first refused statement, so that a test must not stand in one.
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def read_only():
    """Let the database only be read, as a standby or a file without rights does."""
    is_sqlite = connection.vendor == "sqlite"
    on, off = ("PRAGMA query_only = 1", "PRAGMA query_only = 0") if is_sqlite else (SET.format("on"), SET.format("off"))
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


SET = "SET default_transaction_read_only = {}"


@pytest.fixture
def visitor(client, cast):
    client.force_login(cast.owner)
    client.raise_request_exception = False
    return client


def test_a_page_that_cannot_save_says_so_in_words_and_leaves_no_trace_in_the_log(visitor, cast, caplog):
    with read_only():
        answer = visitor.post("/settings/workspace/", {"name": "Lumen", "timezone": "UTC", "warn_days": 5})

    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert "Nothing can be saved at the moment: the database is read-only." in said
    assert "what you typed is still there" in said
    assert "Traceback" not in caplog.text
    assert "page_without_database: /settings/workspace/" in caplog.text


def test_a_page_is_told_in_the_language_of_who_reads_it(visitor):
    with read_only():
        answer = visitor.post("/settings/workspace/", {"name": "Lumen"} | GOOD, headers={"Accept-Language": "es"})

    assert "No se puede guardar nada en este momento" in answer.content.decode()
    assert answer["MarketMind-Said"].startswith("No%20se%20puede%20guardar")


GOOD = {"timezone": "UTC", "warn_days": 5}


@pytest.mark.parametrize("page", ["/calendar/new/", "/notices/", "/queue/", "/problems/", "/settings/you/"])
def test_pages_can_be_read_all_the_same(visitor, page):
    with read_only():
        answer = visitor.get(page)

    assert answer.status_code == 200


def test_the_api_reads_and_refuses_to_save_in_its_own_format(cast, caplog):
    api = Api(cast.workspace)

    with read_only():
        read = api.get("/api/v1/brands")
        said = refused(api.post("/api/v1/brands", {"name": "Lumen"}), 503, "unavailable")

    assert read.status_code == 200
    assert said["error_message"] == Outage.READ_ONLY
    assert not Brand.objects.exists()
    assert "Traceback" not in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can be told how large it may become")
def test_a_full_disk_is_told_as_one(cast):
    api = Api(cast.workspace)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1")  # No less than it has: nothing more goes in.
    try:
        said = refused(api.post("/api/v1/brands", {"name": "Lumen", "voice": "x" * 1_000_000}), 503, "unavailable")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert said["error_message"] == Outage.FULL


def test_the_doctor_tries_to_write_and_says_that_it_cannot():
    with read_only():
        found = {one.check: one for one in examine(now=NOW)}

    assert found["writing"].mark is Mark.BROKEN
    assert found["writing"].said.startswith("Nothing can be saved: ")
    assert "writable" in found["writing"].remedy


def test_the_doctor_takes_back_what_it_wrote():
    found = [{one.check: one for one in examine(now=NOW)} for _ in range(2)]

    assert [one["writing"].mark for one in found] == [Mark.OK, Mark.OK]


def test_a_mistake_in_sql_is_a_bug_and_no_outage():
    with pytest.raises(Exception, match="no_such_table") as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")

    assert outage_of(caught.value) is None


def test_what_only_looks_like_it_is_told_apart():
    assert outage_of(OperationalError("server closed the connection")) is Outage.AWAY
    assert outage_of(InternalError("a bug in the server")) is None
    assert outage_of(KeyError("name")) is None
