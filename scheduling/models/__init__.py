"""Rows of WHEN."""

from scheduling.models.accounts import ChannelAccount, Connection
from scheduling.models.instances import PostInstance, ScheduledBy, ScheduleType, Status
from scheduling.models.schedules import Blackout, Schedule, ScheduleStatus

__all__ = [
    "Blackout",
    "ChannelAccount",
    "Connection",
    "PostInstance",
    "Schedule",
    "ScheduleStatus",
    "ScheduleType",
    "ScheduledBy",
    "Status",
]
