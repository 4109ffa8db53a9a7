"""The question before something is deleted from a page, or taken from somebody."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workspaces.services.deleting import what_goes, why_not


def ask(
    request: HttpRequest, row: Model, *, title: str, button: str, back: str, back_words: str, stays: str = ""
) -> HttpResponse:
    """Ask whether to delete a row, and say what goes with it; what cannot be deleted is told at once, without asking.

    :param stays: what does not go, in a sentence.
    """
    if reason := why_not(row):
        messages.error(request, reason)
        return redirect(back)
    said = [_("It cannot be brought back."), what_goes(row), stays]
    words = " ".join(filter(None, said))
    return ask_first(request, title=title, words=words, button=button, back=back, back_words=back_words)


def ask_first(request: HttpRequest, *, title: str, words: str, button: str, back: str, back_words: str) -> HttpResponse:
    """Ask before something is done at the same address.

    :param words: what it does.
    """
    asked = {"title": title, "words": words, "button": button, "back": back, "back_words": back_words}
    return render(request, "scheduling/ask.html", asked)
