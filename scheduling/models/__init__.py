"""Rows of WHEN."""

from scheduling.models.accounts import ChannelAccount, Connection
from scheduling.models.engagement import Engagement
from scheduling.models.feeds import CalendarFeed
from scheduling.models.held_files import HeldFile
from scheduling.models.instances import PostInstance, ScheduledBy, ScheduleType, Status
from scheduling.models.items import ItemState, Placing, ScheduleItem
from scheduling.models.recurrences import Occurrence, Recurrence
from scheduling.models.schedules import Blackout, Schedule, ScheduleStatus
from scheduling.models.sharing import SharedLink

__all__ = [
    "Blackout",
    "CalendarFeed",
    "ChannelAccount",
    "Connection",
    "Engagement",
    "HeldFile",
    "ItemState",
    "Occurrence",
    "Placing",
    "PostInstance",
    "Recurrence",
    "Schedule",
    "ScheduleItem",
    "ScheduleStatus",
    "ScheduleType",
    "ScheduledBy",
    "SharedLink",
    "Status",
]
