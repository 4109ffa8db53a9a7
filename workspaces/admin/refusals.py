"""Showing in a form what a service refused."""

from django.forms import BaseForm

from workspaces.errors import Refusal


def shows_refusal(form: type[BaseForm], refusal: Refusal) -> type[BaseForm]:
    """Return a form class that says a refusal, at the fields that it names, and keeps what was typed."""

    class Refused(form):
        def _post_clean(self) -> None:
            super()._post_clean()
            say(self, refusal)

    return Refused


def say(form: BaseForm, refusal: Refusal) -> None:
    """Add a refusal to a bound form's errors."""
    at_fields = {name: said for name, said in refusal.errors.items() if name in form.fields}
    for name, said in at_fields.items():
        for sentence in said:
            if sentence not in form.errors.get(name, ()):
                form.add_error(name, sentence)
    if not at_fields:
        form.add_error(None, refusal.message)
