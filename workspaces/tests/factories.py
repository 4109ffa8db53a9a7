"""Valid defaults of WHO; a test states only what matters to it."""

from datetime import UTC, datetime

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from workspaces.models import Membership, Workspace
from workspaces.roles import Role

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # A Friday, 10:00 in Madrid.


class UserFactory(DjangoModelFactory):
    """A person who may use the admin."""

    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"person{n}")
    is_staff = True


class WorkspaceFactory(DjangoModelFactory):
    """A tenant in Madrid."""

    class Meta:
        model = Workspace

    name = factory.Sequence(lambda n: f"Agency {n}")
    slug = factory.Sequence(lambda n: f"agency-{n}")
    timezone = "Europe/Madrid"


class MembershipFactory(DjangoModelFactory):
    """An editor."""

    class Meta:
        model = Membership

    workspace = factory.SubFactory(WorkspaceFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
