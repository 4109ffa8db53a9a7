"""Using the admin as a browser does: read a form, change what a person changes, send it, and read what it says."""

from typing import Any

from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from workspaces.admin.display import admin_url


def signed_in(client: Client, user: Any) -> Client:
    """Return the client as that person's browser."""
    client.force_login(user)
    return client


def send(client: Client, url: str, /, **typed: Any) -> HttpResponse:
    """Open a form, type into it, and send all of it as a browser would; None empties a field."""
    form = client.get(url).context["adminform"].form
    data = {field.html_name: _text(field.value()) for field in form} | {key: _text(one) for key, one in typed.items()}
    data |= {one.html_initial_name: _text(one.initial) for one in form if one.field.show_hidden_initial}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def act(client: Client, model: type[Model], action: str, *rows: Model, follow: bool = True) -> HttpResponse:
    """Run an action of a list on chosen rows."""
    data = {"action": action, "_selected_action": [str(row.pk) for row in rows], "index": "0"}
    return client.post(admin_url(model, "changelist"), data, follow=follow)


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """Return what a form refused, by field; `__all__` is above the form."""
    assert response.status_code == 200, f"nothing was refused: {response.status_code}"
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def value(response: HttpResponse, name: str) -> Any:
    """Return what a field of a form holds."""
    return response.context["adminform"].form[name].value()


def said(response: HttpResponse) -> list[str]:
    """Return the messages that an answer carries."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def suggested(client: Client, model: type[Model], field: str, **query: str) -> list[str]:
    """Return the ids that a field suggests."""
    meta = model._meta
    asked = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": field, **query}
    return [one["id"] for one in client.get("/admin/autocomplete/", asked).json()["results"]]


def _text(given: Any) -> Any:
    """Return a value as a browser sends it; None is not sent, as an empty box is not."""
    if isinstance(given, list):
        return [_text(one) for one in given]
    if isinstance(given, Model):
        return str(given.pk)
    if given is None or given is False:
        return None
    return "on" if given is True else str(given)
