"""How accounts' posts leave: connections, made, changed and ended through their service; a secret is shown once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.models import Credentials
from publishing.services.connecting import connect_webhook, renew_secret, return_to_sandbox
from publishing.services.trying import try_webhook
from scheduling.admin.base import as_uuid
from workspaces.admin.display import NOTHING, admin_url, shown
from workspaces.admin.scope import ScopedAdmin, ScopedRelatedFilter, caller_of, now_of
from workspaces.errors import Conflict
from workspaces.phrases import phrased
from workspaces.roles import ADMIN

MOST_TESTS = 3  # A person waits for each.
COPY = _("Copy the secret now, it is not shown again. Your receiver verifies with it: {}")
BACK = _("{}: nothing of it goes out any more. What it publishes stands in the sandbox's outbox.")


class WebhookForm(forms.ModelForm):
    """Where an account's posts go, and whether the receiver knows a repeat."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "inputmode": "url"}),
        help_text=_("Each post is sent here as JSON, signed by Standard Webhooks. It begins with https://."),
    )
    drops_repeats = forms.BooleanField(
        required=False,
        label=_("The receiver drops repeats"),
        help_text=_(
            "It remembers each webhook-id and never carries one out twice. Then it can be asked after an answer "
            "was lost, by sending the same again; without this a person has to look."
        ),
    )
    renew = forms.BooleanField(
        required=False,
        label=_("Make a new secret"),
        help_text=_("Messages are signed with the new and the present one, until the next new one is made."),
    )

    class Meta:
        model = Credentials
        fields = ("channel_account",)
        labels = {"channel_account": _("Account")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial |= {name: self.instance.options.get(name) for name in ("url", "drops_repeats")}


@admin.register(Credentials)
class CredentialsAdmin(ScopedAdmin):
    """What accounts are connected by; an account that is not among them is in the sandbox."""

    form = WebhookForm
    scope_to_change = ADMIN
    fixed = ("channel_account",)
    autocomplete_fields = ("channel_account",)
    list_display = ("channel_account", "by", "address", "drops_repeats", "refused")
    list_filter = (("channel_account__brand", ScopedRelatedFilter),)
    search_fields = ("channel_account__name", "channel_account__brand__name")
    actions = ("send_test",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the connections of workspaces that the person administers; their secrets stay where they are."""
        mine = self.within(request, ADMIN, super().get_queryset(request))
        return mine.defer("secret").select_related("channel_account__brand")

    def has_view_permission(self, request: HttpRequest, obj: Credentials | None = None) -> bool:
        """Return whether the person administers the account's workspace: an address may be as good as a password."""
        return self.may(request, ADMIN, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the person administers a workspace."""
        return self.may(request, ADMIN)

    def get_fields(self, request: HttpRequest, obj: Credentials | None = None) -> tuple[str, ...]:
        """Return what is typed."""
        typed = ("channel_account", "url", "drops_repeats")
        return (*typed, "renew", "refused") if obj else typed

    def get_readonly_fields(self, request: HttpRequest, obj: Credentials | None = None) -> tuple[str, ...]:
        """Return what is only shown."""
        return (*super().get_readonly_fields(request, obj), *(("refused",) if obj else ()))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """Show the form; of an account that is connected already, its connection."""
        wanted = as_uuid(request.GET.get("channel_account"))
        found = self.get_queryset(request).filter(channel_account=wanted).first() if wanted else None
        if found and request.method == "GET":
            return HttpResponseRedirect(admin_url(found, "change", found.pk))
        return super().add_view(
            request, form_url, {**(extra_context or {}), "title": _("Connect an account by webhook")}
        )

    def save_form(self, request: HttpRequest, form: WebhookForm, change: bool) -> Credentials:
        """Connect, and show a new secret, once."""
        account = form.instance.channel_account
        who = {"account": account, "actor": caller_of(request).actor, "now": now_of(request)}
        typed = form.cleaned_data
        secret = connect_webhook(url=typed["url"], drops_repeats=typed["drops_repeats"], **who)
        if typed.get("renew") and not secret:
            secret = renew_secret(**who)
        if secret:
            messages.warning(request, format_html(COPY, format_html('<code class="token">{}</code>', secret)))
        return self.get_queryset(request).get(channel_account=account)

    def save_model(self, request: HttpRequest, obj: Credentials, form: Any, change: bool) -> None:
        """Do nothing: the service saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: a connection has no rows of its own."""

    def delete_model(self, request: HttpRequest, obj: Credentials) -> None:
        """Put the account back into the sandbox."""
        return_to_sandbox(account=obj.channel_account, actor=caller_of(request).actor, now=now_of(request))
        messages.warning(request, BACK.format(obj.channel_account))

    @admin.action(description=_("Send a test message"), permissions=["admin"])
    def send_test(self, request: HttpRequest, queryset: QuerySet[Credentials]) -> None:
        """Send a message that is no post to each of the chosen receivers, and say what came of it."""
        if queryset.count() > MOST_TESTS:
            self.message_user(
                request,
                _("Choose at most %(most_tests)s: each may take ten seconds.") % {"most_tests": MOST_TESTS},
                messages.ERROR,
            )
            return
        for row in queryset:
            account = row.channel_account
            try:
                try_webhook(account=account, actor=caller_of(request).actor, now=now_of(request))
            except Conflict as no:
                self.message_user(request, f"{account}: {no.message}", messages.ERROR)
            else:
                self.message_user(
                    request,
                    _("%(account)s: the receiver took the test message.") % {"account": account},
                    messages.SUCCESS,
                )

    @admin.display(description=_("connection"), ordering="channel_account__connection")
    def by(self, row: Credentials) -> str:
        """Show how its posts leave."""
        return row.channel_account.get_connection_display()

    @admin.display(description=_("address"))
    def address(self, row: Credentials) -> str:
        """Show where its posts go."""
        return row.options.get("url") or NOTHING

    @admin.display(description=_("drops repeats"), boolean=True)
    def drops_repeats(self, row: Credentials) -> bool:
        """Show whether its receiver drops repeats."""
        return row.options.get("drops_repeats") is True

    @admin.display(description=_("refused since"), ordering="channel_account__disconnected_at")
    def refused(self, row: Credentials) -> str:
        """Show since when and why it is not let in."""
        account = row.channel_account
        if account.disconnected_at is None:
            return NOTHING
        return format_html("{}: {}", shown(account.disconnected_at, account.zone), phrased(account.disconnect_reason))
