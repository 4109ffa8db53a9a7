"""Templates in the place of unfold's: an upgrade that changes one of those has to be looked at, not missed."""

from hashlib import sha256
from pathlib import Path

import pytest
import unfold
from django.conf import settings

THEIRS, OURS = Path(unfold.__file__).parent / "templates", settings.BASE_DIR / "templates"
LOOKED_AT = {
    "admin/actions.html": "b5332aace8e6",
    "admin/base.html": "2ce9250b3c64",
    "admin/base_site.html": "50eb1e71a0b2",
    "admin/change_list.html": "5885c39760f6",
    "admin/index.html": "9fdb849b7da1",
    "admin/nav_sidebar.html": "d61d8a2fd3fe",
    "admin/search_form.html": "32c579658028",
    "unfold/helpers/app_list.html": "6ab83ac498b2",
    "unfold/helpers/change_list_filter.html": "9606a6123fb4",
    "unfold/helpers/header.html": "d30d2ed9f06b",
    "unfold/helpers/navigation.html": "fd819dae3473",
    "unfold/helpers/navigation_header.html": "35139b9d9458",
    "unfold/helpers/navigation_user.html": "4c9ba58b3f21",
    "unfold/helpers/tab_actions.html": "2883f8c5b35d",
    "unfold/helpers/theme_switch.html": "c8e659df65f5",
    "unfold/helpers/welcomemsg.html": "e8eab02522ba",
    "unfold/layouts/skeleton.html": "66af9f0bb45f",
    "unfold/widgets/related_widget_wrapper.html": "4ffda1235520",
}
"""What each of theirs was, when ours was made from it or compared with it."""


@pytest.mark.parametrize("name", LOOKED_AT)
def test_what_ours_replaces_is_what_it_was(name):
    theirs = sha256((THEIRS / name).read_bytes()).hexdigest()

    assert theirs.startswith(LOOKED_AT[name]), f"unfold changed {name}: compare it with ours, then note its digest here"


def test_every_replaced_template_is_noted():
    ours = {str(path.relative_to(OURS)) for path in OURS.glob("**/*.html")}

    assert {name for name in ours if (THEIRS / name).exists()} == set(LOOKED_AT)


def test_nothing_that_needs_eval_is_loaded(admin_client):
    page = admin_client.get("/admin/").content.decode()

    assert "vendor/alpine/alpine-csp.min.js" in page
    assert "unfold/js/alpine/alpine.js" not in page
