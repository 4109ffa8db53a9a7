"""`/settings/keys/`: what other systems sign in with; a key is shown once, when it is made."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workspaces.api.errors import status_of
from workspaces.errors import Invalid
from workspaces.forms.keys import KeyForm, ends_at
from workspaces.models import ApiKey
from workspaces.pages import UNREADABLE
from workspaces.services.api_keys import create_key, keys_of, revoke_key
from workspaces.views.settings.parts import AskFirst, SettingsPart


class Keys(SettingsPart):
    """The keys of the workspace, and a form for one more."""

    template = "workspaces/settings/keys.html"
    home = "settings-keys"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.list(KeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show it this once: what is not answered here is lost."""
        form = KeyForm(request.POST)
        if not form.is_valid():
            return self.list(form, status=UNREADABLE)
        given = form.cleaned_data
        try:
            key, token = create_key(
                workspace=self.workspace,
                name=given["name"],
                scopes=given["scopes"],
                expires_at=ends_at(given["valid_for"], now=self.now),
                giver=self.caller,
                **self.who,
            )
        except Invalid as refusal:
            form.refuse(refusal)
            return self.list(form, status=status_of(refusal))
        return self.list(KeyForm(), status=201, made=key, secret=token)

    def list(self, form: KeyForm, *, status: int = 200, **made: object) -> HttpResponse:
        """Answer with the keys."""
        keys = keys_of(self.workspace)
        for key in keys:
            key.is_over = key.expires_at is not None and key.expires_at <= self.now
            key.maker = _maker(key.maker)
        return self.show(keys=keys, form=form, status=status, **made)


class RevokeKey(AskFirst):
    """`/settings/keys/<id>/revoke/`."""

    home = "settings-keys"
    model = ApiKey

    def question(self, row: ApiKey) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Revoke the key “%(name)s”?") % {"name": row.name},
            "words": _("Whatever signs in with %(prefix)s… is refused from now on. This cannot be taken back.")
            % {"prefix": row.prefix},
            "button": _("Revoke it"),
        }

    def act(self, row: ApiKey) -> HttpResponse:
        """Revoke it."""
        revoke_key(key=row, **self.who)
        return self.back(_("Revoked the key “%(name)s”.") % {"name": row.name})


def _maker(actor: str) -> str:
    kind, _colon, name = actor.partition(":")
    named = {"user": name, "key": _("a key (%(prefix)s…)") % {"prefix": name}, "command": _("a command")}
    return named.get(kind, "")
