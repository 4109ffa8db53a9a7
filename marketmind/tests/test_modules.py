"""Scripts of pages: what a module imports is asked for with it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from marketmind.templatetags.modules import imports_of, module

SCRIPTS = Path(settings.BASE_DIR, "static")


def test_what_is_imported_on_the_way_is_named_too_and_once():
    found = imports_of("js/pages/calendar.js")

    assert {"js/calendar/drag.js", "js/calendar/moves.js", "js/http.js"} <= set(found)
    assert len(found) == len(set(found))
    assert "js/pages/calendar.js" not in found


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("js/**/*.js")), ids=lambda path: path.name)
def test_every_import_of_our_modules_leads_to_a_file(path):
    found = imports_of(path.relative_to(SCRIPTS).as_posix())

    assert all((SCRIPTS / name).is_file() for name in found)
    assert bool(found) == bool(re.search(r"^import|^export .* from", path.read_text(), re.MULTILINE))


def test_a_page_names_one_module_with_all_that_it_imports_and_waits_for_none():
    written = module("js/pages/calendar.js")

    imports = re.search(r'data-imports="([^"]*)"', written)[1].split()
    assert len(imports) == len(set(imports)) > 15
    assert {f"/static/js/{name}" for name in ("http.js", "toasts.js", "pages/plain.js")} <= set(imports)
    assert 'data-module="/static/js/pages/calendar.js"' in written
    assert written.count("<script") == 1
    assert "async" in written
