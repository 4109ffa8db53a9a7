"""Shapes of what is typed in these parts."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from campaigns.models import Brand
from scheduling.admin.fields import ZoneField
from scheduling.models import CalendarFeed, ChannelAccount
from workspaces.forms.refusable import RefusableForm
from workspaces.models import Workspace
from workspaces.services.tenants import MOST_WARN_DAYS
from workspaces.tongues import tongues_shown

WHOLE = ""
OF_BRAND, OF_ACCOUNT = "brand", "account"


class WorkspaceForm(RefusableForm):
    """What a workspace is called, which zone it lives in, and when it is warned."""

    name = forms.CharField(max_length=Workspace._meta.get_field("name").max_length, label=_("Name"))
    timezone = ZoneField(label=_("Time zone"), help_text=_("Where nothing else is set: brands have their own."))
    language = forms.ChoiceField(
        required=False,
        choices=tongues_shown(_("The server's")),
        label=_("Language of notices"),
        help_text=_("Of mails and messages that leave this application; a person's own choice goes first."),
    )
    warn_days = forms.IntegerField(
        min_value=0,
        max_value=MOST_WARN_DAYS,
        label=_("Warn when content is short"),
        help_text=_("Days: tell us when an account has posts for fewer. 0: never."),
    )


class OwnZoneForm(RefusableForm):
    """Which zone a person thinks in, and in which language they are written to."""

    timezone = ZoneField(required=False, label=_("Your time zone"), help_text=_("Empty: the workspace's."))
    language = forms.ChoiceField(
        required=False,
        choices=tongues_shown(_("The workspace's")),
        label=_("Language of your mails"),
        help_text=_("Choosing a language for the pages sets it too."),
    )


class NewPasswordForm(PasswordChangeForm):
    """A new password, in the place of the present one; the page has other forms, so none takes the focus."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["old_password"].widget.attrs["autofocus"]


class FeedForm(RefusableForm):
    """Who reads a feed, and what is in it."""

    name = forms.CharField(
        max_length=CalendarFeed._meta.get_field("name").max_length,
        label=_("Who reads it?"),
        help_text=_("You recognise it by this later."),
    )
    shows = forms.ChoiceField(required=False, label=_("It shows"))

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, name="feed", **kwargs)
        brands = Brand.objects.filter(workspace=workspace).order_by("name", "id")
        accounts = ChannelAccount.objects.filter(workspace=workspace).select_related("brand")
        self.brands = {f"{OF_BRAND}-{one.pk}": one for one in brands}
        self.accounts = {f"{OF_ACCOUNT}-{one.pk}": one for one in accounts.order_by("brand__name", "name", "id")}
        self.fields["shows"].choices = [
            (WHOLE, _("the whole workspace")),
            (_("A brand"), [(key, str(one)) for key, one in self.brands.items()]),
            (_("An account"), [(key, str(one)) for key, one in self.accounts.items()]),
        ]

    def feed(self, workspace: Workspace) -> CalendarFeed:
        """Return the feed that was asked for."""
        shows = self.cleaned_data["shows"]
        return CalendarFeed(
            workspace=workspace,
            name=self.cleaned_data["name"],
            brand=self.brands.get(shows),
            channel_account=self.accounts.get(shows),
        )
