"""Publishing in the past, for the demo: everything is written as if the workers had run then."""

from datetime import datetime

from publishing.channels.outbox.channel import OutboxChannel
from publishing.services.attempts import close_attempt, open_attempts
from workspaces.models import Workspace

HOLDER = "demo"
MOST = 100


def publish_as_of(*, workspace: Workspace, at: datetime) -> None:
    """Publish what a workspace has pending at an earlier time to its outbox: claimed, logged and settled at that time.

    Call it inside of the unit of work that made the posts: real workers, with their own clock, would miss them.
    """
    channel = OutboxChannel(clock=lambda: at)
    for attempt in open_attempts(now=at, holder=HOLDER, limit=MOST, workspace=workspace):
        close_attempt(attempt=attempt, answer=channel.send(attempt.delivery), now=at)
