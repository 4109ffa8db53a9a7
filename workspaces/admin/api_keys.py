"""API keys: made and revoked through their service; the token is shown once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workspaces.admin.display import shown
from workspaces.admin.scope import ScopedAdmin, ScopedRelatedFilter, caller_of, now_of
from workspaces.forms.keys import LIVES, MEANINGS, NAME_HELP, USUAL_LIFE, ends_at
from workspaces.models import ApiKey
from workspaces.roles import ADMIN
from workspaces.services.api_keys import create_key, revoke_key


class NewKeyForm(forms.ModelForm):
    """What a key is for, what it may do, and for how long."""

    scopes = forms.MultipleChoiceField(
        label=_("Scopes"), choices=list(MEANINGS.items()), widget=forms.CheckboxSelectMultiple
    )
    valid_for = forms.TypedChoiceField(label=_("It is valid"), choices=LIVES, coerce=int, initial=USUAL_LIFE)

    class Meta:
        model = ApiKey
        fields = ("workspace", "name")
        help_texts = {"name": NAME_HELP}


@admin.register(ApiKey)
class ApiKeyAdmin(ScopedAdmin):
    """Credentials of other systems. Only a digest is stored, so that a key can be replaced but never read again."""

    form = NewKeyForm
    scope_to_change = ADMIN
    list_display = ("name", "token", "workspace", "may_do", "state", "expires", "last_used")
    list_select_related = ("workspace",)
    list_filter = (("workspace", ScopedRelatedFilter),)
    search_fields = ("name", "prefix")
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the keys of workspaces that the person administers."""
        return self.within(request, ADMIN, super().get_queryset(request)).select_related("workspace")

    def has_view_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Return whether the person administers the key's workspace."""
        return self.may(request, ADMIN, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return whether the person administers a workspace."""
        return self.may(request, ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a key is revoked and replaced."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Refuse: a revoked key stays as evidence."""
        return False

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> tuple[str, ...]:
        """Return what is typed for a new key, or shown of one that exists."""
        if obj:
            return ("name", "token", "workspace", "may_do", "state", "expires", "last_used")
        return ("workspace", "name", "scopes", "valid_for")

    def save_form(self, request: HttpRequest, form: NewKeyForm, change: bool) -> ApiKey:
        """Make the key and show its token, once."""
        typed, now = form.cleaned_data, now_of(request)
        key, token = create_key(
            workspace=typed["workspace"],
            name=typed["name"],
            scopes=typed["scopes"],
            expires_at=ends_at(typed["valid_for"], now=now),
            giver=caller_of(request),
            actor=caller_of(request).actor,
            now=now,
        )
        said = _("Copy the key now, it is not shown again: {}")
        messages.warning(request, format_html(said, format_html('<code class="token">{}</code>', token)))
        return key

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        """Do nothing: the service saved it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: a key has no rows of its own."""

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        """Go back to the list, under the message with the token."""
        return self.response_post_save_add(request, obj)

    @admin.action(description=_("Revoke: end the chosen keys at once"), permissions=["admin"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        """Revoke keys."""
        keys = list(queryset)
        for key in keys:
            revoke_key(key=key, actor=caller_of(request).actor, now=now_of(request))
        said = ngettext("Revoked %(number)s key.", "Revoked %(number)s keys.", len(keys))
        self.message_user(request, said % {"number": len(keys)}, "SUCCESS")

    @admin.display(description=_("begins with"), ordering="prefix")
    def token(self, key: ApiKey) -> str:
        """Show what it can be recognised by."""
        return f"{key.prefix}…"

    @admin.display(description=_("may"))
    def may_do(self, key: ApiKey) -> str:
        """Show its scopes."""
        return ", ".join(key.scopes)

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, key: ApiKey) -> str:
        """Show whether it was revoked."""
        return _("revoked") if key.revoked_at else _("in use")

    @admin.display(description=_("expires"), ordering="expires_at")
    def expires(self, key: ApiKey) -> str:
        """Show until when it is valid."""
        return shown(key.expires_at, key.workspace.timezone) if key.expires_at else _("never")

    @admin.display(description=_("last used"), ordering="last_used_at")
    def last_used(self, key: ApiKey) -> str:
        """Show when it was used."""
        return shown(key.last_used_at, key.workspace.timezone)
