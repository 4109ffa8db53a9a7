"""Scripts of pages: what a module imports is asked for with it."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from marketmind.templatetags.modules import imports_of, modules

SCRIPTS = Path(settings.BASE_DIR, "static")


def test_what_is_imported_on_the_way_is_named_too_and_once():
    found = imports_of("js/calendar/main.js")

    assert {"js/calendar/drag.js", "js/calendar/moves.js", "js/http.js"} <= set(found)
    assert len(found) == len(set(found))
    assert "js/calendar/main.js" not in found


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("js/**/*.js")), ids=lambda path: path.name)
def test_every_import_of_our_modules_leads_to_a_file(path):
    found = imports_of(path.relative_to(SCRIPTS).as_posix())

    assert all((SCRIPTS / name).is_file() for name in found)
    assert bool(found) == bool(re.search(r"^import|^export .* from", path.read_text(), re.MULTILINE))


def test_modules_run_in_order_after_all_that_they_import_is_on_its_way():
    written = modules("js/calendar.js", "js/calendar/main.js")

    first_script = written.index("<script")
    assert written.index("/static/js/calendar.js") < written.index("/static/js/calendar/main.js")
    assert written.count("modulepreload") == written[:first_script].count("modulepreload") > 5
    assert written.count("js/http.js") == 1


def test_a_module_that_imports_one_of_its_neighbours_is_not_named_twice():
    written = modules("js/toasts.js", "js/drawer.js", "js/live.js")

    assert all(written.count(name) == 1 for name in ("js/toasts.js", "js/drawer.js", "js/live.js"))
