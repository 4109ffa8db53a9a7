"""Files of posts between the look at what would come of them and the import."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.models import Row, Workspace


class HeldFile(Row):
    """A file that a person has uploaded and not imported yet: one for each person in a workspace, for a day at most."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, help_text=_("The name that the file had."))
    format = models.CharField(max_length=10)
    data = models.BinaryField()

    class Meta:
        db_table = "held_files"
        ordering = ["created_at", "id"]
        verbose_name = _("held file")
        verbose_name_plural = _("held files")
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "user"],
                name="one_held_file_of_a_person_in_a_workspace",
                violation_error_message=_("There is a file of yours already."),
            ),
        ]
        indexes = [
            # What is older than a day goes with the next upload.
            models.Index(fields=["created_at"], name="held_files_by_age"),
        ]

    def __str__(self) -> str:
        return self.name
