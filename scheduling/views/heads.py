"""Drawing the heads of days, as chips are drawn: a month has 42 of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from html import escape

from django.urls import reverse
from django.utils.dates import MONTHS, WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from scheduling.services.month import Day, Week
from scheduling.services.week import More, WeekDay
from workspaces.tongues import day_words


@dataclass
class Heads:
    """How the heads of days look to whom: what they link to, and what they invite to."""

    today: date
    may_write: bool
    kept: str
    account: str

    def opened(
        self, day: Day | WeekDay, tag: str, month: date | None = None, *, is_swapped: bool = False
    ) -> SafeString:
        """Return the tag that begins a day, with what scripts and colours need to know of it.

        :param month: the first day of the month that is shown; days of others are grey.
        """
        here, key = day.date, day.key
        classes = ["day", "today" if here == self.today else "past" if here < self.today else ""]
        classes += ["out" if month and here.month != month.month else "", "" if day.has_posts else "empty"]
        parts = [f'<{tag} class="{" ".join(filter(None, classes))}" id="day-{key}" data-date="{key}"']
        parts += [" data-past"] if here < self.today else []
        parts += [' hx-swap-oob="true"'] if is_swapped else []
        parts += [f' aria-label="{escape(day_words(here, "l j F"))}"'] if tag == "section" else []
        parts += [' aria-current="date"'] if here == self.today else []
        return mark_safe("".join([*parts, ">"]))  # No text of people.

    def head(self, day: Day | WeekDay) -> SafeString:
        """Return a day's head: a new post, what is open, and its number, which leads to all of it."""
        parts = [self._new(day), self._open(day)] if day.date >= self.today else []
        return mark_safe(f'<div class="day-head">{"".join(parts)}{self._number(day)}</div>')  # No text of people.

    def _new(self, day: Day | WeekDay) -> str:
        if not self.may_write:
            return ""
        said = escape(self.new_post % {"day": self.day_and_month(day.date)})
        return (
            f'<a class="day-new" href="{self.new}{day.key}" title="{said}"><span aria-hidden="true">+</span>'
            f'<span class="vh">{said}</span></a>'
        )

    def _open(self, day: Day | WeekDay) -> str:
        if day.open:
            return f'<span class="day-open">{self.open(day.open)}</span>'
        if day.bare:
            return f'<span class="day-open day-bare" title="{escape(self.why_bare)}">{self.bare(day.bare)}</span>'
        return ""

    def _number(self, day: Day | WeekDay) -> str:
        here = day.date
        number = (
            day_words(here, "j M") if here.day == 1 else f'{here.day}<span class="vh"> {self.months[here.month]}</span>'
        )
        return (
            f'<a class="day-number" href="{self.base}{day.key}/{self.after}">'
            f'<span class="weekday">{self.weekdays[here.weekday()]}</span> {number}</a>'
        )

    def coverage(self, week: Week, tag: str, *, is_swapped: bool = False) -> SafeString:
        """Return a week's head: its number, and how much of it is filled."""
        filled, slots = week.filling.filled, week.filling.slots
        parts = [f"<{tag}", ' scope="row"' if tag == "th" else "", f' class="coverage" id="week-{week.days[0].key}"']
        parts += [' hx-swap-oob="true"'] if is_swapped else []
        parts += [f' title="{escape(self.filled % {"filled": filled, "slots": slots})}"'] if slots else []
        parts += [f"><span>{escape(self.week_number % {'number': week.number})}</span>"]
        if slots:
            low, high = week.filling.low, week.filling.high
            parts += [f'<meter min="0" max="{slots}" value="{filled}" low="{low}" high="{high}" optimum="{slots}">']
            parts += [f"{filled}/{slots}</meter><small>{filled}/{slots}</small>"]
        return mark_safe("".join([*parts, f"</{tag}>"]))  # No text of people.

    def more(self, day: Day) -> str:
        """Return the way to those posts of a day for which there is no room; nothing if all have some."""
        if not day.more:
            return ""
        on = escape(self.on_day % {"day": self.day_and_month(day.date)})
        return (
            f'<li><a class="more" href="{self.base}{day.key}/{self.after}">+{day.more} {self.more_word}'
            f'<span class="vh"> {on}</span></a></li>'
        )

    def more_of_hour(self, day: WeekDay, one: More) -> str:
        """Return the way to those posts of an hour for which there is no room."""
        on = escape(self.on_hour % {"day": self.day_and_month(day.date), "hour": one.hour})
        return (
            f'<li class="hour-more {one.place}"><a class="more" href="{self.base}{day.key}/{self.after}#h{one.hour}">'
            f'+{one.count}<span class="vh"> {on}</span></a></li>'
        )

    def day_and_month(self, day: date) -> str:
        """Return 20 November."""
        return f"{day.day} {self.months[day.month]}"

    @cached_property
    def months(self) -> dict[int, str]:
        """The names of the months."""
        return {number: str(name) for number, name in MONTHS.items()}

    @cached_property
    def weekdays(self) -> dict[int, str]:
        """The short names of the days of the week."""
        return {number: str(name) for number, name in WEEKDAYS_ABBR.items()}

    @cached_property
    def new(self) -> str:
        """The address of a new post, up to its date."""
        return reverse("new-post") + (f"?account={self.account}&amp;date=" if self.account else "?date=")

    @cached_property
    def base(self) -> str:
        """What stands before the date in the address of a day."""
        return reverse("day", args=["0"]).removesuffix("0/")

    @cached_property
    def after(self) -> str:
        """What follows it: the filters."""
        return escape(self.kept)

    @cached_property
    def open(self) -> Callable[[int], str]:
        """What is said of so many open slots; of each number once, for 42 days ask."""
        return cache(lambda number: escape(ngettext("%(number)s open", "%(number)s open", number) % {"number": number}))

    @cached_property
    def bare(self) -> Callable[[int], str]:
        """What is said of a day that has no plan for so many."""
        said = _("%(number)s to plan")
        return cache(lambda number: escape(said % {"number": number}))

    @cached_property
    def filled(self) -> str:
        """What is said of how much of a week is filled."""
        return _("%(filled)s of %(slots)s filled")

    @cached_property
    def week_number(self) -> str:
        """How a week is called."""
        return pgettext("week", "W%(number)s")

    @cached_property
    def why_bare(self) -> str:
        """What that means."""
        return _("The cadence asks for them; “Top off” makes their slots.")

    @cached_property
    def new_post(self) -> str:
        """What the way to a new post says."""
        return _("New post on %(day)s")

    @cached_property
    def more_word(self) -> str:
        """What follows the number of posts for which a day has no room."""
        return escape(_("more"))

    @cached_property
    def on_day(self) -> str:
        """What is said of it to who does not see the day."""
        return _("on %(day)s")

    @cached_property
    def on_hour(self) -> str:
        """What is said of an hour's to who does not see it."""
        return _("more on %(day)s from %(hour)s:00")
