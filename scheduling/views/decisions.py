"""What people decide on a post's page when it failed, is unconfirmed or was missed."""

from typing import Any

from django.utils.translation import gettext as _

from scheduling.forms import ConfirmForm, PageForm, RequeueForm
from scheduling.services import problems
from scheduling.services.offers import CONFIRM, REQUEUE
from scheduling.views.actions import Action, placed
from workspaces.phrases import phrased


class Requeue(Action):
    """Send a post again."""

    name = offer = REQUEUE

    def form(self, data: Any) -> PageForm:
        """Return the form; it asks who does not know whether it went out to look first."""
        return RequeueForm(data, instance=self.post_instance, name=self.name)

    def act(self, form: PageForm) -> str:
        """Send again."""
        instance = problems.requeue(**self.service)
        why = instance.reason and f"{phrased(instance.reason)}."
        return " ".join(filter(None, [placed(self.request, instance), why]))


class Confirm(Action):
    """Note that a post is on its platform."""

    name = offer = CONFIRM

    def form(self, data: Any) -> PageForm:
        """Return the form of the address."""
        return ConfirmForm(data, name=self.name)

    def act(self, form: Any) -> str:
        """Confirm."""
        problems.confirm(url=form.cleaned_data["url"], **self.service)
        return _("It is published, as you saw it there.")
