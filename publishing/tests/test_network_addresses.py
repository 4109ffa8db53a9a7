"""Which addresses may be reached: no trick leads into a private network."""

import smtplib
import socket

import pytest
import requests

from publishing.network import addresses
from publishing.network.addresses import check_url, guarded, is_public, resolve, target_of
from publishing.network.failures import NotReached, Refused
from publishing.tests import receivers

PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
PRIVATE = [
    *["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "192.168.1.1"],
    *["192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1"],
    *["240.0.0.1", "255.255.255.255"],
    *["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::808:808"],
    *["100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00::1", "fe80::1%eth0"],
    *["fec0::1", "ff02::1"],
]


def found(*ips, port=443):
    """Return what the system finds for a name."""
    rows = [(socket.AF_INET6, (ip, port, 0, 0)) if ":" in ip else (socket.AF_INET, (ip, port)) for ip in ips]
    return [(family, socket.SOCK_STREAM, 6, "", address) for family, address in rows]


@pytest.fixture
def names(monkeypatch):
    """Return what is found for names, looked up in place of the network's."""
    known = {}

    def look(host, *args, **options):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return known[host]

    monkeypatch.setattr(addresses, "_lookup", look)
    return known


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_known_as_such(ip):
    assert is_public(ip)


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_addresses_are_known_in_every_dress(ip):
    assert not is_public(ip)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "１２７.0.0.1"]
)
def test_an_address_in_numbers_is_refused_when_it_is_entered_however_it_is_written(host):
    with pytest.raises(Refused, match="private network"):
        check_url(f"https://{host}/hooks")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "not an address"),
        ("example.com/hooks", "not an address"),
        ("ftp://example.com", "not an address"),
        ("https://", "not an address"),
        ("https:///hooks", "not an address"),
        ("https://example.com:99999/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://example.com:0/", "Port 0"),
        ("https://example.com/a b", "not an address"),
        ("https://example.com/\r\nHost: evil", "not an address"),
        ("https://example.com\\@127.0.0.1/", "not an address"),
        ("https://ana:secret@example.com/", "password"),
        ("https://@example.com/", "password"),
        ("http://example.com/", "https"),
        ("https://localhost/", "private network"),
        ("https://db.localhost./", "private network"),
        ("https://" + "x" * 2000, "not an address"),
        ("https://ab\u2488cd\u2024/x", "name of a machine|not an address"),
    ],
)
def test_a_wrong_address_is_refused_in_a_sentence(url, why):
    with pytest.raises(Refused, match=why) as refused:
        check_url(url)

    assert str(refused.value).endswith(".")


def test_what_is_entered_is_read_once_and_written_in_ascii():
    target = target_of("https://bücher.example:8443/grüße?an=jörg#top")

    assert (target.host, target.port, target.authority) == ("xn--bcher-kva.example", 8443, "xn--bcher-kva.example:8443")
    assert target.path == "/gr%C3%BC%C3%9Fe?an=j%C3%B6rg"


def test_http_and_private_addresses_may_be_used_where_the_installation_allows_them(settings):
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True

    check_url("http://127.0.0.1:8000/hooks")
    check_url("http://localhost/hooks")


def test_a_name_is_refused_if_one_of_its_addresses_is_private(names):
    names["mixed.example"] = found("8.8.8.8", "10.0.0.1")

    with pytest.raises(Refused, match=r"mixed\.example is on a private network"):
        resolve("mixed.example", 443, limit=5)


def test_a_name_that_nobody_knows_is_not_reached(names):
    with pytest.raises(NotReached, match=r"nowhere\.example is not known"):
        resolve("nowhere.example", 443, limit=5)


def test_a_lookup_without_an_end_is_not_waited_for(monkeypatch, receiver):
    monkeypatch.setattr(addresses, "_lookup", lambda *args, **options: receiver.closing.wait(60))

    with pytest.raises(NotReached, match="in time"):
        resolve("slow.example", 443, limit=0.05)


@pytest.mark.parametrize("ip", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_libraries_in_a_guarded_thread_find_no_private_address(names, ip):
    names["rebound.example"] = found(ip)

    with guarded():
        with pytest.raises(requests.ConnectionError, match="not allowed"):
            requests.post("http://rebound.example/hooks", timeout=5)
        with pytest.raises(socket.gaierror, match="not allowed"):
            smtplib.SMTP("rebound.example", 25, timeout=5)


def test_a_redirect_to_a_private_address_leads_a_guarded_library_nowhere(names, receiver, monkeypatch, settings):
    names["public.example"], names["inside.example"] = found("127.0.0.1", port=receiver.port), found("10.0.0.1")
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1")  # It plays a public one.
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = False
    receiver.replies = [receivers.answer(302, headers={"Location": "http://inside.example/"})]

    with guarded(), pytest.raises(requests.ConnectionError, match="not allowed"):
        requests.post(f"http://public.example:{receiver.port}/", data=b"x", timeout=5)

    assert len(receiver.got) == 1


def test_guarded_threads_reach_what_is_allowed_and_others_are_left_alone(names, settings):
    names["inside.example"] = found("10.0.0.1")

    assert socket.getaddrinfo("inside.example", 443)
    with guarded(), pytest.raises(socket.gaierror):
        socket.getaddrinfo("inside.example", 443)
    settings.ALLOW_PRIVATE_NETWORK_TARGETS = True
    with guarded():
        assert socket.getaddrinfo("inside.example", 443)
