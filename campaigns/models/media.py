"""Pictures and films that go with what is said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.brands import Brand
from campaigns.models.content import ContentItem
from workspaces.models import Row, Workspace


class MediaKind(models.TextChoices):
    """What a file shows."""

    IMAGE = "image", _("Image")
    VIDEO = "video", _("Video")


class Media(Row):
    """A file that content items can carry, with the words for those who cannot see it."""

    workspace = models.ForeignKey(
        Workspace, verbose_name=_("workspace"), on_delete=models.CASCADE, related_name="media"
    )
    brand = models.ForeignKey(
        Brand, verbose_name=_("brand"), on_delete=models.PROTECT, related_name="media", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MediaKind, editable=False)
    name = models.CharField(_("name"), max_length=200, help_text=_("The name that the file had."))
    file = models.FileField(_("file"), max_length=300)
    content_type = models.CharField(_("content type"), max_length=60, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False, help_text=_("In bytes."))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False, help_text=_("In pixels."))
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False, help_text=_("In pixels."))
    sha256 = models.CharField(max_length=64, editable=False)
    alt_text = models.CharField(
        _("alt text"), max_length=1000, blank=True, help_text=_("What it shows, for those who cannot see it.")
    )

    class Meta:
        db_table = "media"
        ordering = ["-created_at", "id"]
        verbose_name = _("media")
        verbose_name_plural = _("media")
        constraints = [
            models.CheckConstraint(
                name="media_kind_is_known",
                condition=Q(kind__in=MediaKind.values),
                violation_error_message=f"Media is one of {', '.join(MediaKind.values)}.",
            ),
            models.CheckConstraint(
                name="media_is_not_empty",
                condition=Q(size__gte=1),
                violation_error_message=_("The file is empty."),
            ),
        ]
        indexes = [
            # The library: a workspace's files, newest first.
            models.Index(fields=["workspace", "-created_at"], name="media_of_a_workspace"),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file in its place among those of a content item."""

    id = models.BigAutoField(primary_key=True)
    content_item = models.ForeignKey(
        ContentItem, verbose_name=_("content item"), on_delete=models.CASCADE, related_name="attachments"
    )
    media = models.ForeignKey(Media, verbose_name=_("media"), on_delete=models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        db_table = "content_item_media"
        ordering = ["position", "id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(
                fields=["content_item", "media"],
                name="a_file_stands_once_in_a_content_item",
                violation_error_message=_("The file is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.media_id}"
