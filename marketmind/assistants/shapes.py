"""What the tools answer: their fields are the schema that an assistant reads."""

from typing import Annotated

from pydantic import BaseModel, Field

from scheduling.models import ChannelAccount, PostInstance
from scheduling.rules import iso
from workspaces.models import Workspace

UTC_TIME = "ISO 8601, in UTC"
ACCOUNT = "The id or external_ref of a channel account; read_rules lists them"
A_TIME = "ISO 8601; without an offset it is read in the account's time zone"

AccountName = Annotated[str, Field(min_length=1, max_length=200, description=ACCOUNT)]
PostId = Annotated[str, Field(min_length=1, max_length=100, description="The id of a post or an empty slot")]
TimeText = Annotated[str, Field(min_length=10, max_length=40, description=A_TIME)]


class Warned(BaseModel):
    """A rule that a stated time breaks."""

    rule: str
    message: str
    nearest: str | None = Field(description="The nearest time that keeps all rules")


class Post(BaseModel):
    """A post, or an empty slot (`planned`), on the calendar."""

    id: str
    title: str
    status: str
    platform: str
    channel_account: str
    scheduled_for: str = Field(description=UTC_TIME)
    local_time: str
    timezone: str
    content_item: str | None = Field(description="Null in an empty slot")
    reason: str | None
    warnings: list[Warned]

    @classmethod
    def of(cls, one: PostInstance) -> "Post":
        """Return a post instance that was loaded `with_everything()`."""
        is_empty = one.content_item.is_placeholder
        return cls(
            id=str(one.pk),
            title="" if is_empty else one.content_item.title,
            status=one.status,
            platform=one.channel_account.platform,
            channel_account=str(one.channel_account_id),
            scheduled_for=iso(one.scheduled_for),
            local_time=one.local_time,
            timezone=one.timezone,
            content_item=None if is_empty else str(one.content_item_id),
            reason=one.reason or None,
            warnings=[Warned(**warning) for warning in one.warnings],
        )


class Calendar(BaseModel):
    """What stands on the calendar in a range of days, in order."""

    workspace: str
    timezone: str
    posts: list[Post]
    left_out: int = Field(description="How many more there are: ask for fewer days or narrow it down")


class EmptySlot(BaseModel):
    """A time of an account's cadence that has no content yet."""

    id: str
    scheduled_for: str = Field(description=UTC_TIME)
    local_time: str


class Gaps(BaseModel):
    """How well an account's coming days are covered."""

    channel_account: str
    name: str
    brand: str
    platform: str
    timezone: str
    posts_per_week: int
    filled: int = Field(description="Posts in the range that are scheduled")
    drafts: int = Field(description="Drafts and posts in review in the range: they do not go out as they stand")
    open: int = Field(description="Empty slots in the range")
    last_scheduled: str | None = Field(description="When the last promised post goes out, in the range; null: none")
    next_open: list[EmptySlot] = Field(description="The first 20 empty slots")


class Coverage(BaseModel):
    """The gaps of every account, the barest first."""

    accounts: list[Gaps]


class Rules(BaseModel):
    """The rules of an account, as they hold for it."""

    channel_account: str
    name: str
    brand: str
    platform: str
    is_active: bool
    timezone: str
    posts_per_week: int
    schedule_times: list[str]
    window: str | None = Field(description="The local hours in which posts may go out; null: any")
    gap_minutes: int
    daily_cap: int | None
    lateness_minutes: int
    blackouts: list["Closed"]


class Closed(BaseModel):
    """A range in which nothing goes out."""

    starts_at: str
    ends_at: str
    reason: str


class AllRules(BaseModel):
    """The rules of one account, or of every one of the workspace."""

    workspace: str
    accounts: list[Rules]


class Proposal(BaseModel):
    """A free time that keeps every rule of the account."""

    scheduled_for: str = Field(description=UTC_TIME)
    local_time: str
    reason: str | None = Field(description="Why it is later than what was asked for")


class Proposals(BaseModel):
    """Free times, in order. Nothing is reserved."""

    channel_account: str
    timezone: str
    times: list[Proposal]


def named(account: ChannelAccount) -> dict[str, str]:
    """Return what every answer about an account begins with."""
    return {
        "channel_account": str(account.pk),
        "name": account.name,
        "brand": account.brand.name,
        "platform": account.platform,
        "timezone": account.zone.key,
    }


def called(workspace: Workspace) -> str:
    """Return a workspace's public name."""
    return workspace.slug
