"""What the address of a calendar page asks for: a month, filters and a zone; and a sentence about what cannot be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

from scheduling.rules import BadTime, local_day, read_zone
from scheduling.services.calendar import Filters, Narrowing, resolve
from workspaces.errors import Invalid, NotFound
from workspaces.pages import Page

FILTERS = ("brand", "channel_account", "platform", "status", "campaign")
KEPT = (*FILTERS, "tz")
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2999  # Weeks beside a month and the months beside a page stay inside the calendar.
T = TypeVar("T")


@dataclass
class Asked:
    """A calendar page's zone, month and filters; what the address said wrongly is left out, with a notice."""

    zone: ZoneInfo
    today: date
    month: date
    narrowing: Narrowing
    kept: dict[str, str]
    notices: list[str] = field(default_factory=list)

    def query(self, **changes: object) -> str:
        """Return `?…` with the month, the filters in force and some changes; an empty one is left out."""
        values = {"month": month_text(self.month), **self.kept, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def filters_only(self) -> str:
        """The filters in force as `?…`, or nothing: what links to days and posts carry."""
        return f"?{urlencode(self.kept)}" if self.kept else ""


def read(page: Page, given: QueryDict) -> Asked:
    """Read an address; nothing in it can fail."""
    notices: list[str] = []
    kept = {name: given[name].strip()[:200] for name in KEPT if given.get(name, "").strip()}
    zone = _try(lambda: read_zone(kept["tz"]) if "tz" in kept else page.zone, notices)
    if zone is None:
        del kept["tz"]
        zone = page.zone
    today = local_day(page.now, zone)
    month = _try(lambda: read_month_of(given.get("month", ""), today), notices) or today.replace(day=1)
    filters = Filters(**{name: kept[name] for name in FILTERS if name in kept})
    narrowing = _try(lambda: resolve(page.workspace, filters), notices)
    if narrowing is None:
        kept = {name: value for name, value in kept.items() if name not in FILTERS}
        narrowing = Narrowing()
        notices.append("The calendar shows everything instead.")
    return Asked(zone, today, month, narrowing, kept, notices)


def read_month_of(text: str, today: date) -> date:
    """Return the first day of the month that an address names; none is today's.

    :raises BadTime: if there is no such month.
    """
    if not text:
        return today.replace(day=1)
    found = MONTH.fullmatch(text)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    raise BadTime(f"“{text[:20]}” is not a month. Write it like 2026-11.")


def month_text(day: date) -> str:
    """Return a day's month as an address writes it: 2026-11."""
    return f"{day:%Y-%m}"


def months_beside(month: date) -> tuple[str, str]:
    """Return the months before and after one, as addresses write them."""
    number = month.year * 12 + month.month - 1
    before, after = divmod(number - 1, 12), divmod(number + 1, 12)
    return f"{before[0]:04}-{before[1] + 1:02}", f"{after[0]:04}-{after[1] + 1:02}"


def _try(reading: Callable[[], T], notices: list[str]) -> T | None:
    """Return what a reading finds, or note why it finds nothing."""
    try:
        return reading()
    except (BadTime, Invalid, NotFound) as error:
        notices.append(str(error))
        return None
