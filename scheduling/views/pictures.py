"""Small pictures, for chips and lists."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from campaigns.models import Media
from scheduling.services.thumbnails import CONTENT_TYPE, thumbnail
from workspaces.errors import NotFound
from workspaces.models import Workspace
from workspaces.pages import Page

HEADERS = {
    "Cache-Control": "private, max-age=31536000, immutable",  # The file of a row never changes.
    "X-Content-Type-Options": "nosniff",
}


class Thumbnail(Page):
    """`/media/<id>/small/`: a square picture of a file, in whichever of the person's workspaces it is."""

    def find_workspace(self, request: HttpRequest) -> Workspace:
        """Return the workspace of the file; the one that the person looks at stays.

        :raises NotFound: if there is no such file in a workspace of the person's.
        """
        self.media = Media.objects.filter(workspace__in=self.caller_workspaces, pk=self.kwargs["pk"]).first()
        if self.media is None:
            raise NotFound(_("There is no such file."))
        return next(one for one in self.caller_workspaces if one.pk == self.media.workspace_id)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer the picture."""
        return HttpResponse(thumbnail(self.media), content_type=CONTENT_TYPE, headers=HEADERS)
