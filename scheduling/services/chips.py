"""What a calendar shows of a post instance, read straight from its columns."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery, UUIDField

from campaigns.models import Attachment, MediaKind
from scheduling.models import Status
from scheduling.models.instances import PostInstances
from scheduling.models.sandbox import is_sandboxed
from scheduling.rules import day_bounds, iso
from scheduling.services.offers import MOVE, OFFERS

COLUMNS = (
    "id",
    "scheduled_for",
    "status",
    "version",
    "content_item__title",
    "content_item__is_placeholder",
    "channel_account_id",
    "channel_account__platform",
    "channel_account__name",
    "channel_account__connection",
    "campaign_id",
    "remote_url",
    "picture",
    "content_item__labels",
)


def _first_picture(content: str) -> Subquery:
    carried = Attachment.objects.filter(content_item=OuterRef(content), media__kind=MediaKind.IMAGE)
    return Subquery(carried.order_by("position", "id").values("media_id")[:1], output_field=UUIDField())


FIRST_PICTURE, FIRST_PICTURE_OF_CONTENT = _first_picture("content_item_id"), _first_picture("pk")


class Chip(NamedTuple):
    """A post instance on a calendar."""

    id: UUID
    scheduled_for: datetime
    status: str
    version: int
    title: str
    is_placeholder: bool
    account_id: UUID
    platform: str
    account: str
    connection: str
    campaign_id: UUID | None
    remote_url: str
    picture: UUID | None
    """The first picture that its content carries."""
    labels: str = ""

    @property
    def is_sandboxed(self) -> bool:
        """Whether it went, or would go, into the sandbox's outbox."""
        return is_sandboxed(status=self.status, connection=self.connection, remote_url=self.remote_url)

    @property
    def at(self) -> str:
        """Its instant as ISO 8601 in UTC."""
        return iso(self.scheduled_for)

    @property
    def is_slot(self) -> bool:
        """Whether it is an empty slot that can be filled."""
        return self.status == Status.PLANNED

    @property
    def is_movable(self) -> bool:
        """Whether it can be moved as it stands."""
        return MOVE in OFFERS[self.status]


def read_chips(rows: PostInstances) -> list[Chip]:
    """Return the chips of some instances, in the order of time."""
    return [
        Chip(*row) for row in rows.annotate(picture=FIRST_PICTURE).order_by("scheduled_for", "id").values_list(*COLUMNS)
    ]


def read_day(rows: PostInstances, *, day: date, zone: ZoneInfo, statuses: tuple[str, ...] = ()) -> list[Chip]:
    """Return everything that stands on a local date, in order."""
    found = rows.between(*day_bounds(day, zone))
    return read_chips(found.filter(status__in=statuses) if statuses else found)
