"""What a receiver's answers mean; docs/webhook-channel.md tells it to those who write one."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from publishing.channels.answers import MOST_OF_A_RAW_ANSWER, Accepted, Answer, NotSent, Rejected, Unknown
from publishing.network.http import Reply
from workspaces.rules.sentences import sentence

NOT_ALLOWED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.GONE)
BAD_CONTENT = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
MOST_OF_A_MESSAGE = 200
LONGEST_WAIT = 10**7  # Seconds: whoever names more means "never".


def sent(reply: Reply, *, message_id: str, drops_repeats: bool, now: datetime) -> Answer:
    """Return what the answer to a post means.

    :param message_id: stands for the id of a post where the receiver names none.
    :param drops_repeats: whether the receiver knows a webhook id again; then 409 means that it has this one.
    """
    status, raw = reply.status, raw_of(reply)
    if 200 <= status < 300 or (status == HTTPStatus.CONFLICT and drops_repeats):
        return _accepted(reply, message_id)
    if 300 <= status < 400:
        to = reply.headers.get("location", "")[:MOST_OF_A_MESSAGE] or "nowhere"
        return Rejected(
            sentence(f"The receiver has moved to {to}. Redirects are not followed: enter its new address."), raw
        )
    retry_at = _retry_at(reply.headers, now)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and retry_at):
        return NotSent(sentence(f"The receiver asks to wait: {said(reply)}"), retry_at, raw)
    if status in NOT_ALLOWED:
        return Rejected(
            sentence(f"The receiver does not let this account in: {said(reply)}"), raw, needs_reconnecting=True
        )
    if 400 <= status < 500 and status != HTTPStatus.REQUEST_TIMEOUT:
        return Rejected(sentence(f"The receiver refused the post: {said(reply)}"), raw)
    return Unknown(sentence(f"The receiver broke down over the post, which may be out or not: {said(reply)}"), raw)


def found(reply: Reply, *, message_id: str, now: datetime) -> Answer:
    """Return what the answer to a repeat means for the post: only that it is there, or that its content is bad."""
    answer = sent(reply, message_id=message_id, drops_repeats=True, now=now)
    if isinstance(answer, Accepted) or (isinstance(answer, Rejected) and reply.status in BAD_CONTENT):
        return answer
    return Unknown(sentence(f"The receiver did not say whether it has the post: {said(reply)}"), answer.raw)


def retry_after(reply: Reply, now: datetime) -> datetime | None:
    """Return the earliest time at which the receiver wants to be tried again, if it named one."""
    return _retry_at(reply.headers, now)


def raw_of(reply: Reply) -> str:
    """Return an answer word for word, cut: the status and the body."""
    body = reply.body[: 4 * MOST_OF_A_RAW_ANSWER].decode(errors="replace")
    return f"HTTP {reply.status} {reply.phrase}\n\n{body}"[:MOST_OF_A_RAW_ANSWER]


def said(reply: Reply) -> str:
    """Return the status, and the receiver's own words if it gave some in JSON."""
    values = _json(reply)
    words = next((values[key] for key in ("error", "message", "detail") if isinstance(values.get(key), str)), "")
    words = " ".join(words.encode(errors="replace").decode().split())[:MOST_OF_A_MESSAGE]  # No half characters.
    status = f"{reply.status} {reply.phrase}".strip()
    return f"{status}, “{words}”." if words else f"{status}."


def _accepted(reply: Reply, message_id: str) -> Accepted:
    values = _json(reply)
    remote_id, url = values.get("id"), values.get("url")
    return Accepted(
        remote_id=str(remote_id) if isinstance(remote_id, str | int) and remote_id != "" else message_id,
        remote_url=url if isinstance(url, str) and _is_web(url) else "",
        raw=raw_of(reply),
    )


def _json(reply: Reply) -> dict[str, Any]:
    try:
        values = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable() and " " not in url


def _retry_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the moment that `Retry-After` names, in seconds or as a date of HTTP; None if it names none."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return now + timedelta(seconds=min(int(text[:12]), LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # The library trips over some texts that are no dates.
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
