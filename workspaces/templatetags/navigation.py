"""Where somebody is, for the navigation."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: Any, *names: str) -> SafeString:
    """Mark a link as the current page if the address has one of these names."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match is not None and match.url_name in names
    return mark_safe(' aria-current="page"') if here else SafeString()
