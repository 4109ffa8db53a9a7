"""A recurrence rule in words."""

from datetime import datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scheduling.models import Recurrence
from scheduling.rules.plain_repeats import DAILY, WEEKLY, Plain, read_plain
from scheduling.rules.recurrence import DAYS

LAST_DAY = gettext_lazy("the last day")
ORDINALS = {
    "1": gettext_lazy("the first %(day)s"),
    "2": gettext_lazy("the second %(day)s"),
    "3": gettext_lazy("the third %(day)s"),
    "4": gettext_lazy("the fourth %(day)s"),
    "5": gettext_lazy("the fifth %(day)s"),
    "-1": gettext_lazy("the last %(day)s"),
}


def in_words(recurrence: Recurrence) -> str:
    """Return how often something repeats, without its time of day: Every week on Monday and Thursday, 10 times."""
    plain = read_plain(recurrence.rule, datetime.fromisoformat(recurrence.starts_at))
    if plain is None:
        return _("By a rule of its own: %(rule)s") % {"rule": recurrence.rule}
    return _how_often(plain) + _end(plain)


def weekday_of(code: str) -> str:
    """Return the name of a day: of `MO` Monday."""
    return str(WEEKDAYS[DAYS[code]])


def day_of_month(day: str) -> str:
    """Return a day of a month in words: of `15`, `-1`, `1MO` or `-1FR`."""
    if day == "-1":
        return str(LAST_DAY)
    if day.isdecimal():
        return _("day %(number)s") % {"number": day}
    return ORDINALS[day[:-2]] % {"day": weekday_of(day[-2:])}


def _how_often(plain: Plain) -> str:
    if plain.every == DAILY or (plain.every == WEEKLY and plain.interval == 1 and len(plain.days) == len(DAYS)):
        said = ngettext("Every day", "Every %(number)s days", plain.interval)
        return said % {"number": plain.interval}
    if plain.every == WEEKLY:
        names = [weekday_of(day) for day in plain.days]
        said = ngettext("Every week on %(days)s", "Every %(number)s weeks on %(days)s", plain.interval)
    else:
        names = [day_of_month(day) for day in plain.days]
        said = ngettext("Every month on %(days)s", "Every %(number)s months on %(days)s", plain.interval)
    return said % {"number": plain.interval, "days": get_text_list(names, _("and"))}


def _end(plain: Plain) -> str:
    if plain.until:
        return _(", until %(day)s") % {"day": date_format(plain.until, "j M Y")}
    if plain.count:
        said = ngettext(", %(number)s time", ", %(number)s times", plain.count)
        return said % {"number": plain.count}
    return ""
