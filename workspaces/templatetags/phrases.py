"""What the system keeps in English, on a page."""

from django import template

from workspaces import phrases

register = template.Library()


@register.filter
def phrased(text: str) -> str:
    """Return a text of the system in the language of the page; what a person wrote stays as it is."""
    return phrases.phrased(text)
