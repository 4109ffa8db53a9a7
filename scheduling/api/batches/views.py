"""`/api/v1/scheduling/calendar`: make a batch, look at it, cancel it."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from scheduling.api.batches.shapes import BatchShape, NewBatchShape
from scheduling.api.posts.shapes import NothingShape
from scheduling.models import Schedule
from scheduling.services.batches.asking import understood
from scheduling.services.batches.canceling import cancel_batch
from scheduling.services.batches.making import make_batch
from workspaces.api.views import WorkspaceView
from workspaces.errors import NotFound

STRATEGY = "calendar"


class BatchView(WorkspaceView):
    """A view that answers a batch."""

    gives = BatchShape

    def batch(self, key: str) -> Schedule:
        """Return a batch of the workspace.

        :raises NotFound: if there is none.
        """
        try:
            found = Schedule.objects.filter(workspace=self.workspace, pk=UUID(key)).first()
        except ValueError:
            found = None
        if found is None:
            raise NotFound(f"There is no schedule '{key[:100]}'.")
        return found

    def wanted(self, request: Request) -> dict:
        """Return what the body says."""
        given = self.takes(data=request.data, context={"view": self})
        given.is_valid(raise_exception=True)
        return given.validated_data


class CalendarBatchesView(BatchView):
    """`POST`: posts to be placed by the workers."""

    takes = NewBatchShape

    def post(self, request: Request) -> Response:
        """Write the batch down; nothing is made if an item is wrong."""
        given = self.wanted(request)
        zone = given.get("timezone")
        made = make_batch(
            workspace=self.workspace,
            title=given["title"],
            items=understood(self.workspace, given["items"], zone=zone),
            strategy=STRATEGY,
            timezone=str(zone or self.workspace.timezone),
            bulk_job_id=given.get("bulk_job_id", ""),
            metadata=given.get("metadata"),
            now=self.now,
            actor=self.caller.actor,
        )
        return Response(self.gives(made).data, status=201)


class CalendarBatchView(BatchView):
    """`GET`: how far a batch is, and its posts."""

    def get(self, request: Request, key: str) -> Response:
        """Look at it."""
        return Response(self.gives(self.batch(key)).data)


class CancelBatchView(BatchView):
    """`POST`: stop a batch; what it has placed and is not out yet is called off."""

    takes = NothingShape

    def post(self, request: Request, key: str) -> Response:
        """Ask for its end."""
        batch = self.batch(key)
        self.wanted(request)
        return Response(self.gives(cancel_batch(batch=batch, now=self.now, actor=self.caller.actor)).data)
