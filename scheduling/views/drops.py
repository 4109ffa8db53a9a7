"""Dropping content of the tray on the calendar."""

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from campaigns.models import ContentItem
from scheduling.forms import DayField
from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.moving_tray import accounts_for, drop_on_day, drop_on_slot
from scheduling.views.chosen import ChosenPage, shape
from scheduling.views.outcome import Outcome, posts_text, when
from workspaces.errors import Invalid, NotFound


class DropShape(forms.Form):
    """What is dropped, and on which day; perhaps for which account."""

    content = forms.UUIDField()
    day = DayField(required=False)
    account = forms.UUIDField(required=False)


class Drops(ChosenPage):
    """`POST /calendar/drops/?<the calendar's query>`: `content`, and an open slot as `post`, or a `day`."""

    def act(self, given: QueryDict) -> Outcome:
        """Put the content where it was dropped, as a draft; ask which account where several are possible."""
        asked = shape(DropShape, given)
        content = ContentItem.objects.filter(workspace=self.workspace, pk=asked["content"]).first()
        if content is None:
            raise NotFound(_("There is no such content."))
        who = {"content": content, "now": self.now, "actor": self.caller.actor}
        if self.references:
            return self.dropped(drop_on_slot(slot=self.chosen()[0].instance, **who))
        if not asked["day"]:
            raise Invalid(_("Drop it on an open slot or on a day."))
        accounts = self.accounts(content, asked)
        if len(accounts) == 1:
            return self.dropped(drop_on_day(account=accounts[0], day=asked["day"], **who))
        context = {"accounts": accounts, "content": content, "day": asked["day"], "query": self.asked.query()}
        question = render_to_string("scheduling/_move_account.html", context, self.request)
        return Outcome(said="", more=question)

    def accounts(self, content: ContentItem, asked: dict) -> list[ChannelAccount]:
        """Return the accounts that are possible: the one that is named or filtered by, else those of the brand.

        :raises Invalid: if there is none.
        """
        found = accounts_for(content)
        named, shows = asked["account"], self.asked.narrowing.shows
        fitting = [one for one in found if (one.pk == named if named else shows(one))]
        if not (fitting or found):
            raise Invalid(_("The brand has no active account yet. Add one first."))
        return fitting or found

    def dropped(self, post: PostInstance) -> Outcome:
        """Return what to say of a drop."""
        words = {
            "title": post.content_item.title,
            "account": post.channel_account.name,
            "when": when(post.scheduled_for, self.asked),
        }
        return Outcome(
            said=_("“%(title)s” is a draft for %(when)s on %(account)s.") % words,
            instants=[post.scheduled_for],
            warned=[post] if post.warnings else [],
            undo=[("do", "empty"), ("post", posts_text(post))],
            undo_to="many",
            changes_tray=True,
        )
