"""Moving posts on the calendar: a drop, a key, the "Move to…" dialog, the rest of a queue, and the way back."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from scheduling.forms import ClockField, DayField
from scheduling.rules import BadTime, read_instant
from scheduling.services.moving import (
    Chosen,
    Moved,
    Step,
    move_all,
    move_by_days,
    move_to,
    move_to_day,
    require_quarter,
)
from scheduling.services.moving_queue import ripple
from scheduling.services.stated import stated_time
from scheduling.views.chosen import ChosenPage, shape
from scheduling.views.outcome import Outcome, moved, when
from scheduling.views.told import MOVE, UNDO, said_of
from workspaces.errors import Invalid


class MoveShape(forms.Form):
    """Where the posts go: one of days, day, at, date with time; or `ripple`, or `step`s of their own."""

    days = forms.IntegerField(required=False)
    day = DayField(required=False)
    at = forms.CharField(required=False, max_length=40)
    date = DayField(required=False)
    time = ClockField(required=False)
    ripple = forms.BooleanField(required=False)
    undo = forms.BooleanField(required=False)


class Moves(ChosenPage):
    """`POST /calendar/moves/?<the calendar's query>`; a time without a zone is read in the calendar's."""

    notice = ""
    """What a clock change made of the time that was stated."""

    def act(self, given: QueryDict) -> Outcome:
        """Move."""
        chosen, to = self.chosen(), shape(MoveShape, given)
        done = self.move(chosen, to)
        said = f"{self.said(done, is_back=to['undo'])} {self.notice}".strip()
        return moved(done, said, with_undo=not to["undo"])

    def move(self, chosen: list[Chosen], to: dict) -> list[Moved]:
        """Make the call that the form asks for.

        :raises Invalid: if it does not say where to.
        """
        who = {"now": self.now, "actor": self.caller.actor}
        if any(rest for _key, _version, rest in self.references):
            return move_all(steps=self.steps(chosen), **who)
        if to["ripple"]:
            return ripple(first=chosen[0], **who)
        if to["days"] is not None:
            return move_by_days(chosen=chosen, days=to["days"], **who)
        if to["day"]:
            return move_to_day(chosen=chosen, day=to["day"], seen_in=self.asked.zone, **who)
        if to["at"]:
            return move_to(chosen=chosen, at=require_quarter(self.instant(to["at"])), **who)
        if to["date"] and to["time"]:
            stated = stated_time(to["date"], to["time"], self.asked.zone)
            self.notice = stated.notice
            return move_to(chosen=chosen, at=stated.at, **who)
        raise Invalid(_("Say where to: choose a date and a time."))

    def steps(self, chosen: list[Chosen]) -> list[Step]:
        """Return the steps that a form spells out.

        :raises Invalid: if one of them says no time.
        """
        rests = [rest for _key, _version, rest in self.references]
        pairs = zip(chosen, rests, strict=True)
        return [Step(one.instance, self.instant(rest), one.version) for one, rest in pairs]

    def instant(self, text: str) -> datetime:
        """Return the instant of a text; one without an offset is read in the calendar's zone.

        :raises Invalid: if it is none.
        """
        try:
            return read_instant(text, self.asked.zone)
        except BadTime as error:
            raise Invalid(str(error), errors={"at": [str(error)]}) from error

    def said(self, done: list[Moved], *, is_back: bool) -> str:
        """Return what to say of a move."""
        first = done[0].instance
        if len(done) > 1:
            return said_of(UNDO if is_back else MOVE, len(done))
        words = _("Back to %(when)s.") if is_back else _("Moved to %(when)s.")
        return words % {"when": when(first.scheduled_for, self.asked)}
