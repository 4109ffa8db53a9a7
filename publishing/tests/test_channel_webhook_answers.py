"""Whatever a receiver says, it means one of the five answers, in words that a database and a page can hold."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.channels.answers import Accepted, NotSent, Rejected, Unknown
from publishing.channels.webhook.replies import found, sent
from publishing.network.http import Reply
from scheduling.tests.factories import NOW

STRANGE = [b"[" * 60_000, b'{"error": "\\ud800"}', b"1" * 5000, b'{"id": {}}']


def meaning(status, body=b"", drops_repeats=False, **headers):
    reply = Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, body, "Word")
    return sent(reply, message_id="msg_1", drops_repeats=drops_repeats, now=NOW)


@given(
    status=st.integers(100, 999),
    body=st.binary(max_size=200) | st.sampled_from(STRANGE),
    wait=st.text(max_size=40) | st.sampled_from(["9" * 50, "-1", "Mon, 01 Jan 0001 00:00:00 +2359", "²"]),
    drops_repeats=st.booleans(),
)
def test_no_reply_is_too_strange_to_be_an_answer(status, body, wait, drops_repeats):
    answer = meaning(status, body, drops_repeats, retry_after=wait)

    assert isinstance(answer, Accepted | Rejected | NotSent | Unknown)
    getattr(answer, "reason", "").encode()
    assert isinstance(answer, Accepted) == (200 <= status < 300 or (status == 409 and drops_repeats))


@pytest.mark.parametrize("status", [100, 101, 408, 500, 502, 503, 504, 599, 600, 999])
def test_what_says_nothing_of_the_post_leaves_it_unknown(status):
    assert isinstance(meaning(status), Unknown)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Fri, 20 Nov 2026 10:00:00 GMT", timedelta(hours=1)),
        ("Friday, 20-Nov-26 10:00:00 GMT", timedelta(hours=1)),
        ("Fri, 20 Nov 2026 11:00:00 +0100", timedelta(hours=1)),
        ("99999999999999999999", timedelta(seconds=10**7)),
    ],
)
def test_a_time_to_wait_is_read_in_seconds_and_as_a_date(text, wait):
    assert meaning(429, retry_after=text).retry_at == NOW + wait
    assert isinstance(meaning(503, retry_after=text), NotSent)


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "²", "tomorrow 10:00", "Fri, 99 Nov 2026 10:00:00 GMT"])
def test_what_is_no_time_to_wait_is_none(text):
    assert meaning(429, retry_after=text).retry_at is None
    assert isinstance(meaning(503, retry_after=text), Unknown)


@pytest.mark.parametrize(
    ("body", "remote_id", "remote_url"),
    [
        (b'{"id": "p-1", "url": "https://example.com/p-1"}', "p-1", "https://example.com/p-1"),
        (b'{"id": 0}', "0", ""),
        (b'{"id": "", "url": null}', "msg_1", ""),
        (b'{"url": "javascript:alert(1)"}', "msg_1", ""),
        (b'{"url": "//example.com"}', "msg_1", ""),
        (b'{"url": "/outbox/?post=1"}', "msg_1", ""),
        (b'{"url": "https://exa mple.com"}', "msg_1", ""),
        (b'["https://example.com"]', "msg_1", ""),
        (b"ok", "msg_1", ""),
    ],
)
def test_a_success_says_where_the_post_is_only_by_an_address_of_the_web(body, remote_id, remote_url):
    answer = meaning(200, body)

    assert (answer.remote_id, answer.remote_url) == (remote_id, remote_url)


@pytest.mark.parametrize("key", ["error", "message", "detail"])
def test_the_receivers_own_words_are_the_reason(key):
    answer = meaning(422, f'{{"{key}": "Too\\n long"}}'.encode())

    assert answer.reason == "The receiver refused the post: 422 Word, “Too long”."


@given(status=st.integers(100, 999), wait=st.sampled_from(["", "5"]))
def test_a_repeat_never_lets_a_post_be_sent_again_and_never_refuses_the_account(status, wait):
    answer = found(Reply(status, {"retry-after": wait}, b""), message_id="msg_1", now=NOW)

    assert not isinstance(answer, NotSent)
    assert not getattr(answer, "needs_reconnecting", False)
