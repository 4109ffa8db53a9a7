"""A person has seen a post on its platform: "it is there"."""

from datetime import timedelta

import pytest

from scheduling.models import PostInstance, Status
from scheduling.services.changing import CHANGED
from scheduling.services.problems import confirm, skip_many
from scheduling.services.story import story_of
from scheduling.tests.factories import NOW, PostInstanceFactory, PublishedFactory
from workspaces.errors import Conflict, Invalid
from workspaces.tests.refusals import stored

pytestmark = pytest.mark.django_db
URL = "https://example.com/lumen/status/1"
WHO = {"now": NOW, "actor": "user:ana"}
TRIED = NOW - timedelta(minutes=30)


def problem(status):
    return PostInstanceFactory(
        status=status, scheduled_for=TRIED, first_attempt_at=TRIED, attempts=1, reason="No answer came."
    )


def loaded(row):
    return PostInstance.objects.with_everything().get(pk=row.pk)


@pytest.mark.parametrize(("status", "at"), [(Status.UNCONFIRMED, TRIED), (Status.FAILED, NOW)])
def test_it_is_published_with_its_address_and_time(status, at):
    post = problem(status)

    confirm(instance=loaded(post), url=f" {URL} ", **WHO)

    post.refresh_from_db()
    assert (post.status, post.remote_url, post.published_at, post.reason) == (Status.PUBLISHED, URL, at, "")


def test_the_history_says_who_saw_it_and_where():
    post = problem(Status.UNCONFIRMED)

    confirm(instance=loaded(post), url=URL, **WHO)

    entry = story_of(post, post.channel_account.zone)[0]
    assert f"{entry.who} {entry.did}" == f"ana found it on the platform: {URL}"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "Paste the address"),
        ("   ", "Paste the address"),
        ("it is there", "is not an address"),
        ("javascript:alert(1)", "is not an address"),
        ("ftp://example.com/1", "is not an address"),
        ("https://", "is not an address"),
        ("https://example.com/\x00", "is not an address"),
        ("https://example.com/" + "a" * 2000, "2000 characters at most"),
    ],
)
def test_what_is_no_address_is_refused(url, sentence):
    post = problem(Status.FAILED)
    before = stored(PostInstance)

    with pytest.raises(Invalid, match=sentence) as refusal:
        confirm(instance=loaded(post), url=url, **WHO)

    assert set(refusal.value.errors) == {"url"}
    assert stored(PostInstance) == before


@pytest.mark.parametrize("status", [Status.MISSED, Status.SCHEDULED, Status.DRAFT, Status.SKIPPED])
def test_what_was_never_sent_cannot_be_there(status):
    post = PostInstanceFactory(status=status)

    with pytest.raises(Conflict, match="from there it cannot become published"):
        confirm(instance=loaded(post), url=URL, **WHO)


def test_a_second_click_gets_a_clear_sentence():
    first = loaded(problem(Status.FAILED))
    second = loaded(first)
    confirm(instance=first, url=URL, **WHO)

    with pytest.raises(Conflict, match="It is published; that cannot be changed from here"):
        confirm(instance=second, url=URL, **WHO)


def test_many_are_skipped_and_each_is_answered():
    failed, missed, out = problem(Status.FAILED), problem(Status.MISSED), PublishedFactory()
    stale = loaded(problem(Status.FAILED))
    stale.version = 7

    answers = skip_many(instances=[loaded(failed), loaded(out), stale, loaded(missed)], reason="Too old", **WHO)

    said = [one.refusal and one.refusal.message for one in answers]
    assert said == [None, "It is published; that cannot be changed from here.", CHANGED, None]
    assert [loaded(one).reason for one in (failed, missed)] == ["Too old"] * 2
