"""`/settings/webhooks/…`: adding, changing and deleting a webhook; a new secret is shown once."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from publishing.models import WebhookEndpoint
from publishing.services.webhooks.endpoints import delete_endpoint, renew_secret, save_endpoint
from publishing.views.settings.forms import EndpointForm
from workspaces.api.errors import status_of
from workspaces.errors import Invalid, NotFound
from workspaces.pages import UNREADABLE
from workspaces.views.settings.parts import AskFirst, SettingsPart


class EndpointPart(SettingsPart):
    """A webhook of the workspace."""

    template = "workspaces/settings/webhook.html"
    home = "webhooks"

    def row(self, pk: UUID) -> WebhookEndpoint:
        """Return a webhook of the workspace, without its secret.

        :raises NotFound: if it has no such one.
        """
        found = WebhookEndpoint.objects.filter(workspace=self.workspace, pk=pk).defer("secret").first()
        if found is None:
            raise NotFound(_("There is no such thing in this workspace."))
        return found

    def with_secret(self, endpoint: WebhookEndpoint, secret: str) -> HttpResponse:
        """Answer with the secret, this once."""
        return self.show(endpoint=endpoint, secret=secret, status=201)

    def saved(self, form: EndpointForm) -> HttpResponse:
        """Save what was typed, or show the form again with what stands against it."""
        endpoint, known = form.endpoint, None if form.endpoint._state.adding else form.endpoint
        if not form.is_valid():
            return self.show(form=form, endpoint=known, status=UNREADABLE)
        try:
            secret = save_endpoint(endpoint=form.fill(), **self.who)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.show(form=form, endpoint=known, status=status_of(refusal))
        return self.with_secret(endpoint, secret) if secret else self.back(_("Saved %(name)s.") % {"name": endpoint})


class AddEndpoint(EndpointPart):
    """`/settings/webhooks/add/`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self.show(form=EndpointForm(endpoint=WebhookEndpoint(workspace=self.workspace)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show its secret."""
        new = WebhookEndpoint(workspace=self.workspace, created_at=self.now)
        return self.saved(EndpointForm(request.POST, endpoint=new))


class ChangeEndpoint(EndpointPart):
    """`/settings/webhooks/<id>/`."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the form."""
        endpoint = self.row(pk)
        return self.show(form=EndpointForm(endpoint=endpoint), endpoint=endpoint)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Save it."""
        return self.saved(EndpointForm(request.POST, endpoint=self.row(pk)))


class RenewSecret(EndpointPart, AskFirst):
    """`/settings/webhooks/<id>/secret/`."""

    template = AskFirst.template

    def question(self, row: WebhookEndpoint) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Give “%(name)s” a new secret?") % {"name": row},
            "words": _("Messages are signed with the new and the present one, until the next new one is made."),
            "button": _("Make a new secret"),
        }

    def act(self, row: WebhookEndpoint) -> HttpResponse:
        """Renew it, and show it."""
        self.template = EndpointPart.template
        return self.with_secret(row, renew_secret(endpoint=row, **self.who))


class DeleteEndpoint(EndpointPart, AskFirst):
    """`/settings/webhooks/<id>/delete/`."""

    template = AskFirst.template

    def question(self, row: WebhookEndpoint) -> dict[str, str]:
        """Return what is asked."""
        return {
            "title": _("Delete the webhook “%(name)s”?") % {"name": row},
            "words": _("It is told of nothing from then on, and the log of what was sent to it goes too."),
            "button": _("Delete it"),
        }

    def act(self, row: WebhookEndpoint) -> HttpResponse:
        """Delete it."""
        delete_endpoint(endpoint=row, **self.who)
        return self.back(_("Deleted the webhook “%(name)s”.") % {"name": row})
