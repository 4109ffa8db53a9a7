"""Which posts are only played: an account can be connected, or go back to the sandbox, after a post went out."""

from scheduling.models.accounts import Connection

PUBLISHED = "published"


def is_sandboxed(*, status: str, connection: str, remote_url: str) -> bool:
    """Return whether a post went into the sandbox's outbox or, until it is published, would go there.

    :param remote_url: a page of this installation, without a scheme, for what stands in the outbox.
    """
    return remote_url.startswith("/") if status == PUBLISHED else connection == Connection.SANDBOX
