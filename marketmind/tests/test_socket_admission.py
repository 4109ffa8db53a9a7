"""Who may open the socket, and for how long: looked at in the handshake and again while it is open."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from marketmind.live import tail
from marketmind.live.admission import admit
from marketmind.live.closing import Close
from marketmind.live.door import LOOK_AGAIN
from marketmind.live.tail import MOST_WAITING, Follower, Tail
from workspaces.models import ApiKey, Membership, SocketTicket
from workspaces.services.tickets import make_ticket
from workspaces.services.tokens import sign_in
from workspaces.tests.calling import Api, refused, token_of

OWN = "http://localhost"


def handshake(query="", **headers):
    """Return the scope of a handshake, as uvicorn makes it."""
    given = {"host": "localhost", **headers}
    return {
        "type": "websocket",
        "scheme": "ws",
        "path": "/api/v1/scheduling/ws",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
    }


def let_in(query="", **headers):
    return admit(handshake(query, **headers), timezone.now())


def code_of(query="", **headers):
    """Return with which code a handshake is closed."""
    with pytest.raises(Close) as end:
        let_in(query, **headers)
    return end.value.code


def cookie_of(person):
    browser = Client()
    browser.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


def cut_off(asked, now=None):
    """Return with which code a socket that is open is closed by the next look."""
    with pytest.raises(Close) as end:
        asked.renew(now or timezone.now())
    return end.value.code


def test_a_key_with_read_opens_the_socket_of_its_workspace_alone(cast):
    bearer = f"Bearer {token_of(cast.workspace, 'read')}"

    assert let_in(authorization=bearer).workspace == cast.workspace
    assert code_of("tenant_id=elsewhere", authorization=bearer) == 4404
    assert code_of(authorization=f"Bearer {token_of(cast.workspace, 'write')}") == 4403
    assert code_of(authorization="Bearer mm_unknown") == 4401
    assert code_of() == 4401


def test_a_persons_token_opens_it(cast):
    cast.viewer.set_password("a lot of coffee")
    cast.viewer.save()
    access = sign_in(username="viewer", password="a lot of coffee").access

    assert let_in(authorization=f"Bearer {access}").workspace == cast.workspace


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:9000", "null", "http://localhost.evil"])
def test_a_session_opens_it_from_our_own_pages_alone(cast, origin, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://plan.example.com"]
    cookie = cookie_of(cast.viewer)

    assert let_in(cookie=cookie, origin=OWN).workspace == cast.workspace
    assert let_in(cookie=cookie, origin="https://plan.example.com").workspace == cast.workspace
    assert code_of(cookie=cookie, origin=origin) == 4403
    assert code_of(cookie=cookie) == 4403


def test_a_host_that_is_not_ours_is_no_origin_either(cast, settings):
    settings.ALLOWED_HOSTS = ["localhost"]

    assert code_of(cookie=cookie_of(cast.viewer), origin="http://evil.example", host="evil.example") == 4403


@pytest.mark.parametrize(
    ("query", "code"),
    [("after=-1", 4422), ("after=x", 4422), (f"after={2**63}", 4422), ("afer=1", 4422), ("schedule_id=%00", 4422)],
)
def test_an_address_that_cannot_be_read_is_refused(cast, query, code):
    assert code_of(query, authorization=f"Bearer {token_of(cast.workspace)}") == code


def test_a_schedule_of_another_workspace_is_as_if_it_were_not_there(cast):
    assert code_of(f"schedule_id={uuid4()}", authorization=f"Bearer {token_of(cast.workspace)}") == 4404


def test_a_ticket_is_good_once_for_30_seconds_and_only_its_digest_is_kept(cast):
    now = timezone.now()
    used, old = (make_ticket(workspace=cast.workspace, user=cast.viewer, now=now) for _ in range(2))
    assert not SocketTicket.objects.filter(digest__in=[used, old]).exists()

    assert admit(handshake(f"ticket={used}"), now).workspace == cast.workspace
    assert code_of(f"ticket={used}") == 4401
    with pytest.raises(Close):
        admit(handshake(f"ticket={old}"), now + timedelta(seconds=30))
    assert not SocketTicket.objects.exists()


def test_a_ticket_of_somebody_with_two_workspaces_is_for_the_one_it_was_made_for(cast):
    Membership.objects.create(workspace=cast.elsewhere, user=cast.viewer, role="viewer")
    tickets = [make_ticket(workspace=cast.workspace, user=cast.viewer, now=timezone.now()) for _ in range(2)]

    assert let_in(f"ticket={tickets[0]}").workspace == cast.workspace
    assert code_of(f"ticket={tickets[1]}&tenant_id=elsewhere") == 4404


def test_a_ticket_needs_the_read_scope_and_its_answer_is_never_kept(cast):
    refused(Api(cast.workspace, "write").post("/api/v1/scheduling/ws-ticket"), 403, "forbidden")
    answers = [
        Api(cast.workspace, "read").post("/api/v1/scheduling/ws-ticket", headers={"idempotency-key": "one"})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["ticket"] != answers[1].json()["ticket"]


def test_a_revoked_key_is_cut_off(cast):
    asked = let_in(authorization=f"Bearer {token_of(cast.workspace)}")
    asked.renew(timezone.now())

    ApiKey.objects.update(revoked_at=timezone.now())

    assert cut_off(asked) == 4401


@pytest.mark.parametrize("way", ["session", "ticket"])
def test_a_person_who_left_or_was_switched_off_is_cut_off(cast, way):
    ticket = make_ticket(workspace=cast.workspace, user=cast.viewer, now=timezone.now())
    by = {"session": ("", {"cookie": cookie_of(cast.viewer), "origin": OWN}), "ticket": (f"ticket={ticket}", {})}
    query, headers = by[way]
    asked = let_in(query, **headers)
    asked.renew(timezone.now())

    Membership.objects.filter(user=cast.viewer).delete()
    left = cut_off(asked)
    cast.viewer.is_active = False
    cast.viewer.save()

    assert (left, cut_off(asked)) == (4404, 4401)
    assert LOOK_AGAIN + 10 < 60


def test_who_waits_for_too_much_is_behind_and_nothing_more_is_kept_for_them(cast):
    async def offered():
        follower = Follower(cast.workspace.pk, None)
        for _ in range(MOST_WAITING):
            follower.offer(1, "{}")
        before = follower.is_behind.is_set()
        follower.offer(1, "{}")
        return before, follower.is_behind.is_set(), follower.waiting.qsize()

    assert asyncio.run(offered()) == (False, True, MOST_WAITING)


def test_who_heard_nothing_for_20_seconds_gets_a_sign_of_life_with_the_last_id(cast):
    async def heard():
        here = Tail()
        here.last = 7
        silent, busy = Follower(cast.workspace.pk, None), Follower(cast.workspace.pk, None)
        silent.told_at -= tail.HEARTBEAT
        here.followers[cast.workspace.pk] = {silent, busy}
        here._beat()
        return silent.waiting.get_nowait()[1], busy.waiting.empty()

    text, nothing = asyncio.run(heard())

    assert json.loads(text) == {"type": "heartbeat", "id": 7}
    assert nothing
