"""The forms of a post's page: one for each thing that can be done with it and takes input."""

from typing import Any

from django import forms

from campaigns.models import Campaign, ContentItem
from campaigns.rules import UTM_WORDS
from scheduling.forms import (
    CommentForm,
    ConfirmForm,
    EditForm,
    FillForm,
    RequeueForm,
    SkipForm,
    TrayForm,
    WhenForm,
)
from scheduling.models import PostInstance
from scheduling.services.content import tray

MOST_IN_TRAY = 200


def forms_for(instance: PostInstance, allowed: frozenset[str]) -> dict[str, forms.Form]:
    """Return an empty or prefilled form for each action that takes input."""
    makers = {
        "fill": lambda: {"fill": fill_form(instance), "tray": tray_form(instance)},
        "edit": lambda: {"edit": edit_form(instance)},
        "schedule": lambda: {"schedule": WhenForm(instance=instance, name="schedule")},
        "move": lambda: {"move": WhenForm(instance=instance, name="move")},
        "skip": lambda: {"skip": SkipForm(name="skip")},
        "requeue": lambda: {"requeue": RequeueForm(instance=instance, name="requeue")},
        "confirm": lambda: {"confirm": ConfirmForm(name="confirm")},
        "comment": lambda: {"comment": CommentForm(name="comment")},
    }
    return {name: form for action in makers if action in allowed for name, form in makers[action]().items()}


def campaigns_of(instance: PostInstance) -> Any:
    """Return the campaigns that a post's content may belong to."""
    return Campaign.objects.filter(brand=instance.channel_account.brand_id)


def fill_form(instance: PostInstance, data: Any = None, files: Any = None) -> FillForm:
    """Return the form that writes new words into a slot."""
    initial = {"campaign": instance.campaign_id}
    return FillForm(data, files, name="fill", campaigns=campaigns_of(instance), initial=initial)


def tray_form(instance: PostInstance, data: Any = None) -> TrayForm:
    """Return the form that puts words from the tray into a slot."""
    newest = tray(instance.channel_account.brand).values("pk")[:MOST_IN_TRAY]
    contents = ContentItem.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by(
        "-created_at", "id"
    )
    return TrayForm(data, name="tray", contents=contents)


def edit_form(instance: PostInstance, data: Any = None, files: Any = None) -> EditForm:
    """Return the form that changes a post's words."""
    content = instance.content_item
    own = content.account_variants.get(str(instance.channel_account_id), {}).get("body", "")
    initial = {
        **{name: getattr(content, name) for name in ("title", "body", "link", "labels")},
        **{f"utm_{word}": content.utm.get(word, "") for word in UTM_WORDS},
        "own": own,
        "seen": content.updated_at.isoformat(),
    }
    return EditForm(data, files, name="edit", initial=initial)
