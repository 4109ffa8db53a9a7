"""What the address of a calendar page asks for: a view, a place in time, filters and a zone; and what cannot be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scheduling.rules import BadTime, local_day, read_zone
from scheduling.rules.habits import Habits
from scheduling.services.calendar import Filters, Narrowing, resolve
from scheduling.services.month import visible_days
from scheduling.templatetags.plan import habits_of_request
from workspaces.errors import Invalid, NotFound
from workspaces.pages import Page

FILTERS = ("brand", "channel_account", "platform", "status", "campaign", "label")
KEPT = (*FILTERS, "tz", "tray", "view")
LONGEST, LONGEST_LIST = 200, 10_000  # Characters of a filter, and of one that lists the ids of many accounts.
MONTH_VIEW, WEEK_VIEW, AGENDA_VIEW = VIEWS = ("month", "week", "agenda")
LENGTHS = {WEEK_VIEW: 7, AGENDA_VIEW: 28}  # Days.
REMEMBERED = "calendar_view"
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2999  # Weeks beside a month and the months beside a page stay inside the calendar.
DAY = timedelta(days=1)
T = TypeVar("T")


@dataclass
class Asked:
    """A calendar page's view, zone, day and filters; what the address said wrongly is left out, with a notice.

    `day` is where one stands: the page shows its month, its week, or the weeks from it on. `kept` is what links carry:
    the filters, the zone, and the view unless it is the month, which the address of a month says already.
    """

    zone: ZoneInfo
    habits: Habits
    today: date
    view: str
    day: date
    narrowing: Narrowing
    kept: dict[str, str]
    is_remembered_otherwise: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def month(self) -> date:
        """The first day of the month in which one stands."""
        return self.day.replace(day=1)

    @cached_property
    def days(self) -> list[date]:
        """The days that the view shows: whole weeks."""
        if self.view == MONTH_VIEW:
            return visible_days(self.month, self.habits)
        first = self.habits.week_of(self.day)
        return [first + number * DAY for number in range(LENGTHS[self.view])]

    @property
    def before_link(self) -> str:
        """The address of what the view shows before."""
        return self._beside(-1)

    @property
    def after_link(self) -> str:
        """The address of what it shows after."""
        return self._beside(1)

    def _beside(self, step: int) -> str:
        if self.view == MONTH_VIEW:
            return self.query(month=months_beside(self.month)[step > 0])
        return self.query(day=(self.day + step * LENGTHS[self.view] * DAY).isoformat())

    @property
    def today_link(self) -> str:
        """The address of what the view shows of today."""
        return self.query(month="", day="", view=self.view if self.is_remembered_otherwise else self.kept.get("view"))

    def seen_as(self, view: str) -> str:
        """Return the address of the same place in another view."""
        place = {"month": month_text(self.day)} if view == MONTH_VIEW else {"day": self.day.isoformat()}
        return self.query(**{"month": "", "day": "", "view": view, **place})

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
    habits = habits_of_request(page.request)
    kept = {name: said for name in KEPT if (said := _said(given, name))}
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
        notices.append(_("The calendar shows everything instead."))
    other = page.request.COOKIES.get(REMEMBERED, MONTH_VIEW) != view
    return Asked(zone, habits, today, view, day, narrowing, kept, other, notices)


def _said(given: QueryDict, name: str) -> str:
    """Return what an address says of a filter; a form without a script names each account by itself."""
    if name == "channel_account":
        return ",".join(one.strip() for one in given.getlist(name) if one.strip())[:LONGEST_LIST]
    return given.get(name, "").strip()[:LONGEST]


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
        raise BadTime(_("“%(text)s” is not a day. Write it like 2026-11-20.") % {"text": text[:20]}) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadTime(_("%(text)s is too far away.") % {"text": text})
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
    raise BadTime(_("“%(text)s” is not a month. Write it like 2026-11.") % {"text": text[:20]})


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
        notices.append(Truncator(str(error)).chars(LONGEST))
        return None
