"""One guarded POST: what is known afterwards is never more than what is true."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from publishing.network import addresses
from publishing.network.http import MOST_OF_A_BODY, NoAnswer, NotReached, Refused, post
from publishing.tests import receivers
from publishing.tests.test_network_addresses import found

LARGE = b"x" * 16_000_000  # More than the buffers of both ends hold.


def send(url, body=b'{"a": 1}', limit=30.0):
    return post(url, body=body, headers={"Content-Type": "application/json", "webhook-id": "msg_1"}, limit=limit)


def test_an_answer_comes_back_with_its_status_headers_and_body(receiver):
    receiver.replies = [receivers.answer(201, b"made", {"X-Trace": "7"})]

    reply = send(receiver.url + "?a=1")

    assert (reply.status, reply.phrase, reply.headers["x-trace"], reply.body) == (201, "Whatever", "7", b"made")
    (got,) = receiver.got
    assert (got.path, got.body, got.headers["content-type"]) == ("/hooks?a=1", b'{"a": 1}', "application/json")
    assert (got.headers["host"], got.headers["connection"]) == (f"127.0.0.1:{receiver.port}", "close")


def test_ten_megabytes_are_cut_and_still_an_answer(receiver):
    receiver.replies = [receivers.ten_megabytes]

    reply = send(receiver.url)

    assert (reply.status, len(reply.body)) == (200, MOST_OF_A_BODY)


@pytest.mark.parametrize(
    "behaviour",
    [
        receivers.close_after_reading,
        receivers.reset_after_reading,
        receivers.garbage,
        receivers.half_an_answer,
    ],
)
def test_what_was_sent_and_not_answered_whole_has_no_answer(receiver, behaviour):
    receiver.replies = [behaviour]

    with pytest.raises(NoAnswer, match=r"127\.0\.0\.1 took the request"):
        send(receiver.url)


@pytest.mark.parametrize("behaviour", [receivers.hang, receivers.drip])
def test_who_does_not_end_in_time_has_not_answered(receiver, behaviour):
    receiver.replies = [behaviour]

    with pytest.raises(NoAnswer, match="in time"):
        send(receiver.url, limit=0.5)


def test_a_status_that_is_no_success_counts_although_its_body_breaks_off(receiver):
    receiver.replies = [receivers.answer(429, b"half", {"Content-Length": "500"})]

    reply = send(receiver.url)

    assert (reply.status, reply.body) == (429, b"half")


def test_what_is_closed_before_the_request_ends_was_not_reached(receiver):
    receiver.replies = [receivers.close_unread]

    with pytest.raises(NotReached):
        send(receiver.url, body=LARGE)


def test_who_does_not_read_in_time_was_not_reached(receiver):
    receiver.replies = [lambda call: receiver.closing.wait(60)]

    with pytest.raises(NotReached, match="before it had the whole request"):
        send(receiver.url, body=LARGE, limit=0.5)


def test_who_answers_before_the_request_ends_has_answered(receiver):
    def refuse(call):
        call.connection.recv(1000)
        call.say(413)

    receiver.replies = [refuse]

    reply = send(receiver.url, body=LARGE)

    assert reply.status == 413


def test_where_nobody_listens_is_not_reached(receiver):
    receiver.close()

    with pytest.raises(NotReached, match="nobody listens"):
        send(receiver.url)


def test_a_redirect_is_not_followed(make_receiver):
    first, second = make_receiver(), make_receiver()
    first.replies = [receivers.answer(307, headers={"Location": second.url})]

    reply = send(first.url)

    assert (reply.status, reply.headers["location"]) == (307, second.url)
    assert second.connections == 0


def test_a_private_address_gets_no_connection(receiver, settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False

    with pytest.raises(Refused):
        send(receiver.url.replace("http:", "https:"))

    assert receiver.connections == 0


def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_that_is_reached(monkeypatch):
    answers = iter([found("93.184.216.34"), found("127.0.0.1"), found("127.0.0.1")])
    reached = []

    def connect(self, address):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(addresses, "_lookup", lambda host, port, **options: _answer(answers, options))
    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises(NotReached):
        send("https://rebinding.example/")
    with pytest.raises(Refused):
        send("https://rebinding.example/")

    assert reached == [("93.184.216.34", 443)]


def test_the_next_address_of_a_name_is_tried_when_one_does_not_answer(receiver, monkeypatch):
    rows = found("127.0.0.2", "127.0.0.1", port=receiver.port)
    monkeypatch.setattr(addresses, "_lookup", lambda host, port, **options: _answer(iter([rows]), options))

    assert send(f"http://two.example:{receiver.port}/").status == 200


def test_64_threads_send_at_once_each_on_a_connection_of_its_own(receiver):
    with ThreadPoolExecutor(64) as pool:
        replies = list(pool.map(lambda _: send(receiver.url), range(128)))

    assert {reply.status for reply in replies} == {200}
    assert receiver.connections == 128


def _answer(answers, options):
    if options.get("flags"):  # Is it a number? No.
        raise socket.gaierror
    return next(answers)
