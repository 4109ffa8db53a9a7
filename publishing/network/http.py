"""The one way in which posts and webhooks leave by HTTP: a POST, once, to a checked address, with limits."""

from dataclasses import dataclass
from typing import Any

import httpcore

from publishing.network.addresses import Target, target_of
from publishing.network.failures import NoAnswer, NotReached, Refused
from publishing.network.streams import Deadline, connect
from workspaces.rules.sentences import sentence

__all__ = ["MOST_OF_A_BODY", "NoAnswer", "NotReached", "Refused", "Reply", "post"]

MOST_OF_A_BODY = 64 * 1024  # Bytes of an answer that are read; more is left unread, and the connection closed.
AGENT = "MarketMind"
SENT = "http11.send_request_body.complete"


@dataclass(frozen=True)
class Reply:
    """An answer: the names of the headers in lower case, the body cut at MOST_OF_A_BODY."""

    status: int
    headers: dict[str, str]
    body: bytes
    phrase: str = ""


def post(url: str, *, body: bytes, headers: dict[str, str], limit: float) -> Reply:
    """Post a body over a connection of its own; a redirect is an answer like any other, and not followed.

    :param limit: seconds for everything, from looking up the name to the last byte of the answer.
    :raises Refused: if the target is not allowed.
    :raises NotReached: if surely nothing arrived.
    :raises NoAnswer: if it was sent, and no answer came, or the answer of a success broke off.
    """
    target = target_of(url)
    deadline = Deadline(limit)
    seen: set[str] = set()
    stream = connect(target, deadline)
    try:
        request = _request(target, body, headers, lambda name, _: seen.add(name))
        response = httpcore.HTTP11Connection(request.url.origin, stream).handle_request(request)
        return _reply(response)
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        if SENT not in seen:
            raise NotReached(
                sentence(f"{target.host} closed the connection before it had the whole request.")
            ) from error
        raise NoAnswer(_how_it_ended(target, error)) from error
    finally:
        stream.close()


def _request(target: Target, body: bytes, headers: dict[str, str], trace: Any) -> httpcore.Request:
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    own = {
        "Host": target.authority,
        "User-Agent": AGENT,
        "Content-Length": str(len(body)),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return httpcore.Request("POST", url, headers={**own, **headers}, content=body, extensions={"trace": trace})


def _reply(response: httpcore.Response) -> Reply:
    """Return an answer; of one that is no success the status says it all, even if its body breaks off."""
    body = b""
    try:
        for piece in response.iter_stream():
            body += piece
            if len(body) >= MOST_OF_A_BODY:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        if response.status < 300:
            raise
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    phrase = response.extensions.get("reason_phrase", b"").decode("latin-1")
    return Reply(response.status, headers, body[:MOST_OF_A_BODY], phrase)


def _how_it_ended(target: Target, error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return sentence(f"{target.host} took the request, and did not answer in time.")
    if isinstance(error, httpcore.RemoteProtocolError) and "Server disconnected" not in str(error):
        return sentence(
            f"{target.host} took the request, and answered something that is not HTTP, or only half an answer."
        )
    return sentence(f"{target.host} took the request, and closed the connection without an answer.")
