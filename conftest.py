"""What stands ready for every test: files in memory, people of one workspace, and a stranger from another."""

from collections.abc import Iterator
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import TransactionTestCase, override_settings

from publishing.tasks import ensure_schedules
from workspaces.models import Membership, Workspace
from workspaces.roles import Role
from workspaces.tests.emptying import empty_tables
from workspaces.tests.factories import MembershipFactory, WorkspaceFactory

# A machine that is busy is no fault of what is tested; and what a test makes in the database goes with the test.
ON_ANY_MACHINE = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture]
hypothesis.settings.register_profile("here", deadline=None, suppress_health_check=ON_ANY_MACHINE)
hypothesis.settings.load_profile("here")


@pytest.fixture(scope="session", autouse=True)
def passwords_that_cost_nothing() -> Iterator[None]:
    """Store passwords of tests in a way that takes no time; the real one takes a tenth of a second each."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def files_in_memory() -> Iterator[None]:
    """Keep what tests upload out of the media of this installation."""
    kept = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "default": kept}):
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_that_are_emptied_quickly() -> Iterator[None]:
    """Leave the database after a test that committed as `migrate` left it."""

    def tear_down(case: TransactionTestCase) -> None:
        empty_tables(case)
        ensure_schedules()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield


@pytest.fixture
def cast(db):
    """Return a workspace with a person of each role, and a stranger who owns another workspace."""
    workspace = WorkspaceFactory.build(name="H2O Agency", slug="h2o")
    members = [MembershipFactory.build(workspace=workspace, role=role, user__username=role.value) for role in Role]
    stranger = MembershipFactory.build(role=Role.OWNER, user__username="stranger", workspace__slug="elsewhere")
    everybody = [*members, stranger]
    # All of a kind at once: thousands of tests ask for them.
    Workspace.objects.bulk_create([workspace, stranger.workspace])
    get_user_model().objects.bulk_create([one.user for one in everybody])
    Membership.objects.bulk_create(everybody)
    people = {one.role.value: one.user for one in members}
    return SimpleNamespace(workspace=workspace, stranger=stranger.user, elsewhere=stranger.workspace, **people)
