"""What is typed for a place where notices go, and for a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.models import NoticeKind, NoticeTarget, WebhookEndpoint
from publishing.rules.event_types import GROUPS
from workspaces.forms.refusable import RefusableForm

SUCH_AS = _(
    "Such as mailto://user:password@mail.example.com?to=ana@example.com, jsons://example.com/in, or the address of a "
    "webhook that Slack or Discord made for you; appriseit.com/services lists them all."
)
STAYS = _("Empty: it stays as it is. It is never shown again in full.")


class TargetForm(RefusableForm):
    """Its name, its address, and what it is told; a person's row keeps the person's name and address."""

    name = forms.CharField(max_length=NoticeTarget._meta.get_field("name").max_length, label=_("Name"))
    address = forms.CharField(
        max_length=2000,
        label=_("Address"),
        help_text=SUCH_AS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kinds = forms.MultipleChoiceField(
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Tell it of"),
        help_text=_("None: everything."),
    )
    is_active = forms.BooleanField(required=False, initial=True, label=_("On"))

    def __init__(self, *args: Any, target: NoticeTarget, **kwargs: Any) -> None:
        if not target._state.adding:
            known = {"name": target.name, "kinds": target.kinds, "is_active": target.is_active}
            kwargs.setdefault("initial", known)
        super().__init__(*args, name="target", **kwargs)
        self.target = target
        if target.membership_id:
            del self.fields["name"], self.fields["address"]
        elif not target._state.adding:
            self.fields["address"].required, self.fields["address"].help_text = False, STAYS

    def clean_name(self) -> str:
        """Refuse a name that another place of the workspace has."""
        name = self.cleaned_data["name"]
        others = NoticeTarget.objects.filter(workspace_id=self.target.workspace_id, name=name)
        if others.exclude(pk=self.target.pk).exists():
            raise forms.ValidationError(_("The workspace has a target of that name already."))
        return name

    def fill(self) -> NoticeTarget:
        """Return the target with what was typed, but its address and what it is told."""
        given = self.cleaned_data
        self.target.name = given.get("name", self.target.name)
        self.target.is_active = given["is_active"]
        return self.target


class EndpointForm(RefusableForm):
    """A webhook: its address, and what it wants to be told."""

    url = forms.CharField(
        max_length=WebhookEndpoint._meta.get_field("url").max_length,
        label=_("Address"),
        help_text=_("Where each change is sent, such as https://example.com/in."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    description = forms.CharField(
        max_length=WebhookEndpoint._meta.get_field("description").max_length,
        required=False,
        label=_("What it is"),
    )
    event_types = forms.MultipleChoiceField(
        choices=[(title, [(name, name) for name in group]) for title, group in GROUPS.items()],
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
        label=_("Tell it of"),
        help_text=_("None: everything."),
    )
    is_active = forms.BooleanField(required=False, initial=True, label=_("On"))

    def __init__(self, *args: Any, endpoint: WebhookEndpoint, **kwargs: Any) -> None:
        if not endpoint._state.adding:
            kwargs.setdefault("initial", {name: getattr(endpoint, name) for name in self.base_fields})
        super().__init__(*args, name="webhook", **kwargs)
        self.endpoint = endpoint

    def fill(self) -> WebhookEndpoint:
        """Return the webhook with what was typed."""
        for name, value in self.cleaned_data.items():
            setattr(self.endpoint, name, value)
        return self.endpoint
