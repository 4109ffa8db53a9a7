"""An installation whose socket the tests follow, and writers of its ledger."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.installation import Installation, demo_database, looking_into
from tests.live.following import Ledger
from workspaces.models import Workspace


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Ledger]:
    """Lend an installation with the demo, a key, and its ledger."""
    folder = tmp_path_factory.mktemp("live")
    with django_db_blocker.unblock(), demo_database(folder) as url:
        found = Installation(url, folder)
        key = found.manage_json("create_api_key", "--workspace=demo", "--name=Follower", "--scopes=read,write")["key"]
        with looking_into(url) as alias:
            demo = Workspace.objects.using(alias).get(slug="demo")
            other = Workspace.objects.using(alias).create(name="Elsewhere", slug="elsewhere")
            yield Ledger(found, alias, key, demo.pk, other.pk)
