"""Which addresses of the network may be reached: public ones, unless this installation allows private ones."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue
from threading import Thread, local
from typing import Any
from urllib.parse import quote, urlsplit

import idna
from django.conf import settings

from publishing.network.failures import NotReached, Refused
from workspaces.rules.sentences import sentence

MOST_OF_A_URL = 2000
PORTS = {"https": 443, "http": 80}
NOT_ALLOWED = "a private address, which is not allowed"
PRIVATE = sentence("{host} is on a private network, which ALLOW_PRIVATE_NETWORK_TARGETS does not allow here.")

# What Python 3.11 calls global although nobody is there: protocol assignments, 6to4 relays, documentation.
_NOBODY = [ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")]
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # The last 32 bits are the IPv4 address that is reached.

_lookup = socket.getaddrinfo
_this_thread = local()


@dataclass(frozen=True)
class Target:
    """The parts of a checked URL; `host` is ASCII and without brackets, `path` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def is_public(text: str) -> bool:
    """Return whether an address, such as 192.0.2.1 or ::1, is one of the public Internet."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in _GLOBAL_UNICAST:
            return False
    is_nobodys = any(address in one for one in _NOBODY if one.version == address.version)
    return address.is_global and not address.is_multicast and not is_nobodys


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to: mapped, 6to4, NAT64."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def check_url(url: str) -> None:
    """Check an address that somebody enters, without any network; its name is looked up and checked at each call.

    :raises Refused: saying what is wrong with it.
    """
    target_of(url)


def target_of(url: str) -> Target:
    """Return the parts of a URL.

    :raises Refused: if it is none, is not https, holds a password, or names a private address.
    """
    if len(url) > MOST_OF_A_URL or any(char.isspace() or not char.isprintable() for char in url) or "\\" in url:
        raise Refused(
            sentence("This is not an address: it is too long, or has a space or a character that none may have.")
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(sentence("This is not an address: write it like https://example.com/hooks.")) from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(sentence("This is not an address: write it like https://example.com/hooks."))
    if "@" in parts.netloc:
        raise Refused(sentence("The address may not hold a user or a password; the signature shows who is calling."))
    if parts.scheme != "https" and not settings.ALLOW_PRIVATE_NETWORK_TARGETS:
        raise Refused(sentence("The address must begin with https://."))
    if port == 0:
        raise Refused(sentence("Port 0 cannot be reached."))
    host = _ascii(parts.hostname)
    _check_numbers(host)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?") if parts.query else ""
    )
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def resolve(host: str, port: int, *, limit: float) -> list[tuple[Any, ...]]:
    """Look a name up once and return its sockets' addresses as `getaddrinfo` does, all of them allowed.

    :param limit: seconds; the system's own lookup knows no limit.
    :raises NotReached: if it is not known, or not in time.
    :raises Refused: if one of them is private.
    """
    found: SimpleQueue[list | OSError] = SimpleQueue()
    look = partial(_lookup, host, port, type=socket.SOCK_STREAM)
    Thread(target=lambda: found.put(_outcome(look)), name=f"lookup of {host}", daemon=True).start()
    try:
        result = found.get(timeout=max(0.0, limit))
    except Empty:
        raise NotReached(sentence(f"The name {host} could not be looked up in time.")) from None
    if isinstance(result, Exception):
        raise NotReached(sentence(f"The name {host} is not known, or could not be looked up.")) from result
    if not _all_allowed(result):
        raise Refused(PRIVATE.format(host=host))
    return result


@contextmanager
def guarded() -> Iterator[None]:
    """Let this thread look up only names of public addresses, also inside of libraries: others are not found.

    A name is refused if any of its addresses is private.
    """
    before = getattr(_this_thread, "is_guarded", False)
    _this_thread.is_guarded = True
    try:
        yield
    finally:
        _this_thread.is_guarded = before


def _guarded_lookup(*args: Any, **options: Any) -> list:
    """Stand in for `socket.getaddrinfo`, which `requests` and `smtplib` call just before they connect."""
    found = _lookup(*args, **options)
    if getattr(_this_thread, "is_guarded", False) and not _all_allowed(found):
        raise socket.gaierror(socket.EAI_NONAME, NOT_ALLOWED)
    return found


socket.getaddrinfo = _guarded_lookup


def _all_allowed(found: list) -> bool:
    return settings.ALLOW_PRIVATE_NETWORK_TARGETS or (bool(found) and all(is_public(row[4][0]) for row in found))


def _outcome(look: partial) -> list | Exception:
    try:
        return look()
    except (OSError, UnicodeError) as error:
        return error


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise Refused(sentence(f"{host} cannot be the name of a machine.")) from None


def _check_numbers(host: str) -> None:
    """Refuse a private address that is written in numbers, in whatever way the system reads them, such as 127.1."""
    try:
        found = _lookup(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        is_allowed = settings.ALLOW_PRIVATE_NETWORK_TARGETS or not f".{host.rstrip('.')}".endswith(".localhost")
    else:
        is_allowed = _all_allowed(found)
    if not is_allowed:
        raise Refused(PRIVATE.format(host=host))
