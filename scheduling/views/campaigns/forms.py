"""Shapes of what people type about campaigns and links to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Campaign
from scheduling.forms import PageForm
from scheduling.models import ChannelAccount
from scheduling.services.campaign_rows import campaign_problems
from scheduling.views.channels.forms import RowForm

LASTING = [(7, gettext_lazy("a week")), (30, gettext_lazy("30 days")), (90, gettext_lazy("90 days"))]


class CampaignForm(RowForm):
    """A campaign and its accounts."""

    problems_of = staticmethod(campaign_problems)
    known = ("workspace", "brand")
    channel_accounts = forms.ModelMultipleChoiceField(
        ChannelAccount.objects.none(),
        required=False,
        label=gettext_lazy("Accounts"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Every post goes to every one of them. None: to all active accounts of the brand."),
    )

    class Meta:
        model = Campaign
        fields = ("brand", "name", "starts_on", "ends_on", "number_of_posts", "external_ref")
        labels = {
            "brand": gettext_lazy("Brand"),
            "name": gettext_lazy("Name"),
            "starts_on": gettext_lazy("First day"),
            "ends_on": gettext_lazy("Last day"),
            "external_ref": gettext_lazy("Its id elsewhere"),
        }
        help_texts = {"external_ref": gettext_lazy("In your other systems.")}
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")}

    def __init__(self, *args: Any, brands: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = brands
        self.fields["channel_accounts"].queryset = accounts
        self.fields["number_of_posts"].label = _("Posts")
        self.fields["number_of_posts"].help_text = _("How many it should have, at most one a day.")
        if not self.instance._state.adding:
            self.fields["brand"].disabled = True
            self.initial["channel_accounts"] = list(self.instance.channel_accounts.all())

    def accounts(self) -> list[ChannelAccount]:
        """Return the accounts that were ticked."""
        return list(self.cleaned_data["channel_accounts"])


class ShareForm(PageForm):
    """Who a link is for, and how long it lasts."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Who is it for?"))
    days = forms.TypedChoiceField(choices=LASTING, coerce=int, initial=30, label=gettext_lazy("It lasts"))
