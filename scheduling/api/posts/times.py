"""Times in bodies: with an offset, or read in the zone that the body names, else in the account's."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduling.models import ChannelAccount
from scheduling.rules import BadTime, read_instant, read_zone
from workspaces.errors import Invalid


def zone_of(given: dict[str, Any], account: ChannelAccount) -> ZoneInfo:
    """Return the zone in which a body's times are read.

    :raises Invalid: if it names one that does not exist.
    """
    name = given.get("timezone")
    if not name:
        return account.zone
    try:
        return read_zone(name)
    except BadTime as error:
        raise Invalid(str(error), errors={"timezone": [str(error)]}) from error


def instant_of(given: dict[str, Any], name: str, account: ChannelAccount) -> datetime | None:
    """Return a time of a body; None if it says none.

    :raises Invalid: if it cannot be read.
    """
    if not given.get(name):
        return None
    zone = zone_of(given, account)
    try:
        return read_instant(given[name], zone)
    except BadTime as error:
        raise Invalid(str(error), errors={name: [str(error)]}) from error
