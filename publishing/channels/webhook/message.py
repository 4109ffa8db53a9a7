"""What a receiver gets of a post, and the id by which it knows a repeat."""

import hashlib
import json

from publishing.channels.base import Delivery
from scheduling.rules import iso

TYPE = "post.publish"


def message_id(delivery: Delivery) -> str:
    """Return the webhook id of a post: the same for every try, until a person chooses another time or address.

    One for each post, and not for each attempt: what counts as not sent may still have been passed on by a proxy that
    answered 429 or 503, and a receiver that drops repeats then drops the next try. "Send again" is a person's word
    that it should go out once more; it sets a new time, and so makes a new id.
    """
    address = hashlib.sha256(str(delivery.connected.options.get("url")).encode()).hexdigest()[:8]
    return f"msg_{delivery.instance_id.hex}_{int(delivery.scheduled_for.timestamp())}_{address}"


def message(delivery: Delivery) -> bytes:
    """Return the body: the same for an attempt and for the questions about it."""
    data = {
        "post_instance_id": str(delivery.instance_id),
        "workspace": str(delivery.workspace_id),
        "channel_account": str(delivery.account_id),
        "platform": delivery.platform,
        "account": delivery.account_name,
        "title": delivery.title,
        "body": delivery.body,
        "link": delivery.link,
        "scheduled_for": iso(delivery.scheduled_for),
        "attempt": delivery.attempt,
    }
    return json.dumps({"type": TYPE, "timestamp": iso(delivery.started_at), "data": data}).encode()
