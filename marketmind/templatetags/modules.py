"""Scripts of pages: one module each, with all that it imports, so that a browser asks for all at once."""

import re
from functools import cache
from pathlib import Path, PurePosixPath

from django import template
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@register.simple_tag
def module(name: str) -> SafeString:
    """Run a page's module, once the page is parsed (static/js/start.js); for the end of a page.

    A page can be read and used without it. What it imports is named with it: a browser would learn of it file by file,
    a way there and back each time. None of it is asked for while the page is parsed: thirty files would be in its way.
    """
    return _module.__wrapped__(name, static(name)) if settings.DEBUG else _module(name, static(name))


@cache
def _module(name: str, address: str) -> SafeString:
    imported = " ".join(static(one) for one in imports_of(name))
    start = '<script src="{}" async data-module="{}" data-imports="{}"></script>'
    return format_html(start, static("js/start.js"), address, imported)


def imports_of(name: str) -> tuple[str, ...]:
    """Return the modules that a module imports, and those that these import; not itself.

    :param name: as `static` takes it.
    """
    return _imports_of.__wrapped__(name) if settings.DEBUG else _imports_of(name)


@cache
def _imports_of(name: str) -> tuple[str, ...]:
    found, waiting = {name: None}, [name]
    while waiting:
        here = waiting.pop(0)
        fresh = [one for one in _named_in(here) if one not in found]
        found.update(dict.fromkeys(fresh))
        waiting += fresh
    return tuple(found)[1:]


def _named_in(name: str) -> list[str]:
    path = find(name)
    text = Path(path).read_text(encoding="utf-8") if path else ""
    return [_beside(name, wanted) for wanted in IMPORT.findall(text)]


def _beside(name: str, wanted: str) -> str:
    """Return what `../other.js` is, seen from a module."""
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    for part in PurePosixPath(wanted).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
