"""Reading what an answer to a script swaps in: days, what is said, and the forms of its toasts."""

import re
from html import unescape


def days_of(answer):
    """Return the days that are swapped in."""
    return re.findall(r'id="day-([0-9-]+)"', answer.content.decode())


def said(answer):
    """Return the words of an answer, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def form_of(answer, words):
    """Return the fields of the toast's form with a button of these words."""
    form = re.search(rf"<form((?!</form>).)*>{words}</button></form>", answer.content.decode(), re.DOTALL)
    fields = {}
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[0]):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(value)
    return fields
