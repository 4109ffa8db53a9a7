"""The table of legal moves: the same in the documents and in the code, and kept by whatever changes a post."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from scheduling.models import PostInstance, ScheduleStatus
from scheduling.rules import LEGAL_MOVES, SCHEDULE_MOVES, STATES
from scheduling.services.changing import NO_LEASE, change
from scheduling.services.edit import cancel, move, publish_now, restore, schedule, skip, take_out
from scheduling.services.schedule import fill
from scheduling.tests.factories import NOW
from scheduling.tests.planning.standing import content_for, standing
from workspaces.errors import Conflict
from workspaces.models import LedgerEvent
from workspaces.tests.refusals import stored

DOCUMENT = Path(settings.BASE_DIR, "docs", "states.md")
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| ([A-Z].*\.) \|$", re.MULTILINE)
LATER = NOW + timedelta(days=2)


def documented(title):
    section = DOCUMENT.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    rows = ROW.findall(section)
    assert len(rows) == section.count("\n| `"), "a row without a sentence"
    return {(source, target) for source, target, _ in rows}


def pairs(moves):
    return {(source, target) for source, targets in moves.items() for target in targets}


def test_the_document_and_the_code_name_the_same_moves_of_post_instances():
    assert documented("Post instances") == pairs(LEGAL_MOVES)


def test_the_document_and_the_code_name_the_same_moves_of_schedules():
    assert documented("Schedules") == pairs(SCHEDULE_MOVES)
    assert set(ScheduleStatus.values) == set(SCHEDULE_MOVES)


@pytest.mark.django_db
@pytest.mark.parametrize("source", STATES)
def test_a_move_that_is_not_in_the_table_is_refused_and_changes_nothing(source):
    post = standing(source)
    before = stored(PostInstance)

    for target in set(STATES) - LEGAL_MOVES[source]:
        with pytest.raises(Conflict):
            change(again(post), to=target, now=NOW, **_what_the_target_needs(target))
        assert stored(PostInstance) == before, target


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "target"), sorted(pairs(LEGAL_MOVES)))
def test_a_move_that_is_in_the_table_is_made(source, target):
    post = standing(source)

    change(post, to=target, now=NOW, **_what_the_target_needs(target))

    assert PostInstance.objects.get(pk=post.pk).status == target


def again(post):
    """Return a post as it is loaded anew: what was refused may have been tried on the one in memory."""
    return PostInstance.objects.with_everything().get(pk=post.pk)


def _what_the_target_needs(target):
    needed = {
        "scheduled": {"due_at": LATER},
        "pending": {"due_at": NOW},
        "publishing": {"due_at": NOW, "claim": "0191e7a5-0000-7000-8000-000000000001", "lease_ends_at": LATER},
        "published": {"published_at": NOW, "remote_id": "17"},
    }
    return {**NO_LEASE, **needed.get(target, {})}


PEOPLE = {
    "fill": (lambda post: fill(instance=post, content=content_for(post), now=NOW, actor="user:ana"), "planned"),
    "schedule": (
        lambda post: schedule(instance=post, at=LATER, now=NOW, actor="user:ana"),
        "draft in_review failed missed",
    ),
    "publish now": (
        lambda post: publish_now(instance=post, now=NOW, actor="user:ana"),
        "draft in_review scheduled failed missed",
    ),
    "move": (
        lambda post: move(instance=post, at=LATER, now=NOW, actor="user:ana"),
        "planned draft in_review scheduled pending",
    ),
    "take out": (lambda post: take_out(instance=post, now=NOW, actor="user:ana"), "draft scheduled"),
    "skip": (
        lambda post: skip(instance=post, now=NOW, actor="user:ana"),
        "planned draft scheduled unconfirmed failed missed",
    ),
    "cancel": (
        lambda post: cancel(instance=post, now=NOW, actor="user:ana"),
        "draft in_review scheduled pending missed",
    ),
    "undo": (lambda post: restore(instance=post, now=NOW, actor="user:ana"), "skipped canceled"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), [(name, one) for name in PEOPLE for one in PEOPLE[name][1].split()])
def test_what_people_do_works_from_the_states_that_allow_it(name, status):
    do, _ = PEOPLE[name]
    post = standing(status)

    do(post)

    after = PostInstance.objects.get(pk=post.pk)
    assert after.status == post.status
    assert after.status == status or after.status in LEGAL_MOVES[status]
    assert LedgerEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", STATES)
def test_what_people_do_changes_nothing_from_the_states_that_do_not_allow_it(status):
    post = standing(status)
    before = stored(PostInstance)

    for name, (do, allowed) in PEOPLE.items():
        if status not in allowed.split():
            with pytest.raises(Conflict) as refused:
                do(again(post))
            assert stored(PostInstance) == before, name
            assert not LedgerEvent.objects.exists(), name
            assert str(refused.value).endswith(".")


@pytest.mark.django_db
def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused():
    post = standing("scheduled")
    seen_before = PostInstance.objects.get(pk=post.pk)
    skip(instance=post, now=NOW, actor="user:ana")
    before = stored(PostInstance)

    with pytest.raises(Conflict, match="Somebody else changed this post meanwhile"):
        move(instance=seen_before, at=LATER, now=NOW, actor="user:ben")

    assert stored(PostInstance) == before


@pytest.mark.django_db
def test_whoever_is_later_than_a_worker_is_told_so():
    post = standing("pending")
    seen_before = PostInstance.objects.get(pk=post.pk)
    change(post, to="publishing", now=NOW, **_what_the_target_needs("publishing"))

    with pytest.raises(Conflict, match="Too late: it is being published right now"):
        cancel(instance=seen_before, now=NOW, actor="user:ana")

    assert PostInstance.objects.get(pk=post.pk).status == "publishing"
