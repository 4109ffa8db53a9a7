"""Scripts of pages: modules, and before them all that they import, so that a browser asks for everything at once."""

import re
from functools import cache
from pathlib import Path, PurePosixPath

from django import template
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


@register.simple_tag
def modules(*names: str) -> SafeString:
    """Run modules in this order.

    What they import is named before them: a browser would learn of it file by file, a way there and back each time.
    """
    imported = dict.fromkeys(name for one in names for name in imports_of(one) if name not in names)
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((static(name),) for name in imported)) + (
        format_html_join("", '<script type="module" src="{}"></script>', ((static(name),) for name in names))
    )


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
