"""What the address of a calendar page asks for: a view, a place in time, filters and a zone; and what cannot be."""

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
KEPT = (*FILTERS, "tz", "view")
MONTH_VIEW, WEEK_VIEW, AGENDA_VIEW = VIEWS = ("month", "week", "agenda")
REMEMBERED = "calendar_view"
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2999  # Weeks beside a month and the months beside a page stay inside the calendar.
T = TypeVar("T")


@dataclass
class Asked:
    """A calendar page's view, zone, day and filters; what the address said wrongly is left out, with a notice.

    `day` is where one stands: the page shows its month, its week, or the weeks from it on. `kept` is what links carry:
    the filters, the zone, and the view unless it is the month, which the address of a month says already.
    """

    zone: ZoneInfo
    today: date
    view: str
    day: date
    narrowing: Narrowing
    kept: dict[str, str]
    notices: list[str] = field(default_factory=list)

    @property
    def month(self) -> date:
        """The first day of the month in which one stands."""
        return self.day.replace(day=1)

    @property
    def place(self) -> dict[str, str]:
        """Where one stands, as an address says it."""
        return {"month": month_text(self.day)} if self.view == MONTH_VIEW else {"day": self.day.isoformat()}

    def query(self, **changes: object) -> str:
        """Return `?…` with the place, the filters in force and some changes; an empty one is left out."""
        values = {**self.place, **self.kept, **changes}
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
    view = read_view(page, given)
    kept.pop("view", None)
    if view != MONTH_VIEW:
        kept["view"] = view
    today = local_day(page.now, zone)
    day = _try(lambda: read_place(given, today), notices) or today
    filters = Filters(**{name: kept[name] for name in FILTERS if name in kept})
    narrowing = _try(lambda: resolve(page.workspace, filters), notices)
    if narrowing is None:
        kept = {name: value for name, value in kept.items() if name not in FILTERS}
        narrowing = Narrowing()
        notices.append("The calendar shows everything instead.")
    return Asked(zone, today, view, day, narrowing, kept, notices)


def read_view(page: Page, given: QueryDict) -> str:
    """Return the view that an address names: a month's address means the month, else it is the one seen last."""
    named = given.get("view", "")
    if named in VIEWS:
        return named
    remembered = page.request.COOKIES.get(REMEMBERED, "")
    return MONTH_VIEW if given.get("month") or remembered not in VIEWS else remembered


def read_place(given: QueryDict, today: date) -> date:
    """Return the day that an address names; of the month that it names, today or the first; else today.

    :raises BadTime: if there is no such day or month.
    """
    if given.get("day"):
        return read_day_of(given["day"])
    first = read_month_of(given.get("month", ""), today)
    return today if first == today.replace(day=1) else first


def read_day_of(text: str) -> date:
    """Return the day that a text names.

    :raises BadTime: if there is no such day.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadTime(f"“{text[:20]}” is not a day. Write it like 2026-11-20.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadTime(f"{text} is too far away.")
    return found


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
