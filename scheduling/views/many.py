"""The bar below the calendar: one deed for all posts that are selected."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from scheduling.models import ChannelAccount, PostInstance
from scheduling.services.labels import label_contents, read_labels
from scheduling.services.moving import Chosen
from scheduling.services.moving_many import (
    cancel_all,
    duplicate_all,
    restore_all,
    skip_all,
    take_out_all,
    to_next_slots,
)
from scheduling.views import told
from scheduling.views.chosen import ChosenPage, shape
from scheduling.views.outcome import Outcome, moved, posts_text
from workspaces.errors import Invalid

LONGEST_REASON = 300


class ManyShape(forms.Form):
    """What is to be done, and what it takes."""

    do = forms.ChoiceField(choices=[(name, name) for name in told.SAID if name != told.MOVE])
    reason = forms.CharField(required=False, max_length=LONGEST_REASON)
    labels = forms.CharField(required=False, max_length=500)
    remove = forms.BooleanField(required=False)
    accounts = forms.ModelMultipleChoiceField(ChannelAccount.objects.none(), required=False)

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"].queryset = accounts


class Many(ChosenPage):
    """`POST /calendar/many/?<the calendar's query>`."""

    def act(self, given: QueryDict) -> Outcome:
        """Do what is asked with what is selected."""
        chosen = self.chosen()
        accounts = ChannelAccount.objects.filter(workspace=self.workspace, is_active=True).select_related("brand")
        asked = shape(ManyShape, given, accounts=accounts)
        return DEEDS[asked["do"]](self, chosen, asked)

    @property
    def who(self) -> dict[str, Any]:
        """Who does it, and when."""
        return {"now": self.now, "actor": self.caller.actor}


def _skip(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    return _told(skip_all(chosen=chosen, reason=asked["reason"], **page.who), told.SKIP, undo=told.UNDO)


def _cancel(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    return _told(cancel_all(chosen=chosen, **page.who), told.CANCEL)


def _undo(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    return _told(restore_all(chosen=chosen, **page.who), told.UNDO)


def _empty(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    return _told(take_out_all(chosen=chosen, **page.who), told.EMPTY)


def _slots(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    done = to_next_slots(chosen=chosen, **page.who)
    return moved(done, told.said_of(told.SLOTS, len(done)), with_undo=True, deed=told.SLOTS)


def _label(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    """Label the content of the posts.

    :raises Invalid: if no label is named.
    """
    labels = read_labels(asked["labels"])
    if not labels:
        raise Invalid(_("Write the labels, separated by commas."), errors={"labels": [_("This is needed.")]})
    contents = {one.instance.content_item_id for one in chosen}
    words = {"remove": labels} if asked["remove"] else {"add": labels}
    count = label_contents(contents=contents, **words, **page.who)
    instants = [one.instance.scheduled_for for one in chosen]
    return Outcome(said=told.said_of(told.LABEL, count), deed=told.LABEL, count=count, instants=instants)


def _copy(page: Many, chosen: list[Chosen], asked: dict[str, Any]) -> Outcome:
    done = duplicate_all(chosen=chosen, accounts=list(asked["accounts"]), **page.who)
    return _told(done, told.COPY, undo=told.EMPTY)


def _told(done: list[PostInstance], deed: str, *, undo: str = "") -> Outcome:
    return Outcome(
        said=told.said_of(deed, len(done)),
        deed=deed,
        count=len(done),
        instants=[one.scheduled_for for one in done],
        undo=[("do", undo), *(("post", posts_text(one)) for one in done)] if undo else [],
        undo_to="many",
        changes_tray=True,
    )


DEEDS: dict[str, Callable[[Many, list[Chosen], dict[str, Any]], Outcome]] = {
    told.SKIP: _skip,
    told.CANCEL: _cancel,
    told.UNDO: _undo,
    told.EMPTY: _empty,
    told.SLOTS: _slots,
    told.LABEL: _label,
    told.COPY: _copy,
}
