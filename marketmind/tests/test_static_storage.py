"""Static files as they are collected: a module has one name, whoever imports it."""

import re

from django.core.files.base import ContentFile

from marketmind.static_storage import Modules


def test_modules_import_each_other_by_the_names_that_pages_use(tmp_path):
    storage = Modules(location=tmp_path, base_url="/static/")
    texts = {
        "js/toasts.js": "export const say = 1;",
        "js/calendar/bar.js": 'import { say } from "../toasts.js";\nimport "./keys.js";',
        "js/calendar/keys.js": 'export * from "../toasts.js";',
        "vendor/other.js": 'import "./not-here.js";',
    }
    for name, text in texts.items():
        storage.save(name, ContentFile(text))

    outcome = list(storage.post_process({name: (storage, name) for name in texts}))

    assert not [error for _name, _hashed, error in outcome if isinstance(error, Exception)]
    bar = (tmp_path / storage.stored_name("js/calendar/bar.js")).read_text()
    toasts = storage.stored_name("js/toasts.js").removeprefix("js/")
    assert f'"../{toasts}"' in bar
    assert re.search(r'import ?"\./keys\.[0-9a-f]{12}\.js"', bar)
    assert toasts in (tmp_path / storage.stored_name("js/calendar/keys.js")).read_text()
