"""The app of HOW it goes out."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Names the app for the admin, and lets the background schedules make themselves at `migrate`."""

    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Connect the making of the schedules to the end of `migrate`."""
        from publishing.tasks import ensure_schedules  # noqa: PLC0415  Models exist only from here on.

        post_migrate.connect(ensure_schedules, sender=self, dispatch_uid="publishing.ensure_schedules")
