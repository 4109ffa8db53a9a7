"""Signatures by which a receiver knows that a message is ours: https://www.standardwebhooks.com."""

import hmac
from base64 import b64decode, b64encode
from datetime import datetime
from secrets import token_bytes

PREFIX = "whsec_"


def new_secret() -> str:
    """Return a new secret, as receivers' libraries take it."""
    return PREFIX + b64encode(token_bytes(32)).decode()


def signed(secret: str, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers of a message.

    :param secret: one, or a new and a former one with a space between: then either of them verifies it.
    :param now: receivers refuse what is more than five minutes off.
    """
    moment = str(int(now.timestamp()))
    content = f"{message_id}.{moment}.".encode() + body
    signatures = [_signature(one, content) for one in secret.split()]
    return {"webhook-id": message_id, "webhook-timestamp": moment, "webhook-signature": " ".join(signatures)}


def _signature(secret: str, content: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return "v1," + b64encode(hmac.digest(key, content, "sha256")).decode()
