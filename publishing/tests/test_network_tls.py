"""TLS: the name is what is verified, whatever the address, and what is not trusted gets nothing."""

import ssl

import certifi
import pytest

from publishing.network import addresses, streams
from publishing.network.http import NotReached, post
from publishing.tests import receivers
from publishing.tests.certificates import self_signed
from publishing.tests.test_network_addresses import found


def send(name, receiver, limit=30.0, body=b"{}"):
    return post(f"https://{name}:{receiver.port}/hooks", body=body, headers={}, limit=limit)


@pytest.fixture
def receiver(make_receiver, monkeypatch, tmp_path):
    """Return a receiver with a certificate for `hooks.example`; every name leads to it."""
    context, trusted = self_signed(tmp_path, name="hooks.example")
    receiver = make_receiver(tls=context)
    receiver.trusted = str(trusted)
    rows = found("127.0.0.1", port=receiver.port)

    def look(host, *args, **options):
        if options.get("flags"):
            raise OSError("no number")
        return rows

    monkeypatch.setattr(addresses, "_lookup", look)
    streams._tls.cache_clear()
    yield receiver
    streams._tls.cache_clear()


@pytest.fixture
def trusted(receiver, monkeypatch):
    """Let the receiver's certificate be trusted."""
    monkeypatch.setattr(certifi, "where", lambda: receiver.trusted)


def test_a_certificate_that_nobody_vouches_for_gets_no_request(receiver):
    with pytest.raises(NotReached, match=r"The certificate of hooks\.example is not valid: self-signed certificate\."):
        send("hooks.example", receiver)

    assert (receiver.connections, receiver.got) == (1, [])


def test_a_trusted_certificate_is_accepted_for_its_name(receiver, trusted):
    assert send("hooks.example", receiver).status == 200


def test_a_trusted_certificate_is_not_accepted_for_another_name(receiver, trusted):
    with pytest.raises(NotReached, match=r"The certificate of other\.example is not valid"):
        send("other.example", receiver)

    assert receiver.got == []


def test_a_port_without_tls_is_not_reached(make_receiver, receiver, trusted, monkeypatch):
    plain = make_receiver()
    plain.replies = [lambda call: call.connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")]
    rows = found("127.0.0.1", port=plain.port)
    monkeypatch.setattr(addresses, "_lookup", lambda host, *args, **options: rows)

    with pytest.raises(NotReached, match="is there no https"):
        send("hooks.example", plain)


def test_a_handshake_without_an_end_is_not_reached(make_receiver, receiver, monkeypatch):
    silent = make_receiver()
    silent.replies = [lambda call: silent.closing.wait(60)]
    rows = found("127.0.0.1", port=silent.port)
    monkeypatch.setattr(addresses, "_lookup", lambda host, *args, **options: rows)

    with pytest.raises(NotReached, match="encryption in time"):
        send("hooks.example", silent, limit=0.3)


def test_what_breaks_off_within_a_large_request_was_not_reached(receiver, trusted):
    receiver.replies = [receivers.close_unread]

    with pytest.raises(NotReached):
        send("hooks.example", receiver, body=b"x" * 16_000_000)


def test_threads_share_one_context_that_nobody_changes(receiver):
    context = streams._tls()

    assert streams._tls() is context
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
